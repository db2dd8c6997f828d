"""打开文书: whoever sees a case may open its papers. That they did, and why, is recorded, because a paper shows what lists conceal."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from cases import papers
from cases.papers import Paper
from engine.commands.command import command
from engine.domain.errors import Invalid, NotFound
from engine.store import timelines, visibility
from engine.store.records import Confidential


@command
def open_paper(step, key, reason):
    """Write down that the actor opens paper `key` for a reason -> {"number"}.

    Raises NotFound where there is no such paper in a case that the actor can see, Invalid for no reason.
    """
    absent = NotFound(f"Expected a paper with key {key}, but there is none that {step.actor.username} can see")
    with step.transaction.session() as session:
        paper = session.get(Paper, key)
    if paper is None:
        raise absent
    try:
        case = step.case(paper.instance_key)
    except NotFound as error:
        raise absent from error

    if not reason.strip():
        raise Invalid("Expected a reason why the paper is opened, but found none", problems={"reason": ["应写明查看理由，但没有填写。"]})

    case.note("access:looked", subject=f"{paper.kind} {paper.number}", reason=reason.strip(), paper=str(key))
    return step.save({"number": paper.number})


def content(engine, key):
    """The file of a paper that may be opened: (its name, bytes of a .docx), with identity numbers and telephones as they are."""
    with engine.store.read() as connection, Session(bind=connection) as session:
        return papers.document(session, key, lambda reference: _revealed(session, engine.vault, reference))


def of_case(engine, actor, instance_key):
    """The papers of the whole case of an instance, as far as the actor may see it, oldest first.

    Each is {key, kind, number, addressee, issued, issued_by, voided, void_reason}.

    Raises NotFound where the actor may not see the instance.
    """
    with engine.store.read() as connection, Session(bind=connection) as session:
        instance = timelines.instance(connection, instance_key)
        if instance is None or not visibility.sees(connection, actor, instance["root_key"], instance_key):
            raise NotFound(f"Expected a process instance with key {instance_key}, but there is none that {actor.username} can see")
        seen = visibility.visible(Paper.root_key, Paper.instance_key, actor)
        found = session.scalars(select(Paper).where(Paper.root_key == instance["root_key"], seen).order_by(Paper.key))
        names = ("kind", "number", "addressee", "issued", "issued_by", "voided", "void_reason")
        return [{"key": str(paper.key)} | {name: getattr(paper, name) for name in names} for paper in found]


def _revealed(session, vault, reference):
    """What stands behind {"hmac", "ref"}; a sentence where it was erased by law (个人信息保护法 art. 47)."""
    kept = session.scalar(select(Confidential).where(Confidential.ref == reference["ref"]))
    if kept is None:
        return "（已依法删除）"
    # What only some may see stands on no paper: 上海市安全生产条例 art. 54.
    return vault.open(kept.value) if kept.audience is None else "（保密）"
