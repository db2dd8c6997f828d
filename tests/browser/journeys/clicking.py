"""The town of the journeys (tests/journeys/town.py) with people who take, fill in, hand in and confirm their tasks in a browser.

What is told of a story in tests/journeys can so be told by clicking: everybody has a window of their own, signed in once.
"""

from playwright.sync_api import TimeoutError

from tests.browser.journeys.filling import fill_in
from tests.browser.window import Window
from tests.journeys.town import Person, Town

PHONE, OFFICE = 390, 1280
#: Whoever works at a desk. All others are in the field, or a party, and have a telephone.
AT_DESKS = {
    *("wang.zhiqiang", "li.min", "hu.tong", "zhou.ping", "xu.jing", "duo.mian", "su.wen", "wu.hai", "he.yun", "gu.changming"),
    *("hu.bing", "fang.ze", "yan.jun"),
}


class Clicking(Town):
    """The town, in the browser. `windows`: {username: Window} of those who have signed in by now; `looked_at`: see look()."""

    def __init__(self, town, browser, windows, looked_at):
        self.browser, self.windows, self.looked_at = browser, windows, looked_at
        super().__init__(town.server, town.database_url, town.data_dir, town._reading)

    def person(self, username):
        if username not in self._people:
            self._people[username] = Worker(self, username)
        return self._people[username]

    def window(self, username):
        """The window in which somebody is signed in."""
        if username not in self.windows:
            width = OFFICE if username in AT_DESKS else PHONE
            self.windows[username] = Window(self.browser, self.server.url, width).sign_in(username).see("我签收的")
        return self.windows[username]

    def look(self, window, kind):
        """Hold a page against WCAG, once for its kind and width."""
        if (kind, window.width) not in self.looked_at:
            self.looked_at.add((kind, window.width))
            window.sound()

    def leave(self):
        """In nobody's window anything went wrong."""
        super().leave()
        assert {name: window.wrong for name, window in self.windows.items() if window.wrong} == {}


class Worker(Person):
    """Somebody whose tasks are done by clicking. What a story only asks (which tasks, which variables) goes over HTTP as before."""

    def __init__(self, town, username):
        super().__init__(town.server.url, username)
        self.town = town

    @property
    def window(self):
        return self.town.window(self.username)

    def within(self, task, role, name):
        """A button or link in the task's row of the inbox, as it stands after the step before, or looked at anew."""
        page = self.window.page
        found = page.locator(f"#task-{task}").get_by_role(role, name=name)
        if not found.count():
            page.goto(f"{self.url}/inbox", wait_until="domcontentloaded")
        return found

    def claim(self, task):
        self.within(task, "button", "签收").click()
        self.window.page.locator(f"#task-{task}").get_by_role("link", name="办理").click()
        self.town.look(self.window, "task")

    def fill(self, variables):
        fill_in(self.window.page, variables)

    def complete(self, task, variables=None):
        self.fill(variables or {})
        self.hand_in()

    def hand_in(self):
        """提交: the form is accepted as it stands."""
        self.window.page.click("#submit")
        self.handed_in()

    def handed_in(self):
        """The inbox says so; else the form says what is wrong."""
        page = self.window.page
        try:
            page.wait_for_url("**/inbox?done=*", wait_until="domcontentloaded")
        except TimeoutError as late:
            raise AssertionError(page.locator("#problems, #notice, #refused").all_inner_texts()) from late
        page.locator(".done").wait_for()
        self.town.look(self.window, "inbox")

    def turned_away(self, instance, element):
        """What the page says to somebody who reaches for a task that stands in their queue, and is not theirs to do."""
        task = self.task(instance, element)
        with self.window.refused(403):
            self.within(task, "button", "签收").click()
            said = self.window.page.locator(f"#task-{task} .row-message").inner_text()
        self.town.look(self.window, "refused")
        return said

    def problems(self):
        """提交 is pressed, and the form says what is wrong, by field."""
        said = self._said_to_it()
        self.town.look(self.window, "problems")
        return said

    def turned_back(self, task, variables):
        """提交 is pressed, and the server finds what is wrong."""
        self.fill(variables)
        with self.window.refused(400):
            said = self._said_to_it()
        self.town.look(self.window, "problems")
        return "\n".join(said)

    def _said_to_it(self):
        page = self.window.page
        page.click("#submit")
        page.locator("#problems:not([hidden])").wait_for()
        return page.locator("#problems li").all_inner_texts()

    def sign_in(self):
        """A second officer's own sign-in is their window."""
        return Confirming(self)


class Confirming:
    """Confirms by the page what a story confirms by `/api/tasks/…/confirmation`."""

    def __init__(self, person):
        self.person = person

    def json(self, _method, path, status):
        assert path.endswith("/confirmation") and status == 204
        person = self.person
        person.within(path.split("/")[3], "link", "去确认").click()
        page = person.window.page
        page.locator("#form:not(.form-shape)").wait_for()
        person.town.look(person.window, "confirm")
        page.get_by_role("button", name="确认", exact=True).click()
        person.handed_in()
