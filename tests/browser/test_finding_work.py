"""Finding one's work: queues with counts, search, passing on, what one may not see, and leaving."""

import pytest

from tests.browser.test_a_task import patrol

__all__ = ["patrol"]


def test_work_is_found_passed_on_and_left(opened, patrol):
    # given
    window = opened().sign_in("clerk.03")
    page, row = window.page, window.page.locator(f"#task-{patrol}")
    row.wait_for()

    # when it is looked for by a part of its place, and by what nothing has
    if window.width > 768:
        page.keyboard.press("/")
        page.keyboard.type("昆港公路")
    else:
        page.get_by_role("searchbox").fill("昆港公路")
    page.keyboard.press("Enter")
    window.see("「昆港公路」找到")
    row.wait_for()
    window.sound()
    # on a telephone at twice the size too
    screen = page.viewport_size
    if window.width < 768:
        page.set_viewport_size({name: length // 2 for name, length in screen.items()})
        assert row.locator(".c-step").bounding_box()["height"] < 40, "letters stand on letters"
        window.sound()
        page.set_viewport_size(screen)
    window.go("/inbox?q=查无此处")
    window.see("没有找到与「查无此处」有关的待办任务")
    window.sound()

    # and it is taken and passed on to a colleague
    window.go("/inbox")
    row.get_by_role("button", name="签收").click()
    row.get_by_role("button", name="转办").click()
    page.get_by_label("窗口04").check()
    window.sound()
    page.get_by_role("dialog").get_by_role("button", name="转办").click()
    row.get_by_text("窗口04 已签收").wait_for()

    # then that colleague has it, and puts it back
    colleague = opened().sign_in("clerk.04")
    colleague.page.get_by_role("link", name="我签收的").click()
    theirs = colleague.page.locator(f"#task-{patrol}")
    theirs.get_by_role("button", name="退回").click()
    theirs.get_by_role("button", name="签收").wait_for()
    colleague.sound()

    # and both leave
    colleague.go("/me")
    colleague.see("窗口（受理中心）")
    colleague.sound()
    colleague.page.locator("main").get_by_role("button", name="退出").click()
    colleague.see("用户名")


@pytest.mark.parametrize(
    ("path", "status", "said"), [("/nothing", 404, "没有这一页"), ("/inbox?role=复查组", 403, "只有复查组的人员可以办理")]
)
def test_what_is_not_there_or_not_one_s_own_is_a_page_too(opened, path, status, said):
    window = opened().sign_in("clerk.05")
    window.page.locator("#list").wait_for()

    with window.refused(status):
        window.go(path)
        window.see(said)

    window.see("回到待办")
    window.sound()
