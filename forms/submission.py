"""One submission against a compiled form: what is hidden or locked may not be sent; the rest is converted, limited and checked."""

from marshmallow import ValidationError

from engine import feel
from engine.domain.errors import Invalid
from forms import schema, wording
from forms.limits import is_missing
from forms.options import same
from forms.places import ABSENT, DEPTH, drop, exact, get, put
from forms.view import View

#: What a field holds that nobody filled in; null where it is not named here.
_NOTHING = {"checkbox": False, "checklist": [], "taglist": [], "dynamiclist": []}


def load(form, data, known, env):
    """See `forms.compile.Form.load`."""
    if not isinstance(data, dict):
        raise _invalid(form, {"": ["应为一组字段，但收到的不是。"]})
    try:
        return _Submission(form, exact(data, DEPTH), exact(known), env).load()
    except feel.FeelBudget:
        raise _invalid(form, {"": ["填写的内容过多，表单规则无法全部核对，请减少行数后再提交。"]}) from None
    except ValueError as problem:
        raise _invalid(form, {"": ["填写的内容层级过多。"]}) from problem


def _invalid(form, problems):
    return Invalid(f"Expected values that the form {form.id} accepts, but {len(problems)} of them are not", form=form.id, problems=problems)


class _Submission:
    def __init__(self, form, sent, known, env):
        self.form, self.sent, self.known, self.env = form, sent, known, env
        self.view = View(form.rules, sent, known, env)
        self.problems, self.wrong, self.result, self.locked = {}, set(), {}, {}

    def load(self):
        to_convert = exact(self.sent)
        for shown in self.view.fields:
            self.take_out(shown, to_convert)
        self.convert(to_convert)
        self.wrong = set(self.problems)
        for shown in self.view.fields:
            self.complete(shown)
        for shown in self.view.fields:
            if not (shown.hidden or shown.locked or shown.rule.computed or self.is_wrong(shown.path)):
                self.hold_against_rules(shown)
        if self.problems:
            raise _invalid(self.form, self.problems)
        return self.result

    def complain(self, path, sentence):
        self.problems.setdefault(".".join(map(str, path)), []).append(sentence)

    def is_wrong(self, path):
        """Is there no value at this place, because what was sent for it, or around it, could not be taken?"""
        return any(".".join(map(str, path[:length])) in self.wrong for length in range(1, len(path) + 1))

    def take_out(self, shown, to_convert):
        """What nobody could fill in is not converted, and is forged where it was sent all the same."""
        rule, found = shown.rule, get(self.sent, shown.path)
        if shown.hidden:
            drop(to_convert, shown.path)
            if found is not ABSENT and not is_missing(found, rule.type):
                self.complain(shown.path, wording.said(rule.label, "按现有情形不应填写", wording.filled(found, rule.sensitive)))
        elif rule.computed is not None:
            drop(to_convert, shown.path)
        elif shown.locked:
            drop(to_convert, shown.path)
            value = self.view.locked_value(shown)
            if found is not ABSENT and not is_missing(found, rule.type) and not _agree(rule, found, value):
                expected = "不可更改" if rule.sensitive or value is None else f"不可更改，应为「{wording.shown(value)}」"
                self.complain(shown.path, wording.said(rule.label, expected, wording.filled(found, rule.sensitive)))
        elif found is ABSENT and rule.component.raw.get("defaultValue") is not None:
            put(to_convert, shown.path, exact(rule.component.raw["defaultValue"]))

    def convert(self, to_convert):
        try:
            self.result = self.form.schema().load(to_convert)
        except ValidationError as error:
            self.result = error.valid_data if isinstance(error.valid_data, dict) else {}
            for path, sentences in schema.messages(error.normalized_messages()).items():
                self.problems.setdefault(path, []).extend(sentences)

    def complete(self, shown):
        """What was shown has a value: the case's where it is locked, the computed one, null where nothing was filled in."""
        rule, path = shown.rule, shown.path
        if shown.hidden or self.is_wrong(path):
            return
        if shown.locked:
            put(self.locked, path, self.view.locked_value(shown))
            if len(path) > 1:  # a variable of its own stays as it is; inside an object it would be lost
                put(self.result, path, self.view.locked_value(shown))
        elif rule.computed is not None:
            put(self.result, path, get(self.view.data, path))
        elif get(self.result, path) in (ABSENT, None):
            put(self.result, path, _NOTHING.get(rule.type))

    def hold_against_rules(self, shown):
        rule, path, scope = shown.rule, shown.path, shown.scope
        value = get(self.result, path)
        found = self.row_faults(shown, value) if rule.type == "dynamiclist" else rule.limits.check(value, scope)
        if not found and not is_missing(value, rule.type):
            options = rule.limits.options(scope) if rule.limits else None
            for check in rule.checks:
                fault = check.fault(value, lambda wanted: self.look_up(wanted, path), self.env, options)
                if fault:
                    found.append(wording.said(rule.label, fault[0], fault[1] or wording.filled(value, rule.sensitive)))
            if rule.assertion is not None and rule.assertion(scope) is not True:
                found.append(self.sentence(rule, scope, value))
        for sentence in found:
            self.complain(path, sentence)

    def sentence(self, rule, scope, value):
        """What an assertMessage says; where its FEEL comes to no text, what every form says."""
        said = rule.says(scope) if isinstance(rule.says, feel.Expression) else rule.says
        return said if isinstance(said, str) else wording.said(rule.label, "应符合表单的规则", wording.filled(value, rule.sensitive))

    def row_faults(self, shown, rows):
        rule, count, found = shown.rule, len(rows), []
        least, most = (bound(shown.scope) if isinstance(bound, feel.Expression) else bound for bound in (rule.least, rule.most))
        if least is None or most is None:
            return [wording.said(rule.label, "的行数限值应可计算", "现有数据算不出来，请联系流程设计人员")]
        if count < least:
            found.append(wording.said(rule.label, f"应至少有 {least} 行", f"有 {count} 行"))
        if count > most:
            found.append(wording.said(rule.label, f"应至多有 {most} 行", f"有 {count} 行"))
        if rule.fixed_rows:
            before = get(self.known, shown.path)
            fixed = len(before) if isinstance(before, list) else rule.first_rows
            if count != fixed:
                found.append(wording.said(rule.label, f"应为 {fixed} 行，不可增减", f"有 {count} 行"))
        if rule.distinct:
            seen = []
            for row in rows:
                value = get(row, tuple(rule.distinct.split(".")))
                if value not in (ABSENT, None) and any(same(value, other) for other in seen):
                    found.append(wording.said(rule.label, "各行不应重复", f"「{wording.shown(value)}」重复"))
                    break
                seen.append(value)
        return found

    def look_up(self, wanted, path):
        """(label, value) of a path as a check names it, `path=label` where it is a variable of the case; value None where there is none."""
        names, _, label = wanted.partition("=")
        names = tuple(names.split("."))
        for length in range(len(path) - 1, -1, -1):
            place = (*path[:length], *names)
            own = self.view.by_path.get(place)
            if own is not None:
                value = get(self.locked if own.locked else self.result, place)
                return own.rule.label, None if own.hidden or value is ABSENT else value
        value = get(self.known, names)
        return label or names[-1], None if value is ABSENT else value


def _agree(rule, found, value):
    """Is what came back what was shown, written perhaps in another way?"""
    if same(found, value):
        return True
    try:
        return value is not None and same(rule.field.deserialize(found), rule.field.deserialize(value))
    except ValidationError:
        return False
