"""Does every link that is thrown have the one place where it goes on?"""

from engine.gate.elements import called, children, problem


def name_of(event):
    """The name of the link that an event throws or catches; "" for an event without a link."""
    found = children(event, "linkEventDefinition")
    return (found[0].get("name") or "").strip() if found else ""


def check(diagram):
    """Problems of links: they lead from a throw to the one catch of the same name in the same scope."""
    for scope in diagram.scopes:
        throws = [event for event in scope.of("intermediateThrowEvent") if name_of(event)]
        catches = [event for event in scope.of("intermediateCatchEvent") if name_of(event)]
        places = {}
        for event in catches:
            places.setdefault(name_of(event), []).append(event)
        for name, events in places.items():
            for twin in events[1:]:
                sentence = f"Expected one event that catches the link {name!r} in {called(scope.element)}, but {called(twin)} is another."
                yield problem(twin, "LINK_CAUGHT_TWICE", sentence, "Rename one of the links.")
        for event in throws:
            if name_of(event) not in places:
                sentence = f"Expected an event that catches the link {name_of(event)!r} in {called(scope.element)}, but there is none."
                yield problem(event, "LINK_NOT_CAUGHT", sentence, "Draw a link catch event with the same name, or connect by a flow.")
            if scope.outgoing[event.get("id")]:
                sentence = f"Expected no flow out of {called(event)}, because it goes on at the link, but there is one."
                yield problem(event, "LINK_WITH_FLOW", sentence, "Delete the flow.")
        for event in catches:
            if scope.incoming[event.get("id")]:
                sentence = f"Expected no flow into {called(event)}, because it is reached by the link, but there is one."
                yield problem(event, "LINK_WITH_FLOW", sentence, "Let the flow end at the element after it.")
