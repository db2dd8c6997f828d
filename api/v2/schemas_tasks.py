"""What comes in and goes out at /v2/user-tasks."""

from marshmallow import fields

from api.v2 import filters
from api.v2.fields import Flag, Key, Many, Moment, Part, Text, Variables, Whole, Word
from api.v2.filters import Alternatives, ByTags, ByVariables
from api.v2.paging import OffsetRequest, SearchRequest, Sort, found
from api.v2.schemas import OfTenant, Request
from engine.store.search_pages import Page

STATES = ("CREATING", "CREATED", "ASSIGNING", "UPDATING", "COMPLETING", "COMPLETED", "CANCELING", "CANCELED", "FAILED")


class Action(Word):
    """The name of what is done, for task listeners: this engine knows only the usual one of each request."""

    def __init__(self, *words):
        super().__init__(words, allow_none=True)


class UserTask(OfTenant):
    """A user task."""

    name = Text()
    state = Text()
    assignee = Text()
    element_id = Text()
    candidate_groups = Many(Text())
    candidate_users = Many(Text())
    process_definition_id = Text()
    creation_date = Moment()
    completion_date = Moment()
    follow_up_date = Moment()
    due_date = Moment()
    external_form_reference = Text()
    process_definition_version = fields.Integer()
    custom_headers = fields.Dict()
    priority = fields.Integer()
    user_task_key = Key()
    element_instance_key = Key()
    process_name = Text()
    process_definition_key = Key()
    process_instance_key = Key()
    root_process_instance_key = Key()
    business_id = Text()
    form_key = Key()
    tags = Many(Text())


class UserTaskFields(Request):
    """What user tasks can be filtered by."""

    state = filters.by_word(STATES)
    assignee = filters.by_text()
    business_id = filters.by_text()
    priority = filters.by_number()
    element_id = filters.exactly(Text())
    name = filters.by_text()
    candidate_group = filters.by_text()
    candidate_user = filters.by_text()
    tenant_id = filters.by_tenant()
    process_definition_id = filters.by_text()
    creation_date = filters.by_moment()
    completion_date = filters.by_moment()
    follow_up_date = filters.by_moment()
    due_date = filters.by_moment()
    process_instance_variables = ByVariables()
    local_variables = ByVariables()
    user_task_key = filters.exactly(Key())
    process_definition_key = filters.by_key()
    process_instance_key = filters.by_key()
    element_instance_key = filters.exactly(Key())
    tags = ByTags()


class UserTaskFilter(UserTaskFields):
    """The same, with alternatives."""

    or_ = Alternatives(UserTaskFields)


class UserTaskSearch(SearchRequest):
    """A search for user tasks."""

    filter = Part(UserTaskFilter)
    sort = Sort("business_id", "completion_date", "creation_date", "due_date", "follow_up_date", "name", "priority")


UserTaskPage = found(UserTask)


class SeenFilter(Request):
    """What the variables of a task can be filtered by."""

    name = filters.by_text()


_SORTS = ("name", "process_instance_key", "scope_key", "tenant_id", "value", "variable_key")


class SeenSearch(SearchRequest):
    """A search for the variables that a user task sees."""

    filter = Part(SeenFilter)
    sort = Sort(*_SORTS)


class EffectiveSearch(Request):
    """A search for the variables that a user task sees, each name once."""

    filter = Part(SeenFilter)
    sort = Sort(*_SORTS)
    page = Part(OffsetRequest, load_default=Page)


class Assignment(Request):
    """Who shall have a task. `allowOverride: false` and the caller's own name is what claiming sends."""

    assignee = Text(1, 256, required=True)
    allow_override = Flag(allow_none=True, load_default=True)
    action = Action("assign", "claim")


class Completion(Request):
    """What was filled in."""

    variables = Variables(allow_none=True)
    action = Action("complete")


class Changeset(Request):
    """What changes; null and what is left out stay as they are, the empty string clears a date."""

    due_date = Moment(clearing=True, allow_none=True)
    follow_up_date = Moment(clearing=True, allow_none=True)
    candidate_users = Many(Text(1, 256), allow_none=True)
    candidate_groups = Many(Text(1, 256), allow_none=True)
    priority = Whole(0, 100, allow_none=True)


class Update(Request):
    """A changeset."""

    changeset = Part(Changeset, allow_none=True)
    action = Action("update")
