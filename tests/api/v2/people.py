"""Who asks in the tests of the doors, and how: a person's password is PASSWORD."""

import io
import json
from pathlib import Path
from urllib.parse import unquote

HERE = Path(__file__).parent
PASSWORD = "correct horse battery"

#: user name -> (name, [(role, unit)])
PEOPLE = {
    "admin": ("系统管理员", [("管理员", "")]),
    "li": ("李娜", [("居村", "陈坊村")]),
    "sun": ("孙强", [("居村", "陈坊村")]),
    "zhao": ("赵敏", [("消防", "")]),
    "robot": ("接口", [("接口", "")]),
    "drawer": ("流程设计员", [("流程设计", "")]),
    "auditor": ("审计员", [("审计", "")]),
}


class Caller:
    """Asks an application under a door; every answer that is an error must be a problem+json, and none a fault of the server's."""

    def __init__(self, client, door="/v2"):
        self.client, self.door = client, door

    def __call__(self, method, path, body=None, by="admin", **more):
        if body is not None:
            more["data"], more["content_type"] = json.dumps(body), "application/json"
        if by is not None:
            more["auth"] = (by, PASSWORD)
        answer = self.client.open(self.door + path, method=method, **more)
        expect_sound(answer, self.door + unquote(path.partition("?")[0]))
        return answer

    def deploy(self, *names, by="admin", **more):
        """Deploy files that lie beside the tests."""
        return self.upload([(name, (HERE / name).read_bytes()) for name in names], by, **more)

    def upload(self, files, by="admin", **more):
        """Deploy [(name, content)]."""
        data = {"resources": [(io.BytesIO(content), name) for name, content in files]}
        return self("POST", "/deployments", by=by, data=data, content_type="multipart/form-data", **more)

    def json(self, method, path, body=None, by="admin", status=200, **more):
        """The answer's JSON, which must come with this status."""
        answer = self(method, path, body, by, **more)
        assert answer.status_code == status, answer.data
        return json.loads(answer.data) if answer.data else None

    def refused(self, status, method, path, body=None, by="admin", **more):
        """The sentence of a refusal, which must come with this status."""
        return self.json(method, path, body, by, status, **more)["detail"]

    def tasks(self, instance, by="admin"):
        """The keys of the open user tasks of a process instance."""
        found = self.json("POST", "/user-tasks/search", {"filter": {"processInstanceKey": instance, "state": "CREATED"}}, by)
        return [task["userTaskKey"] for task in found["items"]]

    def start(self, process, by="admin", **more):
        """The key of a process instance that was just started."""
        return self.json("POST", "/process-instances", {"processDefinitionId": process, **more}, by)["processInstanceKey"]


def expect_sound(answer, path):
    """No fault of the server's; and where it is an error, it says so in the one shape that errors have."""
    assert answer.status_code < 500 or answer.status_code in (503, 504), answer.data
    if answer.status_code >= 400:
        assert answer.mimetype == "application/problem+json"
        problem = json.loads(answer.data)
        assert {"type", "title", "status", "detail", "instance"} <= set(problem)
        assert problem["status"] == answer.status_code
        assert problem["instance"] == path
        assert problem["detail"]
        assert "Traceback" not in problem["detail"]
