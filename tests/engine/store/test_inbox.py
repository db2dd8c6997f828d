"""engine/store/inbox.py: pages in every order, by cursor, of several queues; counts that stop; each read from one index."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, insert, text, update

from engine.store import inbox
from engine.store.base import NEVER
from engine.store.deployed import Deployment, ProcessDefinition, Resource
from engine.store.models import ProcessInstance, TaskCandidate, UserTask

NOW = datetime(2024, 4, 12, 1, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
EVENING = NOW + 14 * HOUR


class Queues:
    """Tasks written straight into the tables, as `save` leaves them, all of one case."""

    def __init__(self, engine):
        self.engine = engine
        with self.writing() as connection:
            connection.execute(insert(Deployment), [{"key": 1, "deployed": NOW, "actor": "admin"}])
            connection.execute(insert(Resource), [{"key": 2, "deployment_key": 1, "name": "p", "hash": "00", "content": b""}])
            defined = {"process_id": "p", "version": 1, "deployment_key": 1, "resource_key": 2}
            connection.execute(insert(ProcessDefinition), [{"key": 3, **defined}])
            row = {"key": 10, "root_key": 10, "definition_key": 3, "process_id": "p", "status": "ACTIVE", "state": b"", "revision": 1}
            more = {"business_id": "昆-1", "started": NOW, "started_by": "li", "history_seq": 0, "history_head": ""}
            connection.execute(insert(ProcessInstance), [row | more])

    def writing(self):
        return self.engine.execution_options(write=True).begin()

    def put(self, key, groups, created=NOW, due=None, priority=50, assignee=None, is_open=True):
        """One task in some queues."""
        task = {"key": key, "instance_key": 10, "root_key": 10, "number": key, "definition_key": 3, "process_id": "p", "element_id": "a"}
        task |= {"status": "CREATED", "assignee": assignee, "candidate_groups": "[]", "candidate_users": "[]", "priority": priority}
        task |= {"created": created, "due": due, "headers": "{}"}
        with self.writing() as connection:
            connection.execute(insert(UserTask), [task])
            connection.execute(insert(TaskCandidate), [row(key, group, created, due, priority, assignee, is_open) for group in groups])

    def page(self, groups, *arguments, **named):
        """(keys, position)."""
        with self.engine.connect() as connection:
            rows, position = inbox.page(connection, groups, *arguments, **named)
        return [one["key"] for one in rows], position

    def counts(self, groups, username="li"):
        with self.engine.connect() as connection:
            return {one.pop("group"): tuple(one.values()) for one in inbox.counts(connection, groups, username, NOW, EVENING)}


def row(key, group, created=NOW, due=None, priority=50, assignee=None, is_open=True):
    queued = {"task_key": key, "candidate": group, "root_key": 10, "open": is_open, "assignee": assignee, "created": created}
    return queued | {"due": due or NEVER, "priority": -priority}


@pytest.fixture
def queues(store_engine):
    return Queues(store_engine)


def test_a_queue_is_read_in_each_of_three_orders(queues):
    queues.put(21, ["居村"], created=NOW + 2 * HOUR, due=NOW + HOUR, priority=10)
    queues.put(22, ["居村"], created=NOW + HOUR, due=None, priority=90)
    queues.put(23, ["居村"], created=NOW, due=NOW + 2 * HOUR, priority=90)
    queues.put(24, ["居村"], created=NOW, due=NOW + 2 * HOUR, priority=10, is_open=False)
    queues.put(25, ["消防"])

    assert queues.page(["居村"], "created") == ([23, 22, 21], None)
    assert queues.page(["居村"], "due") == ([21, 23, 22], None)
    assert queues.page(["居村"], "priority") == ([23, 22, 21], None)


def test_a_row_of_a_page_is_the_task_with_the_number_of_its_case(queues):
    queues.put(21, ["居村"], due=NOW + HOUR)

    with queues.engine.connect() as connection:
        ((found,), _) = inbox.page(connection, ["居村"])

    assert (found["key"], found["business_id"], found["due"], found["element_id"]) == (21, "昆-1", NOW + HOUR, "a")


def test_a_task_that_stands_in_several_queues_comes_once_and_in_its_place(queues):
    for key in range(21, 30):
        queues.put(key, ["居村", "居村@陈坊村", "user:li"][: 1 + key % 3], due=NOW + (30 - key) * HOUR)

    groups, seen, position = ["居村", "居村@陈坊村", "user:li"], [], None
    while True:
        keys, position = queues.page(groups, "due", position, 4)
        seen += keys
        if position is None:
            break

    assert seen == list(range(29, 20, -1))


@pytest.mark.parametrize("order", inbox.ORDERS)
def test_turning_pages_loses_and_doubles_nothing_while_tasks_come_and_go(queues, order):
    # given tasks that all look alike to the order, two by two
    there = list(range(100, 130, 2))
    for key in there:
        queues.put(key, ["居村", "消防"][: 1 + key % 4 // 2], created=NOW + key // 4 * HOUR, due=NOW + key // 4 * HOUR)

    # when after each page one comes in before it, one after it, and one that was seen is done
    seen, position, new = [], None, 1000
    while True:
        keys, position = queues.page(["居村", "消防"], order, position, 4)
        seen += keys
        if position is None:
            break
        queues.put(new, ["居村"], created=NOW, due=NOW)
        queues.put(new + 1, ["居村"], created=NOW + 999 * HOUR, due=NOW + 999 * HOUR)
        new += 2
        with queues.writing() as connection:
            connection.execute(update(TaskCandidate).where(TaskCandidate.task_key == keys[0]).values(open=False))

    # then what was there comes once, in order, and nothing comes twice
    assert [key for key in seen if key in there] == there
    assert len(set(seen)) == len(seen)
    assert [key for key in seen if key not in there] == list(range(1001, new, 2))


def test_a_position_survives_its_way_through_a_client(queues):
    for key in (21, 22, 23):
        queues.put(key, ["居村"], due=NOW + key * HOUR)
    for order in inbox.ORDERS:
        _, position = queues.page(["居村"], order, limit=1)
        sent = [value.isoformat() if isinstance(value, datetime) else value for value in position]

        assert inbox.read_position(sent, order) == position
        assert queues.page(["居村"], order, inbox.read_position(sent, order)) == ([22, 23], None)


@pytest.mark.parametrize("values", [[], ["2024-04-12T01:30:00+00:00"], ["yesterday", 1], [1, 1], ["2024-04-12T01:30:00+00:00", 1, 2]])
def test_what_is_no_position_is_refused(values):
    with pytest.raises((ValueError, TypeError)):
        inbox.read_position(values, "due")


def test_a_page_is_of_one_person_or_of_what_nobody_has(queues):
    queues.put(21, ["居村"], assignee="li")
    queues.put(22, ["居村"], assignee="sun")
    queues.put(23, ["居村"])

    assert queues.page(["居村"], assignee="li") == ([21], None)
    assert queues.page(["居村"], assignee="") == ([23], None)
    assert queues.page(["居村"]) == ([21, 22, 23], None)


def test_counts_tell_open_mine_due_today_and_overdue(queues):
    queues.put(21, ["居村"], due=NOW - HOUR, assignee="li")
    queues.put(22, ["居村"], due=NOW)
    queues.put(23, ["居村"], due=EVENING - timedelta(microseconds=1))
    queues.put(24, ["居村"], due=EVENING)
    queues.put(25, ["居村", "消防"])
    queues.put(26, ["居村"], due=NOW - HOUR, is_open=False)

    assert queues.counts(["居村", "消防", "没有"]) == {"居村": (5, 1, 2, 1), "消防": (1, 0, 0, 0), "没有": (0, 0, 0, 0)}
    assert queues.counts([]) == {}


@contextmanager
def asking(engine):
    """(a connection, the statements that are run meanwhile)."""
    asked = []
    listen = (engine, "before_cursor_execute", lambda *told: told[2] == "BEGIN" or asked.append(told[2]))
    event.listen(*listen)
    with engine.connect() as connection:
        yield connection, asked
    event.remove(*listen)


def test_everybodys_queues_are_the_groups_with_something_open_and_no_people(queues):
    queues.put(21, ["居村", "user:li"])
    queues.put(22, ["消防"], is_open=False)
    queues.put(23, ["复查", "user:sun", "居村@陈坊村"])

    with asking(queues.engine) as (connection, asked):
        assert sorted(inbox.all_groups(connection)) == sorted(["居村", "复查", "居村@陈坊村"])
        assert len(asked) == 1


def test_of_many_queues_a_page_and_the_counts_are_a_statement_each_which_is_put_together_once(queues):
    groups = [f"g{number:02d}" for number in range(50)]
    for number, group in enumerate(groups):
        queues.put(100 + number, [group], due=NOW + number * HOUR)
    inbox._page.cache_clear()
    inbox._counts.cache_clear()

    with asking(queues.engine) as (_, asked):
        first, position = queues.page(groups, limit=30)
        assert first + queues.page(groups, "due", position, 30)[0] == list(range(100, 150))
        assert queues.page(groups[::-1], limit=30) == (first, position)
        assert [queues.counts(some)[some[-1]] for some in (groups, groups[::-1])] == [(1, 0, 0, 0), (1, 0, 1, 0)]

    assert len(asked) == 5 and inbox._page.cache_info().misses == 2 and inbox._counts.cache_info().misses == 1


@pytest.fixture
def full(queues):
    """A queue of 10,005 and one of 9,999, in which every third row is closed."""
    with queues.writing() as connection:
        rows = [row(key, "居村", due=NOW - HOUR) for key in range(1, 10_006)]
        rows += [row(key, "消防", due=NOW + key * HOUR) for key in range(1, 10_000)]
        rows += [row(key, group, is_open=False) for group in ("居村", "消防") for key in range(20_000, 25_000)]
        connection.execute(insert(TaskCandidate), rows)
        connection.execute(text("ANALYZE"))
    return queues


def test_counting_stops_at_ten_thousand(full):
    assert full.counts(["居村", "消防"]) == {"居村": (10_000, 0, 0, 10_000), "消防": (9_999, 0, 13, 0)}


@pytest.mark.parametrize("order", inbox.ORDERS)
def test_each_queue_of_a_page_is_a_range_of_one_partial_index_and_is_not_sorted(full, order):
    # given a page of two queues, somewhere in the middle
    asked = []
    event.listen(full.engine, "before_cursor_execute", lambda *told: asked.append(told[2:4]))
    position = [*({"created": NOW, "due": NOW + 9 * HOUR, "priority": -50}[name] for name in inbox.ORDERS[order]), 7]
    full.page(["居村", "消防"], order, position)
    statement, parameters = asked[-1]

    # when
    explain = "EXPLAIN QUERY PLAN " if full.engine.dialect.name == "sqlite" else "EXPLAIN "
    with full.engine.connect() as connection:
        plan = [str(line[-1]) for line in connection.exec_driver_sql(explain + statement, parameters)]

    # then the rows of each queue come from the index of the order, and only those few that were found are put together
    read = [line for line in plan if "task_candidate" in line and ("Scan" in line or "SCAN" in line or "SEARCH" in line)]
    assert len(read) == 2
    for line in read:
        assert f"ix_task_candidate_by_{order}" in line
        assert line.startswith("SEARCH") or "Index Only Scan using" in line
