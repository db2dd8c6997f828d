"""What must not be deployed, sent over HTTP: refused with its problems, nothing deployed of it, and the next upload is read."""

import pytest

from tests.journeys.town import HERE, ROOT

GOOD = (HERE / "one_task.bpmn").read_bytes()
LOOPING = (ROOT / "tests" / "engine" / "gate" / "looping.bpmn").read_bytes()
BOMB = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">%s]><definitions>&j;</definitions>""" % b"".join(
    b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in b"bcdefghij"
)
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>""" + GOOD.partition(b"?>")[2].replace(
    "一件事".encode(), b"&x;"
)


def drawn(old, new):
    """The good diagram with something else in it."""
    assert old.encode() in GOOD
    return GOOD.replace(old.encode(), new.encode())


#: name -> (file name, content, what the answer names)
REFUSED = {
    "malformed": ("a.bpmn", GOOD[:-40], "MALFORMED_XML"),
    "empty": ("a.bpmn", b"", "MALFORMED_XML"),
    "an archive": ("a.bpmn", b"PK\x03\x04" + bytes(range(256)), "BAD_ENCODING"),
    "another encoding": ("a.bpmn", GOOD.decode().replace("UTF-8", "GBK").encode("gbk"), "BAD_ENCODING"),
    "an entity bomb": ("a.bpmn", BOMB, "DOCTYPE_REFUSED"),
    "an entity from outside": ("a.bpmn", OUTSIDE, "DOCTYPE_REFUSED"),
    "a stylesheet": ("a.bpmn", GOOD.replace(b"?>", b'?><?xml-stylesheet href="http://127.0.0.1/x"?>', 1), "INSTRUCTION_REFUSED"),
    "too deep": ("a.bpmn", b"<a>" * 20_000 + b"</a>" * 20_000, "TOO_DEEP"),
    "too large": ("a.bpmn", GOOD + b" " * 4_000_001, "RESOURCE_TOO_LARGE"),
    "too many elements": ("a.bpmn", b"<a>" + b"<b/>" * 150_000 + b"</a>", "TOO_MANY_ELEMENTS"),
    "an endless loop of references": ("a.bpmn", LOOPING, ""),
    "a rule as deep as the sea": ("a.bpmn", drawn('candidateGroups="窗口"', f'candidateGroups="={"(" * 90_000}1{")" * 90_000}"'), ""),
    "an endless pattern": ("a.bpmn", drawn('"窗口"', '"=if matches(&quot;a&quot;, &quot;(a+)+$&quot; then 1"'), ""),
    "an element that nobody runs": ("a.bpmn", drawn("bpmn:userTask", "bpmn:choreographyTask"), ""),
    "the engine before": (
        "a.bpmn",
        drawn("<zeebe:userTask/>", '<camunda:in xmlns:camunda="http://camunda.org/schema/1.0/bpmn" businessKey="1"/>'),
        "",
    ),
    "a flow to nowhere": ("a.bpmn", drawn('targetRef="end"', 'targetRef="nowhere"'), ""),
    "a script": ("a.bpmn", drawn("bpmn:userTask", "bpmn:scriptTask"), ""),
    "a table that is none": ("a.dmn", b"<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/'><decision/></definitions>", ""),
    "a form that is none": ("a.form", b'{"id": "a", "components": ', ""),
    "a form without a bottom": ("a.form", b'{"id": "a", "components": ' + b"[" * 100_000, ""),
    "another kind of file": ("a.py", b"import os", ""),
    "a diagram called a form": ("a.form", GOOD, ""),
}


@pytest.fixture
def designer(town):
    return town.person("shen.design")


def names(town):
    """Everything that is deployed, and the deployments themselves."""
    found = town.settled()
    return {table: found[table] for table in ("deployment", "resource", "process_definition", "decision", "form", "history")}


@pytest.mark.parametrize("name", REFUSED)
def test_what_must_not_be_deployed_is_refused_with_what_is_wrong(designer, name):
    file, content, code = REFUSED[name]
    answer = designer.deploy([("good.bpmn", GOOD), (file, content)], status=400)
    assert answer["detail"].startswith("Expected")
    problems = answer["problems"]
    assert all(problem["sentence"] and problem["remedy"] for problem in problems)
    assert code in [problem["code"] for problem in problems] or (not code and problems), problems
    assert "root:" not in str(answer)


def test_nothing_of_what_was_refused_is_there_and_the_next_upload_is_read(town, designer):
    # given
    before = names(town)

    # when: all of them at once, each beside a good file that nobody deployed before
    fresh = drawn("one_task", "never_deployed")
    for file, content, _ in REFUSED.values():
        designer.deploy([("fresh.bpmn", fresh), (file, content)], status=400)

    # then
    assert names(town) == before
    sentence = town.person("clerk.00").refused(404, "POST", "/v2/process-instances", {"processDefinitionId": "never_deployed"})
    assert "there is none" in sentence
    assert designer.deploy([("one_task.bpmn", GOOD)])["deployments"]


def test_uploads_that_are_no_files_are_refused(town, designer):
    # given
    before, route = names(town), "/v2/deployments"

    # then
    assert designer.refused(400, "POST", route, files=[("resources", ("x" * 300 + ".bpmn", GOOD))])
    assert designer.refused(400, "POST", route, files=[("others", ("a.bpmn", GOOD))])
    assert designer.refused(400, "POST", route, files=[("resources", ("a.bpmn", GOOD)), ("resources", ("a.bpmn", GOOD))])
    assert designer.refused(400, "POST", route, files=[("other", (None, b"a field"))])
    assert designer.refused(413, "POST", route, files=[("resources", (f"{n}.bpmn", b"<a/>")) for n in range(2000)])
    assert designer.refused(413, "POST", route, files=[("field", (None, b"x" * 2_000_000))])
    boundary = {"Content-Type": "multipart/form-data; boundary=x"}
    assert designer.refused(400, "POST", route, content=b"--x\r\nno headers", headers=boundary)
    assert designer.refused(400, "POST", route, content=b"", headers=boundary)
    assert names(town) == before


def test_whoever_draws_no_processes_deploys_nothing(town):
    # given
    before = names(town)

    # then
    for username in ("chen.amei", "wang.zhiqiang", "jiang.audit", "zheng.qiang", "robot", "clerk.00"):
        sentence = town.person(username).refused(403, "POST", "/v2/deployments", files=[("resources", ("one_task.bpmn", GOOD))])
        assert f"but {username} is not one" in sentence
    assert names(town) == before
