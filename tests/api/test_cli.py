"""The command line: deploy, check, create-user, and the auditor's file."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import update

from api.app import create_app
from api.config import Config
from engine.store import accounts
from engine.store.records import History
from tests.api.v2 import people
from tests.chains import Chains
from tests.server import ROOT

BESIDE = Path(people.__file__).parent


@pytest.fixture
def run(app):
    """run("deploy", …) -> the result of `flask --app wsgi deploy …`."""

    def invoke(*words, **more):
        with app.app_context():  # as the command `flask` does
            return app.test_cli_runner().invoke(args=[str(word) for word in words], **more)

    return invoke


@pytest.fixture
def broken(tmp_path):
    """A diagram whose task nobody can ever do: no queue and no flow."""
    path = tmp_path / "broken.bpmn"
    text = (BESIDE / "repair.bpmn").read_text()
    path.write_text(text.replace('formId="repair_report"', 'formId="no_such_form"').replace('id="repair"', 'id="broken"'))
    return path


class TestDeploy:
    """flask --app wsgi deploy PATH…"""

    def test_a_line_a_definition_with_its_version(self, run, tmp_path):
        # given
        (tmp_path / "line.dmn").write_text((BESIDE / "level.dmn").read_text().replace('id="level', 'id="line_level'))

        # when
        first, second = run("deploy", tmp_path), run("deploy", tmp_path)

        # then
        assert first.exit_code == second.exit_code == 0, first.output
        assert "decision line_level version 1" in first.output.splitlines()
        assert "decision line_level version 1 (unchanged)" in second.output.splitlines()

    def test_a_folder_is_searched_for_what_can_be_deployed(self, run, tmp_path):
        # given
        inner = tmp_path / "a" / "b"
        inner.mkdir(parents=True)
        for name in ("repair.bpmn", "repair_report.form"):
            (inner / name).write_bytes((BESIDE / name).read_bytes())
        (inner / "README.md").write_text("not this")

        # when
        result = run("deploy", tmp_path)

        # then
        assert result.exit_code == 0
        assert {line.split(" version")[0] for line in result.output.splitlines()} == {"process repair", "form repair_report"}

    def test_what_the_gate_refuses_is_told_and_nothing_is_deployed(self, run, ask, broken):
        # when
        result = run("deploy", broken, BESIDE / "level.dmn")

        # then
        assert result.exit_code == 1
        assert "no_such_form" in result.output
        assert "Traceback" not in result.output
        assert ask.json("POST", "/process-definitions/search", {"filter": {"processDefinitionId": "broken"}})["items"] == []

    @pytest.mark.parametrize(
        ("names", "sentence"), [(["nowhere"], "but there is none"), (["."], "Expected files ending in .bpmn, .dmn, .form, but found none")]
    )
    def test_no_files_are_one_sentence(self, run, tmp_path, names, sentence):
        result = run("deploy", *(tmp_path / name for name in names))
        assert result.exit_code == 1
        assert result.output.startswith("Error: Expected ") and sentence in result.output
        assert len(result.output.splitlines()) == 1


class TestCheck:
    """flask --app wsgi check PATH… [--json]"""

    def test_a_line_a_file(self, run):
        files = [BESIDE / name for name in ("repair_report.form", "level.dmn")]
        result = run("check", *files)
        assert (result.exit_code, result.output.splitlines()) == (0, [f"{file}: ok" for file in files])

    def test_any_problem_is_exit_1_with_its_place_and_a_remedy(self, run, broken):
        # when
        result = run("check", broken, BESIDE / "level.dmn")

        # then
        assert result.exit_code == 1
        lines = result.output.splitlines()
        assert lines[0] == f"{broken}: 1 errors, 1 warnings"
        (error,) = [line for line in lines if line.startswith("  error ")]
        assert " at report" in error and "no_such_form" in error
        assert lines[3] == f"{BESIDE / 'level.dmn'}: ok"

    def test_the_same_as_json(self, run, broken):
        # when
        result = run("check", "--json", broken, BESIDE / "level.dmn")

        # then
        assert result.exit_code == 1
        found = json.loads(result.output)
        assert set(found) == {str(broken), str(BESIDE / "level.dmn")}
        (problem,) = [one for one in found[str(broken)] if one["severity"] == "error"]
        assert {"element", "code", "sentence", "remedy", "severity", "line", "resource"} <= set(problem)
        assert found[str(BESIDE / "level.dmn")] == []

    def test_nothing_is_deployed_by_it(self, run, ask, tmp_path):
        # given
        (tmp_path / "unseen.bpmn").write_text((BESIDE / "straight.bpmn").read_text().replace('id="straight"', 'id="unseen"'))

        # when
        result = run("check", tmp_path / "unseen.bpmn")

        # then: a warning is a problem too
        assert (result.exit_code, result.output.splitlines()[0].split(": ")[1]) == (1, "0 errors, 1 warnings")
        assert ask.json("POST", "/process-definitions/search", {"filter": {"processDefinitionId": "unseen"}})["items"] == []

    @pytest.mark.parametrize("content", ["", "no xml", "<a/>", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"])
    def test_what_is_no_diagram_is_a_problem_and_no_crash(self, run, tmp_path, content):
        (tmp_path / "odd.bpmn").write_text(content)
        result = run("check", tmp_path / "odd.bpmn")
        assert result.exit_code == 1
        assert "1 errors" in result.output.splitlines()[0]
        assert "root:" not in result.output and "Traceback" not in result.output


class TestCreateUser:
    """flask --app wsgi create-user NAME"""

    def test_an_account_with_roles_in_units(self, app, run):
        # when
        result = run("create-user", "cli.gu", "--name", "顾敏", "--role", "居村@陈坊村", "--role", "巡查", "--password", "long enough")

        # then
        assert (result.exit_code, result.output) == (0, "Created cli.gu\n")
        told = app.test_client().get("/api/session", auth=("cli.gu", "long enough")).json
        assert (told["display_name"], told["groups"]) == ("顾敏", ["居村", "居村@陈坊村", "巡查"])

    def test_the_password_is_asked_for_twice_and_not_shown(self, app, run):
        result = run("create-user", "cli.asked", input="typed secret\ntyped secret\n")
        assert result.exit_code == 0
        assert "typed secret" not in result.output
        assert app.test_client().get("/api/session", auth=("cli.asked", "typed secret")).status_code == 200

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (["li", "--password", "long enough"], "to be free, but there is an account with it"),
            (["cli.short", "--password", "seven77"], "at least 8 characters, but it has 7"),
            (["no name", "--password", "long enough"], "Expected a user name of 1 to 64 letters"),
            (["cli.both", "--role", "审计", "--role", "居村", "--password", "long enough"], "to hold no other role"),
        ],
    )
    def test_what_is_refused_is_one_sentence(self, app, run, words, sentence):
        # when
        result = run("create-user", *words)

        # then
        assert result.exit_code == 1
        assert result.output.startswith("Error: Expected ") and sentence in result.output
        if words[0] != "li":
            with app.extensions["engine"].store.read() as connection:
                assert not accounts.exists(connection, words[0])


class TestHistory:
    """flask --app wsgi history …"""

    @pytest.fixture
    def export(self, ask, run, tmp_path):
        """The file of a case's export."""
        ask.deploy("repair.bpmn", "repair_report.form")
        result = run("history", "export", ask.start("repair", by="li", variables={"place": "陈坊村18号"}))
        assert result.exit_code == 0
        path = tmp_path / "export.jsonl"
        path.write_bytes(result.stdout_bytes)
        return path

    def check(self, path):
        """The verifier alone: no site-packages, no environment, another folder, nothing of ours on the path."""
        command = [sys.executable, "-I", "-S", ROOT / "verify_history.py", path.name]
        return subprocess.run(command, cwd=path.parent, env={}, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)

    def test_an_export_is_found_whole_by_nothing_but_python(self, export):
        done = self.check(export)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("Intact: 1 chains, 1 entries")
        assert "陈坊村18号" in export.read_text(encoding="utf-8")

    def test_a_changed_export_is_found_out(self, export):
        # given
        export.write_text(export.read_text(encoding="utf-8").replace("陈坊村18号", "陈坊村19号"), encoding="utf-8")

        # then
        done = self.check(export)
        assert (done.returncode, done.stderr) == (1, "")
        assert "1 findings in" in done.stdout

    def test_a_shortened_export_is_found_out(self, export):
        lines = export.read_text(encoding="utf-8").splitlines(keepends=True)
        entry = next(number for number, line in enumerate(lines) if "instance:started" in line)
        export.write_text("".join(lines[:entry] + lines[entry + 1 :]), encoding="utf-8")
        assert self.check(export).returncode == 1

    def test_what_is_no_export_is_said_so(self, tmp_path):
        (tmp_path / "x").write_text("no export")
        done = self.check(tmp_path / "x")
        assert done.returncode == 2
        assert "Traceback" not in done.stderr

    def test_a_case_that_does_not_exist_is_one_sentence(self, run):
        result = run("history", "export", "77")
        assert result.exit_code == 1
        assert result.output == "Error: Expected a process instance with key 77, but there is none\n"

    def test_the_whole_database_is_whole_until_somebody_forges_it(self, store_url, tmp_path):
        # given
        (tmp_path / "keys").mkdir()
        other = create_app(Config(tmp_path, store_url, "only for tests, and nothing else"))
        runner, chains = other.test_cli_runner(), Chains(other.extensions["engine"].store.engine)
        key = chains.instance()

        # then
        whole = runner.invoke(args=["history", "verify"])
        assert (whole.exit_code, whole.output.split(".")[0]) == (0, "Intact: 1 chains, 5 entries, 0 seals")

        # when
        chains.forge(update(History).where(History.chain == key, History.seq == 3).values(body=History.body.concat(" ")))

        # then
        forged = runner.invoke(args=["history", "verify"])
        assert forged.exit_code == 1
        assert str(key) in forged.output.splitlines()[0]
        other.extensions["engine"].store.engine.dispose()


def test_the_commands_are_those_of_flask(tmp_path):
    # given
    settings = {**os.environ, "DATA_DIR": str(tmp_path), "SECRET_KEY": "only for tests, and nothing else"}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "--help"]

    # when
    done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, timeout=120, check=False)

    # then
    assert done.returncode == 0
    listed = {line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")}
    assert {"deploy", "check", "create-user", "history", "db"} <= listed


def test_a_database_that_was_never_set_up_is_one_sentence(tmp_path):
    # given
    (tmp_path / "keys").mkdir()
    app = create_app(Config(tmp_path, f"sqlite:///{tmp_path / 'empty.db'}", "only for tests, and nothing else"))

    # when
    with app.app_context():
        done = app.test_cli_runner().invoke(args=["check", str(BESIDE / "repair.bpmn")])

    # then
    assert done.exit_code == 1 and "Expected a database that is set up, but it is empty" in done.output
    app.extensions["engine"].store.engine.dispose()
    app.extensions["engine"].gate.close()
