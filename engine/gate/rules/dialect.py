"""Is every element and attribute one that the machine executes, or that only draws? What is neither is refused by name."""

from lxml import etree

from engine.gate import extensions, refused, whitelist
from engine.gate.elements import BPMN, ZEEBE, an, called, children, local, placed, problem, warning, words, zeebe_name

LOOK = "Delete it, or draw the same with an element that docs/bpmn.md lists."


def check(diagram):
    """Problems of everything that is not in the whitelist, in document order."""
    yield from _expression_languages(diagram)
    waiting = [diagram.root]
    while waiting:
        element = waiting.pop()
        inside = []
        if local(element) == "extensionElements":
            yield from _extensions(element)
            continue
        row = whitelist.BPMN[local(element)]
        yield from _attributes(element, row.attributes, refused.ATTRIBUTES)
        yield from _stray(element, row)
        for child in element:
            name = etree.QName(child)
            if name.namespace in extensions.DRAWING:
                continue
            if name.namespace != BPMN:
                yield from _foreign(child)
            elif name.localname in row.children or name.localname in ("documentation", "extensionElements"):
                if name.localname != "process" or child in diagram.executable:
                    inside.append(child)
            else:
                yield _not_here(child, element)
        waiting.extend(reversed(inside))


def _not_here(child, parent):
    name = local(child)
    if name in refused.ELEMENTS:
        what, remedy = refused.ELEMENTS[name]
        return problem(child, "UNSUPPORTED_ELEMENT", f"Expected only what is executed, but {placed(child)} {what}.", remedy)
    if name in whitelist.BPMN:
        places = sorted(words(place) for place, row in whitelist.BPMN.items() if name in row.children)
        where = an(" or ".join(places[:4])) if places else "no other element"
        sentence = f"Expected {called(child)} to stand in {where}, but it stands in {placed(parent)}."
        return problem(child, "MISPLACED_ELEMENT", sentence, "Move it there, or delete it.")
    return problem(child, "UNSUPPORTED_ELEMENT", f"Expected only what is executed, but found {placed(child)}.", LOOK)


def _attributes(element, allowed, advice):
    for key in element.attrib:
        name = etree.QName(key)
        if name.namespace is None:
            if name.localname in allowed or (zeebe_name(element) in ("input", "property") and name.localname in extensions.SILENT_ZEEBE):
                continue
            own = f"{etree.QName(element).localname}.{name.localname}"
            what, remedy = advice.get(own) or advice.get(name.localname, ("is not executed", "Delete it."))
            sentence = f"Expected only attributes that are executed, but {name.localname} of {placed(element)} {what}."
            yield problem(element, "UNSUPPORTED_ATTRIBUTE", sentence, remedy)
        elif key not in extensions.SILENT_ATTRIBUTES and name.namespace not in extensions.SILENT:
            yield from _foreign_name(element, name, f"the attribute {name.localname} of {placed(element)}")


def _stray(element, row):
    """Text between elements is lost when a modeler saves the file, and nothing executes it."""
    texts = [child.tail for child in element] if row.text else [element.text, *(child.tail for child in element)]
    stray = " ".join(filter(None, ((text or "").strip() for text in texts)))
    if stray:
        sentence = f"Expected no text between the elements in {placed(element)}, but found {stray[:60]!r}."
        yield problem(element, "STRAY_TEXT", sentence, "Delete it, or move it into the documentation.")


