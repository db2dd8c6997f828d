"""An office whose chains are sealed: whoever verifies them has to be given the public key."""

from cryptography.fernet import Fernet

import verify_history
from engine.engine import Engine
from engine.store import audit, seals
from engine.store.clock import Clock
from engine.store.store import Store
from engine.store.vault import Vault
from tests.engine.commands.office import Office


class SealedOffice(Office):
    """An Office on a configured SQLAlchemy Engine, with the private key of its seals."""

    def __init__(self, store_engine, gate, signing_key):
        super().__init__(Engine(Store(store_engine), Vault(Fernet.generate_key()), Clock(controlled=True), gate))
        self.public = seals.public_key(signing_key)

    def findings(self, public=None):
        """What the stand-alone verifier finds in an export of everything, given a public key."""
        public = public or self.public
        with audit.snapshot(self.engine.store.engine) as connection:
            lines = list(audit.export_lines(connection, [public]))
        return verify_history.verify(lines, [public])

    def expect_sound(self):
        """The same as of every office, but that the verifier knows the key."""
        self.expect_agreement()
        assert self.findings() == []
