"""People begin what is needed inside an ad-hoc sub-process."""

from engine.commands.command import command
from engine.domain.errors import NotFound, NotPermitted, WrongState


@command
def activate_activities(step, key, elements):
    """`key`: of the ad-hoc sub-process's element instance; `elements`: ids of activities in it, begun as often as each stands there.

    The lane that the ad-hoc sub-process stands in is the role that may; without a lane, everybody with a case role who sees the case.
    """
    row, case = step.element(key)
    drawn = case.deployed.definition.elements.get(row["element_id"])
    actor = step.actor

    if actor.only_watches:
        raise NotPermitted(f"Expected somebody who works on the case to activate something in it, but {actor.username} only watches")
    if drawn is None or drawn.kind != "adhoc":
        raise NotFound(f"Expected an ad-hoc sub-process with key {key}, but it is the element {row['element_id']}")
    if drawn.lane and drawn.lane not in actor.groups and not actor.is_administrator:
        raise NotPermitted(f"Expected a member of {drawn.lane} to activate what is in {drawn.id}, but {actor.username} is not one")
    if row["status"] != "ACTIVE":
        raise WrongState(f"Expected to activate what is in element instance {key}, but it is {row['status']}")

    step.advance(case, "activate_adhoc", number=row["number"], elements=elements)

    names = case.deployed.definition.names
    case.note("element:activated", drawn.id, activities=[names.get(id) or id for id in elements])
    return step.save()
