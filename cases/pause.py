"""What stops a clock of the law: an expert appraisal, a hearing, a review or a suit; always for a reason and with a document.

A pause is {from, until, reason, document}, `from` and `until` days (or moments). Both ends are inside: neither the day on which a review is
filed nor the one on which it is closed counts, and counting goes on with the day after, as after every event. Without `until` it lasts.
"""

from datetime import date

from cases.moment import day_of


def intervals(pauses):
    """-> [(first day, last day or None while it lasts)]. Raises ValueError for a pause that ends before it begins."""
    found = []
    for each in pauses:
        first, last = day_of(each["from"]), each.get("until") and day_of(each["until"])
        if last and last < first:
            raise ValueError(f"Expected a pause to end on or after {first}, but it ends on {last}")
        found.append((first, last))
    return found


def stands_still(day, stopped):
    """Whether a day (date) lies in one of the intervals."""
    return any(first <= day <= (last or date.max) for first, last in stopped)
