"""What comes in and goes out at /v2/variables and /v2/element-instances/…/variables."""

from marshmallow import EXCLUDE

from api.v2 import filters
from api.v2.fields import Flag, Key, Part, Text, Unsupported, Variables, Word
from api.v2.paging import SearchRequest, Sort, found
from api.v2.schemas import OfTenant, Request


class Variable(OfTenant):
    """A variable; `value` is JSON text."""

    value = Text()
    name = Text()
    variable_key = Key()
    scope_key = Key()
    process_instance_key = Key()
    root_process_instance_key = Key()


class FoundVariable(Variable):
    """A variable in a search, whose value may be shortened."""

    is_truncated = Flag()


class VariableFilter(Request):
    """What variables can be filtered by. `value` is compared as JSON text."""

    name = filters.by_text()
    value = filters.by_text()
    tenant_id = filters.by_tenant()
    is_truncated = filters.by_flag()
    variable_key = filters.by_key()
    scope_key = filters.by_key()
    process_instance_key = filters.by_key()


class VariableSearch(SearchRequest):
    """A search for variables."""

    filter = Part(VariableFilter)
    sort = Sort("name", "process_instance_key", "scope_key", "tenant_id", "value", "variable_key")


VariablePage = found(FoundVariable)


class Truncation(Request):
    """Whether long values are shortened: they are, unless it is said otherwise."""

    class Meta:
        """Other parameters of the query string are nobody's business."""

        unknown = EXCLUDE

    truncate_values = Word(("true", "false"), load_default="true")


class VariablesToSet(Request):
    """Variables, and whether they belong to this very scope."""

    variables = Variables(required=True)
    local = Flag(load_default=False)
    operation_reference = Unsupported("this server keeps no operation references")
