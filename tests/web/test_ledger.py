"""The ledger as pages: filters and their addresses, whose places come first, and the sheet that is taken along."""

import html
import io
import re

import openpyxl
import orjson
import pytest
from sqlalchemy import select

from engine.commands.create_account import create_account
from engine.domain.people import THE_SYSTEM
from engine.store.deployed import Deployment, ProcessDefinition, Resource
from engine.store.records import History
from tests.api.v2.people import PASSWORD
from tests.passwords import hasher
from tests.web.conftest import Browser
from tests.web.test_ledger_rows import NOW, Ledger, hazard, instance, place, tenure
from web.ledger import sheet, view

#: user name -> (name, [(role, unit)])
MORE = {"zheng": ("郑强", [("企业", "昆港五金厂")]), "gao": ("高可纪", [("实施主体", "高科技公司"), ("安委办", "安委办")])}
FORMULA = '=HYPERLINK("http://evil","点我")'


@pytest.fixture(scope="module", autouse=True)
def town(app):
    """The places of Ledger, a dozen more in another village, and one whose name is a formula."""
    engine = app.extensions["engine"]
    for username, (name, memberships) in MORE.items():
        create_account(engine, THE_SYSTEM, username, name, hasher.hash(PASSWORD), None, memberships)
    ledger = Ledger(engine.store.engine)
    ledger.add(*(place(number, village="荡湾村", status="待分派") for number in range(10, 22)), place(30, name=FORMULA, village="陈坊村"))
    ledger.add(tenure(30, 3, "产权人", 1), hazard(30, 1, 3, description="-1+1 与 +cmd 相同\x02"))
    return ledger


def shown(page):
    """The numbers of the places of a page, in their order."""
    return [int(number) for number in re.findall(r'data-label="案件（场所）编号">松昆安整-2024-(\d{4})<', page)]


def test_the_numbers_above_open_the_lists_behind_them(of):
    page = of("zhao").get("/ledger").text
    told = re.findall(r'<a (?:class="late" )?href="([^"]+)"[^>]*>([^<]+) <span class="queue-\w+">(\d+)</span>', page)
    expected = [("全部", 15), ("已超期", 1), ("待分派", 12), ("整改中", 2), ("已销号", 1), ("误录撤销", 1)]
    assert [(name, int(number)) for _, name, number in told] == expected

    for path, name, number in told:
        behind = of("zhao").get(html.unescape(path)).text
        assert len(shown(behind)) == int(number), name


def test_pages_follow_each_other_and_keep_what_was_asked_for(of, monkeypatch):
    monkeypatch.setattr(view, "LIMIT", 5)
    zhao, path, seen = of("zhao"), "/ledger?village=荡湾村&order=old&col=grid&col=place_no", []
    while path:
        page = zhao.get(path).text
        assert "居村/公司：荡湾村" in page and ">网格</th>" in page and ">地址</th>" not in page
        seen += shown(page)
        following = re.search(r'href="([^"]+)" rel="next"', page)
        path = following and html.unescape(following[1])
    assert seen == list(range(10, 22))


def test_what_is_due_in_a_week_is_asked_for_by_its_days(of):
    page = of("zhao").get("/ledger?list=hazards&due_since=2024-04-12&due_until=2024-04-16&order=due").text
    assert "松昆安整-2024-0001-02" in page and "0001-01" not in page
    assert "期限自 2024-04-12" in page and 'name="due_until" value="2024-04-16"' in page
    without = html.unescape(re.search(r'href="([^"]+)" title="去掉这一条件">期限自', page)[1])
    assert "due_until=2024-04-16" in without and "due_since" not in without
    assert of("zhao").get("/ledger?due_since=2024-13-40").status_code == 400


def test_whoever_works_for_a_village_sees_its_places_first_and_all_when_they_ask(of):
    li = of("li")
    page = li.get("/ledger").text
    assert shown(page) == [30] and "本单位：陈坊村" in page
    whole = html.unescape(re.search(r'href="([^"]+)" title="去掉这一条件">本单位', page)[1])
    assert len(shown(li.get(whole).text)) == 15 and "只看本单位" in li.get(whole).text

    found = li.get("/ledger?q=秦安街").text
    assert shown(found) == [] and "在全镇查找" in found
    # Who has a post for the whole town beside it sees the whole town.
    assert len(shown(of("gao").get("/ledger").text)) == 15


def test_a_party_finds_itself_alone(of):
    zheng = of("zheng")
    page = zheng.get("/ledger").text
    assert shown(page) == [1] and "文翔包装厂" not in page and "顾阿根" not in page
    hazards = zheng.get("/ledger?list=hazards").text
    assert "松昆安整-2024-0001-01" in hazards and "0001-02" not in hazards
    assert "来源" not in hazards and "单位罚款" not in hazards
    assert "荡湾村" not in hazards  # not even among the choices
    assert shown(zheng.get("/ledger?place=松昆安整-2024-0002").text) == []


def test_auditors_see_all_and_their_search_is_written_down_without_its_words(of, app):
    auditor = of("auditor")
    assert len(shown(auditor.get("/ledger").text)) == 15
    assert looks(app, "auditor") == []
    auditor.get("/ledger?q=顾阿根")
    assert looks(app, "auditor") == [{"subject": "台账检索（场所：编号、名称、地址、当事人）", "reason": "审计查阅"}]


