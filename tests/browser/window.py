"""A browser's window in which somebody works: whatever goes wrong in it is remembered, and `sound()` says that nothing did."""

import re
from contextlib import contextmanager
from pathlib import Path

from api.demo import PASSWORD

AXE = (Path(__file__).parent / "axe.min.js").read_text()
#: What bars somebody's way on a page: [[rule, [where]]].
LOOK = """rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(({ violations }) =>
  violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html }) => html.slice(0, 200))]))"""
#: Words that a label, heading, button or cell has, and does not show.
CUT = """() => [...document.querySelectorAll('main :is(label, legend, h1, h2, h3, button, td, dd)')]
  .filter(each => each.clientWidth && getComputedStyle(each).overflowX !== 'visible' && each.scrollWidth > each.clientWidth + 1
    && !each.closest('.visually-hidden, #desk-tool, #desk-panel')).map(each => each.textContent.trim())"""
#: Widths of the screens on which every page is tried, in pixels: an office PC, a telephone.
SCREENS = {1280: {"width": 1280, "height": 900}, 390: {"width": 390, "height": 844}}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


class Window:
    """`page`: Playwright's. Everything that a page writes to the console as an error, and every fault of a script, counts."""

    def __init__(self, browser, url, width):
        phone = width < 768
        self.url, self.width, self.wrong = url, width, []
        settings = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": SCREENS[width], "is_mobile": phone, "has_touch": phone}
        self.context = browser.new_context(**settings)
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        # A violation of the content security policy is an error of the console too.
        self.page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))

    def go(self, path):
        """Open a path of the product."""
        self.page.goto(self.url + path)

    def sign_in(self, username, password=PASSWORD):
        """By the page, as everybody does."""
        if "/login" not in self.page.url:
            self.go("/login")
        self.page.fill("#username", username)
        self.page.fill("#password", password)
        self.page.click("main button")
        return self

    @contextmanager
    def refused(self, *statuses):
        """What happens inside is refused with these: a browser reports each answer from 400 on as an error of its console."""
        before = len(self.wrong)
        yield
        seen, self.wrong[before:] = self.wrong[before:], []
        found = [int(status) for told in seen for status in re.findall(r"responded with a status of (\d+)", told)]
        assert (found, len(seen)) == (list(statuses), len(statuses)), seen

    def sound(self):
        """No fault so far; on the page as it stands nothing is cut or bars somebody's way (WCAG 2.1 AA, as far as axe sees it)."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        barriers = self.page.evaluate(LOOK, RULES)
        assert barriers == [], f"{self.page.url} at {self.width} px"
        assert self.wrong == [], self.page.url
        assert self.page.evaluate(CUT) == [], self.page.url
        # Not innerWidth: a telephone's grows with what is too wide.
        width = self.page.viewport_size["width"]
        assert self.page.evaluate("document.documentElement.scrollWidth") <= width, f"{self.page.url} is wider than {width} px"

    def see(self, text):
        """Wait until the page shows this text."""
        self.page.get_by_text(text).filter(visible=True).first.wait_for()
        return self

    def close(self):
        """Leave."""
        self.context.close()
