"""What a forked child must not share with its parent is made anew in the child."""

import os
import weakref

_renewed = weakref.WeakSet()  # nothing is kept alive by being in it


def renew_in_child(thing):
    """Call `thing.renew()` in every child that is forked from now on, for as long as there is the thing."""
    _renewed.add(thing)


def _renew():
    for thing in _renewed:
        thing.renew()


os.register_at_fork(after_in_child=_renew)
