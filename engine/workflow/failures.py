"""What a token cannot go on from, and the steps of an element's life that can be tried again."""

#: name -> function(run, instance, argument): what an incident, or the end of a termination, can be waiting to do.
OPERATIONS = {}


def operation(function):
    """A step that the state can name."""
    OPERATIONS[function.__name__] = function
    return function


class Failure(Exception):
    """What a token met: it becomes an incident. `error_type` is Camunda's word."""

    def __init__(self, error_type, sentence):
        super().__init__(sentence)
        self.error_type, self.sentence = error_type, sentence


def unexpected(scope, expression, wanted, found, error_type="EXTRACT_VALUE_ERROR"):
    """The Failure of an expression whose value is not of the type that its place needs; with the reason of a null, if there is one."""
    text = expression.text if len(expression.text) <= 200 else expression.text[:200] + "…"
    reason = f": {scope.env.warnings[-1]}" if found is None and scope.env.warnings else ""
    return Failure(error_type, f"Expected {wanted} from '{text}', but found {shown(found)}{reason}")


def shown(value):
    """A value in a sentence, short."""
    if value is None:
        return "null"
    text = repr(value) if isinstance(value, (str, list, dict)) else str(value)
    return text if len(text) <= 80 else text[:80] + "…"
