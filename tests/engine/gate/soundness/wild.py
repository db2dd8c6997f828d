"""Wild diagrams: steps and gateways connected as they come, most of them unsound; and somebody who plays one at random."""

from tests.engine.workflow.drawing import diagram, end, flows, gateway, start, user
from tests.engine.workflow.ledger import Case

KINDS = ("user", "user", "exclusive", "parallel", "parallel", "inclusive")
LONGEST = 12  # steps of a run: a loop behind a parallel split makes ever more tokens


def wild(random):
    """(a file as bytes, the names of the variables that its gateways ask for): every element is reached by a flow and leads on."""
    ids = [f"n{number}" for number in range(random.randint(3, 7))]
    kinds = {id: random.choice(KINDS) for id in ids}
    lines = {("s", ids[0])} | {(random.choice(ids[:number]), id) for number, id in enumerate(ids) if number}
    for number, id in enumerate(ids):
        if not any(source == id for source, _ in lines):
            lines.add((id, random.choice([*ids[number + 1 :], "e"])))
    lines |= {(random.choice(ids), random.choice([*ids, "e"])) for _ in range(random.randint(0, 3))}
    # only a step leads back: a loop of gateways alone makes tokens without end before anybody can do anything
    lines = {(source, target) for source, target in lines if source == "s" or target > source or target == "e" or kinds[source] == "user"}
    lines = {(source, target) for source, target in lines if source != target}
    if not any(target == "e" for _, target in lines):
        lines.add((ids[-1], "e"))
    body, way, picks = start() + end(), [], []
    for id in ("s", *ids):
        targets = sorted(target for source, target in lines if source == id)
        chooses = kinds.get(id) in ("exclusive", "inclusive") and len(targets) > 1
        if id != "s":
            default = {"default": f"{id}_{targets[0]}"} if chooses else {}
            body += user(id) if kinds[id] == "user" else gateway(kinds[id], id, **default)
        for number, target in enumerate(targets):
            pick = f"pick_{id}_{number}"
            picks += [pick] if chooses and number else []
            way.append(f"{id} -> {target}" + (f" if {pick} = 1" if chooses and number else ""))
    return diagram(body, flows(*way)), picks


def gets_stuck(process, picks, random):
    """Play it at random. -> is it active, and nobody has anything to do?"""

    def chosen():
        return {pick: random.randint(0, 1) for pick in picks}

    case = Case(process, watched=False, **chosen())
    for _ in range(LONGEST):
        if case.status != "ACTIVE" or case.ledger.incidents or len(case.ledger.tasks) > LONGEST:
            return False
        if not case.ledger.tasks:
            return True
        case.do("complete_user_task", number=random.choice(sorted(case.ledger.tasks)), variables=chosen())
    return False
