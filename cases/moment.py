"""Days and moments as the rules of the law are given them: Python's own, or the ISO text that a variable of a case keeps."""

from datetime import date, datetime

from engine.feel.calendar import PLACE


def moment(value):
    """A date, a datetime with a zone, or the text of one -> date or datetime. Raises ValueError for a datetime without a zone."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError(f"Expected a moment with a time zone, but found {value.isoformat()}")
    return value


def day_of(value):
    """The day (date) on which something was in Shanghai; takes and raises what `moment` does."""
    value = moment(value)
    return value.astimezone(PLACE).date() if isinstance(value, datetime) else value
