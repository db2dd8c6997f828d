"""The commands that are killed at their commits: each a function of an engine and what it is done to, the same in whoever does it again."""

from pathlib import Path

from engine.commands.complete_job import complete_job
from engine.commands.complete_task import complete_task
from engine.commands.deploy import deploy
from engine.commands.fire_timer import fire_timer
from engine.commands.publish_message import publish_message
from engine.commands.start_instance import start_instance
from engine.domain.people import ADMINISTRATOR, THE_SYSTEM, Actor
from engine.gate.resource import Resource
from engine.store.records import Comment

HERE = Path(__file__).parent
ADMIN = Actor("admin", "系统管理员", frozenset({ADMINISTRATOR}))
LI = Actor("li", "李娜", frozenset({"居村", "居村@陈坊村"}), frozenset({"陈坊村"}))
HANDED_IN = {"opinion": "同意"}


def register(engine):
    """The handler of the diagrams here: it writes a row of its own in the transaction of the step."""
    engine.register("local:register", _register, roles=(ADMINISTRATOR,))


def _register(session, call):
    session.add(Comment(key=call.instance_key, root_key=call.root_key, username=call.actor.username, at=call.now, text="登记"))
    return {"registered": True}, []


def files(*names):
    """Files that lie here, as Resources."""
    return [Resource(name, (HERE / name).read_bytes()) for name in names]


#: name -> function(engine, target); with an idempotency key wherever people and programs ask.
DEEDS = {
    "complete_task": lambda engine, key: complete_task(engine, LI, key, HANDED_IN, idempotency_key="once"),
    "complete_job": lambda engine, key: complete_job(engine, ADMIN, key, {"pages": 3}, idempotency_key="once"),
    "publish_message": lambda engine, number: publish_message(engine, ADMIN, "call", number, variables=HANDED_IN, idempotency_key="once"),
    "fire_timer": lambda engine, key: fire_timer(engine, THE_SYSTEM, key),
    "deploy": lambda engine, name: deploy(engine, ADMIN, files(name), idempotency_key="once"),
    "start_instance": lambda engine, process: start_instance(engine, ADMIN, process, idempotency_key="once"),
}
