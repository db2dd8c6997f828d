"""No acknowledged update is lost while three processes write: in the same case, in cases of their own, on both databases."""

from tests.engine.store.colleague import complete_in_turn, together, work_on_cases, write_variables
from tests.engine.store.town import deploy_drawn
from tests.engine.workflow.drawing import diagram, end, flows, gateway, mapping, start, user

NAMES = ("a", "b", "c")
TIMES = 60


def branch(name):
    """A task whose completion adds one to `count`, and which comes again for as long as the case is open."""
    counts = user(name, ext=mapping(outputs={"count": "count + 1"}))
    again = gateway("exclusive", f"again_{name}", default=f"again_{name}_join")
    return counts + again + flows(f"fork -> {name} -> again_{name} -> join", f"again_{name} -> {name} if count < 1000")


def counting(id, names):
    """A case in which people work side by side, a branch each, and all write the same variable."""
    fork, join = gateway("parallel", "fork"), gateway("parallel", "join")
    return diagram(start(), fork, *map(branch, names), join, end(), flows("s -> fork", "join -> e"), id=id)


def test_whatever_was_acknowledged_to_three_processes_is_there(office, store_url):
    # given one case with a task for each process, another one, and none yet of their own
    deploy_drawn(office.engine, counting("shared", NAMES), counting("single", "a"))
    shared, described = office.start("shared", count=0), office.start("single", count=0)

    # when
    said = together(
        store_url,
        *(
            [
                (complete_in_turn, office.task(shared, name)["key"], TIMES),
                (write_variables, described, name, TIMES),
                (work_on_cases, "single", 3, 10),
            ]
            for name in NAMES
        ),
    )
    completed, named, own = ([one for each in acts for one in each] for acts in zip(*said, strict=True))

    # then each completion in the shared case read what the one before it wrote, and left its entry
    assert office.variables(shared) == {"count": 3 * TIMES}
    assert office.instance(shared)["history_seq"] == 1 + 3 * TIMES
    assert sorted(entry["data"]["task"] for entry in office.history(shared)[1:]) == sorted(map(str, completed))

    # then every variable is there
    assert office.variables(described).keys() == {*named, "count"} and len(named) == 3 * TIMES
    assert office.kinds(described) == ["instance:started", *["variables:set"] * (3 * TIMES)]

    # then every case of their own is as long as its work
    assert len(set(own)) == 9
    for case in own:
        assert office.variables(case) == {"count": 10}
        assert office.kinds(case) == ["instance:started", *["task:completed"] * 10]
