"""A task from the inbox to the second officer's confirmation, clicked through by people who each sign in for themselves."""

from pathlib import Path

import pytest

from tests.engine.content import made

HERE = Path(__file__).parent
PHOTO = {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": made.photo("2024-04-01T09:20+08:00")}
BARE = {"name": "翻拍.jpg", "mimeType": "image/jpeg", "buffer": made.photo(None, None)}
SHEET = {"name": "表.jpg", "mimeType": "image/jpeg", "buffer": b"no photo"}


@pytest.fixture
def patrol(town):
    """The key of a task in the queue 窗口, at 昆港公路 88 号."""
    town.person("shen.design").deploy([(name, (HERE / name).read_bytes()) for name in ("patrol.bpmn", "patrol.form")])
    person = town.person("clerk.00")
    case = person.start("browser_patrol", {"place_name": "昆港公路 88 号 3 号厂房", "case_no": "松昆安整-2024-0137"})
    return person.task(case, "patrol")


def test_a_task_is_claimed_filled_in_handed_in_and_confirmed_by_another(opened, patrol, town):
    # given somebody who mistypes their password first
    one = opened()
    one.go(f"/tasks/{patrol}")
    one.see("登录")
    with one.refused(401):
        one.sign_in("clerk.01", "wrong").see("用户名或密码不正确")
    one.sound()
    one.sign_in("clerk.01").see("还没有人签收")
    one.sound()

    # when two reach for the same task
    other = opened().sign_in("clerk.02")
    row = f"#task-{patrol}"
    other.page.locator(row).wait_for()
    other.sound()
    one.go("/inbox")
    one.page.locator(row).get_by_role("button", name="签收").focus()
    one.page.keyboard.press("Enter")
    # whoever has no mouse goes on in the same row, and sees where
    one.page.locator(row).locator("a:focus", has_text="办理").wait_for()
    assert one.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    one.sound()
    with other.refused(409):
        other.page.locator(row).get_by_role("button", name="签收").click()
        other.see("您无需再办")
    assert "窗口01已于" in other.page.locator(row).inner_text()
    other.sound()

    # and it is filled in, first badly
    one.page.keyboard.press("Enter")
    form = one.page
    form.get_by_label("所见").fill("通")
    form.get_by_role("button", name="提交").click()
    one.see("处需要改正")
    assert form.locator("#problems li").all_inner_texts() == [
        *("所见：至少填写 4 个字。", "结论：请填写此项。", "巡查日期：请填写此项。"),
        *("第 1 行 姓名：请填写此项。", "第 2 行 姓名：请填写此项。", "现场照片：请填写此项。"),
    ]
    one.sound()
    form.get_by_label("所见").fill("通道畅通，灭火器在有效期内。")
    form.get_by_label("有隐患").check()
    form.get_by_label("隐患数").fill("1")
    form.get_by_label("正常").check()
    form.get_by_label("巡查日期").fill("2024-04-01")
    form.keyboard.press("Enter")
    for name in form.get_by_label("姓名").all():
        name.fill("窗口01")
    files = form.locator("input[type=file]:not([data-camera])")
    with one.refused(400):
        files.set_input_files([SHEET])
        one.see("不传了")
    form.get_by_role("button", name="不传了").click()
    assert form.locator("input[data-camera]").get_attribute("capture") == "environment"
    form.locator("input[data-camera]").set_input_files(BARE)
    one.see("照片里没有拍摄时间和位置")
    files.set_input_files([PHOTO])
    one.see("4/1 09:20 · 有位置")

    # then what only the server knows stands at its field
    with one.refused(400):
        form.get_by_role("button", name="提交").click()
        one.see("各行不应重复")
    assert form.locator("#problems li").count() == 2
    assert "「翻拍.jpg」没有" in form.locator(".files .fjs-form-field-error").inner_text()
    one.sound()

    # and what was typed is still there after a reload
    form.get_by_label("姓名").nth(1).fill("窗口02")
    form.get_by_role("button", name="移除 翻拍.jpg").click()
    kept = form.locator("#draft")
    town.wait(lambda: "窗口02" in str(town.person("clerk.01").json("GET", f"/api/tasks/{patrol}/draft")["values"]))
    town.wait(lambda: len(town.person("clerk.01").json("GET", f"/api/tasks/{patrol}/draft")["values"]["photos"]) == 1)
    form.reload()
    form.locator("#form:not(.form-shape)").wait_for()
    assert "已存" in kept.inner_text()
    assert form.get_by_label("所见").input_value() == "通道畅通，灭火器在有效期内。"
    assert form.get_by_label("姓名").nth(1).input_value() == "窗口02"
    assert form.locator(".file-name").all_inner_texts() == ["现场.jpg\n4/1 09:20 · 有位置"]

    # and when it is handed in, it waits for the other, who sees what was written
    form.get_by_role("button", name="提交").click()
    one.see("待另一名人员以本人账户确认后生效")
    one.sound()
    one.go(f"/tasks/{patrol}")
    one.see("您已提交")
    assert form.get_by_role("button", name="确认", exact=True).count() == 0
    one.sound()
    other.go("/inbox")
    other.page.locator(row).get_by_role("link", name="去确认").click()
    other.see("提交了下面的内容")
    assert other.page.get_by_label("所见").input_value() == "通道畅通，灭火器在有效期内。"
    other.page.get_by_text("不予确认").click()
    with other.refused(400):
        other.page.get_by_role("button", name="退回提交人").click()
        other.see("请填写不予确认的理由")
    other.sound()
    other.page.get_by_role("button", name="确认", exact=True).click()
    other.see("已提交：现场巡查，昆港公路 88 号 3 号厂房，松昆安整-2024-0137。案件已转到下一步。")
    other.sound()

    # and whoever comes late is told who did it
    one.go(f"/tasks/{patrol}")
    one.see("办结此任务，您无需再办")
    one.sound()


def test_a_task_without_a_form_is_handed_in_as_it_is(opened, town):
    # given
    town.deploy("one_task.bpmn")
    person = town.person("clerk.03")
    task = person.task(person.start("one_task"), "serve")
    window = opened().sign_in("clerk.03")

    # when
    window.page.locator(f"#task-{task}").get_by_role("button", name="签收").click()
    window.page.locator(f"#task-{task}").get_by_role("link", name="办理").click()
    window.see("这一步没有表单")
    window.sound()
    window.page.get_by_role("button", name="提交").click()

    # then
    window.page.wait_for_url("**/inbox?done=*")
    window.page.locator(".done").wait_for()
    window.sound()
