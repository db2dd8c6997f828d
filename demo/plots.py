"""What happens in the town: the stories of stories.toml, and then as many ordinary ones as are wanted.

What goes on beside the main line — a penalty, a danger, a wrong entry — rides on the story of a place that is far enough for it.
"""

import random
import tomllib
from itertools import cycle

from demo.places import FINDINGS, HERE, Catalogue
from demo.stories import Story, penalty_lead

#: Working days of the longest story: nine weeks.
LENGTH = 44
_SORTS = ("workshop", "house", "restaurant", "shop", "warehouse", "dormitory", "elderly", "cold", "shared", "market")


def stories(places, findings=3):
    """The stories of so many places, about so many hazards each: what every state needs, and ordinary ones until there are enough."""
    town = Town(findings - 1)
    for told in tomllib.loads((HERE / "stories.toml").read_text("utf-8"))["story"]:
        town.tell(**told)
    chance, sorts = random.Random(places), cycle(_SORTS)  # noqa: S311
    while len(town.stories) < places:
        town.tell("寻常", next(sorts), start=chance.randint(6, LENGTH), more=chance.randint(0, 2 * (findings - 1)))
    return town.stories[:places]


class Town:
    """Makes the stories, one after the other, always the same. `more`: how many findings a place has beside its first."""

    def __init__(self, more):
        self.stories, self._more = [], more
        self._catalogue = Catalogue(random.Random(2024))  # noqa: S311 - the same story every time is the point

    def tell(
        self, name, sort=None, upto=None, age=1, start=None, found=(), more=None, others=0, again=None, reopens=False, punished=None, **told
    ):
        """Add a story; stories.toml says what its columns mean."""
        earlier = again and next(each for each in self.stories if each.name == again)
        place = earlier.place if earlier else self._place(sort, found, more, others)
        story = Story(len(self.stories) + 1, name, place, reopens=earlier.no if reopens else None, **told)
        if story.reported:
            story.wait.setdefault("report_place", 1)  # who was told goes there on the next day
        if upto:
            story.hold.setdefault(upto, "open")
        story.start = start
        if start is None and story.overdue is None:
            element, _, which = upto.partition("#")[0].partition("@")
            story.start = age + story.lead(element, int(which or 1))
        if punished:
            self._punish(story, **punished)
        self.stories.append(story)

    def _place(self, sort, found, more, others):
        findings = [next(each for each in FINDINGS[family] if each.category == category) for family, category in found]
        if more is None:
            more = min(others, 2 * self._more) if others else self._more
        return self._catalogue.make(sort, findings, more)

    def _punish(self, story, since=None, upto=None, age=1, enforce=None, after=(), **told):
        if since is None:
            since = age + penalty_lead(story, upto)
            if upto != "window":
                story.hold.setdefault(upto, "open")
        for name, table in told.items():
            getattr(story, name).update(table)
        for task, events in dict(after).items():
            story.after.setdefault(task, []).extend(events)
        listed = story.start - story.lead("confirm_grading")
        if since >= listed:
            raise ValueError(f"Expected {story.name} to be listed before it is punished {since} working days ago, but found {listed}")
        story.beside.append((since, "enforce", enforce or {}))
