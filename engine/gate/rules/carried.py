"""Is everything filled in that an element carries: mappings, headers, listeners, forms, bindings?"""

from engine.gate.elements import called, children, extension, extensions_of, local, problem, zeebe_name

NEEDED = {
    "input": ("target",),
    "output": ("target",),
    "header": ("key",),
    "property": ("name",),
    "executionListener": ("eventType", "type"),
    "taskListener": ("eventType", "type"),
    "versionTag": ("value",),
    "userTaskForm": ("id",),
}
GIVEN_BY = ("formId", "formKey", "externalReference")
EMBEDDED = "camunda-forms:bpmn:"


def check(diagram):
    """Problems of what processes and their elements carry."""
    for scope in diagram.scopes:
        for element in [scope.element, *scope.nodes] if scope.kind == "process" else scope.nodes:
            yield from _needed(element)
            yield from _handlers(element)
            if local(element) in ("userTask", "startEvent") and extension(element, "formDefinition") is not None:
                yield from _form(scope, element, extension(element, "formDefinition"))


def _needed(element):
    for holder in children(element, "extensionElements"):
        for each in holder.iter():
            name = zeebe_name(each)
            for attribute in NEEDED.get(name, ()):
                if not (each.get(attribute) or "").strip():
                    sentence = f"Expected {attribute} of zeebe:{name} of {called(element)}, but it is empty."
                    yield problem(each, "VALUE_MISSING", sentence, "Fill it in, or delete the row.")
            if each.get("bindingType") == "versionTag" and not (each.get("versionTag") or "").strip():
                sentence = f"Expected a version tag at zeebe:{name} of {called(element)}, because it is bound to one, but there is none."
                yield problem(each, "VALUE_MISSING", sentence, "Enter the version tag, or choose another binding.")
            elif each.get("versionTag") and each.get("bindingType") != "versionTag":
                sentence = (
                    f"Expected the binding versionTag at zeebe:{name} of {called(element)}, because a tag is given, but it is another."
                )
                yield problem(each, "VERSION_TAG_UNUSED", sentence, "Choose the binding versionTag, or delete the tag.")


def _handlers(element):
    """A handler runs inside the transaction of a task; a listener is always somebody else's job."""
    for holder in children(element, "extensionElements"):
        for each in holder.iter():
            if zeebe_name(each) in ("executionListener", "taskListener") and (each.get("type") or "").strip().startswith("local:"):
                sentence = f"Expected a listener of {called(element)} that a job worker does, but {each.get('type')} is a handler."
                yield problem(each, "HANDLER_AS_LISTENER", sentence, "Call the handler in a service task before or after the element.")


def _form(scope, element, form):
    given = [name for name in GIVEN_BY if (form.get(name) or "").strip()]
    if len(given) != 1:
        but = f"it has {' and '.join(given)}" if given else "it has none"
        sentence = f"Expected the form of {called(element)} to be given by one of {', '.join(GIVEN_BY)}, but {but}."
        yield problem(element, "FORM_NOT_GIVEN", sentence, "Choose the form again in the section Form.")
    key = form.get("formKey") or ""
    if key.startswith(EMBEDDED):
        wanted = key.removeprefix(EMBEDDED)
        if wanted not in [each.get("id") for each in extensions_of(scope.process, "userTaskForm")]:
            sentence = f"Expected the form {wanted} of {called(element)} in the process, but there is none."
            yield problem(element, "DANGLING_REFERENCE", sentence, "Choose the form again in the section Form.")
