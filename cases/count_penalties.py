"""The handler that counts an enterprise's penalties when a case is closed, and tells whether closing it has to be proposed."""

from sqlalchemy import false, or_, select

from cases import penalties
from cases.hazards import Hazard
from cases.parties import Party
from cases.penalties import Penalty
from cases.rolling_counts import BASIS, rolling_counts
from engine.domain.people import DESIGNER

#: What a decision in force stands at.
IN_FORCE = (penalties.DECIDED, penalties.IN_EXECUTION, penalties.PAID, penalties.WITHOUT_FINE, penalties.IN_COURT)
#: 安全生产法 113 counts the penalties of that law, not those of another; so do the articles' names (form file_case) begin.
LAW = "安全生产法"


def count(session, call):
    """local:penalty:count — the penalties of every enterprise that this case has punished. In: enforcement_no.

    Out: repeats [{name, uscc, in_180_days, in_a_year, windows, decisions, major_hazards, close, finding}]. `close`: a window of art. 113
    was filled by a decision of this case, and there is a major hazard; `finding` says in Chinese what was counted and what follows.
    """
    own = _units(session, Penalty.enforcement_no == call.variables["enforcement_no"])
    enterprises = {penalty.uscc or penalty.name: penalty for penalty in own}
    return {"repeats": [_counted(session, call.now, one, {penalty.penalty_no for penalty in own}) for one in enterprises.values()]}, []


def _counted(session, now, enterprise, own):
    same = Penalty.uscc == enterprise.uscc if enterprise.uscc else Penalty.name == enterprise.name
    decided = {penalty.penalty_no: penalty for penalty in _units(session, same)}
    counts = rolling_counts({number: penalty.decided for number, penalty in decided.items()}, now)
    filled = [run for run in counts.reached if own & set(run["decisions"])]
    numbers = sorted({number for run in filled for number in run["decisions"]})
    major = _major_hazards(session, enterprise.uscc, [decided[number].hazard_no for number in numbers]) if filled else []
    found = {"name": enterprise.name, "uscc": enterprise.uscc, "in_180_days": counts.in_180_days, "in_a_year": counts.in_a_year}
    found |= {"windows": sorted({run["window"] for run in filled}), "decisions": numbers, "major_hazards": major, "close": bool(major)}
    return found | {"finding": _finding(found)}


def _units(session, condition):
    query = select(Penalty).where(condition, Penalty.kind == "单位", Penalty.article.startswith(LAW), Penalty.status.in_(IN_FORCE))
    return session.scalars(query.order_by(Penalty.key)).all()


def _major_hazards(session, uscc, punished):
    """The major hazards for which it was punished, and those of its that nobody has verified yet: [number], in order."""
    standing = Hazard.verified.is_(None) & Hazard.party_no.in_(select(Party.no).where(Party.uscc == uscc)) if uscc else false()
    query = select(Hazard.no).where(or_(Hazard.no.in_(punished), standing), Hazard.grade == "重大", Hazard.voided.is_(False))
    return list(session.scalars(query.order_by(Hazard.no)))


def _finding(found):
    counted = f"{found['name']}受到安全生产法规定的行政处罚：一百八十日内{found['in_180_days']}次，一年内{found['in_a_year']}次"
    if not found["windows"]:
        return f"{counted}，没有达到{BASIS}的次数"
    reached = f"{counted}，达到{BASIS}的次数（{'、'.join(found['windows'])}：{'、'.join(found['decisions'])}）"
    if not found["close"]:
        return f"{reached}，没有重大事故隐患"
    return f"{reached}，存在重大事故隐患（{'、'.join(found['major_hazards'])}），应当提请区人民政府予以关闭"


HANDLERS = {"local:penalty:count": (count, frozenset({DESIGNER}))}
