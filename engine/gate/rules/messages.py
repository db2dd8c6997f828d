"""Does every message that is waited for, or thrown, say how it finds its instance?"""

from engine.gate.elements import called, extension, local, problem, reference

WAIT = ("startEvent", "intermediateCatchEvent", "boundaryEvent")
ENTER_KEY = "Enter the subscription correlation key in the section Message: an expression whose value the sender knows, such as =caseId."


def check(diagram):
    """Problems of messages: the key of those that are waited for inside an instance, the message of receive and send tasks."""
    for scope in diagram.scopes:
        for event in scope.of(*WAIT):
            if local(event) == "startEvent" and scope.kind == "process":
                continue  # nothing is there yet that a message could belong to
            for definition in diagram.definitions_of(event):
                if local(definition) == "messageEventDefinition":
                    yield from _key(diagram, event, definition)
        for task in scope.of("receiveTask"):
            if not task.get("messageRef"):
                sentence = f"Expected {called(task)} to name the message that it waits for, but it names none."
                yield problem(task, "RECEIVE_WITHOUT_MESSAGE", sentence, "Choose or create the message in the section Message.")
            yield from _key(diagram, task, task)
            yield from _name(diagram, task)
        for event in scope.of("endEvent", "intermediateThrowEvent"):
            yield from _thrown(diagram, event)
        for task in scope.of("sendTask"):
            yield from _name(diagram, task)
            yield from _published(task, bool(task.get("messageRef")))
            if task.get("messageRef") and extension(task, "taskDefinition") is not None:
                yield from _typed(task, extension(task, "taskDefinition"))


def _message(diagram, holder):
    return diagram.one(reference(holder.get("messageRef")), "message")


def _key(diagram, element, holder):
    message = _message(diagram, holder)
    if message is None:
        return
    subscription = extension(message, "subscription")
    if subscription is None or subscription.get("correlationKey") is None:
        sentence = f"Expected {called(message)} to have a correlation key, because {called(element)} waits for it, but it has none."
        yield problem(element, "MESSAGE_WITHOUT_CORRELATION_KEY", sentence, ENTER_KEY)


def _name(diagram, task):
    message = _message(diagram, task)
    if message is not None and not (message.get("name") or "").strip():
        sentence = f"Expected the message of {called(task)} to have a name, but it has none."
        yield problem(task, "EVENT_INCOMPLETE", sentence, "Enter the name in the section Message.")


def _thrown(diagram, event):
    throws = any(local(definition) == "messageEventDefinition" for definition in diagram.definitions_of(event))
    work = extension(event, "taskDefinition")
    yield from _published(event, throws)
    if work is not None and not throws:
        sentence = f"Expected a job type only on message events, but {called(event)} is none."
        remedy = "Choose the message type with the wrench, or delete the section Task definition."
        yield problem(event, "JOB_WITHOUT_MESSAGE", sentence, remedy)
    elif work is not None:
        yield from _typed(event, work)


def _typed(element, work):
    if not (work.get("type") or "").strip():
        sentence = f"Expected {called(element)} to have a job type, but it has none."
        yield problem(element, "TASK_WITHOUT_TYPE", sentence, "Enter a job type in the section Task definition.")


def _published(element, throws):
    publishes = extension(element, "publishMessage") is not None
    works = extension(element, "taskDefinition") is not None
    if publishes and (works or not throws):
        but = "a worker does it" if works else "it throws no message"
        sentence = f"Expected zeebe:publishMessage only where the engine itself publishes a message, but in {called(element)} {but}."
        yield problem(element, "PUBLISHES_NOTHING", sentence, "Delete the job type, or the message to publish.")