def test_who_works_on_no_case_is_told_why_nothing_is_there(of):
    drawer = of("drawer")
    assert "您的角色不办理案件" in drawer.get("/ledger").text
    refused = drawer.get("/ledger/export.xlsx")
    assert refused.status_code == 403 and "您的角色不办理案件" in refused.text


def test_a_row_opens_its_case_for_whoever_sees_it(of, town):
    town.add(Deployment(key=-1, deployed=NOW, actor="system"))
    town.add(Resource(key=-1, deployment_key=-1, name="x", hash="", content=b""))
    town.add(ProcessDefinition(key=-1, process_id="ledger_case", version=1, deployment_key=-1, resource_key=-1))
    town.add(instance(10, definition_key=-1, process_id="ledger_case", status="COMPLETED"))
    assert 'href="/cases/10"' in of("auditor").get("/ledger?place=松昆安整-2024-0001").text
    page = of("zhao").get("/ledger?place=松昆安整-2024-0001").text
    assert "/cases/" not in page and "list=hazards" in page


@pytest.mark.parametrize("query", ["after=x", "after=WzFd", "after=W10=", "since=morgen", "order=due&after=WyJ4IiwgInkiXQ==", "after=4pyT"])
def test_an_address_that_was_tampered_with_is_refused_in_words(of, query):
    answer = of("zhao").get(f"/ledger?{query}")
    assert answer.status_code == 400 and "Expected" not in answer.text


@pytest.mark.parametrize(
    "query", ["status=x&risk_level=y", "order=x", "list=x", "col=nothing", "q=%00%25_'", "supervised=x", "of=x&place=x"]
)
def test_what_is_not_known_finds_nothing_or_is_passed_over(of, query):
    assert of("zhao").get(f"/ledger?{query}").status_code == 200


def looks(app, username):
    """[{"subject", "reason"}] of what somebody's looks have left in history."""
    with app.extensions["engine"].store.read() as connection:
        bodies = connection.execute(
            select(History.body).where(History.kind == "access:looked", History.actor == username).order_by(History.at)
        )
        return [orjson.loads(body)["data"] for (body,) in bodies]


def taken(browser, query=""):
    """The sheet that somebody takes along."""
    answer = browser.get(f"/ledger/export.xlsx?{query}")
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == sheet.TYPE and "attachment" in answer.headers["Content-Disposition"]
    return openpyxl.load_workbook(io.BytesIO(answer.data)).active


def cells(page):
    """[{label: value}] of the rows of a sheet."""
    head, *rows = page.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_what_is_filtered_is_taken_along_and_that_stays_in_history(of, app):
    rows = cells(taken(of("zhao"), "list=hazards&q=昆港五金&order=old"))

    assert [(row["序号"], row["隐患编号"]) for row in rows] == [(1, "松昆安整-2024-0001-01"), (2, "松昆安整-2024-0001-02")]
    assert rows[0]["场所名称"] == "昆港公路 1 号厂房" and rows[0]["承租方"] == "昆港五金厂、文翔包装厂"
    assert (rows[0]["隐患类别"], rows[0]["是否超期"], rows[0]["整改期限"].isoformat()) == ("违规用电", "超期", "2024-04-11T10:00:00")
    assert looks(app, "zhao") == [{"subject": "台账（隐患）导出 Excel，2 行", "reason": "按条件筛选（关键词）"}]


def test_many_rows_come_in_parts_and_too_many_not_at_all(of, monkeypatch):
    monkeypatch.setattr(view, "BATCH", 4)
    assert len(cells(taken(of("zhao")))) == 15
    monkeypatch.setattr(view, "MOST_EXPORTED", 10)
    refused = of("zhao").get("/ledger/export.xlsx")
    assert refused.status_code == 400 and "一次最多导出 10 行，现在有 15 行" in refused.text
    assert "/ledger/export.xlsx" not in of("zhao").get("/ledger").text


def test_a_text_is_never_a_formula(of):
    page = taken(of("zhao"), "place=松昆安整-2024-0030&list=hazards")
    found = {cell.value: cell for cell in page[2]}

    assert found[FORMULA].data_type == "s" and found[FORMULA].quotePrefix
    assert found["-1+1 与 +cmd 相同"].quotePrefix
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
    assert not found["配电间"].quotePrefix


def test_the_sheet_is_laid_out_to_be_printed_on_a3_across(of):
    page = taken(of("zhao"))

    assert page.freeze_panes == "B2" and page.print_title_rows == "$1:$1"
    assert (page.page_setup.paperSize, page.page_setup.orientation) == ("8", "landscape") or page.page_setup.paperSize == 8
    assert page.sheet_properties.pageSetUpPr.fitToPage and page.page_setup.fitToHeight == 0
    assert page.column_dimensions["D"].width > page.column_dimensions["A"].width
    assert page.auto_filter.ref.endswith(f"{page.max_row}")


def test_a_party_takes_along_what_it_sees(of):
    rows = cells(taken(of("zheng"), "list=hazards"))
    assert [row["隐患编号"] for row in rows] == ["松昆安整-2024-0001-01"]
    assert rows[0].keys().isdisjoint({"来源", "单位罚款（元）", "督促函数"})
    assert rows[0]["产权人"] is None


def test_nothing_is_taken_along_by_whoever_is_not_signed_in(app):
    assert Browser(app).get("/ledger/export.xlsx").status_code == 302
