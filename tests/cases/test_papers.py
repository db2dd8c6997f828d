"""Papers are issued and voided as rows of the ledger: numbered by kind, organ and year, and never changed after that."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from cases import paper_kinds, papers, templates
from cases.papers import HANDLERS, Paper, PaperTemplate, document, issue, void
from engine.commands.handlers import HandlerCall
from engine.domain import values
from engine.domain.people import DESIGNER, Actor
from engine.history import GENESIS, entry
from tests.cases.paper_samples import BUREAU, COMPANY, SAMPLES, TOWN
from tests.cases.test_printing import text_of

NOW = datetime(2024, 4, 12, 1, 30, tzinfo=UTC)
DECISIONS = ("行政处罚决定书（单位）", "行政处罚决定书（个人）")


@pytest.fixture
def session(store_engine):
    """A session on the transaction of a step, as a handler is given it."""
    with store_engine.connect().execution_options(write=True) as connection, connection.begin() as transaction:
        yield Session(bind=connection, join_transaction_mode="rollback_only")
        transaction.rollback()


def concealed(reference):
    """What a vault would say of a number that was kept apart."""
    return f"来自{reference['ref']}"


def asked(name, now=NOW, /, **changes):
    """The call of a step that wants a paper of the kind `name`, like its sample but for the changes; those of `data` by data_…"""
    organ, seal, mode, addressee, data = SAMPLES[name]
    of_data = {key.removeprefix("data_"): changes.pop(key) for key in list(changes) if key.startswith("data_")}
    told = {
        "kind": name,
        "organ": organ,
        "seal": seal,
        "mode": mode,
        "addressee": addressee,
        "data": data | of_data,
        "case_no": "松昆安整-2024-0017",
        "hazard_no": None,
    }
    return HandlerCall(told | changes, {}, Actor("li"), now, None, 12, 11, None, "issue", "respondent_penalty")


def issued(session, *call, **changes):
    """The row of a paper that was issued."""
    told, _ = issue(session, asked(*call, **changes))
    return session.get(Paper, int(told["paper"]["key"]))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_paper_of_every_kind_is_issued_and_opened(session, name):
    # when
    told, changes = issue(session, asked(name))
    # then
    paper = session.scalars(select(Paper)).one()
    assert told == {"paper": {"key": str(paper.key), "number": paper.number}}
    assert paper.number == f"{paper_kinds.organ_word(SAMPLES[name][0])}{paper_kinds.KINDS[name].word}〔2024〕1号"
    assert (paper.kind, paper.organ, paper.seal, paper.mode, paper.addressee) == (name, *SAMPLES[name][:4])
    assert (paper.root_key, paper.instance_key, paper.case_no, paper.hazard_no) == (11, 12, "松昆安整-2024-0017", None)
    assert (paper.issued, paper.issued_by, paper.voided) == (NOW, "li", None)
    assert [change["table"] for change in changes] == ["paper"]
    # and
    file_name, content = document(session, paper.key, concealed)
    assert file_name == f"{paper.number} {name}.docx"
    text = text_of(content)
    assert paper.number in text and SAMPLES[name][1] in text and "2024年4月12日" in text


def test_history_takes_the_change_and_holds_nothing_that_identifies_a_person(session):
    # when
    _, changes = issue(session, asked("行政处罚决定书（个人）"))
    # then
    body = entry(11, 1, GENESIS, NOW, "li", "instance:started", changes=changes).body
    assert "松应急罚个〔2024〕1号" in body and "data_sha256" in body
    assert "310117197503120016" not in body and "某路" not in body
    assert "310117197503120016" in session.scalars(select(Paper.data)).one()


def test_numbers_run_by_kind_organ_and_year_without_a_gap(session):
    # when
    calls = [
        (DECISIONS[0],),
        (DECISIONS[0],),
        (DECISIONS[1],),
        (DECISIONS[0], datetime(2024, 12, 31, 15, 59, tzinfo=UTC)),
        (DECISIONS[0], datetime(2024, 12, 31, 16, 0, tzinfo=UTC)),  # the new year has begun in Shanghai
        (DECISIONS[1],),
    ]
    numbers = [issued(session, *call).number for call in calls]
    numbers.append(issued(session, DECISIONS[0], organ=TOWN, seal=TOWN).number)
    # then: units and persons have numbers of their own
    assert numbers == [
        *("松应急罚单〔2024〕1号", "松应急罚单〔2024〕2号", "松应急罚个〔2024〕1号", "松应急罚单〔2024〕3号"),
        *("松应急罚单〔2025〕1号", "松应急罚个〔2024〕2号", "松昆罚单〔2024〕1号"),
    ]


def test_no_number_stands_on_two_papers(session):
    paper = issued(session, "督促函")
    twin = {column.key: getattr(paper, column.key) for column in Paper.__table__.columns if column.key != "key"}
    with pytest.raises(IntegrityError, match="number"), session.begin_nested():
        session.add(Paper(**twin))


@pytest.mark.parametrize("name", [kind.name for kind in paper_kinds.KINDS.values() if kind.needs_authority])
def test_an_organ_without_authority_issues_nothing_that_binds(session, name):
    for mode, found in (("无", "没有执法权（无）"), (None, "没有说明权限"), ("", "没有说明权限"), ("区级", "应为本级、委托、无之一")):
        with pytest.raises(ValueError, match=found):
            issue(session, asked(name, mode=mode))
    assert session.scalars(select(Paper)).all() == []
    for mode in ("本级", "委托"):
        assert issued(session, name, mode=mode).mode == mode


def test_decisions_notices_and_orders_need_authority_and_letters_do_not():
    needing = {kind.name for kind in paper_kinds.KINDS.values() if kind.needs_authority}
    assert needing == {"责令限期整改指令书", "现场处理措施决定书", "行政处罚告知书", "听证通知书", "不予行政处罚决定书", *DECISIONS}


def test_where_the_town_has_no_authority_it_tells_and_transfers(session):
    assert issued(session, "隐患告知（督促）函", mode="无").number == "松昆隐告〔2024〕1号"
    assert issued(session, "案件移送书", mode="无").number == "松昆移〔2024〕1号"


@pytest.mark.parametrize(
    "name, changes, found",
    [
        ("督促函", {"kind": "处罚决定"}, "文书种类（kind）应为责令限期整改指令书、.*但找到“处罚决定”"),
        ("督促函", {"kind": None}, "文书种类"),
        ("督促函", {"organ": None}, "督促函应写明 organ，但没有提供"),
        ("督促函", {"organ": "某某公司"}, "“某某公司”没有代字"),
        ("督促函", {"seal": " "}, "督促函应写明 seal"),
        ("督促函", {"addressee": ""}, "督促函应写明 addressee"),
        ("督促函", {"data": None}, "内容（data）应为一个上下文"),
        ("督促函", {"data": {}}, "文书应写明 basis、cases、contact、copy_to、reply_by、requirements、subject，但没有提供"),
        ("督促函", {"data_subject": None}, "文书应写明 subject，但没有填写"),
        ("责令限期整改指令书", {"data_officers": SAMPLES["复查意见书"][4]["officers"][:1]}, "应写明两名以上执法人员.*但只有1名"),
        ("送达回证", {"data_officers": None}, "但只有0名"),
        (DECISIONS[0], {"data_party": SAMPLES[DECISIONS[1]][4]["party"]}, "应为单位，但找到“个人”"),
        (DECISIONS[1], {"data_party": SAMPLES[DECISIONS[0]][4]["party"]}, "应为个人，但找到“单位”"),
        (DECISIONS[0], {"data_fine": None}, "应有罚款数额（fine）或者履行方式和期限"),
        (DECISIONS[0], {"data_bank": None}, "bank"),
    ],
)
def test_what_cannot_be_a_paper_is_refused_and_takes_no_row(session, name, changes, found):
    with pytest.raises(ValueError, match=found):
        issue(session, asked(name, **changes))
    assert session.scalars(select(Paper)).all() == []


@pytest.mark.parametrize(
    "organ, word",
    [
        ("上海市松江区小昆山镇人民政府", "松昆"),
        ("小昆山镇人民政府", "松昆"),
        ("小昆山镇安全生产委员会办公室", "松昆安委办"),
        ("上海市松江区应急管理局", "松应急"),
        ("区应急管理局", "松应急"),
        ("松江区消防救援支队", "松消"),
    ],
)
def test_an_organ_has_one_word_whether_or_not_its_name_is_in_full(organ, word):
    assert paper_kinds.organ_word(organ) == word


def test_a_paper_says_what_its_head_says_whatever_data_say(session):
    paper = issued(session, "督促函", data_number="伪号", data_organ="伪机关", data_issued="1999-01-01", data_void={"at": "x"})
    kept = values.read(paper.data)
    assert (kept["number"], kept["organ"], kept["issued"], kept["void"]) == (paper.number, SAMPLES["督促函"][0], "2024-04-12", None)


def test_the_day_on_a_paper_is_the_day_in_shanghai(session):
    paper = issued(session, "督促函", datetime(2024, 4, 12, 16, 30, tzinfo=UTC))
    assert "2024年4月13日" in text_of(document(session, paper.key, concealed)[1])


def test_a_paper_stays_what_it_was_when_its_template_is_changed(session, monkeypatch):
    # given
    old = issued(session, "督促函")
    before = document(session, old.key, concealed)
    # when: the next start of the program finds another file
    other = papers.TEMPLATES["验收单"]
    changed = templates.Template("urging_letter.docx", other.content, other.sha256)
    monkeypatch.setitem(papers.TEMPLATES, "督促函", changed)
    new = issued(session, "督促函", data=SAMPLES["验收单"][4])
    # then
    assert document(session, old.key, concealed) == before
    assert "验收组成员" in text_of(document(session, new.key, concealed)[1])
    assert (old.template_sha256, new.template_sha256) != (new.template_sha256, old.template_sha256)


def test_a_template_is_kept_once_for_all_of_its_papers(session):
    for _ in range(3):
        issued(session, "督促函")
    (kept,) = session.scalars(select(PaperTemplate)).all()
    assert (kept.name, bytes(kept.content)) == ("urging_letter.docx", templates.load("urging_letter.docx").content)


def test_a_paper_is_voided_with_a_reason_and_keeps_its_number(session):
    # given
    paper = issued(session, "督促函")
    # when
    (change,) = void(session, paper.key, "受函单位写错", "wang", NOW)
    # then
    assert change["after"] == {"voided": NOW, "voided_by": "wang", "void_reason": "受函单位写错"}
    assert "本文书已于2024年4月12日作废，理由：受函单位写错" in text_of(document(session, paper.key, concealed)[1])
    assert issued(session, "督促函").number == "松昆安委办督〔2024〕2号"


def test_only_a_paper_in_force_is_voided_and_never_without_a_reason(session):
    paper = issued(session, "督促函")
    for key, reason, found in ((paper.key, "  ", "应写明理由"), (999, "写错", "没有编号为 999 的文书")):
        with pytest.raises(ValueError, match=found):
            void(session, key, reason, "wang", NOW)
    void(session, paper.key, "写错", "wang", NOW)
    with pytest.raises(ValueError, match="已经作废"):
        void(session, paper.key, "又写错", "wang", NOW)


def test_only_a_paper_that_exists_is_opened(session):
    with pytest.raises(ValueError, match="没有编号为 5 的文书"):
        document(session, 5, concealed)


def test_only_designers_deploy_diagrams_that_issue_papers():
    assert {"local:paper:issue": (issue, frozenset({DESIGNER}))} == HANDLERS


def test_numbers_and_dates_of_data_are_kept_exactly(session):
    paper = issued(session, DECISIONS[1])
    assert '"fine":20500.5' in paper.data
    assert COMPANY in paper.data and paper.organ == BUREAU


def test_a_number_that_is_kept_apart_is_printed_and_stands_nowhere_else(session):
    # given a decision whose party's identity number came concealed from a form
    kind = "行政处罚决定书（个人）"
    party = SAMPLES[kind][4]["party"] | {"id_number": {"hmac": "5f" * 32, "ref": "r-7"}}

    # when
    paper = issued(session, kind, data_party=party)

    # then
    assert "来自r-7" in text_of(document(session, paper.key, concealed)[1])
    assert "来自" not in paper.data
