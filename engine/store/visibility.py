"""Who may see what: one SQL predicate, used by every list and every detail alike.

Somebody sees a case where one of its tasks stands, or stood, in a queue of theirs, or was theirs, or which they started. A party (an
enterprise) sees only the instances of it in which that is so: in a place with three tenants, each sees its own hazards. Administrators
and auditors see all.
"""

from sqlalchemy import and_, exists, literal, or_, select, true

from engine.store.models import ProcessInstance, TaskCandidate, UserTask

# Under names of their own: a search may read the same tables, and the two must not be taken for one another.
candidates = TaskCandidate.__table__.alias("seen_candidate")
tasks = UserTask.__table__.alias("seen_task")
instances = ProcessInstance.__table__.alias("seen_instance")


def visible(root_key, instance_key, actor):
    """The predicate: may `actor` see what belongs to the instance `instance_key` of the case `root_key`? Both are columns, or values."""
    if actor.sees_everything:
        return true()
    theirs = [*actor.groups, *("user:" + name for name in actor.names)]
    where, started = tasks.c.root_key == root_key, instances.c.key == root_key
    if actor.is_party:
        where, started = and_(where, tasks.c.instance_key == instance_key), and_(started, instances.c.key == instance_key)
    return or_(
        exists().where(
            where,
            or_(
                tasks.c.assignee.in_(actor.names),
                tasks.c.completed_by.in_(actor.names),
                exists().where(candidates.c.task_key == tasks.c.key, candidates.c.candidate.in_(theirs)),
            ),
        ),
        exists().where(started, instances.c.started_by.in_(actor.names)),
    )


def sees(connection, actor, root_key, instance_key):
    """The predicate for one instance, asked on a Connection."""
    return bool(connection.execute(select(literal(1)).where(visible(literal(root_key), literal(instance_key), actor))).scalar())
