"""Is everything that a file asks for there: in the same deployment, or deployed before?"""

from engine.domain.problem import Problem

WORDS = {"form": "form", "decision": "decision", "process": "process"}
HOLDERS = {"form": "forms", "decision": "decisions", "process": "processes"}


def missing(asks, references, together):
    """Problems of the names that one file asks for.

    `asks` is what `asked.asked` found, `references` a `resource.References`; `together` says the same of all files of the deployment:
    {"form" | "decision" | "process": {id: version tags}}.
    """
    for ask in asks:
        if ask["kind"] == "group":
            yield from _group(ask, references.groups)
        elif ask["kind"] == "job_type":
            yield from _handler(ask, references)
        elif ask["kind"] == "certificate":
            yield from _certificate(ask, references.certificates)
        else:
            yield from _bound(ask, getattr(references, HOLDERS[ask["kind"]]), together[ask["kind"]])


def _problem(ask, code, sentence, remedy, severity="error"):
    return Problem(ask["element"], code, sentence, remedy, severity, ask["line"])


def _bound(ask, before, together):
    word, name = WORDS[ask["kind"]], ask["id"]
    code = f"UNKNOWN_{word.upper()}"
    if ask["binding"] == "deployment":
        if name not in together:
            sentence = (
                f"Expected the {word} {name} in this deployment, because {ask['element']} is bound to it, but it is not among its files."
            )
            yield _problem(ask, code, sentence, f"Deploy the {word} together with this diagram, or choose another binding.")
        return
    if name not in together and name not in before:
        sentence = (
            f"Expected the {word} {name} to exist, because {ask['element']} uses it, but it is neither deployed nor in this deployment."
        )
        yield _problem(ask, code, sentence, f"Deploy it before, or together with this diagram, or correct the id of the {word}.")
    elif ask["binding"] == "versionTag":
        tags = {*together.get(name, ()), *before.get(name, ())}
        if ask["version_tag"] not in tags:
            has = f"it has {', '.join(sorted(filter(None, tags)))}" if any(tags) else "it has no version tag"
            sentence = (
                f"Expected the {word} {name} with the version tag {ask['version_tag']}, because {ask['element']} is bound to it, but {has}."
            )
            yield _problem(ask, code, sentence, "Enter a version tag that exists, or deploy the version that is meant.")


def _handler(ask, references):
    roles = references.job_types.get(ask["id"])
    if ask["id"].startswith("="):
        if references.job_types and references.roles is not None:
            sentence = (
                f"Expected a fixed job type at {ask['element']}, because an expression could name any handler, but found {ask['id']}."
            )
            yield _problem(ask, "COMPUTED_JOB_TYPE", sentence, "Enter a fixed job type; let a gateway choose between several tasks.")
    elif roles is None:
        sentence = f"Expected {ask['id']} of {ask['element']} to be a handler of this installation, but there is none of this name."
        yield _problem(ask, "UNKNOWN_JOB_TYPE", sentence, "Correct the job type; a type without local: is done by a job worker.")
    elif references.roles is not None and not references.roles & frozenset(roles):
        may = ", ".join(sorted(roles)) or "nobody"
        sentence = f"Expected {ask['id']} of {ask['element']} to be deployed by {may}, but none of these roles is held by you."
        yield _problem(ask, "JOB_TYPE_NOT_PERMITTED", sentence, "Ask somebody with one of these roles to deploy the diagram.")


def _group(ask, groups):
    if groups is not None and ask["id"] not in groups:
        sentence = f"Expected somebody to hold {ask['id'] or 'the group'}, the queue of {ask['element']}, but nobody does."
        yield _problem(ask, "UNKNOWN_GROUP", sentence, "Correct the name of the group or lane, or give the role to somebody.", "warning")


def _certificate(ask, kinds):
    if ask["id"] not in kinds:
        there = ", ".join(sorted(kinds)) or "none"
        sentence = f"Expected bihuan:certificate of {ask['element']} to be a kind of certificate that is kept here, but found {ask['id']}."
        yield _problem(ask, "UNKNOWN_CERTIFICATE", sentence, f"There are {there}; of another kind nobody could ever hold one.")
