"""What a start needs before the first request: schema, triggers, holidays, accounts, the bundled diagrams and forms."""

import hashlib
import os
import secrets
from pathlib import Path

import chinese_calendar.constants as published

from api import demo
from api.access import SHORTEST, hasher
from api.config import BadSetting
from api.migrations import upgrade_schema
from engine.commands.create_account import create_account
from engine.commands.deploy import deploy
from engine.commands.publish_holidays import publish_holidays
from engine.domain.errors import Busy
from engine.domain.people import ADMINISTRATOR, THE_SYSTEM
from engine.gate.resource import Resource
from engine.store import accounts, deploying, holidays, triggers

ROOT = Path(__file__).resolve().parent.parent

#: The first year of the campaign; earlier holidays concern nobody.
FIRST_YEAR = 2024


def prepare(app):
    """Bring the database of `app` up to date; yields a line for each thing worth telling. Needs the application's context."""
    engine, config = app.extensions["engine"], app.config["BIHUAN"]
    _expect_guarded(engine)
    with engine.store.read() as connection:
        revision = deploying.revision(connection)
    upgrade_schema(revision)
    with engine.store.read() as connection:
        has_admin = accounts.exists(connection, "admin")
        years = {year for year, _ in holidays.published_years(connection)}
    for year in range(FIRST_YEAR, max(published.holidays).year + 1):
        if year not in years:
            days = [(day, False, str(name)) for day, name in published.holidays.items() if day.year == year]
            days += [(day, True, str(name)) for day, name in published.workdays.items() if day.year == year]
            publish_holidays(engine, THE_SYSTEM, year, days, "chinesecalendar")
    if not has_admin:
        yield from _administrator(engine)
    if config.demo:
        yield from demo.seed(engine)
    yield from deploy_bundle(engine)


def _expect_guarded(engine):
    """Before anything is written: somebody who took the guards off history has not only opened it, and it is not for us to hide that."""
    try:
        with engine.store.read() as connection:
            missing = triggers.missing(connection) if deploying.has_schema(connection) else ()
    except Busy as error:
        raise BadSetting(f"Expected a database to start with, but it does not answer: {error.__cause__}".strip()) from error
    if missing:
        raise BadSetting(
            f"Expected history to be append-only, but the triggers {', '.join(missing)} are missing from the database. Find out who "
            "removed them, check the chains with `flask --app wsgi history verify`, and put them back with `flask --app wsgi db upgrade`"
        )


def _administrator(engine):
    given = os.environ.get("ADMIN_PASSWORD")
    if given and len(given) < SHORTEST:
        raise BadSetting(f"Expected ADMIN_PASSWORD to have at least {SHORTEST} characters, but it has {len(given)}")
    password = given or secrets.token_urlsafe(12)
    create_account(engine, THE_SYSTEM, "admin", "系统管理员", hasher.hash(password), None, [(ADMINISTRATOR, "")])
    if not given:
        yield f"The administrator is admin, the password {password} (shown this once; ADMIN_PASSWORD chooses it at the first start)"


def bundle():
    """The diagrams, tables and forms that come with the product, as Resources named by their path."""
    paths = sorted([*ROOT.glob("bpmn/**/*.bpmn"), *ROOT.glob("bpmn/**/*.dmn"), *ROOT.glob("forms/**/*.form")])
    return [Resource(str(path.relative_to(ROOT)), path.read_bytes()) for path in paths]


def deploy_bundle(engine):
    """Deploy what of the bundle was never deployed with this content: so a designer's version stays the latest. Yields what was."""
    resources = bundle()
    hashes = {resource.name: hashlib.sha256(resource.content).hexdigest() for resource in resources}
    with engine.store.read() as connection:
        new = set(deploying.never_deployed(connection, hashes))
    chosen = [resource for resource in resources if resource.name in new]
    if chosen:
        answer = deploy(engine, THE_SYSTEM, chosen)
        made = ", ".join(f"{one['id']} v{one['version']}" for one in answer["deployed"] if one["new"])
        yield f"Deployed {len(chosen)} files: {made}"
