"""Papers: what has been issued, with its number and everything that it says. Printed from here, it never changes when its case does."""

from hashlib import sha256

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, Text, UniqueConstraint, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from cases import ledger, numbers, paper_kinds, printing, templates
from engine.domain import values
from engine.domain.people import DESIGNER, ZONE
from engine.store.base import Base, Key, Moment

#: Read when the program starts: a handler reads no file.
TEMPLATES = {kind.name: templates.load(kind.template) for kind in paper_kinds.KINDS.values()}


class PaperTemplate(Base):
    """A template as it was when it was first used; papers are printed from this, whatever happens to the file."""

    __tablename__ = "paper_template"
    sha256: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Paper(Base):
    """One paper. `data`: JSON text, all that its template says of it. A paper is voided, never removed, and its number not used again."""

    __tablename__ = "paper"
    key: Mapped[int] = mapped_column(Key, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    number: Mapped[str] = mapped_column(Text)  # 文号
    series: Mapped[str] = mapped_column(Text)
    ordinal: Mapped[int] = mapped_column(Integer)  # in its series
    template: Mapped[str] = mapped_column(Text)
    template_sha256: Mapped[str] = mapped_column(ForeignKey("paper_template.sha256"))
    organ: Mapped[str] = mapped_column(Text)
    seal: Mapped[str] = mapped_column(Text)
    mode: Mapped[str | None] = mapped_column(Text)  # DMN-6: 本级, 委托, 无
    root_key: Mapped[int] = mapped_column(Key)
    instance_key: Mapped[int] = mapped_column(Key)
    case_no: Mapped[str | None] = mapped_column(Text)
    hazard_no: Mapped[str | None] = mapped_column(Text)
    addressee: Mapped[str] = mapped_column(Text)
    data: Mapped[str] = mapped_column(Text)
    issued: Mapped[object] = mapped_column(Moment)
    issued_by: Mapped[str] = mapped_column(Text)
    voided: Mapped[object | None] = mapped_column(Moment)
    voided_by: Mapped[str | None] = mapped_column(Text)
    void_reason: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        UniqueConstraint("number"),
        Index("ix_paper_root", "root_key", "key"),
        Index("ix_paper_case", "case_no", "key"),
        Index("ix_paper_kind", "kind", "key"),
    )


def issue(session, call):
    """The handler local:paper:issue.

    In: kind (a name of paper_kinds.KINDS), organ, seal and mode (as DMN-6 gives them; mode only where the kind binds a party), addressee,
    data (a context: what the kind's template asks for), case_no and hazard_no (or null). Out: paper {key, number}.
    Raises ValueError, in Chinese, where the organ has no authority for the kind, or where anything is missing that the paper has to say.
    """
    told = printing.clean(call.variables)
    kind = paper_kinds.KINDS.get(told.get("kind"))
    if kind is None:
        raise ValueError(f"文书种类（kind）应为{'、'.join(paper_kinds.KINDS)}之一，但找到“{told.get('kind')}”")
    for name in ("organ", "seal", "addressee"):
        if not isinstance(told.get(name), str):
            raise ValueError(f"{kind.name}应写明 {name}，但没有提供")
    data, template = told.get("data"), TEMPLATES[kind.name]
    if not isinstance(data, dict):
        raise ValueError(f"{kind.name}的内容（data）应为一个上下文，但找到“{data}”")
    paper_kinds.check(kind, told.get("mode"), data)

    day = call.now.astimezone(ZONE).date()
    series = f"{paper_kinds.organ_word(told['organ'])}{kind.word}〔{day.year}〕"
    ordinal = numbers.next_number(session, series)
    head = {name: told[name] for name in ("organ", "seal", "addressee")}
    head |= {name: told.get(name) or data.get(name) for name in ("case_no", "hazard_no")}
    kept = values.write(data | head | {"number": f"{series}{ordinal}号", "issued": day, "void": None})
    printing.proof(template.content, with_revealed(values.read(kept), lambda reference: reference["ref"]))

    _keep(session, template)
    paper = Paper(
        kind=kind.name,
        number=f"{series}{ordinal}号",
        series=series,
        ordinal=ordinal,
        template=template.name,
        template_sha256=template.sha256,
        mode=told.get("mode"),
        root_key=call.root_key,
        instance_key=call.instance_key,
        data=kept,
        issued=call.now,
        issued_by=call.actor.username,
        **head,
    )
    change = _without_data(ledger.enter(session, paper))
    return {"paper": {"key": str(paper.key), "number": paper.number}}, [change]


def void(session, key, reason, actor, now):
    """Declare a paper void -> its changes. `actor` is a user name, `now` an aware datetime.

    Raises ValueError for a paper that does not exist or is void already, and where no reason is given.
    """
    paper, reason = session.get(Paper, key), printing.clean(reason)
    if paper is None:
        raise ValueError(f"应作废已制发的文书，但没有编号为 {key} 的文书")
    if paper.voided:
        raise ValueError(f"应作废有效的文书，但{paper.number}已经作废")
    if not reason:
        raise ValueError(f"作废{paper.number}应写明理由，但没有填写")
    return ledger.amend(session, paper, voided=now, voided_by=actor, void_reason=reason)


def document(session, key, reveal):
    """A paper to be opened: (name of the file, bytes of the .docx); a void one says so on every page. Raises ValueError for no paper.

    `reveal({"hmac", "ref"})` gives the identity number or telephone that stands behind it: they are kept apart, and only printed here.
    """
    paper = session.get(Paper, key)
    if paper is None:
        raise ValueError(f"应打开已制发的文书，但没有编号为 {key} 的文书")
    data = with_revealed(values.read(paper.data), reveal)
    if paper.voided:
        data["void"] = {"at": paper.voided.isoformat(), "reason": paper.void_reason}
    content = session.execute(select(PaperTemplate.content).where(PaperTemplate.sha256 == paper.template_sha256)).scalar_one()
    return f"{paper.number} {paper.kind}.docx", printing.render(bytes(content), data)


def with_revealed(value, reveal):
    """A paper's data with `reveal({"hmac", "ref"})` in place of each reference to what is kept apart."""
    if isinstance(value, dict):
        if value.keys() == {"hmac", "ref"}:
            return reveal(value)
        return {name: with_revealed(item, reveal) for name, item in value.items()}
    return [with_revealed(item, reveal) for item in value] if isinstance(value, list) else value


def _keep(session, template):
    """The template's row, if this is its first paper. Two who issue the first two papers at once both find it there."""
    dialect = {"sqlite": sqlite, "postgresql": postgresql}[session.get_bind().dialect.name]
    kept = {"sha256": template.sha256, "name": template.name, "content": template.content}
    session.execute(dialect.insert(PaperTemplate).values(kept).on_conflict_do_nothing())


def _without_data(change):
    """A paper's change as history keeps it: data hold identity numbers and telephones, which stand there as their hash."""
    data = change["after"].pop("data")
    change["after"]["data_sha256"] = sha256(data.encode()).hexdigest()
    return change


HANDLERS = {"local:paper:issue": (issue, frozenset({DESIGNER}))}
