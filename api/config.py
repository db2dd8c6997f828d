"""The settings of a process: read from the environment once, checked, and never changed."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from engine.store.key_files import load_or_create


class BadSetting(SystemExit):
    """A setting that the product cannot start with; the sentence says what was expected and what was found."""


@dataclass(frozen=True)
class Config:
    """`data_dir` holds the database (unless `database_url` names another), files and keys."""

    data_dir: Path
    database_url: str
    secret_key: str
    demo: bool = False
    clock_control: bool = False
    synchronous: str = "FULL"  # SQLite: NORMAL survives a crash of the program, not of the machine
    max_body: int = 16 * 1024 * 1024  # bytes
    secure_cookies: bool = False


def from_environment(environ=os.environ):
    """The Config that the environment describes. Raises BadSetting."""
    data_dir = Path(environ.get("DATA_DIR", "./var")).absolute()
    demo = _flag(environ, "DEMO")
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o750)
        (data_dir / "keys").mkdir(exist_ok=True, mode=0o700)
    except OSError as error:
        raise BadSetting(f"Expected to write in DATA_DIR {data_dir}, but: {error.strerror}") from error
    if not os.access(data_dir, os.W_OK | os.X_OK):
        raise BadSetting(f"Expected to write in DATA_DIR {data_dir}, but its permissions do not allow it")
    synchronous = environ.get("SQLITE_SYNCHRONOUS", "FULL").upper()
    if synchronous not in ("FULL", "NORMAL"):
        raise BadSetting(f"Expected SQLITE_SYNCHRONOUS to be FULL or NORMAL, but found {synchronous!r}")
    return Config(
        data_dir,
        _database_url(environ, data_dir),
        _secret_key(environ, data_dir, demo),
        demo,
        _flag(environ, "CLOCK_CONTROL"),
        synchronous,
        secure_cookies=_flag(environ, "SECURE_COOKIES"),
    )


def _flag(environ, name):
    text = environ.get(name, "").strip().lower()
    if text not in ("", "0", "1", "false", "true", "no", "yes"):
        raise BadSetting(f"Expected {name} to be 0 or 1, but found {text!r}")
    return text in ("1", "true", "yes")


def _database_url(environ, data_dir):
    url = environ.get("DATABASE_URL") or f"sqlite:///{data_dir / 'bihuan.sqlite'}"
    if url.startswith(("postgres://", "postgresql://")):
        url = "postgresql+psycopg://" + url.partition("://")[2]
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        found = url.partition(":")[0]
        raise BadSetting(f"Expected DATABASE_URL to begin with sqlite:/// or postgresql://, but it begins with {found!r}")
    return url


def _secret_key(environ, data_dir, demo):
    given = environ.get("SECRET_KEY")
    if given:
        if len(given) < 16:
            raise BadSetting(f"Expected SECRET_KEY to have at least 16 characters, but it has {len(given)}")
        return given
    if not demo:
        raise BadSetting("Expected SECRET_KEY in the environment (at least 16 random characters), but it is not set; DEMO=1 makes one up")
    # A demonstration makes one up, once per data folder, so that sessions outlive a restart and both web workers share it.
    try:
        return load_or_create(data_dir / "keys" / "demo_secret", lambda: secrets.token_urlsafe(32).encode()).decode()
    except PermissionError as error:
        raise BadSetting(str(error)) from error
