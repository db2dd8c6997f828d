"""The administrator at work in a browser: an account, its roles and password, an incident, a year's holidays, the town's lists."""

import re

from tests.engine.commands.office import HERE
from tests.journeys.town import ADMIN_PASSWORD


def stuck(town):
    """A case that cannot go on."""
    town.admin.deploy([("stuck.bpmn", (HERE / "stuck.bpmn").read_bytes())])
    town.admin.start("stuck", {"place_name": "昆港公路 88 号"})


def test_the_administrator_sees_what_needs_a_hand_and_puts_it_right(opened, town):
    # given
    stuck(town)
    window = opened().sign_in("admin", ADMIN_PASSWORD)
    page = window.page
    page.wait_for_url(re.compile("/inbox"))

    # when a concern is opened, and the incident is tried again, in vain
    window.go("/admin")
    window.see("项异常等待处理")
    window.sound()
    page.get_by_role("link", name="去处理").first.click()
    page.get_by_role("checkbox").first.check()
    window.sound()
    page.get_by_role("button", name="重试选中的").click()
    window.see("已重试 1 项，其中 1 项仍然不成")
    window.sound()

    # and an account is opened, first with a name that cannot be
    page.get_by_role("navigation", name="系统管理").get_by_role("link", name="用户").click()
    page.get_by_role("link", name="新建账号").click()
    page.get_by_label("用户名", exact=True).fill("赵六")
    page.get_by_label("姓名").fill("赵六")
    page.get_by_label("第 1 行角色").fill("居村")
    page.get_by_label("第 1 行单位").fill("陈坊村居委会")
    with window.refused(400):
        page.get_by_role("button", name="新建账号").click()
        window.see("用户名应为 1 至 64 个字母")
    window.sound()
    username = f"zhao.liu.{window.width}"
    page.get_by_label("用户名", exact=True).fill(username)
    page.get_by_role("button", name="新建账号").click()
    window.see("只显示这一次")
    password = page.locator(".admin-password").inner_text()
    window.sound()
    theirs = opened().sign_in(username, password).page
    theirs.wait_for_url(re.compile("/inbox"))
    theirs.goto("about:blank")

    # and its page shows what happened to it
    page.get_by_role("link", name="查看账号").click()
    window.see("账号经过")
    page.get_by_text("登记证件", exact=True).click()
    window.sound()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="停用账号").click()
    window.see("账号已停用，原有登录全部失效。")
    window.sound()

    # and a year is written down, looked at and published
    year = 2040 + (window.width < 768)
    window.go(f"/admin/holidays/{year}/edit")
    page.get_by_label("依据的通知").fill("国办发明电〔2039〕7号")
    page.get_by_label("放假和调休上班的日子").fill("国庆放七天")
    with window.refused(400):
        page.get_by_role("button", name="公布前查看").click()
        window.see("第 1 行“国庆放七天”应写成")
    page.get_by_label("放假和调休上班的日子").fill("10月1日至7日 休 国庆节\n9月28日 班 国庆节")
    page.get_by_role("button", name="公布前查看").click()
    window.see("放假 7 天，调休上班 1 天")
    window.sound()
    page.get_by_role("button", name=f"公布 {year} 年的安排").click()
    window.see("节假日安排已公布，此后计算的期限按新日历。")
    window.sound()

    # then the other pages are sound too
    for path, text in (
        ("roles", "用在哪里"),
        ("deputies", "委托代理"),
        ("lists", "网格和包干责任人"),
        ("worker", "最近动作"),
        ("verify", "待核实"),
    ):
        window.go(f"/admin/{path}")
        window.see(text) if path != "roles" or window.width > 768 else window.see("角色就是队列的名称")
        window.sound()
