"""Processes, embedded and event sub-processes: scopes that are done when nothing is left inside them."""

from engine.workflow import subscriptions, tokens


def open_scope(run, instance):
    """Its event sub-processes wait, and its tokens start."""
    open_with(run, instance, instance.node.starts)


def open_process(run, root):
    """As `open_scope`; a process that an event started goes on from that event, which stands already."""
    if "s" not in root.data:
        open_with(run, root, root.node.starts)
        return
    event = run.instances[root.data["s"]]
    run.journal.drop(root.data, "s")
    open_with(run, root, ())
    run.send(root, tokens.enter, event)


def open_with(run, instance, starts):
    """As `open_scope`, with these elements first."""
    subscriptions.open_all(run, instance, [handler.start for handler in instance.node.handlers])
    for element in starts:
        run.send(instance, tokens.arrive, instance, element)
    if not instance.n:
        run.emptied(instance)


def done(run, instance):
    """Nothing is left inside."""
    tokens.finish(run, instance)
