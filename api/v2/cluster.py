"""/v2/status, /v2/topology and /v2/authentication/me: is somebody there, who is it, and whom do they take the caller for?"""

from flask import g
from marshmallow import fields

from api.access import allow
from api.v2.door import Door, engine
from api.v2.fields import Flag, Many, Part, Text
from api.v2.schemas import Answer
from engine.domain.errors import Busy
from engine.store import accounts, triggers

blueprint = Door("Cluster", "Is somebody there, and who?")

#: The version of Camunda's API that is spoken here: clients choose by it what they send.
API_VERSION = "8.10.0"

TOPOLOGY = {
    "brokers": [
        {
            "node_id": 0,
            "broker_id": "0",
            "host": "localhost",
            "port": 0,
            "partitions": [{"partition_id": 1, "role": "leader", "health": "healthy", "state": "active"}],
            "version": API_VERSION,
        }
    ],
    "cluster_id": None,
    "cluster_size": 1,
    "partitions_count": 1,
    "replication_factor": 1,
    "gateway_version": API_VERSION,
    "last_completed_change_id": "-1",
}


class Partition(Answer):
    """The one partition that there is."""

    partition_id = fields.Integer()
    role = Text()
    health = Text()
    state = Text()


class Broker(Answer):
    """The one broker that there is: the database."""

    node_id = fields.Integer()
    broker_id = Text()
    host = Text()
    port = fields.Integer()
    partitions = Many(Part(Partition))
    version = Text()


class Topology(Answer):
    """A cluster of one."""

    brokers = Many(Part(Broker))
    cluster_id = Text()
    cluster_size = fields.Integer()
    partitions_count = fields.Integer()
    replication_factor = fields.Integer()
    gateway_version = Text()
    last_completed_change_id = Text()


class TenantOf(Answer):
    """The one tenant that there is."""

    name = Text()
    tenant_id = Text()
    description = Text()


class User(Answer):
    """Whoever asks."""

    username = Text()
    display_name = Text()
    email = Text()
    authorized_components = Many(Text())
    tenants = Many(Part(TenantOf))
    groups = Many(Text())
    roles = Many(Text())
    sales_plan_type = Text()
    c8_links = fields.Dict(data_key="c8Links")
    can_logout = Flag()


@blueprint.get("/status")
@allow("public")
@blueprint.response(204)
def get_status():
    """204 once everything is ready"""
    with engine().store.read() as connection:
        missing = triggers.missing(connection)
    if missing:
        raise Busy(f"Expected a database that is ready, but {', '.join(missing)} are missing from it")


@blueprint.get("/topology")
@allow("signed-in")
@blueprint.response(200, Topology)
def get_topology():
    """A cluster of one broker, for clients that ask"""
    return TOPOLOGY


@blueprint.get("/authentication/me")
@allow("signed-in")
@blueprint.response(200, User)
def get_authentication():
    """Whom the server takes the caller for, with the groups whose tasks they may claim"""
    with engine().store.transaction() as transaction:
        account = accounts.account(transaction, g.actor.username)
    return {
        "username": g.actor.username,
        "display_name": g.actor.display_name or None,
        "email": account.email if account else None,
        "authorized_components": ["*"] if g.actor.is_administrator else ["tasklist"],
        "tenants": [{"name": "Default", "tenant_id": "<default>", "description": None}],
        "groups": sorted(g.actor.groups),
        "roles": sorted(group for group in g.actor.groups if "@" not in group),
        "sales_plan_type": None,
        "c8_links": {},
        "can_logout": True,
    }
