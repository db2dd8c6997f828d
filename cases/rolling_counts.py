"""How often an enterprise was penalised: three times in 180 days, or four in a year, together with a major hazard (安全生产法 113).

The windows begin with a decision, whose day does not count, as of every term: the 180th day after it, and the same day of the next year,
are the last inside (a window is no time to act in, so it is not lengthened by a rest day). A result only says that the town has to propose
closing the enterprise; others decide (安全生产法 115).
"""

from dataclasses import dataclass
from datetime import timedelta

from cases.moment import day_of
from engine.feel.calendar import months_later

BASIS = "安全生产法第一百一十三条第一项"
#: (name, penalties, last day inside for the day of the first)
_WINDOWS = (
    ("180日3次", 3, lambda first: first + timedelta(days=180)),
    ("1年4次", 4, lambda first: months_later(first, 12)),
)


@dataclass(frozen=True, slots=True)
class Counts:
    """`in_180_days`, `in_a_year`: penalties in the windows that end on the day asked for; `reached`: [{window, first, last, decisions}]
    of every run of decisions that fulfils one, in order of its last day; `flags`: the names of the windows that were ever reached.
    """

    in_180_days: int
    in_a_year: int
    reached: list
    flags: tuple


def rolling_counts(decisions, as_of):
    """decisions: {decision_no: day or moment of the decision}, the penalties of one enterprise under 安全生产法 that are in force, those
    revoked left out; as_of: the day or moment up to which is counted -> Counts. Two decisions of one day are two.
    """
    as_of = day_of(as_of)
    known = sorted((day_of(decided), no) for no, decided in decisions.items())
    known = [each for each in known if each[0] <= as_of]
    inside, reached = [], []
    for name, n, end in _WINDOWS:
        inside.append(sum(1 for day, _ in known if as_of <= end(day)))
        for k in range(n - 1, len(known)):
            run = known[k - n + 1 : k + 1]
            if run[-1][0] <= end(run[0][0]):
                reached.append({"window": name, "first": run[0][0], "last": run[-1][0], "decisions": [no for _, no in run]})
    reached.sort(key=lambda each: (each["last"], each["window"]))
    met = {each["window"] for each in reached}
    return Counts(inside[0], inside[1], reached, tuple(name for name, _, _ in _WINDOWS if name in met))
