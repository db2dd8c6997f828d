"""A job worker asks for work."""

import secrets
from datetime import timedelta

import orjson

from engine.commands.publish_message import expect_integration
from engine.commands.step import Step
from engine.domain.errors import Invalid
from engine.domain.outcome import State
from engine.store import instances, waits
from engine.store.rounds import Outside
from engine.workflow import runner


def activate_jobs(engine, actor, job_type, limit, timeout, worker="", fetch=None):
    """Up to `limit` open jobs of a type, leased to the worker for `timeout` milliseconds; `fetch`: only these variables of each.

    A lease is no act upon a case and leaves no history: the job's end does. Returns rows of `job` with `variables` {name: value}.
    """
    if limit < 1 or timeout < 1:
        raise Invalid(f"Expected a positive number of jobs and a positive timeout, but found {limit} and {timeout}")

    def attempt(transaction):
        step = Step(engine, transaction, actor)
        expect_integration(step, "activate jobs")
        step.begin_writing()
        found = transaction.fetch(waits.ACTIVATABLE, type=job_type, now=step.now, limit=limit)
        until = step.now + timedelta(milliseconds=timeout)
        leased = [
            {
                **row,
                "lease": secrets.token_hex(8),
                "claimed_by": worker,
                "claimed_until": until,
                "available": until,
                "retries": row["retries"],
            }
            for row in found
        ]
        if leased:
            changes = [{"key_key": row["key"], **{name: row[name] for name in waits.JOB_CHANGES}} for row in leased]
            transaction.write([(waits.CHANGE_JOB, changes)])
        return leased

    leased = engine.store.write(attempt)
    with engine.store.transaction() as transaction:
        for job in leased:
            job["headers"] = orjson.loads(job["headers"])
            job["variables"] = _variables(engine, transaction, job, fetch)
    return leased


def _variables(engine, transaction, job, fetch):
    (row,) = transaction.fetch(instances.PEEK, key=job["instance_key"])
    scopes = {}
    for variable in transaction.fetch(instances.VARIABLES_OF, instance_key=job["instance_key"]):
        scopes.setdefault(variable["scope"], {})[variable["name"]] = variable["value"]
    definition = engine.definition(transaction, job["definition_key"]).definition
    state = State(bytes(row["state"]), scopes, Outside(transaction, row["key"]))
    seen = runner.visible_variables(definition, state, job["number"])
    return {name: value for name, value in seen.items() if not fetch or name in fetch}
