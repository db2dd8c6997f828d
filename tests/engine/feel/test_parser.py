"""Where a text is wrong, and how that is said."""

import pytest

from engine import feel


@pytest.mark.parametrize(
    "text, line, column, sentence",
    [
        ("", 1, 1, "Expected an expression, but found nothing"),
        ("1 +", 1, 4, "Expected a value, but found the end"),
        ("(1", 1, 3, "Expected an operator or ')' or '..', but found the end"),
        ("[1, 2", 1, 6, "Expected an operator or ',' or ']', but found the end"),
        ("if a then b", 1, 12, "Expected an operator or else, but found the end"),
        ("a then b", 1, 3, "Expected an operator, but found then"),
        ('1 "a"', 1, 3, 'Expected an operator, but found "a"'),
        ("first name", 1, 7, "Expected an operator, but found name; a name with spaces that is not declared is written `in backticks`"),
        ("{a 1}", 1, 2, "Expected a key and a colon, but found 'a'"),
        ("{a: 1, }", 1, 8, "Expected a key, but found }"),
        ("1，2", 1, 2, "Expected ',', but found the full-width or curly '，'"),
        ("“a”", 1, 1, "Expected '\"', but found the full-width or curly '“'"),
        ('"open', 1, 1, 'Expected a closing ", but found the end'),
        ("`open", 1, 1, "Expected a closing `, but found the end"),
        ("a\n+ b\n  ! c", 3, 3, "Expected FEEL, but found '!'"),
        ("a /* b", 1, 3, "Expected */ at the end of a comment, but found the end"),
        ("@2024", 1, 1, 'Expected a date, time or duration in quotes after @, as in @"2025-01-31"'),
        ("for in in xs return 1", 1, 5, "Expected a value, but found in"),
        ("for x in xs x", 1, 13, "Expected an operator, but found x; a name with spaces that is not declared is written `in backticks`"),
        ("some x in xs", 1, 13, "Expected an operator or ',' or '..' or satisfies, but found the end"),
        ("function(a) external {}", 1, 13, "Expected a FEEL expression, but found an external function: code from outside is never run"),
        ('"half \\ud83d"', 1, 1, "Expected both halves of a character past U+FFFF, but found only one of its \\u escapes"),
        ('"\\U110000"', 1, 1, "Expected a Unicode character, but found \\U110000"),
    ],
)
def test_a_fault_is_told_with_its_place(text, line, column, sentence):
    with pytest.raises(feel.FeelError) as caught:
        feel.expression(text)
    problem = caught.value
    assert (problem.line, problem.column, problem.sentence) == (line, column, sentence)
    assert str(problem) == f"{sentence} (line {line}, column {column})"
    assert text.split("\n")[line - 1][column - 1 :] == text[problem.position :].split("\n")[0]


def test_a_fault_in_a_cell_is_told_with_its_place():
    with pytest.raises(feel.FeelError) as caught:
        feel.unary_tests("< 5, > ")
    assert (caught.value.position, caught.value.sentence) == (7, "Expected a value, but found the end")


def test_a_refused_text_is_a_value_error():
    assert issubclass(feel.FeelError, ValueError)
    assert issubclass(feel.FeelBudget, feel.FeelError)


@pytest.mark.parametrize(
    "tight, loose",
    [
        ("1 + 2 * 3", "1 + (2 * 3)"),
        ("2 * 3 ** 2", "2 * (3 ** 2)"),
        ("2 ** 3 ** 2", "(2 ** 3) ** 2"),
        ("-2 ** 2", "(-2) ** 2"),
        ("10 - 3 - 2", "(10 - 3) - 2"),
        ("100 / 10 / 5", "(100 / 10) / 5"),
        ("1 + 1 = 2", "(1 + 1) = 2"),
        ("true or false and false", "true or (false and false)"),
        ("1 = 1 and 2 < 3", "(1 = 1) and (2 < 3)"),
        ("1 in [1..2] and false", "(1 in [1..2]) and false"),
        ("2 between 1 and 3 and false", "(2 between 1 and 3) and false"),
        ("1 + 1 instance of number", "(1 + 1) instance of number"),
        ("true = 1 instance of number", "true = (1 instance of number)"),
        ("if false then 1 else 2 + 3", "if false then 1 else (2 + 3)"),
        ("if true then 1 else 2 + 3", "if true then 1 else (2 + 3)"),
        ("for x in [1] return x + 1", "for x in [1] return (x + 1)"),
        ("some x in [1] satisfies x = 1 and true", "some x in [1] satisfies (x = 1 and true)"),
        ("1 + if true then 2 else 3", "1 + (if true then 2 else 3)"),
        ("true and some x in [1] satisfies x = 1", "true and (some x in [1] satisfies x = 1)"),
        ("{a: 1}.a + 1", "({a: 1}.a) + 1"),
        ("-[1, 2][2]", "-([1, 2][2])"),
    ],
)
def test_precedence(said, tight, loose):
    assert said(tight) == said(loose)


@pytest.mark.parametrize(
    "text, value",
    [
        ("1 // a comment\n+ 2", "3"),
        ("1 /* a\ncomment */ + 2", "3"),
        ("1 +\u30002\u00a0", "3"),
        ("\ufeff1 + 2", "3"),
    ],
)
def test_comments_and_every_kind_of_white_space_are_passed_over(said, text, value):
    assert said(text) == value
