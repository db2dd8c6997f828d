"""Values that must be erasable and never stand in history: identity numbers, telephones, reporters' names.

A variable holds {"hmac", "ref"} in their place; the value itself is a row of `confidential`, encrypted with a key outside of the database.
Erasing the row erases the value, and breaks no chain. Source: 个人信息保护法 art. 47, 51.

History tells nobody that two cases are about one person: every case has a key of its own. What the law wants to know of a person across
cases (行政处罚法 art. 29: no second fine for the same act) is asked by the row's `mark`, which is erased with it.
"""

import hmac

from cryptography.fernet import Fernet
from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from engine import history
from engine.domain import values
from engine.store.key_files import load_or_create
from engine.store.records import Confidential

kept = Confidential.__table__


def _keep(dialect):
    # The same value in the same case has the same ref: it is there already then.
    made = {"sqlite": sqlite, "postgresql": postgresql}[dialect].insert(kept)
    return made.values({column.key: bindparam(column.key) for column in kept.c}).on_conflict_do_nothing()


KEEP = ("keep confidential", _keep)
ERASE = ("erase confidential", lambda _: kept.delete().where(kept.c.ref == bindparam("ref")))
VALUE = ("confidential", lambda _: select(kept).where(kept.c.ref == bindparam("ref")))


class Vault:
    """Conceals and reveals. `secret`: the content of its key file."""

    def __init__(self, secret):
        self._fernet, self._secret = Fernet(secret), secret

    @classmethod
    def at(cls, path):
        """The vault whose key is in the file `path`, made where there is none."""
        return cls(load_or_create(path, Fernet.generate_key))

    def conceal(self, named, sensitive, root_key):
        """({name: value} without what `sensitive` names, the rows of `confidential` that hold it instead), for one case.

        `sensitive`: {path: engine.domain.secret.Secret}. The same value in two places of one case is one row, for the narrower audience.
        """
        key = hmac.digest(self._secret, f"case:{root_key}".encode(), "sha256")
        paths = sorted(sensitive, key=lambda path: (sensitive[path].audience is None, path))
        concealed = history.conceal(named, paths, key)
        rows = {}
        for path in paths:
            steps, secret = path.split("."), sensitive[path]
            for old, new in zip(_leaves(named, steps), _leaves(concealed, steps), strict=True):
                row = {"ref": new["ref"], "root_key": root_key, "value": self.seal(old), "mark": self.mark(old)}
                rows.setdefault(new["ref"], row | {name: getattr(secret, name) for name in ("label", "audience", "emergency")})
        return concealed, list(rows.values())

    def mark(self, value):
        """What is the same for the same value in every case, and tells nothing of it without the key."""
        return hmac.digest(self._secret, f"mark:{values.write(value)}".encode(), "sha256").hex()

    def seal(self, value):
        """A value as encrypted text."""
        return self._fernet.encrypt(values.write(value).encode()).decode()

    def open(self, text):
        """The value behind an encrypted text. Raises cryptography.fernet.InvalidToken where it was not sealed here."""
        return values.read(self._fernet.decrypt(text.encode()).decode())


def _leaves(value, path):
    """Every value at a path, in order; lists on the way are gone through, and what is absent or None is left out."""
    if isinstance(value, list):
        return [leaf for item in value for leaf in _leaves(item, path)]
    if value is None:
        return []
    if not path:
        return [value]
    return _leaves(value.get(path[0]), path[1:]) if isinstance(value, dict) else []
