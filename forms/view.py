"""What the browser would have shown for the values that were sent: which fields, hidden or locked, and what expressions see at each."""

from dataclasses import dataclass

from forms import expressions, moments
from forms.fields import EMPTY
from forms.places import ABSENT, concrete, exact, get, merged, put
from forms.rules import Rules
from forms.tree import ROW


@dataclass(slots=True)
class Shown:
    """One field, or one list, at its place. `scope`: what its expressions see."""

    rule: Rules
    path: tuple  # with row numbers
    scope: object
    hidden: bool
    locked: bool


class View:
    """`data`: what was sent over the case's variables, defaults where nothing was; `fields`: [Shown] in document order, also `by_path`."""

    def __init__(self, rules, sent, known, env):
        self._sent, self._known, self._env = sent, known, env
        self.data = exact(merged(known, sent))
        self._twice(rules)
        self.by_path = {shown.path: shown for shown in self.fields}

    def _twice(self, rules):
        """form-js looks at the conditions with all values, then again without those of the fields that are hidden."""
        for _ in range(2):
            self.fields = []
            self._look(rules, expressions.at_root(self.data, self._env), (), False)
            for shown in self.fields:
                if shown.hidden and get(self.data, shown.path) is not ABSENT:
                    put(self.data, shown.path, None)

    def _look(self, rules, scope, rows, hidden):
        for rule in rules:
            concealed = hidden or rule.is_hidden(scope)
            if rule.type == "group":
                self._look(rule.inner, scope, rows, concealed)
            elif rule.type == "dynamiclist":
                self._look_at_list(rule, scope, rows, concealed)
            elif rule.path is not None:
                shown = Shown(rule, concrete(rule.path, rows, ROW), scope, concealed, not concealed and rule.is_locked(scope))
                self.fields.append(shown)
                if not concealed:
                    self._fill(shown)

    def _look_at_list(self, rule, scope, rows, hidden):
        path = concrete(rule.path, rows, ROW)
        self.fields.append(Shown(rule, path, scope, hidden, False))
        if hidden:
            return
        found = get(self.data, path) if isinstance(get(self._sent, path), list) else []
        put(self.data, path, [row if isinstance(row, dict) else {} for row in found or []])
        for number, row in enumerate(get(self.data, path)):
            self._look(rule.inner, expressions.in_row(scope, row, number + 1), (*rows, number), False)

    def _fill(self, shown):
        """Computed values are computed, locked ones are the case's, those that were not sent are as nobody had touched them."""
        rule, path = shown.rule, shown.path
        if rule.computed is not None:
            put(self.data, path, rule.computed(shown.scope))
        elif shown.locked:
            put(self.data, path, self.locked_value(shown))
        elif get(self._sent, path) is ABSENT:
            put(self.data, path, rule.component.raw.get("defaultValue", EMPTY.get(rule.type)))
        elif rule.type == "datetime":
            put(self.data, path, _as_kept(rule, get(self._sent, path)))

    def locked_value(self, shown):
        """What a field that may not be changed holds: the case's value, else its default."""
        value = get(self._known, shown.path)
        return shown.rule.component.raw.get("defaultValue") if value is ABSENT else value


def _as_kept(rule, text):
    """A moment as the case will hold it: form-js leaves out the seconds, without which FEEL takes a text for no time."""
    try:
        return moments.read(rule.component.raw.get("subtype", "date"), text).isoformat()
    except ValueError:
        return text
