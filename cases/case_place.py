"""The place of a case as the ledger has it now: how it stands, its hazards, and who holds it from whom."""

from sqlalchemy import select
from sqlalchemy.orm import aliased

from cases import case_facts
from cases.hazards import CATEGORIES, Hazard
from cases.parties import Party, Tenure
from cases.places import Place
from engine.store.records import Confidential
from engine.store.visibility import visible

#: So many hazards, and links of the chain.
MOST = 100


def status(connection, case_no):
    """{"status", "supervised", "stopped"} of the place on the ledger; None where it is not on it."""
    chosen = select(Place.status, Place.supervised, Place.stopped).where(Place.no == case_no)
    found = connection.execute(chosen).mappings().first() if case_no else None
    return found and dict(found)


def hazards(connection, actor, case_no, numbers):
    """[{"no", "what", "location", "description", "grade", "status", "rounds", "deadline", "provisional", "instance"}] of a place.

    `numbers`: of the hazards that stand in instances which the actor may see; a party is shown no other.
    """
    if not case_no:
        return []
    shown = (
        *(Hazard.no, Hazard.category, Hazard.location, Hazard.description, Hazard.grade, Hazard.status, Hazard.rounds, Hazard.deadline),
        *(Hazard.deadline_provisional.label("provisional"), Hazard.instance_key, Hazard.voided),
    )
    chosen = select(*shown).where(Hazard.place_no == case_no).order_by(Hazard.no).limit(MOST)
    if actor.is_party:
        chosen = chosen.where(Hazard.no.in_(numbers))
    return [dict(row) | {"what": CATEGORIES.get(row["category"], row["category"])} for row in connection.execute(chosen).mappings()]


def chain(connection, actor, case_no, told):
    """[{"role", "name", "kind", "person", "from", "since", "until", "unit", "area", "agreement", "secrets" [secret]}], 产权人 first.

    From the ledger; of what is not on it, and to a party, from the variables `told`. A secret is of `secrets`.
    """
    rows = [] if actor.is_party else _tenures(connection, case_no)
    if not rows:
        listed = told.get("parties")
        rows = [_of_form(one) for one in listed if isinstance(one, dict)][:MOST] if isinstance(listed, list) else []
    known = secrets(connection, actor, [each for row in rows for each in row["concealed"]])
    return [{**row, "secrets": [known[each["ref"]] for each in row.pop("concealed") if each["ref"] in known]} for row in rows]


def _tenures(connection, case_no):
    lessor = aliased(Party)
    shown = (Tenure.role, Tenure.since, Tenure.until, Tenure.unit, Tenure.area, Tenure.safety_agreement.label("agreement"))
    shown += (Party.name, Party.kind, Party.person, Party.identity, Party.mobile, lessor.name.label("from"))
    chosen = (
        select(*shown)
        .join(Party, Party.no == Tenure.party_no)
        .outerjoin(lessor, lessor.no == Tenure.lessor_no)
        .where(Tenure.place_no == (case_no or ""))
        .order_by(Tenure.rank, Tenure.no)
        .limit(MOST)
    )
    rows = [dict(row) for row in connection.execute(chosen).mappings()]
    return [{**row, "concealed": _concealed([row.pop("identity"), row.pop("mobile")])} for row in rows]


def _of_form(one):
    names = {"role": "role", "name": "name", "kind": "kind", "person": "person", "from": "lessor", "since": "since", "until": "until"}
    row = {name: one.get(source) for name, source in names.items()}
    concealed = _concealed([one.get("identity"), one.get("person_id"), one.get("mobile")])
    return {**row, "unit": one.get("unit"), "area": one.get("area"), "agreement": one.get("safety_agreement"), "concealed": concealed}


def _concealed(found):
    return [each for each in found if isinstance(each, dict) and each.keys() >= case_facts.APART]


def secrets(connection, actor, concealed):
    """{ref: {"ref", "instance", "label", "open", "emergency"}} of what forms keep apart, [{"hmac", "ref"}], as far as it is still there.

    `instance`: of whose case the value is. `open`: whether the actor may ask for it; `emergency`: only by declaring one.
    """
    kept = Confidential
    chosen = select(kept.ref, kept.root_key, kept.label, kept.audience, kept.emergency, visible(kept.root_key, kept.root_key, actor))
    chosen = chosen.where(kept.ref.in_({each["ref"] for each in concealed}))
    found = {}
    for ref, root_key, label, audience, emergency, seen in connection.execute(chosen):
        ours = audience is None or audience in actor.groups
        broken = not ours and emergency is not None and emergency in actor.groups
        may = bool(seen) and (ours or broken)
        found[ref] = {"ref": ref, "instance": str(root_key), "label": label or "保密内容", "open": may, "emergency": broken}
    return found
