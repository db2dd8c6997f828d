"""docs/dmn.md names every element that is understood, every function and every bound, and only tests that exist."""

import re
from pathlib import Path

from engine.decisions import vocabulary
from engine.decisions.hit_policy import AGGREGATIONS, POLICIES
from engine.feel import expression, limits
from engine.feel.functions.registry import BUILT_IN

TESTS = Path(__file__).parents[1]
PAGE = (TESTS.parents[1] / "docs" / "dmn.md").read_text()
SECTIONS = {section.partition("\n")[0]: section for section in PAGE.split("\n## ")[1:]}


def test_every_element_of_a_file_is_in_a_table():
    told = set(re.findall(r"`([a-zA-Z]+)`", SECTIONS["Decisions"]))

    assert told == {*vocabulary.ELEMENTS, *vocabulary.NOT_RUN}
    assert not [policy for policy in (*POLICIES, *AGGREGATIONS) if policy not in SECTIONS["Decisions"]]


def test_every_function_is_in_a_list():
    lists = SECTIONS["FEEL"].partition("**Built-in functions**")[2].partition("| bound")[0]

    assert expression("1") and set(re.findall(r"`([^`]+)`", lists)) == set(BUILT_IN)


def test_every_bound_is_the_one_that_holds():
    told = [int(figure.replace(",", "")) for figure in re.findall(r"\| ([\d,]+) \|$", SECTIONS["FEEL"], re.MULTILINE)]

    assert told == [limits.LENGTH, limits.STEPS, limits.CALLS, limits.ITEMS, limits.CHARACTERS, limits.SIZE]


def test_every_test_that_it_names_is_there():
    for section, folder in (("Decisions", "decisions"), ("FEEL", "feel")):
        named = re.findall(r"`([\w/]*test_\w+\.py)`", SECTIONS[section])
        assert named and not [name for name in named if not (TESTS / folder / name).exists() and not (TESTS.parents[1] / name).exists()]
