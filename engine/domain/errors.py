"""Every way in which a request can be refused: one class per way, each with a stable code.

The sentence says what was expected and what was found. The docstring of a class is what the code means; doors map codes to their own
status (`api/errors.py`), and nothing here knows of HTTP.
"""


class EngineError(Exception):
    """The request could not be done."""

    code = "ERROR"

    def __init__(self, sentence, **details):
        super().__init__(sentence)
        self.sentence, self.details = sentence, details


class Invalid(EngineError):
    """What was sent does not have the shape that was asked for. `details["problems"]`: {field: [sentence]}."""

    code = "INVALID_ARGUMENT"


class NotFound(EngineError):
    """There is no such thing, or the caller may not know that there is."""

    code = "NOT_FOUND"


class NotPermitted(EngineError):
    """The caller sees the thing, and may not do this to it."""

    code = "FORBIDDEN"


class Separated(NotPermitted):
    """The caller took part in an element that this one must be separated from (four eyes)."""

    code = "SEPARATION_OF_DUTY"


class Uncertified(NotPermitted):
    """The task asks for a certificate that the caller does not hold on this day."""

    code = "NO_VALID_CERTIFICATE"


class WrongState(EngineError):
    """The thing is no longer, or not yet, in a state that allows this."""

    code = "INVALID_STATE"


class Conflict(WrongState):
    """Somebody else was faster."""

    code = "CONFLICT"


class KeyReused(WrongState):
    """An idempotency key came back with another request than the one that it was first sent with."""

    code = "IDEMPOTENCY_KEY_REUSED"


class Refused(EngineError):
    """The gate does not let a resource in. `details["problems"]`: [Problem], all of them at once."""

    code = "DEPLOYMENT_REFUSED"


class Busy(EngineError):
    """A writer waited longer than the store allows; nothing was changed, and the request may be sent again."""

    code = "RESOURCE_EXHAUSTED"


class HandlerFailed(EngineError):
    """A `local:` handler raised. Everything of its step was rolled back; the step leaves an incident instead."""

    code = "HANDLER_FAILED"

    def __init__(self, sentence, number):
        super().__init__(sentence)
        self.number = number
