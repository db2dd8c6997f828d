"""Who acts: a name, the groups that it belongs to, and the few rights that stand above the queues."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

#: Where the people are: days begin and end there.
ZONE = ZoneInfo("Asia/Shanghai")

ADMINISTRATOR = "管理员"  # may act on every task (recorded), except against a separation rule
AUDITOR = "审计"  # sees everything, changes nothing
DESIGNER = "流程设计"  # deploys diagrams and tables, holds no case role
INTEGRATION = "接口"  # a program: works on jobs, publishes messages and signals
#: Roles that work on no case, and those who hold one stand for nobody.
WATCHING = frozenset({AUDITOR, DESIGNER})
PARTY = "企业"  # who a case is about: sees of it what concerns them, not how the authorities deal with the others
SYSTEM = "system"  # the clock and the worker, never a person


@dataclass(frozen=True, slots=True)
class Actor:
    """The person, or the system, behind a command.

    `groups` holds every role as `role`, and as `role@unit` for the unit in which it is held; candidate groups use either form.
    `behalf_of`: the user name of whom they act for as a deputy, whose groups they hold then.
    """

    username: str
    display_name: str = ""
    groups: frozenset = frozenset()
    units: frozenset = frozenset()
    behalf_of: str | None = None

    @property
    def names(self):
        """The user names that an act is told by: the actor's own, and of whom they act for."""
        return (self.username,) if self.behalf_of is None else (self.username, self.behalf_of)

    @property
    def is_system(self):
        """The engine itself: due timers, deliveries, the bundled deployment."""
        return self.username == SYSTEM

    @property
    def is_administrator(self):
        """May act on every task, recorded, except against a separation rule."""
        return self.is_system or ADMINISTRATOR in self.groups

    @property
    def is_integration(self):
        """May work on jobs, publish messages and broadcast signals."""
        return self.is_administrator or INTEGRATION in self.groups

    @property
    def only_watches(self):
        """Auditors and designers hold no case role: what is open to everybody is not open to them."""
        return not self.groups.isdisjoint(WATCHING) and not self.is_administrator

    @property
    def sees_everything(self):
        """Administrators, auditors and programs are not bound to the queues of their own roles."""
        return self.is_integration or AUDITOR in self.groups

    @property
    def is_party(self):
        """Stands before the authorities and works for none: holds the role PARTY, and no other."""
        return bool(self.groups) and all(group.partition("@")[0] == PARTY for group in self.groups)


THE_SYSTEM = Actor(SYSTEM, "系统")
