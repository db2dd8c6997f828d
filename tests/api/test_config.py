"""Settings: what each may be, and the one sentence that says what it may not."""

import stat

import pytest

from api.app import create_app
from api.config import BadSetting, from_environment

KEY = "sixteen letters!"


@pytest.fixture
def read(tmp_path):
    """read(NAME=value, …): the Config of an environment that is otherwise sound."""
    return lambda **settings: from_environment({"DATA_DIR": str(tmp_path / "var"), "SECRET_KEY": KEY, **settings})


def refusal(read, **settings):
    """The one sentence; whoever starts a server sees it, and the exit status is not 0."""
    with pytest.raises(BadSetting) as refused:
        read(**settings)
    sentence = refused.value.code
    assert isinstance(sentence, str) and sentence.startswith("Expected ") and ", but" in sentence and "\n" not in sentence
    return sentence


def test_what_is_not_set_has_the_safe_value(read, tmp_path):
    found = read()
    assert (found.data_dir, found.secret_key) == (tmp_path / "var", KEY)
    assert found.database_url == f"sqlite:///{tmp_path / 'var' / 'bihuan.sqlite'}"
    assert (found.demo, found.clock_control, found.secure_cookies) == (False, False, False)
    assert (found.synchronous, found.max_body) == ("FULL", 16 * 1024 * 1024)


def test_the_data_folder_is_var_unless_it_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert from_environment({"SECRET_KEY": KEY}).data_dir == tmp_path / "var"


def test_the_folders_are_made_and_the_keys_are_their_owner_s_alone(read):
    found = read()
    assert stat.S_IMODE((found.data_dir / "keys").stat().st_mode) == 0o700
    assert stat.S_IMODE(found.data_dir.stat().st_mode) & 0o007 == 0


def test_a_config_does_not_change(read):
    with pytest.raises(AttributeError):
        read().demo = True


@pytest.mark.parametrize("setting", ["DEMO", "CLOCK_CONTROL", "SECURE_COOKIES"])
class TestFlags:
    """Settings that are on or off."""

    @pytest.mark.parametrize(
        ("text", "value"),
        [("1", True), ("true", True), ("YES", True), (" 1 ", True), ("0", False), ("false", False), ("No", False), ("", False)],
    )
    def test_on_and_off(self, read, setting, text, value):
        names = {"DEMO": "demo", "CLOCK_CONTROL": "clock_control", "SECURE_COOKIES": "secure_cookies"}
        assert getattr(read(**{setting: text}), names[setting]) is value

    @pytest.mark.parametrize("text", ["2", "on", "-1", "ja", "1;0"])
    def test_anything_else_is_refused(self, read, setting, text):
        assert refusal(read, **{setting: text}) == f"Expected {setting} to be 0 or 1, but found {text!r}"


class TestSecretKey:
    """Signs the sessions."""

    def test_it_needs_sixteen_characters(self, read):
        assert read(SECRET_KEY="x" * 16).secret_key == "x" * 16
        assert refusal(read, SECRET_KEY="x" * 15) == "Expected SECRET_KEY to have at least 16 characters, but it has 15"

    @pytest.mark.parametrize("demo", ["0", ""])
    def test_without_one_only_a_demonstration_starts(self, read, demo):
        sentence = refusal(read, SECRET_KEY="", DEMO=demo)
        assert "SECRET_KEY in the environment" in sentence and "DEMO=1 makes one up" in sentence

    def test_a_demonstration_makes_one_up_and_keeps_it(self, read):
        # when
        first, second = read(SECRET_KEY="", DEMO="1"), read(SECRET_KEY="", DEMO="1")

        # then
        assert first.secret_key == second.secret_key and len(first.secret_key) >= 32
        kept = first.data_dir / "keys" / "demo_secret"
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600

    def test_one_that_others_may_read_is_not_used(self, read):
        (read(SECRET_KEY="", DEMO="1").data_dir / "keys" / "demo_secret").chmod(0o644)
        assert "its owner's alone (0600), but its mode is 0644" in refusal(read, SECRET_KEY="", DEMO="1")

    def test_one_that_is_given_wins(self, read):
        assert read(DEMO="1").secret_key == KEY


class TestDatabase:
    """DATABASE_URL."""

    @pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
    def test_postgresql_by_each_of_its_names(self, read, scheme):
        assert read(DATABASE_URL=f"{scheme}://town:x@db/bihuan").database_url == "postgresql+psycopg://town:x@db/bihuan"

    def test_another_file(self, read):
        assert read(DATABASE_URL="sqlite:////data/other.db").database_url == "sqlite:////data/other.db"

    @pytest.mark.parametrize("url", ["mysql://town:secret@db/x", "bihuan.sqlite", "oracle+cx://x", "postgresql+asyncpg://x"])
    def test_anything_else_is_refused_without_telling_a_password(self, read, url):
        sentence = refusal(read, DATABASE_URL=url)
        assert sentence.startswith("Expected DATABASE_URL to begin with sqlite:/// or postgresql://")
        assert "secret" not in sentence


class TestSynchronous:
    """SQLITE_SYNCHRONOUS."""

    @pytest.mark.parametrize(("text", "value"), [("FULL", "FULL"), ("normal", "NORMAL")])
    def test_full_or_normal(self, read, text, value):
        assert read(SQLITE_SYNCHRONOUS=text).synchronous == value

    @pytest.mark.parametrize("text", ["OFF", "2", ""])
    def test_anything_else_is_refused(self, read, text):
        assert "to be FULL or NORMAL" in refusal(read, SQLITE_SYNCHRONOUS=text)


class TestDataFolder:
    """DATA_DIR."""

    def test_below_a_file_nothing_can_be_written(self, read, tmp_path):
        (tmp_path / "file").write_text("")
        assert refusal(read, DATA_DIR=str(tmp_path / "file" / "var")) == (
            f"Expected to write in DATA_DIR {tmp_path / 'file' / 'var'}, but: Not a directory"
        )

    def test_a_file_is_no_folder(self, read, tmp_path):
        (tmp_path / "file").write_text("")
        assert refusal(read, DATA_DIR=str(tmp_path / "file")).endswith("but: File exists")

    @pytest.mark.parametrize("place", ["/proc/bihuan", "/dev/null/bihuan"])
    def test_where_even_root_cannot_write(self, read, place):
        assert refusal(read, DATA_DIR=place).startswith(f"Expected to write in DATA_DIR {place}, but: ")


@pytest.mark.parametrize("name", ["vault", "seal.pem"])
def test_a_key_that_others_may_read_stops_the_start(read, name):
    # given: a start that made the keys
    config = read()
    app = create_app(config)
    app.extensions["engine"].store.engine.dispose()
    secret = config.data_dir / "keys" / name
    secret.chmod(0o640)

    # then
    with pytest.raises(BadSetting) as refused:
        create_app(config)
    assert refused.value.code == f"Expected the secret {secret} to be its owner's alone (0600), but its mode is 0640"
