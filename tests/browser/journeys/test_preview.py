"""预览文书: what a task is about to issue, looked at before anything is stored; what was issued, opened from the task and downloaded."""

from sqlalchemy import select

from cases.numbers import NumberSeries
from cases.papers import Paper
from tests.forms import filled
from tests.journeys.hazard import CENTRE, ENTERPRISE, OFFICER, SECOND_OFFICER, Hazard


def issued(town):
    """All papers by their keys, and all numbers that were taken."""
    with town._reading.connect() as connection:
        return [sorted(map(tuple, connection.execute(select(*columns)))) for columns in ((Paper.key,), tuple(NumberSeries.__table__.c))]


def test_papers_are_looked_at_before_they_are_issued_and_opened_afterwards(busy_town, clicking):
    # given a notice that is written, but for its term
    hazard, town = Hazard(busy_town).registered(), clicking()
    centre, notice = town.person(CENTRE), filled.issue_notice()
    before = issued(town)
    busy_town.set_clock("2024-04-02T10:00")
    centre.claim(centre.task(hazard.key, "issue_notice"))
    centre.fill({"notice": {name: value for name, value in notice["notice"].items() if name != "days"}})

    # when it is previewed
    page = centre.window.page
    page.get_by_role("button", name="预览文书").click()
    page.locator("#problems li").first.wait_for()
    assert page.locator("#problems li").all_inner_texts() == ["整改期限：请填写此项。"]
    centre.fill(notice)
    page.get_by_role("button", name="预览文书").click()
    paper = page.get_by_role("dialog").locator("article.paper")
    paper.wait_for()

    # then it is all there but its number, and nothing is stored
    said = paper.inner_text()
    assert "待编号" in said and "隐患告知" in said and "拆除三间隔间，搬离全部住宿人员" in said
    town.look(centre.window, "preview")
    assert issued(town) == before
    page.get_by_role("dialog").get_by_role("button", name="关闭").click()
    centre.hand_in()

    # and the party opens what was issued from its own task, and takes it along
    party = town.person(ENTERPRISE)
    busy_town.set_clock("2024-04-03T10:00")
    party.claim(party.task(hazard.key, "acknowledge_notice"))
    page, dialog = party.window.page, party.window.page.get_by_role("dialog")
    page.locator("[data-paper]").click()
    dialog.get_by_label("理由").fill("签收")
    dialog.get_by_role("button", name="打开", exact=True).click()
    assert "〔2024〕" in dialog.locator("article.paper").inner_text()
    town.look(party.window, "paper")
    with page.expect_download() as taken:
        dialog.get_by_role("button", name="下载 .docx").click()
    assert taken.value.suggested_filename.endswith(".docx")
    dialog.get_by_role("button", name="关闭").click()
    party.complete(None, filled.acknowledge_notice())

    # and who confirms a re-check sees the opinion with both officers in it
    hazard.planned().reported()
    busy_town.set_clock("2024-05-21T11:00")
    data = filled.recheck(visited_at="2024-05-21T10:00+08:00")
    task = busy_town.person(OFFICER).do(hazard.key, "recheck", data)
    second = town.person(SECOND_OFFICER)
    second.within(task, "link", "去确认").click()
    second.window.page.get_by_role("button", name="预览文书").click()
    paper = second.window.page.get_by_role("dialog").locator("article.paper")
    assert all(name in paper.inner_text() for name in ("赵磊", "钱芳", "待编号"))
    town.look(second.window, "preview")
