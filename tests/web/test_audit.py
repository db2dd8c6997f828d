"""稽核: the auditor finds what somebody did, reads a case with its chains, sees where one breaks, and takes along what proves it."""

import html
import re
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import select, update

from cases import audit_chains
from engine.commands.create_account import create_account
from engine.commands.make_seal import make_seal
from engine.domain.people import THE_SYSTEM
from engine.store import triggers
from engine.store.people import Account
from engine.store.records import History, HistoryChain
from tests.api.v2.people import Caller
from tests.web.conftest import HTML
from verify_history import Finding

DIAGRAM = Path(__file__).parent / "case_tree.bpmn"
APART = {"hmac": "a1" * 32, "ref": "b2" * 32}
SEAL = Finding("SEAL_FORGED", None, None, 2, "Seal 2 is forged", "第 2 号封印系伪造")
PLACE, NUMBER = "稽核路 7 号仓库", "松昆安整-2024-0777"


@pytest.fixture(scope="module", autouse=True)
def people(app):
    """cha, an auditor, and wen, who acts in the case: what they do is these tests' alone."""
    with app.extensions["engine"].store.read() as connection:
        known = connection.execute(select(Account.password_hash).where(Account.username == "li")).scalar_one()
    for username, name, role in (("cha", "查审", ("审计", "")), ("wen", "闻娜", ("居村", "陈坊村"))):
        create_account(app.extensions["engine"], THE_SYSTEM, username, name, known, None, [role])


@pytest.fixture(scope="module")
def case(app):
    """(root, [its two children]) of a case that wen started and looked at once, under a seal; a telephone in it is kept apart."""
    ask = Caller(app.test_client())
    ask.upload([("case_tree.bpmn", DIAGRAM.read_bytes())])
    told = {"place_name": PLACE, "case_no": NUMBER, "numbers": [f"{NUMBER}-01", f"{NUMBER}-02"], "again": True, "mobile": APART}
    root = ask.json("POST", "/process-instances", {"processDefinitionId": "case_tree", "variables": told}, by="wen")["processInstanceKey"]
    make_seal(app.extensions["engine"], app.extensions["signing_key"])
    for again in (True, False):
        (task,) = ask.tasks(root)
        ask.json("POST", f"/user-tasks/{task}/assignment", {"assignee": "wen", "allowOverride": False}, by="wen", status=204)
        ask.json("POST", f"/user-tasks/{task}/completion", {"variables": {"again": again}}, by="wen", status=204)
    found = ask.json("POST", "/process-instances/search", {"filter": {"parentProcessInstanceKey": root}})["items"]
    return root, sorted(each["processInstanceKey"] for each in found)


@pytest.fixture
def looks(app):
    """looks() -> [(kind, subject, reason)] of what was written down of cha's looks since the test began."""

    def told():
        chain = select(HistoryChain.chain).where(HistoryChain.subject == "access:cha").scalar_subquery()
        with app.extensions["engine"].store.read() as connection:
            bodies = connection.execute(select(History.kind, History.body).where(History.chain == chain).order_by(History.seq)).all()
        found = [(kind, app.json.loads(body)["data"]) for kind, body in bodies]
        return [(kind, data["subject"], data["reason"]) for kind, data in found]

    before = len(told())
    return lambda: told()[before:]


def sentences(page):
    """What the entries of a page say, in order."""
    return re.findall(r"<time[^>]*>[^<]*</time><div>\s*<p>([^<]*)</p>", page)


