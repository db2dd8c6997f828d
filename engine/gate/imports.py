"""Which models the DMN files of a deployment import: those that come with them first, otherwise the latest that are deployed.

What several files can mean, or none has, is left to the reader of decisions, which refuses it at its <import>.
"""

import base64

from engine.domain.imported import MOST, Imported
from engine.domain.problem import Problem

BYTES = 4_000_000  # of all that a file imports


def resolve(resources, facts, references):
    """[Resource], {name: what was read of it}, References -> {name: {namespace: [Imported]}} of the DMN files that import.

    Each import in the facts that is clear gets "resource", the name of the file that it means, or "key", of deployed requirements.
    """
    models = {each.name: Imported(each.content) for each in resources if facts.get(each.name, {}).get("kind") == "dmn"}
    together, deployed = {}, {}
    for name, model in models.items():
        together.setdefault(facts[name]["namespace"], {})[name] = model
    for name, model in models.items():
        for one in facts[name]["imports"]:
            namespace = one["namespace"]
            if namespace not in together and namespace not in deployed:
                deployed[namespace] = references.imported(namespace)
            found = together.get(namespace) or deployed[namespace]
            model.imports[namespace] = list(found.values())
            if len(found) == 1:
                one["resource" if namespace in together else "key"] = next(iter(found))
    return {name: model.imports for name, model in models.items() if model.imports}


def pack(imports):
    """{namespace: [Imported]} -> plain data of it and of all that it imports itself, for the child process; None where that is too much."""
    places, models, size = {}, [], 0

    def put(found):
        for one in found:
            if one not in places:
                places[one] = len(models)
                models.append(one)
        return [places[one] for one in found]

    top, packed = {namespace: put(found) for namespace, found in imports.items()}, []
    for one in models:  # which grow while they are walked
        size += len(one.content)
        if len(models) > MOST or size > BYTES:
            return None
        inner = {namespace: put(found) for namespace, found in one.imports.items()}
        packed.append({"content": base64.b64encode(one.content).decode(), "imports": inner})
    return {"imports": top, "models": packed}


def unpack(packed):
    """What `pack` made -> {namespace: [Imported]}."""
    models = [Imported(base64.b64decode(one["content"])) for one in packed["models"]]

    def found(imports):
        return {namespace: [models[place] for place in places] for namespace, places in imports.items()}

    for model, one in zip(models, packed["models"], strict=True):
        model.imports.update(found(one["imports"]))
    return found(packed["imports"])


def too_much(name):
    """The Problem of a file for which `pack` answers None."""
    sentence = f"Expected {name} to import at most {MOST} models of {BYTES:,} bytes together, with what these import, but there is more."
    return Problem(name, "TOO_MANY_IMPORTS", sentence, "Import less, or split what is imported.")
