"""From text to number and from anything to text (DMN 1.5, table 71)."""

import re

from engine.feel import limits
from engine.feel.functions.registry import built_in
from engine.feel.values.kinds import NUMBERS
from engine.feel.values.size import room, weigh
from engine.feel.values.text import text

_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
#: with a decimal comma, a point is no part of a number
_SWAP = str.maketrans({",": ".", ".": "?"})


@built_in("number(from: string, grouping separator?: string?, decimal separator?: string?)")
def number(env, written, grouping=None, point=None):
    if grouping not in (None, " ", ",", ".") or point not in (None, ",", ".") or (grouping is not None and grouping == (point or ".")):
        return env.warn(f"Expected separators that differ, of ' ' , and ., but found {grouping} and {point}")
    plain = written.replace(grouping, "") if grouping else written
    if point == ",":
        plain = plain.translate(_SWAP)
    if len(plain) > limits.LENGTH or not _NUMBER.fullmatch(plain):
        return env.warn(f'Expected a number in digits, but found "{written[:40]}"')
    return NUMBERS.create_decimal(plain)


@built_in("number(from: number)")
def number_itself(env, value):
    return value


@built_in("string(from: any)")
def string(env, value):
    if value is None:
        return None
    env.spend(weigh(value) - 1)
    written = text(value)
    room(len(written), env)
    return written
