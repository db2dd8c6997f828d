"""A town on each store, told once for all tests: every story on SQLite, and a few on PostgreSQL, for what hangs on the store.

Each is killed while it is told, with a worker at work beside it, and told on: at two different moments.
"""

import shutil
import tempfile
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from argon2 import PasswordHasher
from sqlalchemy import insert, select

from api.app import create_app
from api.config import Config
from api.prepare import prepare
from demo import plots
from demo.clock import StoryClock
from demo.seed import PLACES, seed
from engine.commands.run_due import run_due
from engine.domain.people import ZONE
from engine.store import database
from engine.store.base import Base
from engine.store.models import Timer
from tests.conftest import make_schema
from tests.postgres import MEMORY, ROOM

#: A Wednesday; the ten weeks before it hold the festival of May, with its make-up days.
TODAY = datetime(2026, 6, 17, 10, 30, tzinfo=ZONE)
#: Of all sorts that are taken up again: what the public reported, hazards, what goes on beside them, the ladder of a term that is over.
FEW = ("群众举报，待核实，今天到期", "待签收；群众举报，待答复", "待上门送达；一条误录撤销", "督促函，未答复；险情当场排除")
#: Those that come to what others come to as well.
LEFT_OUT = ("已销号；处罚单位已缴，个人逾期未缴", "已销号；处罚双罚已结案")
#: How those begin whose places come to the same end as others; of them only the penalty is told.
PENALTIES = "已销号；处罚"


def town(folder, url):
    """A database that was prepared, at TODAY: .engine, .key of the seals, .tell(places) -> the lines of seed, .rows(columns)."""
    app = create_app(config(folder, url))
    engine, key = app.extensions["engine"], app.extensions["signing_key"]
    engine.gate.close()
    engine.clock = StoryClock(TODAY)

    def tell(places):
        return seed(engine, key, folder / "files", places, findings=1)

    def rows(*columns):
        with engine.store.read() as connection:
            return connection.execute(select(*columns)).all()

    return SimpleNamespace(engine=engine, key=key, tell=tell, rows=rows)


def config(folder, url):
    return Config(folder, url, "only for tests, and nothing else", demo=True, synchronous="NORMAL")


@contextmanager
def quicker():
    """FEW stories where as many places are wanted, and otherwise all that tell something new; no true passwords."""
    whole = plots.stories

    def chosen(places, findings):
        found = whole(PLACES, findings)
        for story in found:
            if story.name.startswith(PENALTIES):
                story.hold["confirm_grading"] = "open"
        return [story for story in found if (story.name not in LEFT_OUT if places > len(FEW) else story.name in FEW)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plots, "stories", chosen)
        patch.setattr(PasswordHasher, "hash", lambda *_: "nobody signs in")  # a true one takes as long as twenty tasks
        yield


def told_in_two_goes(found, places, until):
    """The town, told until a day of the stories, where it is killed, and then to its end; `lines` is what was said."""
    telling, lines = found.tell(places), []
    with quicker():
        while not (lines and until in lines[-1]):
            lines.append(next(telling))
        telling.close()
        assert found.rows(Timer.key)
        assert run_due(found.engine, "worker").done == 0
        found.places, found.lines = places, [*lines, *found.tell(PLACES)]
    return found


@pytest.fixture(scope="session")
def folders():
    """Where the towns lie: in memory, if there is room, because each photo is written to the disk at once."""
    roomy = Path(MEMORY).is_dir() and shutil.disk_usage(MEMORY).free >= ROOM
    with tempfile.TemporaryDirectory(prefix="bihuan-demo-", dir=MEMORY if roomy else None) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def template(folders):
    """A folder with a SQLite file as `make run` prepares it, and its keys."""
    folder = folders / "template"
    (folder / "keys").mkdir(parents=True)
    app = create_app(config(folder, f"sqlite:///{folder / 'town.db'}"))
    with app.app_context(), quicker():
        list(prepare(app))
    app.extensions["engine"].gate.close()
    app.extensions["engine"].store.engine.dispose()
    return folder


@pytest.fixture(scope="session")
def everything(template, folders):
    """The whole town, on SQLite."""
    folder = folders / "everything"
    shutil.copytree(template, folder)
    found = town(folder, f"sqlite:///{folder / 'town.db'}")
    yield told_in_two_goes(found, PLACES, "2026-06-12")
    found.engine.store.engine.dispose()


@pytest.fixture(scope="session")
def few(template, postgres, folders):
    """The FEW, on PostgreSQL."""
    folder, url = folders / "few", postgres.database(make_schema)
    shutil.copytree(template, folder)
    copy_rows(f"sqlite:///{template / 'town.db'}", url)
    found = town(folder, url)
    yield told_in_two_goes(found, len(FEW), "2026-06-05")
    found.engine.store.engine.dispose()


def copy_rows(source, target):
    """All rows of a prepared database, for one that has only the schema: preparing it looks at every diagram and form again."""
    there, here = database.connect(source), database.connect(target)
    with there.connect() as reading, here.execution_options(write=True).begin() as writing:
        for table in Base.metadata.sorted_tables:
            rows = [dict(row) for row in reading.execute(select(table)).mappings()]
            if rows:
                writing.execute(insert(table), rows)
    there.dispose()
    here.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def told(request):
    """A town that was told, on each store."""
    return request.getfixturevalue("everything" if request.param == "sqlite" else "few")
