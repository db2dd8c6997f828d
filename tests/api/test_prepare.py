"""What a start does before the first request: everything once, and the next start nothing again."""

import re

import pytest
from sqlalchemy import func, select

from api.access import hasher
from api.app import create_app
from api.config import BadSetting, Config
from api.demo import PASSWORD, PEOPLE
from api.migrations import upgrade_schema
from api.prepare import bundle, deploy_bundle, prepare
from engine.commands.change_account import change_account
from engine.commands.deploy import deploy
from engine.commands.publish_design import publish_design
from engine.commands.save_design import save_design
from engine.domain.people import DESIGNER, THE_SYSTEM, Actor
from engine.gate.resource import Resource
from engine.store import accounts, definitions, holidays, triggers
from engine.store.people import Account
from engine.store.records import History

DESIGNING = Actor("shen.design", "沈图", frozenset({DESIGNER}))
PUBLISHING = Actor("yin.design", "尹绘", frozenset({DESIGNER}))


def starting(folder, url, demo=True):
    """An application as a process of its own would make it, over the same folder and database."""
    (folder / "keys").mkdir(exist_ok=True)
    return create_app(Config(folder, url, "only for tests, and nothing else", demo=demo))


def prepared(app):
    """The lines that a start tells."""
    with app.app_context():
        return list(prepare(app))


def end(app):
    app.extensions["engine"].gate.close()
    app.extensions["engine"].store.engine.dispose()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def empty_url(request, tmp_path_factory):
    """The URL of a database with nothing in it, not even a schema."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('first') / 'bihuan.sqlite'}"
    return request.getfixturevalue("postgres").database()


@pytest.fixture(scope="module")
def folder(empty_url, tmp_path_factory):
    """The data folder that goes with it."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def first(empty_url, folder):
    """(the application after its first start, the lines that it told)."""
    app = starting(folder, empty_url)
    yield app, prepared(app)
    end(app)


@pytest.fixture
def engine(first):
    """The engine of it."""
    return first[0].extensions["engine"]


@pytest.fixture
def again(first, empty_url, folder):
    """again() -> the lines of another start on the same database."""

    def start(demo=True):
        app = starting(folder, empty_url, demo)
        try:
            return prepared(app)
        finally:
            end(app)

    return start


def latest(engine, kind, identifier):
    """The version that is the latest."""
    found = {"decision": definitions.DECISION, "form": definitions.FORM, "process": definitions.PROCESS}[kind]["latest"]
    with engine.store.transaction() as transaction:
        return transaction.fetch(found, id=identifier)[0]["version"]


def entries(engine):
    """How many entries of history there are: whatever is done leaves one."""
    with engine.store.read() as connection:
        return connection.execute(select(func.count()).select_from(History)).scalar()


def changed(name, remark):
    """A file of the bundle with a remark in it."""
    (resource,) = [one for one in bundle() if one.name == name]
    return Resource(name, resource.content + f"\n<!-- {remark} -->\n".encode())


TABLE = "bpmn/hazard_rectification/risk_level.dmn"


def test_the_first_start_tells_the_password_the_accounts_and_what_it_deployed(first):
    # then
    administrator, demonstration, deployed = first[1]
    assert re.fullmatch(r"The administrator is admin, the password \S{16} \(shown this once; ADMIN_PASSWORD .*\)", administrator)
    assert demonstration.startswith(f"{len(PEOPLE)} demonstration accounts, chen.amei to robot")
    assert deployed.startswith(f"Deployed {len(bundle())} files: ") and "hazard_rectification v1" in deployed


def test_the_password_that_was_told_is_the_administrator_s(first):
    app, lines = first
    password = re.search(r"password (\S+)", lines[0])[1]
    told = app.test_client().get("/api/session", auth=("admin", password)).json
    assert (told["username"], told["display_name"], told["groups"]) == ("admin", "系统管理员", ["管理员"])
    assert app.test_client().get("/v2/status").status_code == 204


def test_every_demonstration_account_can_sign_in(first):
    # given: one hash for all of them, for to verify a password takes long
    app, of_all = first[0], [username for username, _, _ in PEOPLE]
    with app.extensions["engine"].store.read() as connection:
        chosen = select(Account.password_hash).where(Account.username.in_(of_all))
        hashes = connection.execute(chosen).scalars().all()
    assert (len(hashes), len(set(hashes))) == (len(PEOPLE), 1)

    # then
    client = app.test_client()
    for username, name, memberships in (PEOPLE[0], PEOPLE[-1]):
        told = client.get("/api/session", auth=(username, PASSWORD)).json
        assert told["display_name"] == name
        assert {role for role, _ in memberships} <= set(told["groups"])


def test_holidays_are_there_from_the_first_year_of_the_campaign(engine):
    with engine.store.read() as connection:
        years = {year for year, _ in holidays.published_years(connection)}
    assert {2024, 2025} <= years and min(years) == 2024


