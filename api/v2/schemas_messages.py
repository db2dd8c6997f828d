"""What comes in and goes out at /v2/messages and /v2/signals."""

from marshmallow import post_load

from api.v2.fields import TIMESPAN, Key, Tenant, Text, Unsupported, Variables, Whole
from api.v2.schemas import OfTenant, Request

NOT_UNIQUE = "business ids are not kept unique here"


class _ForTenant(Request):
    tenant_id = Tenant()

    @post_load
    def without_tenant(self, data, **_):
        """There is only one."""
        data.pop("tenant_id", None)
        return data


class Correlation(_ForTenant):
    """A message for whoever waits for it now."""

    name = Text(1, 1000, required=True)
    correlation_key = Text(0, 1000, load_default="")
    variables = Variables()
    business_id = Unsupported(NOT_UNIQUE)


class Publication(Correlation):
    """A message that may wait."""

    time_to_live = Whole(0, TIMESPAN, load_default=0)
    message_id = Text(0, 1000)


class Broadcast(_ForTenant):
    """A signal."""

    signal_name = Text(1, 1000, required=True)
    variables = Variables()


class Published(OfTenant):
    """The message that was published."""

    message_key = Key()


class Correlated(Published):
    """The message, and the process instance that it went to."""

    process_instance_key = Key()


class Signalled(OfTenant):
    """The signal that was broadcast."""

    signal_key = Key()
