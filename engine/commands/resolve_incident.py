"""Somebody has put right what an instance could not go on with: it is tried again."""

from engine.commands.command import command
from engine.commands.fail_job import job_columns
from engine.domain.errors import NotPermitted, WrongState
from engine.store import waits


@command
def resolve_incident(step, key):
    """Try the element again, or give its job a retry. What is still wrong leaves a new incident. An administrator's act."""
    incident, case = step.incident(key)

    if not step.actor.is_administrator:
        raise NotPermitted(f"Expected an administrator to resolve incident {key}, but {step.actor.username} is not one")
    if incident["status"] != "ACTIVE":
        told = "这项异常已经有人处理，无需再办。"
        raise WrongState(f"Expected to resolve incident {key}, but it is {incident['status']}", problems={"": [told]})
    if not case.is_active:
        sentence = f"Expected to resolve incident {key}, but its process instance is {case.row['status']}"
        raise WrongState(sentence, problems={"": ["案件已经结束，这项异常无需处理。"]})

    if incident["job_key"] is not None:
        job, _ = step.job(incident["job_key"])
        row = job_columns(job) | {"status": "CREATED", "available": step.now, "retries": max(job["retries"], 1)}
        step.batches.append((waits.CHANGE_JOB, [row]))
        case.resolved.add(incident["number"])
    else:
        step.advance(case, "resolve_incident", number=incident["number"])

    case.note("incident:resolved", incident["element_id"], incident=str(key), message=incident["message"])
    return step.save()
