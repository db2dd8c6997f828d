"""The inbox that the product's is compared with: two bare tables, one partial index, one statement."""

from bench.inbox import GROUPS, PAGE, settled
from bench.peers.raw_rows import TABLES, connect

#: One range of the index for each group, and only then the union: IN would sort all tasks of all groups.
ONE_GROUP = """SELECT * FROM (
    SELECT task_id, created FROM candidate WHERE grp = ? AND open = 1 ORDER BY created, task_id LIMIT {page}) AS g{number}"""


class BareInbox:
    """Task rows and candidate rows, as the raw floor keeps them."""

    name = "floor_raw"

    def setup(self, store, tasks):
        """See Inbox."""
        self._connection, self._mark = connect(store), "?" if store.is_sqlite else "%s"
        cursor = self._connection.cursor()
        for statement in TABLES.format(key="BIGINT").split(";")[:-1]:
            cursor.execute(statement)
        cursor.execute("BEGIN")
        done = ((2 * n, 1, "triage", n, n) for n in range(tasks)), ((2 * n, f"g{n % GROUPS:02d}", n, 0) for n in range(tasks))
        waiting = ((2 * n + 1, 1, "triage", n, None) for n in range(tasks)), ((2 * n + 1, f"g{n % GROUPS:02d}", n, 1) for n in range(tasks))
        for of_tasks, of_candidates in (done, waiting):
            _fill(cursor, store, "task (id, case_id, element, created, closed)", of_tasks)
            _fill(cursor, store, "candidate (task_id, grp, created, open)", of_candidates)
        cursor.execute("COMMIT")
        cursor.execute(settled(store))

    def first_page(self, groups):
        """See Inbox."""
        pages = " UNION ALL ".join(ONE_GROUP.format(page=PAGE, number=number) for number, _ in enumerate(groups))
        statement = f"""SELECT task.id, task.element, p.created FROM ({pages}) AS p JOIN task ON task.id = p.task_id
            ORDER BY p.created, p.task_id LIMIT {PAGE}"""
        return self._connection.execute(statement.replace("?", self._mark), groups).fetchall()

    def served(self):
        """See Inbox."""
        return

    def close(self):
        """See Inbox."""
        self._connection.close()


def _fill(cursor, store, into, rows):
    if store.is_sqlite:
        marks = ", ".join("?" * (into.count(",") + 1))
        cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", rows)
        return
    with cursor.copy(f"COPY {into} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
