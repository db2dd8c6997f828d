"""Text to syntax tree: one LALR parser per process, built at the first text, and errors that say what was expected."""

from functools import cache
from pathlib import Path

from lark import Lark, Tree, UnexpectedInput
from lark.lexer import Lexer

from engine.feel import errors, limits
from engine.feel.lexer import tokens
from engine.feel.signs import ENDS_OPERAND
from engine.feel.strings import quoted

#: what a person calls the tokens that may come next
_SAID = {
    "NAME": "a value", "KEY": "a key", "$END": "the end", "_THEN": "then", "_ELSE": "else", "_RETURN": "return", "_SATISFIES": "satisfies",
    "_IN": "in", "_OF": "of", "_RPAR": "')'", "_RSQB": "']'", "_RBRACE": "'}'", "_COMMA": "','", "_COLON": "':'", "_DOTS": "'..'",
    "_ARROW": "'->'",
}  # fmt: skip


class _Tokens(Lexer):
    """The tokens were made before the parse; lark only takes them."""

    __future_interface__ = 2

    def __init__(self, conf):
        pass

    def lex(self, lexer_state, parser_state):
        return iter(lexer_state.text)


@cache
def _parser():
    grammar = Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer=_Tokens, start=["expression", "unary_tests"], maybe_placeholders=True)


def parse(text, known, start="expression"):
    """-> lark Tree of `text`, read with the `known` names. Raises FeelError with the place of the first fault."""
    if not isinstance(text, str):
        raise errors.FeelError(f"Expected a FEEL text, but found {type(text).__name__}")
    if len(text) > limits.LENGTH:
        raise errors.FeelError(f"Expected at most {limits.LENGTH} characters of FEEL, but found {len(text)}")
    found = tokens(text, known, cell=start == "unary_tests")
    if not found:
        raise errors.at(text, 0, "Expected an expression, but found nothing")
    try:
        tree = _parser().parse(found, start=start)
    except UnexpectedInput as problem:
        raise _fault(text, found, problem) from None
    _refuse_deep(tree)
    return tree


def _refuse_deep(tree):
    """The depth of the tree is the depth of every recursion over it, at compile time and at run time."""
    level = [tree]
    for _ in range(limits.DEPTH):
        level = [child for node in level for child in node.children if isinstance(child, Tree)]
        if not level:
            return
    raise errors.FeelError(f"Expected at most {limits.DEPTH} expressions inside each other, but found more", 0, 1, 1)


def _fault(text, found, problem):
    end = problem.token.type == "$END"
    position = len(text) if end else problem.token.start_pos
    accepted = set(problem.accepts or problem.expected)
    said = sorted({_SAID[kind] for kind in accepted if _SAID.get(kind)})
    before = found[-1] if end else next((token for token in reversed(found) if token.start_pos < position), None)
    if before is not None and before.type in ENDS_OPERAND:
        said = ["an operator", *(word for word in said if word not in ("in", "the end"))]
    found = "the end" if end else quoted(problem.token) if problem.token.type == "STRING" else problem.token
    return errors.at(text, position, f"Expected {' or '.join(said) or 'FEEL'}, but found {found}")
