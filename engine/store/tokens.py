"""API tokens as rows: only the SHA-256 of each is kept, so the database tells nobody a token."""

from sqlalchemy import bindparam, select

from engine.store.people import Token
from engine.store.statements import insert, remove

tokens = Token.__table__

OF = (
    "tokens of account",
    lambda _: select(tokens.c.name, tokens.c.created, tokens.c.expires).where(tokens.c.username == bindparam("username")).order_by("name"),
)
NAMED = (
    "token by name",
    lambda _: select(tokens.c.hash).where(tokens.c.username == bindparam("username"), tokens.c.name == bindparam("name")),
)
CREATE = ("insert token", insert(tokens))
REVOKE = ("delete token", remove(tokens, ["username", "name"]))
