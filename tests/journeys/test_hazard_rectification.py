"""隐患整改与复查 through HTTP, from 登记 to 销号: everybody under their own account, the two officers each in a sign-in of their own."""

import pytest

from tests.forms import filled
from tests.journeys.hazard import CENTRE, ENTERPRISE, FINDER, OFFICER, SECOND_OFFICER, TOWN_OFFICE, Hazard

#: What a timeline says of a red hazard that is mended in time.
STORY = [
    "陈阿妹 启动了流程 隐患整改与复查", "陈阿妹 签收了任务 登记隐患", "陈阿妹 完成了任务 登记隐患",
    "王志强 签收了任务 下达整改通知", "王志强 完成了任务 下达整改通知", "郑强 签收了任务 签收整改通知", "郑强 完成了任务 签收整改通知",
    "郑强 签收了任务 编制整改方案", "郑强 完成了任务 编制整改方案", "王志强 签收了任务 审核方案", "王志强 完成了任务 审核方案",
    "周萍 签收了任务 复审方案", "周萍 完成了任务 复审方案", "郑强 签收了任务 报告整改完成", "郑强 完成了任务 报告整改完成",
    "赵磊 签收了任务 复查", "赵磊 办理了任务 复查，待第二人确认", "钱芳 完成了任务 复查",
]  # fmt: skip


def both(who, element):
    return [(who, "task:claimed", element), (who, "task:completed", element)]


def test_a_hazard_goes_from_its_register_to_being_struck_off_and_the_timeline_tells_it_in_order(town, clock):
    # given
    hazard = Hazard(town)
    assert hazard.open() == ["register_hazard"]

    # when
    hazard.registered().served().planned().reported().rechecked(filled.recheck())

    # then
    assert town.person(FINDER).status(hazard.key) == "COMPLETED"
    entries = town.person(FINDER).timeline(hazard.key)
    # The progress that falls due each week of the clock is the worker's to ask for; it is no part of this story.
    sentences = [entry["sentence"] for entry in entries if entry["kind"] != "timer:fired"]
    assert sentences == STORY
    assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
    assert [entry["at"] for entry in entries] == sorted(entry["at"] for entry in entries)
    assert entries[-1]["data"] | {"filed_by": OFFICER, "confirmed_by": [SECOND_OFFICER], "status": "COMPLETED"} == entries[-1]["data"]
    known = town.person(FINDER).variables(hazard.key)
    assert (known["outcome"], known["round"]) == ('"合格"', "1")


def test_the_work_stands_in_the_queue_of_the_role_and_of_no_other(town, clock):
    # given
    hazard = Hazard(town).registered()

    def queued(who, role):
        return [task["instance"] for task in town.person(who).json("GET", f"/api/queues/{role}/tasks?limit=200")["tasks"]]

    # then
    assert hazard.key in queued(CENTRE, "应急管理中心")
    assert town.person(ENTERPRISE).tasks(hazard.key) == []
    assert "应急管理中心" not in [queue["group"] for queue in town.person(FINDER).json("GET", "/api/queues")["queues"]]
    notice = town.person(CENTRE).task(hazard.key, "issue_notice")
    body = {"assignee": FINDER, "allowOverride": False}
    assert "Expected to claim" in town.person(FINDER).refused(403, "POST", f"/v2/user-tasks/{notice}/assignment", body)


def test_a_re_check_takes_two_officers_each_in_their_own_sign_in(town, clock):
    # given
    hazard = Hazard(town).registered().served().planned().reported()
    clock("2024-05-21T11:00")
    task = hazard.do(OFFICER, "recheck", filled.recheck())
    confirmation, officer, second = f"/api/tasks/{task}/confirmation", town.person(OFFICER), town.person(SECOND_OFFICER)

    # then: one alone is not enough, the second needs the token of their own session, and nobody else will do
    assert officer.status(hazard.key) == "ACTIVE"
    assert "another officer than zhao.lei" in officer.refused(403, "POST", confirmation)
    session = second.sign_in()
    token = session.client.headers.pop("X-CSRF-Token")
    assert "CSRF" in session.refused(403, "POST", confirmation)
    assert "Expected a member of 复查组" in town.person(TOWN_OFFICE).refused(403, "POST", confirmation)
    assert officer.status(hazard.key) == "ACTIVE"

    # when: it is sent back with a reason, filed again, and confirmed
    session.client.headers["X-CSRF-Token"] = token
    session.json("DELETE", confirmation, {"reason": "照片看不清封闭楼梯间。"}, status=204)
    officer.complete(task, filled.recheck())
    session.json("POST", confirmation, status=204)

    # then
    assert officer.status(hazard.key) == "COMPLETED"
    assert hazard.told()[-4:] == [
        (OFFICER, "task:confirmation-asked", "recheck"),
        (SECOND_OFFICER, "task:declined", "recheck"),
        (OFFICER, "task:confirmation-asked", "recheck"),
        (SECOND_OFFICER, "task:completed", "recheck"),
    ]


