"""The ledger as somebody of the town goes through it: numbers, filters, columns, cards on a telephone, and the sheet."""

import openpyxl
import pytest

from engine.store import database
from tests.web.test_ledger_rows import Ledger, place


@pytest.fixture(scope="module")
def ledger(town):
    """The places of Ledger in the running town, and enough of them for a second page."""
    writing = database.connect(town.database_url)
    found = Ledger(writing)
    long = "昆港公路一千二百弄八十八号第三工业小区南侧二号标准厂房及其附属的三层职工宿舍、仓库和室外堆场"
    found.add(*(place(number, village="荡湾村", status="待分派") for number in range(100, 160)), place(99, name=long, address=long))
    writing.dispose()
    return found


def test_the_ledger_is_looked_through_and_taken_along(opened, ledger, tmp_path):
    # given
    window = opened().sign_in("wang.zhiqiang")
    page = window.page
    page.locator("#list").wait_for()
    window.go("/ledger")
    window.see("台账" if window.width > 768 else "场所")
    window.sound()

    # when pages are turned, and numbers and conditions open what they say
    page.get_by_role("link", name="下一页").click()
    window.see("回到第一页")
    window.sound()
    page.get_by_label("按状态").get_by_role("link", name="已销号 1").click()
    page.get_by_role("link", name="秦安街堆场").wait_for()
    window.sound()
    window.go("/ledger")
    page.locator("summary", has_text="筛选条件").click()
    page.locator("select[name=risk_level]").select_option("较大")
    window.sound()
    page.get_by_role("button", name="筛选").click()
    window.see("风险：较大")
    window.sound()

    # and from a place to its hazards, in columns of one's own
    page.get_by_role("link", name="未销隐患：2").click()
    window.see("松昆安整-2024-0001-02")
    page.locator("summary", has_text="显示的列").click()
    page.get_by_label("隐患描述").check()
    page.get_by_label("承租方").check()
    window.sound()
    page.get_by_role("button", name="显示").click()
    window.see("昆港五金厂、文翔包装厂")
    window.sound()

    # then what is shown is taken along
    with page.expect_download() as coming:
        page.get_by_role("link", name="导出 Excel").click()
    coming.value.save_as(tmp_path / "sheet.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "sheet.xlsx").active.values)
    assert len(rows) == 3 and "承租方" in rows[0]

    # and what is not there is said
    window.go("/ledger?q=查无此处")
    window.see("没有符合这些条件的场所")
    window.sound()
