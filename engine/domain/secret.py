"""What a form keeps apart from its case: an identity number, a telephone, a reporter's name."""

from dataclasses import dataclass

from engine.domain.errors import NotPermitted


@dataclass(frozen=True, slots=True)
class Secret:
    """`label`: what people call it. `audience`: the role that alone may see it; None: whoever sees the case.

    `emergency`: the role that may see it too where it must, which is recorded as such (上海市安全生产条例 art. 54: reporters' secrecy).
    """

    label: str = ""
    audience: str | None = None
    emergency: str | None = None


def may_reveal(secret, actor, emergency):
    """Raises NotPermitted where it is not for the actor to see; `emergency`: they claim that it must be."""
    groups = actor.groups
    if secret.audience is None or secret.audience in groups:
        return
    if secret.emergency is None or secret.emergency not in groups:
        raise NotPermitted(
            f"Expected a member of {secret.audience} to look at {secret.label}, but {actor.username} is not one",
            problems={"": [f"{secret.label}只有{secret.audience}可以查看。"]},
        )
    if not emergency:
        raise NotPermitted(
            f"Expected a member of {secret.audience} to look at {secret.label}, or an emergency that is declared as one",
            problems={
                "emergency": [f"{secret.label}平时只有{secret.audience}可以查看；确有必要破例的，应声明紧急并写明理由，查看会记录在案。"]
            },
        )
