"""One file while it is read: what is wrong with it so far, its types, and the help that every reader of an element needs."""

from functools import cache

from engine import feel
from engine.decisions.errors import MOST, local, problem
from engine.decisions.vocabulary import FEEL, LOGIC
from engine.feel.names import WORD, tidy


@cache
def nothing():
    """What stands in for an expression that was refused, so that reading can go on."""
    return feel.expression("null")


@cache
def anything():
    """The same for unary tests."""
    return feel.unary_tests("-")


class Reading:
    """`types`: {name: Type} of the file's item definitions and of those that it imports, by "name of the import.name".

    `imports`: {namespace: imports.Import}; `uses_calendar`: an expression so far asks for working days.
    `members`: names of more than a word that have to be known wherever they may stand after a dot.
    """

    def __init__(self, root):
        self.root, self.problems, self.types, self.imports, self.uses_calendar = root, [], {}, {}, False
        self.namespace = root.get("namespace", "")
        members = {_member(element) for element in root.iter("{*}itemComponent", "{*}column", "{*}output", "{*}contextEntry")}
        self.members = {name for name in members if name and not WORD.fullmatch(name)}
        self.expect_feel(root, "expressionLanguage")
        self.expect_feel(root, "typeLanguage")
        self._expect_unique_ids()

    def _expect_unique_ids(self):
        """A record names rules and columns by their ids, so none may stand for two."""
        seen, model = set(), self.root.tag.rpartition("}")[0]
        for element in self.root.iter(f"{model}}}*"):
            id_ = element.get("id")
            if id_ in seen:
                self.refuse(element, "DUPLICATE_ID", f"Expected the id {id_} once, but found it twice", "Give one of the two another id.")
            if id_:
                seen.add(id_)

    def refuse(self, element, code, sentence, remedy):
        """Something is wrong at `element`; reading goes on, so that all problems are told at once."""
        found = problem(element, code, sentence, remedy)
        if len(self.problems) < MOST and found not in self.problems:
            self.problems.append(found)

    def only(self, element, name, needed=False):
        """The one child of that name, or None. Several are refused, and so is none where it is `needed`."""
        found = children(element, name)
        if len(found) > 1:
            self.refuse(
                found[1], "DUPLICATE_ELEMENT", f"Expected one {name} in {local(element)}, but found {len(found)}", f"Keep one {name}."
            )
        if needed and not found:
            self.refuse(element, "MISSING_ELEMENT", f"Expected a {name} in {local(element)}, but found none", f"Add the {name}.")
        return found[0] if found else None

    def logic(self, element, needed=True):
        """The one child that is an expression, or None."""
        found = [child for child in element if local(child) in LOGIC]
        if len(found) > 1:
            self.refuse(found[1], "DUPLICATE_ELEMENT", f"Expected one expression in {local(element)}, but found {len(found)}", "Keep one.")
        if needed and not found:
            self.refuse(element, "MISSING_ELEMENT", f"Expected an expression in {local(element)}, but found none", "Write the expression.")
        return found[0] if found else None

    def name(self, element):
        """The attribute `name`, which has to be there."""
        found = (element.get("name") or "").strip()
        if not found:
            self.refuse(element, "MISSING_NAME", f"Expected {local(element)} to have a name, but found none", "Give it a name.")
        return found or local(element)

    def text(self, element):
        """The text of <text>, stripped; empty where there is none."""
        child = self.only(element, "text")
        return (child.text or "").strip() if child is not None else ""

    def expression(self, element, names, empty_is_null=False):
        """-> feel.Expression of the element's text. `names`: {name in scope: its type}."""
        self.expect_feel(element, "expressionLanguage")
        text = self.text(element)
        if not text:
            if not empty_is_null:
                self.refuse(element, "MISSING_EXPRESSION", f"Expected FEEL in {local(element)}, but found nothing", "Write null if meant.")
            return nothing()
        return self._compile(feel.expression, element, text, names, nothing())

    def tests(self, element, names=()):
        """-> the compiled unary tests of a cell or of allowed values; None where everything passes (empty or "-")."""
        self.expect_feel(element, "expressionLanguage")
        text = self.text(element)
        return None if text in ("", "-") else self._compile(feel.unary_tests, element, text, names, anything())

    def _compile(self, compiler, element, text, names, otherwise):
        try:
            # Only names that can occur are handed on: each one that FEEL looks for costs a pattern.
            known = {name for name in (*names, *self.members) if tidy(name).split(" ")[0] in text}
            compiled = compiler(text, tuple(sorted(known)))
            self.uses_calendar = self.uses_calendar or compiled.uses_calendar
            return compiled
        except feel.FeelError as error:
            self.refuse(element, "FEEL_SYNTAX", f"{error} in {text[:80]!r}", "Correct the expression.")
            return otherwise

    def expect_feel(self, element, attribute):
        """Expression languages other than FEEL are refused by name."""
        found = element.get(attribute)
        if found is not None and found not in FEEL and found.lower() != "feel":
            self.refuse(
                element, "UNSUPPORTED_LANGUAGE", f"Expected {attribute} to be FEEL, but found {found}", "Write the expression in FEEL."
            )


def children(element, name):
    """The child elements of that name, in order."""
    return [child for child in element if local(child) == name]


def _member(element):
    named = next(iter(children(element, "variable")), None) if local(element) == "contextEntry" else element
    return named.get("name") if named is not None else None
