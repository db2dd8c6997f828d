"""查看号码: what a form keeps apart (an identity number, a telephone) is shown to who may see it; that it was, and why, stays."""

from engine.commands.command import command
from engine.domain.errors import Invalid, NotFound
from engine.domain.secret import Secret, may_reveal
from engine.store import vault


@command
def reveal_value(step, instance_key, ref, reason, emergency=False):
    """Write down that the actor looks at the value behind `ref`, as it stands in a variable {"hmac", "ref"} of an instance -> {"label"}.

    `emergency`: somebody whom the form names for it breaks the secrecy of an audience that they do not belong to. Raises NotFound where
    the actor cannot see the instance or it has no such value (any more), Invalid for no reason, NotPermitted for who may not.
    """
    case = step.case(instance_key)
    row = _kept(step.transaction, ref)
    if row is None or row["root_key"] != case.row["root_key"] or (step.actor.is_party and not _holds(case.variables(), ref)):
        raise NotFound(f"Expected a concealed value with reference {ref} in process instance {instance_key}, but there is none")

    may_reveal(Secret(row["label"], row["audience"], row["emergency"]), step.actor, emergency)
    if not reason.strip():
        raise Invalid("Expected a reason why the value is looked at, but found none", problems={"reason": ["应写明查看理由，但没有填写。"]})

    broken = row["audience"] is not None and row["audience"] not in step.actor.groups
    case.note("access:broken" if broken else "access:looked", subject=row["label"], reason=reason.strip(), ref=ref)
    return step.save({"label": row["label"]})


def value_behind(engine, ref):
    """The value behind a reference, for a caller whose `reveal_value` went through. Raises NotFound where it was erased meanwhile."""
    with engine.store.transaction() as transaction:
        row = _kept(transaction, ref)
    if row is None:
        raise NotFound(f"Expected a concealed value with reference {ref}, but it was erased")
    return engine.vault.open(row["value"])


def _kept(transaction, ref):
    rows = transaction.fetch(vault.VALUE, ref=ref)
    return rows[0] if rows else None


def _holds(value, ref):
    if isinstance(value, dict):
        return value.get("ref") == ref or any(_holds(inner, ref) for inner in value.values())
    return isinstance(value, list) and any(_holds(inner, ref) for inner in value)