def plain(page):
    """The text of a page."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def test_these_pages_are_for_auditors_and_administrators_and_nothing_on_them_changes_anything(app, of, case):
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/audit")]
    assert len(rules) == 7
    assert {method for rule in rules for method in rule.methods} == {"GET", "HEAD", "OPTIONS"}

    for rule in rules:
        path = rule.rule.replace("<key>", case[0])
        assert [of(who).get(path).status_code for who in ("cha", "admin", "li", "drawer")] == [200, 200, 403, 403], path
    assert "稽核" in of("cha").get("/me").text and "稽核" not in of("li").get("/me").text
    assert of("cha").get("/audit/cases/77").status_code == 404
    assert [of("cha").get(f"/audit?{wrong}").status_code for wrong in ("after=x", "after=WzEsMiwzXQ==", "since=gestern")] == [400] * 3


def test_who_did_what_is_found_across_cases_and_each_search_is_written_down(of, case, looks):
    browser = of("cha")

    everything = browser.get("/audit?who=闻娜").text
    done = browser.get("/audit?who=wen&kind=done&since=2020-01-01&until=2099-12-31").text
    browser.get("/audit?who=wen&until=2020-01-01&q=310117197503120016")
    nobody = browser.get("/audit?who=310117197503120016").text

    assert sentences(everything)[-1].startswith("闻娜 启动了流程")
    assert [said.partition(" ")[2][:3] for said in sentences(done)] == ["完成了", "签收了", "完成了", "签收了"]
    assert f'<a href="/audit/cases/{case[0]}">{NUMBER} {PLACE}</a>' in done
    assert [subject for _, subject, _ in looks()] == [
        "跨案件检索（办理人：wen）",
        "跨案件检索（办理人：wen；期间：2020-01-01 至 2099-12-31；事件：办理）",
        "跨案件检索（办理人：wen；期间：最早 至 2020-01-01；案件号、场所、当事人）",
        "跨案件检索（办理人：查无此人）",
    ]
    assert "没有符合这些条件的记录" in nobody


def test_a_case_is_found_by_number_place_or_key_and_only_its_entries_are_shown(of, case):
    browser = of("cha")

    for text in (NUMBER, f"{NUMBER}-02", "稽核路 7", case[0], case[1][0]):
        page = browser.get(f"/audit?q={text}").text
        assert re.findall(r'<li><a href="/audit/cases/(\d+)">', page) == [case[0]], text
        assert sentences(page)[-1].startswith("闻娜 启动了流程")
    assert "没有编号、场所、地址、当事人或者文号含有“查无此案”的案件" in browser.get("/audit?q=查无此案").text


def test_a_long_history_goes_on_page_by_page(of, case, monkeypatch):
    monkeypatch.setattr(audit_chains, "AT_ONCE_ENTRIES", 0)
    browser, seen, path = of("cha"), [], f"/audit/cases/{case[1][0]}"
    whole = sentences(browser.get(path).text)
    monkeypatch.setattr("engine.store.audit_search.page.__defaults__", (None, 3))

    while path and len(seen) <= len(whole):
        page = browser.get(path).text
        seen += sentences(page)
        path = html.unescape((re.findall(r'href="([^"]*)" rel="next"', page) or [""])[0])

    assert seen == whole and len(whole) > 6
    assert "尚未核验" in page


def test_a_case_is_read_entry_by_entry_and_what_is_kept_apart_stays_so(of, case, looks):
    page = of("cha").get(f"/audit/cases/{case[0]}?kind=done&element=look").text

    assert sentences(page) == ["闻娜 完成了任务 查看", "闻娜 签收了任务 查看"] * 2
    started = of("cha").get(f"/audit/cases/{case[0]}?kind=course&who=wen").text
    assert "mobile （已隐去）" in plain(started) and APART["hmac"] not in started
    assert looks()[0] == ("access:looked", f"案件 {NUMBER}（{case[0]}）的历史", "审计查阅")
    assert "您在这里的每次检索和查看都记入历史" in page
    # and whoever looked at it from elsewhere is told
    assert f"查审 查看了 案件 {NUMBER}（{case[0]}）的历史" in of("cha").get(f"/audit/cases/{case[0]}?kind=looks").text


def test_chains_are_told_whole_up_to_where_and_shown_broken_where_they_break(app, of, case, looks):
    browser, (root, _) = of("cha"), case
    store = app.extensions["engine"].store
    whole = browser.get(f"/audit/cases/{root}/verification").text
    length = int(re.search(r"第 1 至 (\d+) 条前后衔接，前 1 条在封印之下", whole)[1])

    assert "完好。" in plain(whole) and f"其余 {length - 1} 条待下一次封印" in whole
    assert "link-proven" in whole.partition("</p>")[2] and '<li class="link-broken">' not in whole
    assert looks()[-1][1] == f"案件 {NUMBER}（{root}）的链和封印（核验）"

    # when the owner of the database changes a word of the third entry
    theirs = (History.chain == int(root), History.seq == 3)
    with store.read() as connection:
        body = connection.execute(select(History.body).where(*theirs)).scalar_one()

    def forge(text):
        with store.engine.execution_options(write=True).begin() as connection:
            connection.exec_driver_sql("DROP TRIGGER history_no_update")
            connection.execute(update(History).where(*theirs).values(body=text))
            triggers.install(connection)

    forge(body.replace('"wen"', '"li"'))
    try:
        broken = browser.get(f"/audit/cases/{root}").text
    finally:
        forge(body)

    # then the page says so, and the picture shows it
    assert "断链。第 3 条记录被改动" in broken and "核验到第 2 条为止" in broken
    states = re.findall(r'<li class="link-(\w+)">(\d+)', broken)[:length]
    assert states == [("proven", "1"), ("proven", "2"), ("broken", "3"), *(("doubtful", str(seq)) for seq in range(4, length + 1))]


@pytest.mark.parametrize(
    ("code", "seq", "told", "proven", "drawn"),
    [
        ("ENTRY_MISSING", 4, "Missing from chain 7: entry 3, before entry 4", 2, {3: "missing", 4: "doubtful"}),
        ("LAST_ENTRY_MISSING", 6, "Missing at the end of chain 7: entry 6", 5, {5: "proven", 6: "missing"}),
        (
            "CHAIN_REWRITTEN",
            5,
            "Chain 7 was rewritten: entry 5 is another one",
            2,
            {2: "proven", 3: "doubtful", 5: "broken"},
        ),
    ],
)
def test_a_chain_is_proven_only_up_to_where_it_breaks(code, seq, told, proven, drawn):
    chain = audit_chains.Chain(7, "流程", None, 5, 5, stretches=[audit_chains.Stretch(1, 2, 1, "d"), audit_chains.Stretch(3, 5, 2, "e")])

    of_seals = audit_chains.judge([chain], SimpleNamespace(findings=[Finding(code, "7", seq, None, told, "x"), SEAL]))

    assert of_seals == [SEAL.chinese] and chain.proven == proven
    links = {number: state for stretch in chain.stretches for number, state in stretch.links}
    assert links.items() >= drawn.items()


def test_more_than_a_page_can_verify_is_left_to_the_program(of, case, monkeypatch):
    monkeypatch.setattr(audit_chains, "MOST_ENTRIES", 1)

    page = of("cha").get(f"/audit/cases/{case[0]}/verification").text

    assert "请导出历史，用核验程序核验" in page and "link-open" in page and "完好" not in page


def test_what_the_instructions_say_is_done_on_another_machine(of, case, looks, tmp_path):
    # given what an auditor carries away, and nothing else
    browser, (root, _) = of("cha"), case
    page = browser.get(f"/audit/verify?case={root}").text
    key = browser.get("/audit/verify/public-key.txt").text.strip()
    (tmp_path / "verify_history.py").write_bytes(browser.get("/audit/verify/verify_history.py").data)
    taken = browser.client.get(f"/api/instances/{root}/history?reason=案卷评查", headers=HTML)
    (tmp_path / taken.headers["Content-Disposition"].partition("filename=")[2]).write_bytes(taken.data)
    assert looks() == [("history:exported", f"流程实例 {root}", "案卷评查")]

    # when each command is copied from the page
    commands = [html.unescape(line) for line in re.findall(r'<pre class="command"[^>]*><code>(.*?)</code></pre>', page)]
    settings = {"cwd": tmp_path, "capture_output": True, "text": True, "check": False, "env": {"PATH": "/usr/bin:/bin"}}
    said = [subprocess.run(["sh", "-c", line], **settings) for line in commands]

    # then the program is the one of the page, the history is whole, also with the seal on paper, and a change of one letter is found
    python, program, whole, with_seal, _, changed = said
    assert python.stdout.startswith("Python 3.")
    assert program.stdout.split()[0] in page and f'id="public-key">{key}<' in page
    for one in (whole, with_seal):
        assert one.returncode == 0 and one.stdout.startswith("Intact:") and "完好" in one.stdout.splitlines()[0], one.stdout + one.stderr
    assert changed.returncode == 1 and f"链 {root} 第 1 条记录被改动" in changed.stdout


def test_seals_are_listed_with_their_keys(app, of, case, looks):
    page = of("cha").get("/audit/seals").text

    assert "第 1 号" in page and "本系统的密钥" in page and re.search(r"\d+ 条增长", page)
    assert looks() == [("access:looked", "封印目录", "审计查阅")]
    assert "没有更早的封印" in of("cha").get("/audit/seals?before=1").text
    assert of("cha").get("/audit/seals?before=-1").status_code == 400
