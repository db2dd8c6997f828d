"""A year's holidays: written as lines, looked at as a picture with what they would move, published; terms that are provisional are told."""

from datetime import date

import pytest

from cases.provisional_terms import provisional
from engine.domain.errors import Invalid
from engine.domain.people import THE_SYSTEM
from web.admin.holiday_lines import differences, picture, read, write

NOTICE = "国办发明电〔2030〕7号"
LINES = "9月28日 班 国庆节\n10月1日至7日 休 国庆节\n12月30日至2032年1月1日 休 元旦"


def test_lines_are_read_as_they_are_written():
    days = read("2031-09-28 上班 国庆节\n\n10月1日—10月7日放假，国庆节", 2031)
    assert days[0] == (date(2031, 9, 28), True, "国庆节") and len(days) == 8
    assert write(days) == ["9月28日 班 国庆节", "10月1日至7日 休 国庆节"]
    assert read("\n".join(write(days)), 2031) == days
    assert write([(date(2031, 1, 31), False, "Spring Festival"), (date(2031, 2, 1), False, "Spring Festival")]) == [
        "1月31日至2月1日 休 春节"
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("国庆节放假七天", "第 1 行“国庆节放假七天”应写成"),
        ("2月30日 休 春节", "第 1 行的日期不存在"),
        ("10月7日至1日 休 国庆节", "第 1 行的末日应不早于首日"),
        ("10月1日 休", "第 1 行应写明节日名称"),
        ("x\n" * 101, "最多 100 行"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(line, said):
    with pytest.raises(Invalid) as refused:
        read(line, 2031)
    assert said in refused.value.details["problems"]["days"][0]


def test_a_year_is_a_picture_of_its_days():
    months = picture(2031, read("9月28日 班 国庆节\n10月1日 休 国庆节", 2031))
    days = {cell[0]: cell[1:] for weeks in months for week in weeks for cell in week if cell}
    assert len(months) == 12 and len(days) == 365 and all(len(week) == 7 for weeks in months for week in weeks)
    told = [days[date(2031, 9, 28)], days[date(2031, 10, 1)], days[date(2031, 10, 4)], days[date(2031, 10, 6)]]
    assert told == [("on", "国庆节"), ("off", "国庆节"), ("weekend", ""), ("work", "")]
    # the first of 2031 is a Wednesday
    assert months[0][0][:2] == [None, None] and months[0][0][2][0] == date(2031, 1, 1)


def test_what_changes_is_told_day_by_day():
    before, after = read("1月1日至2日 休 元旦", 2031), read("1月2日 班 元旦\n1月3日 休 元旦", 2031)
    assert [(day.day, was, now) for day, was, now in differences(before, after)] == [(1, "休", "按周"), (2, "休", "班"), (3, "按周", "休")]


@pytest.fixture
def term(app, ask):
    """The key of a case with a provisional term that ends on the holidays of 2031, and one that is not what its derivation says."""
    ask.deploy("repair.bpmn", "repair_report.form")
    told = {"rule": "deadlines.dmn", "step": "整改", "basis": "安全生产法", "start": "2031-09-26T10:00:00+08:00", "n": 5, "unit": "wd"}
    told |= {"pauses": [], "extensions": [], "date": "2031-10-08", "provisional": True}
    odd = told | {"date": "2031-12-01", "start": "2031-09-25"}
    variables = {"place_name": "光华路 30 号厂房", "rectify_deadline": told, "decision_due": odd}
    return ask.json("POST", "/process-instances", {"processDefinitionId": "repair", "variables": variables})["processInstanceKey"]


def test_a_year_is_looked_at_with_what_it_would_move_and_then_published(of, app, term):
    admin = of("admin")
    given = {"days": LINES, "source": NOTICE, "effective": "2024-01-01"}
    assert "2031 年的安排还没有公布到系统" in admin.get("/admin/holidays?year=2031").text

    # what is wrong is told at its field
    assert "应写明依据的通知" in admin.post("/admin/holidays/2031/look", given | {"source": " "}).text
    assert "应为 2031 年的日期，但有 2032-01-01" in admin.post("/admin/holidays/2031/publish", given).text
    future = admin.post("/admin/holidays/2031/publish", given | {"days": LINES.splitlines()[0], "effective": "2099-01-01"})
    assert future.status_code == 400 and "生效日期不能晚于今天" in future.text
    assert admin.get("/admin/holidays/1066/edit").status_code == 404

    # a look changes nothing, and tells which term would end later, and of which that cannot be told
    given["days"] = "9月28日 班 国庆节\n10月1日至7日 休 国庆节"
    seen = admin.post("/admin/holidays/2031/look", given).text
    assert "放假 7 天，调休上班 1 天" in seen and "10 月 7 日（按周 → 休）" in seen
    assert "光华路 30 号厂房" in seen and 'class="moves">2031-10-09' in seen and "须人工核对" in seen
    assert "2031 年的安排还没有公布到系统" in admin.get("/admin/holidays?year=2031").text

    assert admin.post("/admin/holidays/2031/publish", given).status_code == 204
    page = admin.get("/admin/holidays?year=2031").text
    assert NOTICE in page and "第 1 版" in page and "自 2024-01-01 起施行" in page and "10月1日至7日 休 国庆节" in page
    # and the form begins with what is published
    assert "9月28日 班 国庆节\n10月1日至7日 休 国庆节" in admin.get("/admin/holidays/2031/edit").text


def test_a_term_that_cannot_be_derived_anew_is_not_guessed(app, term):
    engine = app.extensions["engine"]
    with engine.store.transaction() as transaction:
        calendar = engine.calendars.current(transaction.cursor)
        found = {
            one.now: one for one in provisional(transaction.connection, THE_SYSTEM, calendar, calendar) if one.instance_key == int(term)
        }
    assert found[date(2031, 12, 1)].then is None and not found[date(2031, 12, 1)].moves
    assert found[date(2031, 10, 8)].step == "整改" and found[date(2031, 10, 8)].title.place == "光华路 30 号厂房"