def test_whoever_registered_the_hazard_does_not_re_check_it_neither_first_nor_second(town, clock):
    """顾林 is of the village and of the re-check team."""
    # given
    hazard = Hazard(town, finder="gu.lin").registered().served().planned().reported()
    clock("2024-05-21T11:00")
    gu = town.person("gu.lin")
    task, kept_apart = gu.task(hazard.key, "recheck"), "Expected somebody who took no part in 登记隐患, but gu.lin did"
    claim = {"assignee": "gu.lin", "allowOverride": False}

    # then
    assert gu.refused(403, "POST", f"/v2/user-tasks/{task}/assignment", claim) == kept_apart
    assert gu.refused(403, "POST", f"/v2/user-tasks/{task}/completion", {"variables": filled.recheck()}) == kept_apart
    give = {"assignee": "gu.lin"}
    assert town.person(OFFICER).refused(403, "POST", f"/v2/user-tasks/{task}/assignment", give) == kept_apart
    hazard.do(OFFICER, "recheck", filled.recheck())
    assert gu.refused(403, "POST", f"/api/tasks/{task}/confirmation") == kept_apart
    assert gu.status(hazard.key) == "ACTIVE"
    assert {kind for who, kind, element in hazard.told() if (who, element) == ("gu.lin", "recheck")} == set()


def test_a_re_check_that_fails_begins_again_with_a_notice_of_its_own(town, clock):
    # given
    hazard = Hazard(town).registered().served().planned().reported()

    # when
    hazard.rechecked(filled.failed())

    # then
    assert hazard.open() == ["issue_notice"]
    notice = {"variables": filled.issue_notice(21)}
    task = town.person(CENTRE).task(hazard.key, "issue_notice")
    assert town.person(CENTRE).json("POST", f"/v2/user-tasks/{task}/completion", notice, status=400)["problems"] == {
        "notice.days": ["「整改期限」应不大于 20，但填写的是「21」。"]
    }

    # when
    before = len(hazard.told())
    hazard.served("2024-05-22", "2024-05-23", days=20)
    assert hazard.open() == ["report_completion"], "the plan that was passed still stands"
    hazard.reported("2024-05-28").rechecked(filled.recheck(), "2024-05-29")

    # then
    assert town.person(FINDER).status(hazard.key) == "COMPLETED"
    assert [step for step in hazard.told()[before:] if step[1] != "timer:fired"] == [
        *both(CENTRE, "issue_notice"),
        *both(ENTERPRISE, "acknowledge_notice"),
        *both(ENTERPRISE, "report_completion"),
        (OFFICER, "task:claimed", "recheck"),
        (OFFICER, "task:confirmation-asked", "recheck"),
        (SECOND_OFFICER, "task:completed", "recheck"),
    ]
    assert town.person(FINDER).variables(hazard.key)["round"] == "2"


def test_reminders_come_before_the_deadline_and_the_deadline_brings_the_officers(town, clock):
    """Served on 3 April for sixty days: until Monday, 3 June, because the second is a Sunday."""
    # given
    hazard = Hazard(town).registered().served().planned()

    def urged(times):
        return [who for who, kind, element in hazard.told() if kind == "timer:fired" and element.startswith("remind")] == ["system"] * times

    # when: the clock passes each reminder
    for times, day in enumerate(("2024-05-23", "2024-05-29", "2024-05-31"), 1):
        clock(f"{day}T08:59")
        assert urged(times - 1)
        clock(f"{day}T09:01")
        town.wait(lambda times=times: urged(times))
    assert hazard.open().count("urge") == 3
    urge = next(key for element, key in town.person(FINDER).tasks(hazard.key) if element == "urge")
    town.person(FINDER).complete(urge, filled.urge("2024-05-31T09:00+08:00"))

    # when: the deadline passes
    clock("2024-06-03T23:58")
    assert "report_completion" in hazard.open()
    clock("2024-06-04T00:01")
    hazard.confirmed_overdue()

    # then: nothing but the re-check is open, and what was not urged is withdrawn
    assert hazard.open() == ["recheck"]
    known = town.person("jiang.audit").variables(hazard.key)
    assert known["overdue"] == "true" and '"forecast":"能按期完成"' in known["urges"].replace(" ", "")
    assert ("system", "timer:fired", "deadline_reached") in hazard.told()
    fired = [element for _, kind, element in hazard.told() if kind == "timer:fired" and element != "progress_due"]
    assert fired == ["remind_7", "remind_3", "remind_1", "deadline_reached"]

    # when: they find the work done all the same
    hazard.rechecked(filled.recheck(), "2024-06-05")

    # then
    assert town.person(FINDER).status(hazard.key) == "COMPLETED"


@pytest.fixture
def exported(town, clock, tmp_path):
    """The export of a case from its beginning to its end, as a file."""
    hazard = Hazard(town).registered().served().planned().reported().rechecked(filled.recheck())
    text, status = town.command_line("flask", "history", "export", hazard.key)
    assert status == 0
    file = tmp_path / "case.jsonl"
    file.write_text(text, encoding="utf-8")
    return hazard, file


def test_an_export_is_whole_and_one_forged_byte_in_it_is_named(town, exported):
    # given
    hazard, file = exported
    said, status = town.command_line("verify_history.py", str(file))
    assert (status, said.partition(":")[0]) == (0, "Intact"), said

    # when: somebody makes 部分合格 out of what stands in the re-check, a byte of it
    lines = file.read_bytes().split(b"\n")
    entries = hazard.told()
    assert sum(b'"chain":"%s"' % hazard.key.encode() in line for line in lines) >= len(entries)
    (place,) = [n for n, line in enumerate(lines) if b"task:confirmation-asked" in line]
    at = lines[place].index("合格".encode())
    lines[place] = lines[place][:at] + bytes([lines[place][at] ^ 1]) + lines[place][at + 1 :]
    file.write_bytes(b"\n".join(lines))
    said, status = town.command_line("verify_history.py", str(file))

    # then
    assert status == 1
    assert f"ENTRY_CHANGED: Entry {len(entries) - 1} of chain {hazard.key} was changed" in said
