"""How a paper is printed: a template filled with the data that were kept when the paper was issued.

Templates are ours and run in a sandbox; data are escaped and never evaluated. A blank in an official paper is an error that names it.
"""

import contextlib
import functools
import io
import re
import zipfile
from datetime import date, datetime

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError

from cases.amounts import capital, figures
from cases.templates import missing, sources
from engine.domain.people import ZONE

#: What XML 1.0 cannot hold, and what docxtpl would take for a page break, a paragraph or a tab; a line break is kept.
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

_ONES = ("", *"一二三四五六七八九")

#: One date for all parts of an archive, so that a paper printed twice is the same file.
_ARCHIVED = (1980, 1, 1, 0, 0, 0)


def clean(value):
    """A value of FEEL or JSON as papers keep it: without control characters and blank edges; text that is blank is None."""
    if isinstance(value, dict):
        return {name: clean(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [clean(item) for item in value]
    if isinstance(value, str):
        lines = _CONTROL.sub(" ", value.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
        return "\n".join(filter(None, (line.strip() for line in lines))) or None
    return value


def proof(content, data):
    """Read a paper before it is issued, without making it.

    Raises ValueError that names what is missing, blank or not what it should be, or what is written wrongly in the template.
    """
    with _naming():
        absent = missing(content, data)
        if absent:
            raise ValueError(f"文书应写明 {'、'.join(absent)}，但没有提供")
        for template in _compiled(content):
            template.render(_shown(data))


def render(content, data):
    """The paper as bytes of a .docx: a template (its bytes) filled with `data`. Raises ValueError as `proof` does."""
    proof(content, data)
    document = DocxTemplate(io.BytesIO(content))
    document.render(_shown(data), _environment())
    made = io.BytesIO()
    document.save(made)
    return _archived(made.getvalue())


def day(value):
    """A date, or a moment, as ISO text -> 2024年4月12日, in Shanghai."""
    found = _read(value)
    return f"{found.year}年{found.month}月{found.day}日"


def moment(value):
    """A moment as ISO text -> 2024年4月12日9时30分, on the hour 2024年4月12日9时, in Shanghai."""
    found = _read(value)
    if not isinstance(found, datetime):
        raise ValueError(f"应为日期和时间，但找到“{value}”")
    return f"{day(value)}{found.hour}时" + (f"{found.minute:02d}分" if found.minute else "")


def decided(value):
    """A yes or no that someone has decided: what is absent does not count as no."""
    if not isinstance(value, bool):
        raise ValueError(f"应为是或者否，但找到“{value}”")
    return value


def sentence(value):
    """Text with one full stop at its end, whether or not it came with one."""
    return bare(value) + "。"


def bare(value):
    """Text without a stop at its end, to stand in the middle of a sentence."""
    if not isinstance(value, str):
        raise ValueError(f"应为文字，但找到“{value}”")
    return value.rstrip("。；;．.，,、 ")


def chinese(value):
    """A place in a list, 1 to 99 -> 一, 十二, 二十三."""
    if not 1 <= value <= 99:
        raise ValueError(f"应为1至99的序号，但找到“{value}”")
    tens, ones = divmod(value, 10)
    return (_ONES[tens] if tens > 1 else "") + ("十" if tens else "") + _ONES[ones]


def _read(value):
    try:
        # FEEL writes a zone's name behind an @; the offset before it says the same.
        text = value.partition("@")[0]
        if "T" not in text:
            return date.fromisoformat(text)
        found = datetime.fromisoformat(text)
    except (AttributeError, ValueError):
        raise ValueError(f"应为日期，但找到“{value}”") from None
    return found.astimezone(ZONE) if found.tzinfo else found


#: What a template may write behind a |, by the name of the function; no other filter is there.
FILTERS = (day, moment, decided, sentence, bare, chinese, capital, figures)


class _Context(dict):
    """A context of the data, which knows where it stands: hazards[2]."""

    __slots__ = ("path",)


class _Missing(StrictUndefined):
    """What is absent, or blank: a template may ask whether it is there, but not print it."""

    __slots__ = ()

    @property
    def _undefined_message(self):
        around = getattr(self._undefined_obj, "path", "")
        return f"{around}.{self._undefined_name}" if around else str(self._undefined_name)

    def __bool__(self):
        return False


class _Environment(ImmutableSandboxedEnvironment):
    """Names of a context are its entries and nothing else: no method can be reached, and an entry may be called items."""

    def getattr(self, obj, attribute):
        if isinstance(obj, dict):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


def _of_something(function):
    """A filter that is asked only about what is there."""

    @functools.wraps(function)
    def asked(value):
        if isinstance(value, _Missing):
            str(value)  # raises, with the name
        return function(value)

    return asked


def _printable(value):
    """What an expression may print: text and numbers. A list or a context in a paper is a mistake in the template."""
    if isinstance(value, (dict, list, bool)):
        raise ValueError(f"模板应打印文字或者数字，但找到“{value}”")
    return value


@functools.cache
def _environment():
    made = _Environment(autoescape=True, undefined=_Missing, finalize=_printable)
    made.filters = {function.__name__: _of_something(function) for function in FILTERS}
    return made


@functools.lru_cache(64)
def _compiled(content):
    return tuple(_environment().from_string(source) for source in sources(content))


@contextlib.contextmanager
def _naming():
    """Turns what Jinja says of a missing name, or of a mistake in a template, into the sentence that a person reads."""
    try:
        yield
    except (UndefinedError, SecurityError) as error:
        raise ValueError(f"文书应写明 {error.message}，但没有填写") from error
    except TemplateSyntaxError as error:
        raise ValueError(f"文书模板应能读懂，但写法有误：{error.message}") from error


def _shown(value, path=""):
    """Data as a template sees them: what is blank is not there; a line break begins a paragraph of the same style (docxtpl's \\a)."""
    if isinstance(value, dict):
        inside = {name: _shown(item, f"{path}.{name}" if path else name) for name, item in value.items()}
        made = _Context({name: item for name, item in inside.items() if item is not None and item not in ("", [], {})})
        made.path = path
        return made
    if isinstance(value, list):
        return [_shown(item, f"{path}[{number}]") for number, item in enumerate(value, 1)]
    return value.replace("\n", "\a") if isinstance(value, str) else value


def _archived(content):
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            entry = zipfile.ZipInfo(part.filename, _ARCHIVED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(part))
    return made.getvalue()
