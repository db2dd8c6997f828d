"""Certificates, asked of the campaign: may whoever acts do so for the authority on this day?"""

from engine.domain import certificates


def expect_certified(step, case, task):
    """What history is to tell of the certificate with which the actor acts: {"certificate": "kind number"}; {} where none is asked for.

    Raises Uncertified. Costs no statement where the diagram declares nothing. The day is the step's own, in Asia/Shanghai.
    """
    kind = certificates.declared(case.definition.elements[task.element_id].properties)
    if kind is None:
        return {}
    with step.transaction.session() as session:
        held = step.engine.certificates.held(session, step.actor.username, kind)
    number = certificates.expect_valid(kind, step.actor, step.local.date(), held)
    return {"certificate": f"{kind} {number}"}
