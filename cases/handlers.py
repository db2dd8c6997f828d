"""The handlers with which diagrams change the ledger, by the job type that calls them, and who may deploy such a diagram."""

from cases import certificates, collect_fines, count_penalties, interests, officers, papers, punish, take_number, term
from cases.amend_entry import amend_hazard, amend_place
from cases.enter_inspection import enter_inspection
from cases.find_duplicates import find_duplicates
from cases.follow_terms import follow_terms
from cases.hold_place import close_place, lift_stop, offer_place, stop_place
from cases.list_place import begin_place, list_place
from cases.verify_inspectors import verify_inspectors
from cases.void_entry import find_entry, void_entry
from engine.domain.people import DESIGNER

_OF_THE_LEDGER = {
    "local:place:find_duplicates": find_duplicates,
    "local:place:list": list_place,
    "local:place:begin": begin_place,
    "local:place:amend": amend_place,
    "local:place:stop": stop_place,
    "local:place:lift": lift_stop,
    "local:place:offer": offer_place,
    "local:place:close": close_place,
    "local:hazard:amend": amend_hazard,
    "local:inspection:verify": verify_inspectors,
    "local:inspection:enter": enter_inspection,
    "local:terms:recomputed": follow_terms,
    "local:ledger:find": find_entry,
    "local:ledger:void": void_entry,
}

HANDLERS = {
    **{job_type: (function, frozenset({DESIGNER})) for job_type, function in _OF_THE_LEDGER.items()},
    **papers.HANDLERS,
    **officers.HANDLERS,
    **punish.HANDLERS,
    **collect_fines.HANDLERS,
    **count_penalties.HANDLERS,
    **term.HANDLERS,
    **take_number.HANDLERS,
}


def register(engine):
    """Let the diagrams of `engine` call them, and ask for officers' certificates and interests."""
    engine.register_certificates(certificates.held, certificates.KINDS)
    engine.register_interests(interests.interest)
    for job_type, (function, roles) in HANDLERS.items():
        engine.register(job_type, function, roles)
