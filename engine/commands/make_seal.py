"""The daily seal: once a day every chain that grew is signed for."""

from engine.store import seals


def make_seal(engine, signing_key):
    """Seal today, as people count days (Asia/Shanghai), if it is not sealed yet: what grew up to now. Returns the seal (Made)."""

    def attempt(transaction):
        now = engine.clock.now(transaction.cursor)
        transaction.begin_writing()
        return seals.make_seal(transaction.connection, signing_key, engine.day(now), now)

    return engine.store.write(attempt)
