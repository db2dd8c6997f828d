"""The command line: `flask --app wsgi certificate add | end`."""

from datetime import date

import click
from flask import current_app
from flask.cli import AppGroup

from cases.certificates import KINDS, OFFICER
from cases.enter_certificate import end_certificate, enter_certificate
from engine.domain.errors import EngineError
from engine.domain.people import THE_SYSTEM

certificate = AppGroup("certificate", help="Officers' certificates.")


class Day(click.ParamType):
    """A date as 2024-05-01."""

    name = "day"

    def convert(self, value, param, ctx):
        """The date. Fails with a sentence."""
        try:
            return date.fromisoformat(value)
        except ValueError:
            return self.fail(f"Expected a day such as 2024-05-01, but found {value!r}", param, ctx)


@certificate.command("add", help="Write down that USERNAME holds the certificate with number NO.")
@click.argument("username")
@click.argument("no")
@click.option("--issuer", required=True, help="Who issued it.")
@click.option("--from", "first", required=True, type=Day(), help="Its first day.")
@click.option("--to", "last", required=True, type=Day(), help="Its last day.")
@click.option("--kind", type=click.Choice(KINDS), default=OFFICER, show_default=True)
def add(username, no, issuer, first, last, kind):
    """Enter a certificate as the system."""
    _do(enter_certificate, username, no, kind, issuer, first, last)
    click.echo(f"Entered {kind} {no} of {username}, valid from {first} to {last}")


@certificate.command("end", help="Let the certificate with number NO end before its day.")
@click.argument("no")
@click.option("--on", "last", required=True, type=Day(), help="Its last day.")
@click.option("--reason", required=True)
def end(no, last, reason):
    """End a certificate as the system."""
    _do(end_certificate, no, last, reason)
    click.echo(f"{no} is valid until {last}")


def _do(command, *arguments):
    try:
        command(current_app.extensions["engine"], THE_SYSTEM, *arguments)
    except EngineError as error:
        raise click.ClickException(error.sentence) from error
