"""One act of the story, as those who fill in its form see it: where, when, who, and what the case knows already."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from engine.domain.people import ZONE


@dataclass
class File:
    """A file to be uploaded: its name, and how to make its bytes."""

    name: str
    make: object


@dataclass
class Scene:
    """`story`, `place`, `finding` (of the hazard at hand, or the first); `now` in Shanghai; `who` fills in, `second` may confirm.

    `known`: {name: value} that the form sees; `round`: how often the task came. `files`: what the answer refers to.
    """

    story: object
    place: object
    finding: object
    known: dict
    now: object
    who: object
    second: object
    round: int = 1
    calendar: object = None
    files: list = field(default_factory=list)

    def at(self, **back):
        """A moment as forms take it, so long ago: `at(minutes=20)`."""
        return (self.now - timedelta(**back)).isoformat(timespec="minutes")

    def day(self, forward=0):
        """A date as forms take it, so many days from now."""
        return (self.now + timedelta(days=forward)).date().isoformat()

    def working_day(self, days, hour, minute=0):
        """A moment so many working days from now."""
        day = self.calendar.add_working_days(self.now.date(), days)
        return datetime.combine(day, time(hour, minute), ZONE).isoformat(timespec="minutes")

    def photo(self, label, **back):
        """One photo, taken so long ago at the place."""
        taken_at = self.now - timedelta(**back)
        lng, lat = self.place.lng + len(self.files) * 0.00002, self.place.lat
        seed = f"{self.story.no} {label} {taken_at}"
        return self._file(File(f"{label}.jpg", ("photo", taken_at, round(lng, 6), lat, seed)))

    def paper(self, title):
        """A sheet of paper with this title."""
        return self._file(File(f"{title}.pdf", ("sheet", title)))

    def film(self, title):
        """A film from an officer's camera."""
        return self._file(File(f"{title}.mp4", ("film",)))

    def _file(self, file):
        self.files.append(file)
        return {"upload": len(self.files) - 1}

    def officers(self):
        """The two of a task that takes two, as forms ask for them."""
        return [self.who.as_officer(), self.second.as_officer()]


def with_keys(value, keys):
    """`value` with the keys of the uploaded files in place of every reference that a Scene gave."""
    if isinstance(value, list):
        return [with_keys(each, keys) for each in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"upload"}:
        return {"key": str(keys[value["upload"]])}
    return {name: with_keys(each, keys) for name, each in value.items()}
