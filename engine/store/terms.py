"""Which running instances hold a term that is provisional."""

from sqlalchemy import select

from engine.domain.outcome import ACTIVE
from engine.store.models import ProcessInstance, Variable

instances, variables = ProcessInstance.__table__, Variable.__table__

#: A variable of a running instance in which a provisional term may be. Its text is looked at: that is asked a few times a year.
IS_PROVISIONAL = variables.c.value.contains('"provisional":true') & (instances.c.status == ACTIVE)
HOLDERS = (
    "holders of provisional terms",
    lambda _: (
        select(variables.c.instance_key)
        .join(instances, instances.c.key == variables.c.instance_key)
        .where(IS_PROVISIONAL)
        .distinct()
        .order_by(variables.c.instance_key)
    ),
)