def test_a_second_start_does_nothing(engine, again):
    before = entries(engine)
    assert again() == []
    assert entries(engine) == before


def test_a_designer_s_newer_version_stays_the_latest_after_a_restart(engine, again):
    # given
    before = latest(engine, "decision", "risk_level")
    drawn = changed(TABLE, "a designer's").content.decode()
    etag = save_design(engine, DESIGNING, "decision", "risk_level_definitions", drawn)["etag"]
    publish_design(engine, PUBLISHING, "decision", "risk_level_definitions", etag)
    assert latest(engine, "decision", "risk_level") == before + 1

    # when
    lines = again()

    # then
    assert lines == []
    assert latest(engine, "decision", "risk_level") == before + 1


def test_a_file_that_changed_in_the_bundle_is_deployed_and_no_other(empty_url, tmp_path, request):
    # given: a database that was filled by a release whose table was another one
    if empty_url.startswith("sqlite"):
        url = f"sqlite:///{tmp_path / 'older.sqlite'}"
    else:
        url = request.getfixturevalue("postgres").database()
    app = starting(tmp_path, url, demo=False)
    engine = app.extensions["engine"]
    with app.app_context():
        upgrade_schema(None)
    older = [one for one in bundle() if one.name != TABLE] + [changed(TABLE, "of the release before")]
    deploy(engine, THE_SYSTEM, older)

    # when
    lines = list(deploy_bundle(engine))

    # then
    assert lines == ["Deployed 1 files: risk_level_definitions v2, risk_rank v2, risk_level v2"]
    assert latest(engine, "process", "hazard_rectification") == 1
    assert list(deploy_bundle(engine)) == []
    end(app)


def test_accounts_that_somebody_closed_or_changed_are_left_alone(first, engine, again):
    # given
    change_account(engine, THE_SYSTEM, "admin", {"active": False})
    change_account(engine, THE_SYSTEM, "chen.amei", {"active": False})
    change_account(engine, THE_SYSTEM, "tang.jianguo", {"password_hash": hasher.hash("their own password")})

    # when
    lines = again()

    # then
    assert lines == []
    client = first[0].test_client()
    assert client.get("/api/session", auth=("chen.amei", PASSWORD)).status_code == 401
    assert client.get("/api/session", auth=("tang.jianguo", "their own password")).status_code == 200


def test_without_demo_nobody_is_seeded_and_the_password_may_be_chosen(tmp_path, monkeypatch):
    # given
    monkeypatch.setenv("ADMIN_PASSWORD", "chosen by the operator")
    app = starting(tmp_path, f"sqlite:///{tmp_path / 'bihuan.sqlite'}", demo=False)

    # when
    (deployed,) = prepared(app)

    # then
    assert deployed.startswith("Deployed ") and "chosen" not in deployed
    assert app.test_client().get("/api/session", auth=("admin", "chosen by the operator")).status_code == 200
    with app.extensions["engine"].store.read() as connection:
        assert not any(accounts.exists(connection, username) for username, _, _ in PEOPLE)
    end(app)


def test_a_password_that_anybody_guesses_is_refused_before_there_is_an_account(tmp_path, monkeypatch):
    monkeypatch.setenv("ADMIN_PASSWORD", "secret")
    app = starting(tmp_path, f"sqlite:///{tmp_path / 'bihuan.sqlite'}")

    with pytest.raises(BadSetting, match="Expected ADMIN_PASSWORD to have at least 8 characters, but it has 6"):
        prepared(app)

    with app.extensions["engine"].store.read() as connection:
        assert not accounts.exists(connection, "admin")
    end(app)


def test_a_server_that_does_not_answer_is_told_in_a_sentence(tmp_path):
    app = starting(tmp_path, f"postgresql+psycopg://nobody@/nothing?host={tmp_path}")

    with pytest.raises(BadSetting, match="Expected a database to start with, but it does not answer"):
        prepared(app)

    end(app)


def test_a_database_whose_history_can_be_changed_is_not_started_until_somebody_put_the_triggers_back(first, engine, again):
    # given
    name = next(iter(triggers.SQLITE if engine.store.is_sqlite else triggers.POSTGRESQL))
    on = "" if engine.store.is_sqlite else f" ON {name.partition('_')[0]}"
    with engine.store.engine.execution_options(write=True).begin() as connection:
        connection.exec_driver_sql(f"DROP TRIGGER {name}{on}")
    answer = first[0].test_client().get("/v2/status")
    assert (answer.status_code, answer.json["title"]) == (503, "RESOURCE_EXHAUSTED")
    assert name in answer.json["detail"]

    # when
    with pytest.raises(BadSetting, match=f"the triggers {name} are missing from the database. Find out who removed them"):
        again()

    # then it is the operator's migration that puts them back
    with first[0].app_context():
        upgrade_schema(None)
    again()
    assert first[0].test_client().get("/v2/status").status_code == 204
