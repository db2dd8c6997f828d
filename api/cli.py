"""The command line: `flask --app wsgi deploy | check | create-user | certificate … | seed-demo | history …`."""

import json
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

import verify_history
from api import histories
from api.access import hasher
from api.certificates import certificate
from api.errors import plain
from engine.commands import deploy as deployment
from engine.commands.create_account import create_account
from engine.domain.errors import EngineError, Refused
from engine.domain.people import THE_SYSTEM
from engine.gate.resource import Resource
from engine.store import deploying

ENDINGS = (".bpmn", ".dmn", ".form")

history = AppGroup("history", help="The auditor's file.")


def install(app):
    """Add the commands to `flask --app wsgi`."""
    for command in (deploy, check, create_user, certificate, seed_demo, history):
        app.cli.add_command(command)


def _engine():
    engine = current_app.extensions["engine"]
    with engine.store.read() as connection:
        if not deploying.has_schema(connection):
            raise click.ClickException(
                "Expected a database that is set up, but it is empty. Run make run once, or flask --app wsgi db upgrade"
            )
    return engine


def resources(paths):
    """Every .bpmn, .dmn and .form under the given files and folders, as Resources named by their path."""
    files = []
    for path in map(Path, paths):
        if not path.exists():
            raise click.ClickException(f"Expected a file or folder {path}, but there is none")
        files += sorted(file for file in path.rglob("*") if file.suffix in ENDINGS) if path.is_dir() else [path]
    if not files:
        raise click.ClickException(f"Expected files ending in {', '.join(ENDINGS)}, but found none")
    return [Resource(str(file), file.read_bytes()) for file in files]


def _say(problems):
    for one in problems:
        where = f"{one.element}:{one.line}" if one.line else one.element
        print(f"  {one.severity} {one.code} at {where}: {one.sentence} {one.remedy}")


@click.command(help="Deploy diagrams, decisions and forms: all of them or none.")
@click.argument("paths", nargs=-1, required=True)
def deploy(paths):
    """Deploy files and folders as the system."""
    try:
        answer = deployment.deploy(_engine(), THE_SYSTEM, resources(paths))
    except Refused as refused:
        print(refused.sentence)
        _say(refused.details["problems"])
        sys.exit(1)
    for one in answer["deployed"]:
        print(f"{one['kind']} {one['id']} version {one['version']}{'' if one['new'] else ' (unchanged)'}")


@click.command(help="Hold files against the gate without deploying them. Exit 1 on any problem.")
@click.argument("paths", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="All problems as JSON.")
def check(paths, as_json):
    """A line a file, and its problems below it."""
    engine, found = _engine(), resources(paths)
    verdict = engine.gate.check(found, deployment.references(engine, THE_SYSTEM))
    by_file = {resource.name: [] for resource in found}
    for one in verdict.problems:
        by_file.setdefault(one.resource or one.element, []).append(one)
    if as_json:
        print(json.dumps({name: plain(problems) for name, problems in by_file.items()}, ensure_ascii=False, indent=1))
    else:
        for name, problems in by_file.items():
            errors = sum(one.severity == "error" for one in problems)
            print(f"{name}: {'ok' if not problems else f'{errors} errors, {len(problems) - errors} warnings'}")
            _say(problems)
    sys.exit(0 if not verdict.problems else 1)


@click.command("create-user", help="Create an account; the password is asked for unless it is given.")
@click.argument("username")
@click.option("--name", "display_name", default="", help="The name that people read.")
@click.option("--email")
@click.option("--role", "roles", multiple=True, help="A role, or role@unit; may be repeated.")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
def create_user(username, display_name, email, roles, password):
    """Create an account as the system."""
    if len(password) < 8:
        raise click.ClickException(f"Expected a password of at least 8 characters, but it has {len(password)}")
    memberships = [(role.partition("@")[0], role.partition("@")[2]) for role in roles]
    try:
        create_account(_engine(), THE_SYSTEM, username, display_name or username, hasher.hash(password), email, memberships)
    except EngineError as error:
        raise click.ClickException(error.sentence) from error
    print(f"Created {username}")


@click.command("seed-demo", help="Tell ten weeks of the campaign in an invented town; once, and on from where it was stopped.")
@click.option("--places", default=60, show_default=True, help="How many places.")
def seed_demo(places):
    """A line per day of the story."""
    from demo.seed import seed  # no server needs the town's places and texts

    try:
        for line in seed(_engine(), current_app.extensions["signing_key"], current_app.config["BIHUAN"].data_dir / "files", places):
            click.echo(line)
    except EngineError as error:
        raise click.ClickException(error.sentence) from error


@history.command("verify", help="Check every chain and every seal of the database.")
def verify():
    """Exit 1 with a line per finding."""
    found = verify_history.examine(histories.exported(_engine(), _public_key()), [_public_key()])
    for finding in found.findings:
        print(finding)
    print(found.summary(trusted=True))
    sys.exit(1 if found.findings else 0)


@history.command("export", help="Write the history of a process instance, with its children, for verify_history.py.")
@click.argument("key", type=int)
def export(key):
    """JSON Lines on standard output."""
    chains = histories.chains_of(_engine(), key)
    if not chains:
        raise click.ClickException(f"Expected a process instance with key {key}, but there is none")
    for line in histories.exported(_engine(), _public_key(), chains):
        print(line)


@history.command("public-key", help="Show the public half of the seal's key: what an auditor is given on paper.")
def public_key():
    """64 hexadecimal digits, as verify_history.py --public-key takes them."""
    print(_public_key())


def _public_key():
    return histories.public_key(current_app)
