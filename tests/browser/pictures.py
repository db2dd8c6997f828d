"""Takes the pictures of docs/pictures: `.venv/bin/python -m tests.browser.pictures`, from the project's folder.

The town is the one of seed-demo, told up to today, so each run shows other dates. Look at every picture before you commit it.
"""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import launched
from tests.browser.window import Window
from tests.journeys.conftest import running
from tests.journeys.town import ADMIN_PASSWORD
from tests.server import ROOT

FOLDER = ROOT / "docs" / "pictures"
DESK, PHONE = 1280, 390


class Album:
    """Windows of a town's people, and what is seen in them."""

    def __init__(self, town, browser):
        self.town, self.browser, self.windows = town, browser, {}

    def window(self, username, width):
        """The window in which somebody is signed in."""
        if (username, width) not in self.windows:
            window = Window(self.browser, self.town.server.url, width)
            password = {"password": ADMIN_PASSWORD} if username == "admin" else {}
            window.sign_in(username, **password).page.wait_for_url(lambda url: "/login" not in url)
            self.windows[username, width] = window
        return self.windows[username, width]

    def take(self, name, username, path, width=DESK, see=None):
        """A picture of a page as it is first seen, once it shows the text `see`; the window, for whoever goes on in it."""
        window = self.window(username, width)
        if path:
            window.go(path)
        if see:
            window.see(see)
        window.page.wait_for_load_state("networkidle")
        window.page.screenshot(path=FOLDER / f"{name}.png")
        assert window.wrong == [], (name, window.wrong)
        print(f"docs/pictures/{name}.png", flush=True)
        return window

    def instance(self, process_id, **filters):
        """The key of the newest instance of a process."""
        asked = {"filter": {"processDefinitionId": process_id, **filters}, "sort": [{"field": "startDate", "order": "DESC"}]}
        return self.town.admin.json("POST", "/v2/process-instances/search", asked)["items"][0]["processInstanceKey"]


def work(album):
    """Those with work in an inbox."""
    album.take("inbox", "wang.zhiqiang", "/inbox", see="我签收的")
    album.take("inbox-phone", "lu.gen", "/inbox", PHONE, see="我签收的")
    window = album.window("pan.yue", DESK)
    window.go("/inbox")
    window.page.locator("main").get_by_role("button", name="签收").first.click()
    window.page.locator("main").get_by_role("link", name="办理").first.click()
    window.page.locator("#form:not(.form-shape) .fjs-form").wait_for()
    album.take("task", "pan.yue", None)
    album.take("case", "wang.zhiqiang", f"/cases/{album.instance('place_case', state='ACTIVE')}", see="时间线")
    album.take("penalty", "ma.li", f"/cases/{album.instance('respondent_penalty')}", see="时间线")
    album.take("case-phone", "lu.gen", f"/cases/{album.instance('hazard_rectification', state='ACTIVE')}", PHONE, see="时间线")
    album.take("report-phone", "chen.amei", "/report", PHONE, see="拍照")
    album.take("ledger", "zhou.ping", "/ledger", see="导出")


def drawing(album):
    """Those who draw processes."""
    album.take("designer", "shen.design", "/designer", see="流程设计")
    for name, path, drawn in (
        ("designer-process", "/designer/process/hazard_rectification", ".djs-container .djs-shape"),
        ("designer-decision", "/designer/decision/risk_level_definitions", ".dmn-js-parent"),
        ("designer-form", "/designer/form/recheck", ".fjs-form-editor .fjs-form-field"),
    ):
        window = album.window("shen.design", DESK)
        window.go(path)
        window.page.locator(drawn).first.wait_for()
        album.take(name, "shen.design", None)


def watching(album):
    """Those who audit what happened, and those who keep it running."""
    album.take("audit", "jiang.audit", "/audit?who=pan.yue", see="潘岳")
    album.take("audit-case", "jiang.audit", f"/audit/cases/{album.instance('place_case', state='COMPLETED')}", see="核验")
    album.take("audit-seals", "jiang.audit", "/audit/seals", see="封")
    album.take("admin", "admin", "/admin", see="管理")
    album.take("admin-holidays", "admin", "/admin/holidays", see="放假")


def main():
    """All of them."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        folder = Path(folder)
        with running(folder, f"sqlite:///{folder / 'town.db'}", WEB_WORKERS=1) as town:
            told, status = town.command_line("flask", "seed-demo")
            assert status == 0, told
            album = Album(town, launched(playwright))
            for part in (work, drawing, watching):
                part(album)


if __name__ == "__main__":
    main()
