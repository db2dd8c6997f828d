"""A task's form, filled in by clicking and typing what the tests of forms (tests/forms/filled_*.py) hold as its answers."""

import json

from tests.engine.content import made

#: The controls of the form as they stand: {id without the form's prefix: [type, value, locked, checked]}.
STANDING = """() => new Promise(told => requestAnimationFrame(() => setTimeout(told))).then(() => Object.fromEntries(
  [...document.querySelectorAll('#form [id^="fjs-form-"]')]
    .filter(one => one.matches('input, textarea') || one.id.endsWith('-display'))
    .map(one => [
      one.id.replace(/^fjs-form-[^-]+-/, ''),
      [one.type || '', one.value ?? one.textContent, one.readOnly || one.disabled || false, one.checked || false],
    ])))"""
PREFIX = "() => document.querySelector('#form').innerHTML.match(/id=\"(fjs-form-[^-\"]+-)/)?.[1]"


def _is_blank(value):
    return value is None or value is False or value in ("", [], {})


def fill_in(page, answers):
    """Give every field of the form on the page its answer, from top to bottom; whatever of `answers` found no field is an error."""
    page.locator("#form:not(.form-shape) .fjs-form").wait_for()
    schema = json.loads(page.locator("#form-data").text_content())["schema"]
    filling = _Filling(page)
    filling.within(schema, answers, (), "")
    left = filling.told(answers) - filling.given
    assert not left, f"no field for {sorted(left)}"


class _Filling:
    def __init__(self, page):
        self.page, self.prefix, self.given = page, page.evaluate(PREFIX), set()
        self.standing = page.evaluate(STANDING)

    def within(self, container, answers, path, rows):
        """The fields of a group or of one row; `rows`: what ids of the fields in a row end with."""
        for field in container["components"]:
            if field["type"] == "dynamiclist":
                self.list(field, answers, path + _steps(field, "path"), rows)
            elif "components" in field:
                self.within(field, answers, path + _steps(field, "path"), rows)
            elif field.get("key"):
                self.field(field, answers, path + _steps(field, "key"), rows)

    def list(self, field, answers, path, rows):
        wanted = _at(answers, path)
        for number in range(len(wanted or ())):
            if not self.stands(f"{rows}_{number}", field):
                self.standing = self.page.evaluate(STANDING)  # what another answer has brought
            if not self.stands(f"{rows}_{number}", field):
                self.page.locator(f'[aria-labelledby="{self.prefix}{field["id"]}{rows}"] .fjs-repeat-render-add').last.click()
                self.standing = self.page.evaluate(STANDING)
            self.within(field, answers, (*path, number), f"{rows}_{number}")

    def stands(self, rows, field):
        """Is there a row of a list with this end?"""
        ids = [inner["id"] for inner in _leaves(field)]
        return any(name.startswith(one + rows) for one in ids for name in self.standing)

    def field(self, field, answers, path, rows):
        value = _at(answers, path)
        if _is_blank(value) and value is not False:
            return
        id = field["id"] + rows
        if not (found := self.control(id)):
            self.standing = self.page.evaluate(STANDING)  # what another answer has brought
            found = self.control(id)
        if not found:
            return
        self.given.add(path)
        if not found[2]:
            GIVEN_BY[field["type"]](self, field, f'[id="{self.prefix}{id}', value, found)

    def control(self, id):
        return next((self.standing[id + end] for end in ("", "-date", "-display", "-search", "-0") if id + end in self.standing), None)

    def text(self, _field, id, value, found):
        if found[1] != str(value):
            self.page.fill(id + '"]', str(value))

    def check(self, _field, id, value, found):
        if found[3] != value:
            self.page.click(id + '"]')

    def choose(self, field, id, value, _found):
        at = next(number for number, option in enumerate(field["values"]) if option["value"] == value)
        self.page.click(f'{id}-{at}"]')

    def tick(self, field, id, value, _found):
        for at, option in enumerate(field["values"]):
            if option["value"] in value:
                self.page.check(f'{id}-{at}"]')

    def select(self, field, id, value, found):
        label = next((option["label"] for option in field.get("values", ()) if option["value"] == value), value)
        if found[1] == label:
            return
        searched = f'{id}-search"]'
        if self.page.locator(searched).count():
            self.page.fill(searched, label)
        else:
            self.page.click(f'{id}-display"]')
        self.page.locator(".fjs-dropdownlist-item", has_text=label).first.click()

    def tags(self, field, id, value, _found):
        labels = {option["value"]: option["label"] for option in field.get("values", ())}
        given = self.page.locator(".fjs-taglist", has=self.page.locator(id + '"]')).locator(".fjs-taglist-tag-label").all_inner_texts()
        for label in [labels.get(each, each) for each in value]:
            if label not in given:
                self.page.fill(id + '"]', label)
                self.page.locator(".fjs-dropdownlist-item").first.click()
        self.page.locator(id + '"]').blur()

    def moment(self, field, id, value, _found):
        day, _, time = value.partition("T")
        self.page.fill(f'{id}-date"]', day)
        self.page.press(f'{id}-date"]', "Enter")
        if field["subtype"] == "datetime":
            self.page.fill(f'{id}-time"]', time[:5])
            self.page.press(f'{id}-time"]', "Enter")

    def files(self, _field, id, value, _found):
        picker = self.page.locator(".files", has=self.page.locator(id + '"]'))
        there = picker.locator(".file-name").all_inner_texts()
        picked = [made.standing_for(one) for one in (value if isinstance(value, list) else [value])]
        picked = [(name, content) for name, content in picked if not any(told.startswith(name) for told in there)]
        if picked:
            told = [{"name": name, "mimeType": "application/octet-stream", "buffer": content} for name, content in picked]
            self.page.set_input_files(id + '"]', told)
        for name, _ in picked:
            picker.locator(".file-open", has_text=name).first.wait_for()

    def told(self, answers, path=()):
        """The paths of everything that is answered."""
        if isinstance(answers, dict) and "sha256" not in answers:
            return {one for name, value in answers.items() for one in self.told(value, (*path, name))}
        if isinstance(answers, list) and answers and isinstance(answers[0], dict) and "sha256" not in answers[0]:
            return {one for number, value in enumerate(answers) for one in self.told(value, (*path, number))}
        return set() if _is_blank(answers) else {path}


GIVEN_BY = {
    **dict.fromkeys(("textfield", "textarea", "number"), _Filling.text),
    "checkbox": _Filling.check, "radio": _Filling.choose, "checklist": _Filling.tick, "select": _Filling.select,
    "taglist": _Filling.tags, "datetime": _Filling.moment, "filepicker": _Filling.files,
}  # fmt: skip


def _steps(field, name):
    return tuple(filter(None, (field.get(name) or "").split(".")))


def _at(answers, path):
    for step in path:
        if isinstance(answers, dict):
            answers = answers.get(step)
        elif isinstance(answers, list) and isinstance(step, int) and step < len(answers):
            answers = answers[step]
        else:
            return None
    return answers


def _leaves(field):
    if "components" not in field:
        return [field]
    return [leaf for inner in field["components"] for leaf in _leaves(inner)]
