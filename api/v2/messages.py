"""/v2/messages and /v2/signals: something happened outside that cases wait for."""

from api.access import allow
from api.v2.door import Door, ask
from api.v2.schemas_messages import Broadcast, Correlated, Correlation, Publication, Published, Signalled
from engine.commands import broadcast_signal as broadcasting
from engine.commands import correlate_message as correlating
from engine.commands import publish_message as publishing

blueprint = Door("Messages and signals", "Something happened outside that cases wait for")


@blueprint.post("/messages/publication")
@allow("integration")
@blueprint.arguments(Publication)
@blueprint.response(200, Published)
def publish_message(given):
    """Publish a message; where nobody waits for it, it waits itself, as long as it is told to live"""
    answer = ask(publishing.publish_message, **given)
    return {"message_key": answer["key"]}


@blueprint.post("/messages/correlation")
@allow("integration")
@blueprint.arguments(Correlation)
@blueprint.response(200, Correlated)
def correlate_message(given):
    """Give a message to whoever waits for it now, or to nobody"""
    answer = ask(correlating.correlate_message, **given)
    return {"message_key": answer["key"], "process_instance_key": answer["instance_key"]}


@blueprint.post("/signals/broadcast")
@allow("integration")
@blueprint.arguments(Broadcast)
@blueprint.response(200, Signalled)
def broadcast_signal(given):
    """Broadcast a signal to everybody who waits for it"""
    answer = ask(broadcasting.broadcast_signal, given["signal_name"], given.get("variables"))
    return {"signal_key": answer["key"]}
