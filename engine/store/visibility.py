"""Who may see which case: one SQL predicate, used by every list and every detail alike.

Somebody sees a case where one of its tasks stands, or stood, in a queue of theirs, or was theirs, or which they started. Administrators
and auditors see all.
"""

from sqlalchemy import exists, literal, or_, select, true

from engine.store.models import ProcessInstance, TaskCandidate, UserTask

# Under names of their own: a search may read the same tables, and the two must not be taken for one another.
candidates = TaskCandidate.__table__.alias("seen_candidate")
tasks = UserTask.__table__.alias("seen_task")
instances = ProcessInstance.__table__.alias("seen_instance")


def visible(root_key, actor):
    """The predicate: may `actor` see the case whose root is the column (or value) `root_key`?"""
    if actor.sees_everything:
        return true()
    theirs = [*actor.groups, "user:" + actor.username]
    return or_(
        exists().where(
            tasks.c.root_key == root_key,
            or_(
                tasks.c.assignee == actor.username,
                tasks.c.completed_by == actor.username,
                exists().where(candidates.c.task_key == tasks.c.key, candidates.c.candidate.in_(theirs)),
            ),
        ),
        exists().where(instances.c.key == root_key, instances.c.started_by == actor.username),
    )


def sees(connection, actor, root_key):
    """The predicate for one case, asked on a Connection."""
    return bool(connection.execute(select(literal(1)).where(visible(literal(root_key), actor))).scalar())