def _extensions(holder):
    yield from _stray(holder, whitelist.BPMN["extensionElements"])
    parent = holder.getparent()
    allowed = whitelist.BPMN[local(parent)].extensions | {"properties"}
    for extension in holder:
        name = zeebe_name(extension)
        if not name:
            yield from _foreign(extension)
        elif name not in allowed and (advice := refused.ZEEBE.get(f"{local(parent)}.{name}") or refused.ZEEBE.get(name)):
            what, remedy = advice
            sentence = f"Expected only extensions that are executed, but zeebe:{name} of {called(parent)} {what}."
            yield problem(extension, "UNSUPPORTED_EXTENSION", sentence, remedy)
        elif name not in allowed:
            sentence = f"Expected extensions that {called(parent)} can carry, but found zeebe:{name}."
            yield problem(extension, "MISPLACED_EXTENSION" if name in extensions.ZEEBE else "UNSUPPORTED_EXTENSION", sentence, "Delete it.")
        else:
            yield from _zeebe(extension)
    if holder is not children(parent, "extensionElements")[0]:
        return
    names = [zeebe_name(extension) for each in children(parent, "extensionElements") for extension in each]
    for name in sorted({name for name in names if name and names.count(name) > 1 and name != "userTaskForm"}):
        sentence = f"Expected zeebe:{name} once in {called(parent)}, but it stands there {names.count(name)} times."
        yield problem(holder, "EXTENSION_TWICE", sentence, "Enter it again in the properties panel, and save.")


def _zeebe(extension):
    row = extensions.ZEEBE[zeebe_name(extension)]
    yield from _attributes(extension, row.attributes, refused.ZEEBE)
    yield from _stray(extension, row)
    for child in extension:
        if zeebe_name(child) in row.children:
            yield from _zeebe(child)
        elif etree.QName(child).namespace == ZEEBE:
            what, remedy = refused.ZEEBE.get(zeebe_name(child), ("is not executed there", "Delete it."))
            sentence = f"Expected only extensions that are executed, but zeebe:{zeebe_name(child)} in zeebe:{zeebe_name(extension)} {what}."
            yield problem(child, "UNSUPPORTED_EXTENSION", sentence, remedy)
        else:
            yield from _foreign(child)


def _foreign(element):
    name = etree.QName(element)
    if name.namespace == ZEEBE:
        sentence = f"Expected zeebe:{name.localname} inside extensionElements, but it stands in {called(element.getparent())} itself."
        yield problem(element, "MISPLACED_EXTENSION", sentence, "Enter it again in the properties panel, and save.")
    elif name.namespace not in extensions.SILENT:
        yield from _foreign_name(element, name, f"the extension {name.localname}")


def _foreign_name(element, name, said):
    engine = refused.ENGINES.get(name.namespace)
    if engine == "Camunda 7":
        sentence = f"Expected extensions of Camunda 8, but {said} belongs to Camunda 7 and would be ignored."
        remedy = refused.CAMUNDA_7.get(name.localname, refused.FROM_CAMUNDA_7)
        yield problem(element, "CAMUNDA_7_EXTENSION", sentence, remedy)
    elif engine:
        sentence = f"Expected extensions of Camunda 8, but {said} belongs to {engine} and would be ignored."
        yield problem(
            element, "FOREIGN_EXTENSION", sentence, "Enter the same in the properties panel of a Camunda 8 modeler, and delete it."
        )
    elif name.namespace == ZEEBE:
        what, remedy = refused.ZEEBE.get(name.localname, ("is not executed", "Delete it."))
        yield problem(element, "UNSUPPORTED_ATTRIBUTE", f"Expected only attributes that are executed, but {said} {what}.", remedy)
    else:
        where = name.namespace or "no namespace"
        sentence = f"Expected extensions of Camunda 8, but {said} is of {where}; it is kept with the file and not executed."
        yield warning(element, "UNKNOWN_EXTENSION", sentence, "Nothing has to be done if it is a note of a tool.")


def _expression_languages(diagram):
    """FEEL is the only language. A diagram that declares another one means something else by its expressions."""
    for element in [diagram.root, *(part for part, _ in diagram.parts)]:
        for attribute in ("expressionLanguage", "language"):
            language = element.get(attribute)
            if language is not None and local(element) and "feel" not in language.lower():
                sentence = f"Expected FEEL as the expression language, but {placed(element)} declares {language}."
                yield problem(element, "UNSUPPORTED_LANGUAGE", sentence, "Write the expression in FEEL, and delete the language.")
