"""The words and signs of FEEL: how each is found in a text, and which token of the grammar it is."""

import re

from engine.feel.names import SPACE, WORD

KEYWORDS = {
    "if": "_IF", "then": "_THEN", "else": "_ELSE", "for": "_FOR", "in": "_IN", "return": "_RETURN", "some": "_SOME", "every": "_EVERY",
    "satisfies": "_SATISFIES", "and": "_AND", "or": "_OR", "between": "_BETWEEN", "instance": "_INSTANCE", "function": "_FUNCTION",
    "true": "_TRUE", "false": "_FALSE", "null": "_NULL",
}  # fmt: skip
SKIP = re.compile(rf"(?:{SPACE}|//[^\n]*|/\*.*?\*/)+", re.DOTALL)
NUMBER = re.compile(r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
QUOTED = re.compile(r"`([^`]+)`")
SYMBOL = re.compile(r"\*\*|\.\.|->|!=|<=|>=|[-+*/.,:()\[\]{}<>=]")
SYMBOLS = {
    "**": "_POWER", "..": "_DOTS", "->": "_ARROW", "!=": "NE", "<=": "LE", ">=": "GE", "<": "LT", ">": "GT", "=": "EQ", "+": "PLUS",
    "-": "MINUS", "*": "TIMES", "/": "DIVIDE", ".": "_DOT", ",": "_COMMA", ":": "_COLON", "(": "_LPAR", ")": "_RPAR", "[": "_LSQB",
    "]": "_RSQB", "{": "_LBRACE", "}": "_RBRACE",
}  # fmt: skip
FULL_WIDTH = dict(zip("，（）：［］｛｝＋－＊／＝＜＞“”„«»‘’。、；", ',():[]{}+-*/=<>"""""\'\'.,;', strict=True))
ENDS_OPERAND = {
    "NAME", "NUMBER", "STRING", "TEMPORAL", "_TRUE", "_FALSE", "_NULL", "_RPAR", "_RSQB", "_RBRACE", "_RANGLE",
    "_OUTSIDE_RIGHT",
}  # fmt: skip
_NO_OPERAND = r"(?!(?:and|or|in|between|instance|then|else|return|satisfies)\b)"
STARTS_OPERAND = re.compile(rf'{SPACE}*(?:["@({{\[`?-]|\.?[0-9]|{_NO_OPERAND}{WORD.pattern})')
STARTS_BOUND = re.compile(rf'{SPACE}*(?:["@`]|\.?[0-9]|{_NO_OPERAND}{WORD.pattern})')
