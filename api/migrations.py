"""Migrations by Flask-Migrate and Alembic: they take a fifth of a process's start, so they are loaded where there is something to do."""

from pathlib import Path

import click
from flask import current_app

FOLDER = Path(__file__).resolve().parent.parent / "migrations"


def install(app):
    """`flask db …`."""
    app.cli.add_command(Commands(app))


class Commands(click.Command):
    """Stands for Flask-Migrate's commands until somebody asks for one of them."""

    def __init__(self, app):
        super().__init__("db", help="Perform database migrations.")
        self._app = app

    def make_context(self, *arguments, **more):
        """The context of theirs, which is what is invoked then."""
        return _loaded(self._app).make_context(*arguments, **more)


def _loaded(app):
    from flask_migrate import Migrate

    # It puts its own commands in the place of ours, and where env.py looks for it.
    Migrate(app, app.extensions["sqlalchemy"], FOLDER, compare_type=True, render_as_batch=True)
    return app.cli.commands["db"]


def newest():
    """The revision to which a database is brought up: the files are numbered by it."""
    return max(path.name.partition("_")[0] for path in (FOLDER / "versions").glob("[0-9]*.py"))


def upgrade_schema(revision):
    """Bring the schema of the current application's database up from `revision` (None: it is empty) to the newest one.

    Nothing is lost, and nothing is half done.
    """
    if revision != newest():
        from flask_migrate import upgrade

        _loaded(current_app._get_current_object())
        upgrade()
