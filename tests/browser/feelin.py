"""FEEL as the browser evaluates it: feelin in a page of its own, on the clock and in the time zone of the people. And ours beside it."""

import json
from decimal import Decimal
from pathlib import Path

from engine import feel
from engine.domain import values
from engine.feel.values.text import text
from tests.forms.making import environment

BUNDLE = (Path(__file__).parent / "feelin.min.js").read_text()
#: Values become what both sides can write: numbers as doubles, dates and durations as FEEL's own text, what fails as such.
ASK = """tries => {
  const plain = value => {
    if (value === null || value === undefined) return null
    if (Array.isArray(value)) return value.map(plain)
    if (!['object', 'function'].includes(typeof value)) return value
    if (Object.getPrototypeOf(value) === Object.prototype)
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]))
    const found = typeof value === 'function' ? '<function>' : feelin.evaluate('string(it)', { it: value }).value
    return { '': { '<function>': 'a function', '<range>': 'a range' }[found] ?? found }
  }
  return tries.map(([text, seen, test]) => {
    try {
      if (test === null) return plain(feelin.evaluate(text, seen).value)
      return feelin.unaryTest(text, { ...seen, '?': feelin.evaluate(test, {}).value }).value
    } catch (error) { return { '': 'not understood' } }
  })
}"""


class Page:
    """`browser`: Playwright's."""

    def __init__(self, browser):
        self.context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
        self.page = self.context.new_page()
        self.page.evaluate(f"() => {{ {BUNDLE}; globalThis.feelin = feelin }}")

    def answers(self, now, tries):
        """[what feelin says] of [(text, {name: value}, FEEL of the value that unary tests are held against or None)]."""
        self.page.clock.set_fixed_time(now)
        return self.page.evaluate(ASK, json.loads(values.write(tries)))

    def close(self):
        """The end."""
        self.context.close()


class Ours:
    """A text compiled by engine.feel."""

    def __init__(self, text_, unary=False):
        self.text, self.unary = text_, unary
        try:
            self.compiled = (feel.unary_tests if unary else feel.expression)(text_)
        except feel.FeelError:
            self.compiled = None

    def narrow(self, seen):
        """What the text reads of it: without the rest feelin is many times as fast, and most of what is seen is alike."""
        return seen if self.compiled is None else {name: seen[name] for name in sorted(self.compiled.reads) if name in seen}

    def answer(self, now, seen, test=None):
        """What it says, written as ASK does."""
        if self.compiled is None:
            return {"": "not understood"}
        scope = feel.Scope(seen, env=environment(now))
        return plain(self.compiled(scope, feel.expression(test)(scope)) if self.unary else self.compiled(scope))


def plain(value):
    """See ASK."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal | int):
        return float(value)
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    return {"": "a function" if isinstance(value, feel.Function) else "a range" if isinstance(value, feel.Range) else text(value)}
