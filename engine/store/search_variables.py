"""Variables as they can be searched: all of them, and those that a user task sees, in the words of the Camunda 8 API."""

from sqlalchemy import Integer, Text, case, func, literal, select

from engine.store.models import ElementInstance, Variable
from engine.store.search import Search
from engine.store.search_fields import JsonText, Value, column, constant
from engine.store.search_tasks import TENANT, element_of

variables, elements = Variable.__table__, ElementInstance.__table__

#: A search shows so many characters of a value, unless it is asked for all of them.
SHOWN = 8192


def _fields(source):
    # The process instance itself is scope 1, under its own key.
    scope = case((source.c.scope == 1, source.c.instance_key), else_=elements.c.key)
    return {
        "value": JsonText(source.c.value, "text", False),
        "is_truncated": Value(func.length(source.c.value) > SHOWN, "flag", False),
        "name": column(source.c.name),
        "tenant_id": constant(TENANT, Text()),
        "variable_key": Value(source.c.key, "key", False),
        "scope_key": Value(scope, "key"),
        "process_instance_key": column(source.c.instance_key, "key"),
        "root_process_instance_key": column(source.c.root_key, "key"),
    }


def _search(source):
    with_elements = source.outerjoin(elements, element_of(source, source.c.scope))
    return Search(with_elements, "variable_key", _fields(source), root=source.c.root_key, instance=source.c.instance_key)


VARIABLES = _search(variables)


def seen_by_task(root_key, instance_key, number, effective):
    """The Search over the variables of the scopes around the user task `number` of an instance, its own first.

    `effective`: of several with one name only the innermost, which is the one that the task sees.
    """
    around = _scopes_around(root_key, instance_key, number)
    place = func.row_number().over(partition_by=variables.c.name, order_by=around.c.depth).label("place")
    found = select(*variables.c, place).join(around, around.c.scope == variables.c.scope).where(variables.c.instance_key == instance_key)
    found = found.subquery("found")
    return _search(select(found).where(found.c.place == 1).subquery("seen") if effective else found)


def _scopes_around(root_key, instance_key, number):
    """(scope, depth) of the element instance itself, with depth -1, and of every scope around it, the process instance last."""
    of_instance = (elements.c.root_key == root_key, elements.c.instance_key == instance_key)
    inside = select(elements.c.number, elements.c.scope, literal(0, Integer).label("depth"))
    inside = inside.where(*of_instance, elements.c.number == number).cte("inside", recursive=True)
    above = select(elements.c.number, elements.c.scope, inside.c.depth + 1).where(*of_instance, elements.c.number == inside.c.scope)
    inside = inside.union_all(above)
    own = select(literal(number, Integer).label("scope"), literal(-1, Integer).label("depth"))
    return own.union_all(select(inside.c.scope, inside.c.depth)).subquery("around")
