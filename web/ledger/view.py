"""台账: places and hazards of the town in one register, to be filtered, looked through, and taken along as a sheet."""

from datetime import datetime

from flask import g, render_template, send_file

from api import looks
from api.access import allow
from api.v2.door import engine
from cases import ledger_columns, ledger_list, ledger_sight
from cases.ledger_filter import VOIDED
from cases.ledger_sight import HAZARDS
from cases.titles import COLOURS
from engine.commands.note_look import note_look
from engine.domain.errors import Invalid, NotPermitted
from engine.domain.people import ZONE
from web import when
from web.ledger.asked import CHOSEN, DAYS, KINDS, ORDERS, STATUSES, WHOLE_TOWN, Asked

#: Rows on a page, and in a sheet.
LIMIT = 50
MOST_EXPORTED = 10_000
#: So many rows are read at once for a sheet.
BATCH = 500


def add_to(blueprint):
    """The page and its sheet."""
    blueprint.add_url_rule("/ledger", "ledger", page)
    blueprint.add_url_rule("/ledger/export.xlsx", "ledger_export", export)


@allow("signed-in")
def page():
    """One list, with the numbers of each status above it."""
    asked = Asked()
    _note_search(asked)
    with engine().store.transaction() as transaction:
        connection, now = transaction.connection, engine().clock.now(transaction.cursor)
        calendar = engine().calendars.current(transaction.cursor)
        numbers = Numbers(ledger_list.counts(connection, g.actor, asked.kind, asked.wanted, now), asked)
        listed = _page(connection, asked, now)
        choices = ledger_list.choices(connection, g.actor)
    return render_template(
        "ledger/ledger.html",
        asked=asked,
        link=asked.link,
        kinds=KINDS,
        numbers=numbers,
        most_exported=MOST_EXPORTED,
        rows=[_shown(row, now, calendar) for row in listed.rows],
        following=listed.after and asked.behind(listed.after),
        orders=[(name, words) for name, words in ORDERS.items() if asked.kind in ledger_list.ORDERS[name]],
        chosen={
            name: (label, values or choices[name]) for name, (label, values) in CHOSEN.items() if name != "grade" or _of_hazards(asked)
        },
        days=DAYS,
        columns=asked.columns,
        known=ledger_columns.columns(asked.kind, g.actor),
        always=ledger_columns.ALWAYS[asked.kind],
        cell=cell,
        colours=COLOURS,
        whole_town=WHOLE_TOWN,
        sees_any=ledger_sight.sees_any(g.actor),
    )


class Numbers:
    """The numbers over a list, each of the list that it opens: `total`, `late`, `statuses` [(status, number)]; `count`: of this one."""

    def __init__(self, by_status, asked):
        standing = {status: told for status, told in by_status.items() if status != VOIDED}
        self.total, self.late = (sum(told[n] for told in standing.values()) for n in (0, 1))
        which = 1 if asked.wanted.overdue else 0
        found = {status: by_status.get(status, (0, 0))[which] for status in STATUSES[asked.kind]}
        self.statuses = [(status, number) for status, number in found.items() if number or status == asked.wanted.status]
        whole = self.late if asked.wanted.overdue else self.total
        self.count = found.get(asked.wanted.status, 0) if asked.wanted.status else whole


def _of_hazards(asked):
    return asked.kind == HAZARDS


def _page(connection, asked, now):
    try:
        return ledger_list.page(connection, g.actor, asked.kind, asked.wanted, asked.order, asked.after, LIMIT, now)
    except (ValueError, TypeError) as error:
        raise Invalid("Expected `after` to be the cursor of the page before, but it is not one") from error


def _shown(row, now, calendar):
    """A row with its deadline as people say it, while it runs."""
    return {**row, "said": when.due(row["deadline"], now, calendar) if row["runs"] else None}


def cell(column, row):
    """What a cell of the page says, as text; empty for nothing."""
    told = ledger_columns.value(column, row)
    if isinstance(told, datetime):
        return f"{told.astimezone(ZONE):%Y-%m-%d}"
    return "" if told is None else str(told)


@allow("signed-in")
def export():
    """What is filtered, all of it, in every column, as a sheet. That it was taken along stays in history."""
    from web.ledger import sheet  # openpyxl takes a tenth of a start, and few ever ask for a sheet

    asked = Asked()
    if not ledger_sight.sees_any(g.actor):
        raise NotPermitted("Expected a role in the town's cases, but there is none", problems={"": ["您的角色不办理案件，看不到台账。"]})
    with engine().store.transaction() as transaction:
        connection, now = transaction.connection, engine().clock.now(transaction.cursor)
        count = Numbers(ledger_list.counts(connection, g.actor, asked.kind, asked.wanted, now), asked).count
        if count > MOST_EXPORTED:
            raise Invalid(
                f"Expected at most {MOST_EXPORTED} rows to export, but there are {count}",
                problems={"": [f"一次最多导出 {MOST_EXPORTED} 行，现在有 {count} 行。请先按居村、状态或上账时间筛选。"]},
            )
    # Without the entry there is no sheet; what was looked for may be somebody's name, and is not written down.
    note_look(engine(), g.actor, f"台账（{KINDS[asked.kind]}）导出 Excel，{count} 行", _conditions(asked))
    with engine().store.transaction() as transaction:
        rows = _all(transaction.connection, asked, now)
        content = sheet.write(ledger_columns.columns(asked.kind, g.actor), rows, KINDS[asked.kind], g.actor.display_name, now)
    name = f"台账-{KINDS[asked.kind]}-{now.astimezone(ZONE):%Y%m%d-%H%M}.xlsx"
    return send_file(content, sheet.TYPE, as_attachment=True, download_name=name)


def _all(connection, asked, now):
    after = None
    while True:
        listed = ledger_list.page(connection, g.actor, asked.kind, asked.wanted, asked.order, after, BATCH, now)
        yield from listed.rows
        after = listed.after
        if after is None:
            return


def _conditions(asked):
    on = [asked.wanted.status and f"状态：{asked.wanted.status}"]
    on += ["关键词" if asked.wanted.text and sentence == f"「{asked.wanted.text}」" else sentence for sentence, _ in asked.narrowing()]
    return f"按条件筛选（{'；'.join(filter(None, on))}）" if any(on) else "全部"


def _note_search(asked):
    """An auditor who looks for somebody across all cases is written down, as everywhere (api/looks.py)."""
    if asked.wanted.text:
        looks.note(f"台账检索（{KINDS[asked.kind]}：编号、名称、地址、当事人）")
