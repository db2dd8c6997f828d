"""Files that went wrong on their way: a real one, changed at random in its letters, in its tree of elements, or in its JSON."""

import copy
import json
import re

from lxml import etree

LETTERS = list("\x00\t\n\"'<>&=()[]{}.,;:!?+-*/0159aZ中火🔥\ufeff\u202e\ud7ff")
ODD = (
    "",
    " ",
    "=",
    "=1 +",
    "null",
    "=null",
    "true",
    "0",
    "-1",
    "1e999",
    "9" * 400,
    "x" * 5_000,
    "PT0S",
    "R/PT1H",
    "=" + "(" * 300,
    "../..",
    "{{",
    "🔥",
)
VALUES = (
    None,
    True,
    False,
    0,
    -1,
    1.5,
    10**400,
    "",
    "=",
    "=1 +",
    "=x",
    "{{#loop a}}",
    "9" * 400,
    [],
    {},
    [[]],
    [None],
    {"a": None},
    "__proto__",
    "\ud800a",
    "a\x00",
    "😀" * 999,
)
DEPTHS = (5, 60, 2_000)


def letters(random, content):
    """Bytes or a text with one to three places cut out, doubled, exchanged, or written over."""
    empty = content[:0]
    for _ in range(random.randint(1, 3)):
        first, second = sorted(random.randint(0, len(content)) for _ in range(2))
        second = min(second, first + random.choice((1, 1, 2, 5, 40, len(content))))
        before, middle, after = content[:first], content[first:second], content[second:]
        odd = random.choice(LETTERS) * random.choice((1, 1, 1, 2, 50))
        odd = odd.encode() if isinstance(content, bytes) else odd
        third = random.randint(0, len(after))
        content = random.choice(
            (
                before + after,
                before + middle + middle + after,
                before + odd + after,
                before + odd + middle + after,
                before + after[:third] + middle + after[third:],
                before + (middle[::-1] if random.random() < 0.5 else empty) + after,
            )
        )
    return content


def tree(random, content):
    """A document whose elements were moved, taken away, doubled, renamed, or that have exchanged attributes, texts, ids."""
    root = etree.fromstring(content, etree.XMLParser(remove_comments=True))
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        elements = [each for each in root.iter() if each is not root]
        if elements:
            random.choice(_OF_TREES)(random, root, elements)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _take_away(random, root, elements):
    one = random.choice(elements)
    if one.getparent() is not None:
        one.getparent().remove(one)


def _double(random, root, elements):
    one = random.choice(elements)
    if one.getparent() is not None:
        one.addnext(copy.deepcopy(one))


def _move(random, root, elements):
    one, other = random.choice(elements), random.choice(elements)
    if one is not other and one not in other.iterancestors():
        other.insert(random.randint(0, len(other)), one)


def _rename(random, root, elements):
    one, other = random.choice(elements), random.choice(elements)
    one.tag = random.choice((other.tag, one.tag + "s", one.tag.partition("}")[2] or "x", one.tag.swapcase()))


def _exchange_attributes(random, root, elements):
    one, other = random.choice(elements), random.choice(elements)
    if not one.attrib or not other.attrib:
        return
    mine, theirs = random.choice(list(one.attrib)), random.choice(list(other.attrib))
    one.attrib[mine], other.attrib[theirs] = other.attrib[theirs], one.attrib[mine]


def _odd_attribute(random, root, elements):
    one, other = random.choice(elements), random.choice(elements)
    names = [*one.attrib, *other.attrib, "id", "isExecutable", "default"]
    one.attrib[random.choice(names)] = random.choice((*(odd for odd in ODD), other.get("id", "nobody"), root.get("id", "d")))


def _drop_attribute(random, root, elements):
    one = random.choice(elements)
    if one.attrib:
        del one.attrib[random.choice(list(one.attrib))]


def _exchange_texts(random, root, elements):
    written = [each for each in elements if (each.text or "").strip()]
    if len(written) > 1:
        one, other = random.choice(written), random.choice(written)
        one.text, other.text = other.text, one.text


def _odd_text(random, root, elements):
    random.choice(elements).text = random.choice(ODD)


def _wrong_text(random, root, elements):
    written = [each for each in elements if (each.text or "").strip()]
    if written:
        one = random.choice(written)
        one.text = printable(letters(random, one.text))


def _deep(random, root, elements):
    one = place = random.choice(elements)
    for _ in range(random.choice(DEPTHS[:2])):
        place = etree.SubElement(place, one.tag)


_OF_TREES = (
    _take_away, _take_away, _double, _move, _move, _rename, _exchange_attributes, _exchange_attributes, _odd_attribute, _odd_attribute,
    _drop_attribute, _exchange_texts, _odd_text, _wrong_text, _wrong_text, _deep,
)  # fmt: skip


def printable(text):
    """A text without what XML cannot hold."""
    return "".join(letter for letter in text if letter in "\t\n" or (letter >= " " and letter not in "\ufffe\uffff"))


def data(random, content):
    """JSON in which values have become others: of another type, huge, deep, gone, doubled, taken from elsewhere in the file."""
    read, around = json.loads(content), ("", "")
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        holder, key = random.choice([*_places(read)])
        taken_from, other = random.choice([*_places(read)])
        odd = random.choice((*VALUES, taken_from[other], "deep", "letters", "gone", "again", "renamed"))
        if odd == "deep":
            around, holder[key] = random.choice((("[", "]"), ('{"components": [', "]}"))), "deep"
        elif odd == "letters":
            holder[key] = letters(random, holder[key]) if isinstance(holder[key], str) else str(holder[key])
        elif odd == "gone":
            del holder[key]
        elif odd == "again":
            again = copy.deepcopy(holder[key])
            holder.insert(key, again) if isinstance(holder, list) else holder.update({f"{key}s": again})
        elif odd == "renamed":
            value = holder.pop(key)
            holder.append(value) if isinstance(holder, list) else holder.update({str(other): value})
        else:
            holder[key] = copy.deepcopy(odd)
    depth, text = random.choice(DEPTHS), json.dumps(read, ensure_ascii=random.random() < 0.5)
    return text.replace('"deep"', around[0] * depth + around[1] * depth).encode(errors="surrogatepass")


def _places(value):
    """(what holds it, its key) of every value inside."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield value, key
        yield from _places(inner)


_WORD = re.compile(r'"[^"]*"|\w+|\s+|\S')


def words(random, text, other):
    """A text of FEEL in which words of its own and of another one have changed places."""
    mine, theirs = _WORD.findall(text) or [""], _WORD.findall(other) or [""]
    for _ in range(random.randint(1, 4)):
        at, start = random.randrange(len(mine)), random.randrange(len(theirs))
        mine[at : at + random.randint(0, 3)] = theirs[start : start + random.randint(0, 5)]
        mine = mine or [""]
    return "".join(mine)
