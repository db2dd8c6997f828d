"""Names of more than one word among the words of a text."""

from engine.feel.names import Known, tidy


def test_the_longest_known_name_is_found():
    known = Known(["a b", "a b c", "a-b"])
    assert known.match("a b c d", 0) == ("a b c", 5)
    assert known.match("a b cd", 0) == ("a b", 3)
    assert known.match("x a-b", 2) == ("a-b", 5)
    assert known.match("a bc", 0) == (None, 0)


def test_an_outer_vocabulary_is_asked_too():
    known = Known(["a b"], Known(["a b c"]))
    assert known.match("a b c", 0) == ("a b c", 5)


def test_white_space_inside_a_name_counts_as_one_space():
    assert tidy("  a \t\n b ") == "a b"
    assert Known([" a  b "]).match("a\u3000\n b", 0) == ("a b", 5)
