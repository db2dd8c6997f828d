"""/api/attachments: files come in, are looked at and kept, and are shown to whoever may see their case."""

import io
from pathlib import Path

import pytest
from PIL import Image

from api.attachments import BODY, FILES
from engine.content.kinds import SIZE
from tests.api.v2 import people
from tests.engine.content import made

OFFICE = Path(__file__).parents[1] / "engine" / "commands"
PHOTO = made.photo("2024-04-01T09:20+08:00", (121.13, 31.03))
NAMES = {"key", "name", "type", "size", "sha256", "taken_at", "lng", "lat", "width", "height"}


@pytest.fixture
def upload(api):
    """upload((name, content), …, by="li", status=201, **place) -> the answer's JSON."""

    def send(*files, by="li", status=201, headers=None, part="files", **place):
        data = {part: [(io.BytesIO(content), name) for name, content in files], **place}
        return api.json("POST", "/attachments", by=by, status=status, data=data, content_type="multipart/form-data", headers=headers)

    return send


@pytest.fixture
def case(ask):
    """(instance, task) of a case that waits for photos of 居村."""
    ask.upload([(name, (OFFICE / name).read_bytes()) for name in ("photographed.bpmn", "photographed.form")])
    instance = ask.start("photographed")
    (task,) = ask.tasks(instance)
    return instance, task


def lying(app):
    folder = app.config["BIHUAN"].data_dir / "files"
    return {path.name for path in folder.rglob("*") if path.is_file()}


class TestUploading:
    """POST."""

    def test_the_answer_is_what_a_file_picker_holds(self, upload, app, case):
        # when
        (told,) = upload(("门口.exe", PHOTO), task=case[1])

        # then
        assert told.pop("key").isdigit()
        assert told == {
            "name": "门口.exe.jpg", "type": "image/jpeg", "size": len(PHOTO), "sha256": made.sha256(PHOTO), "width": 48, "height": 32,
            "taken_at": "2024-04-01T09:20:00+08:00", "lng": 121.13, "lat": 31.03,
        }  # fmt: skip
        assert made.sha256(PHOTO) in lying(app)

    def test_the_answer_as_a_whole_or_its_key_alone_goes_into_the_form(self, upload, ask, case):
        one, other = upload(("一.jpg", PHOTO), ("二.png", made.photo(format="PNG")), task=case[1])

        answer = ask("POST", f"/user-tasks/{case[1]}/completion", {"variables": {"photos": [one, {"key": other["key"]}]}}, by="li")

        assert answer.status_code == 204
        (found,) = ask.json("POST", "/variables/search", {"filter": {"processInstanceKey": case[0], "name": "photos"}})["items"]
        assert one["sha256"] in found["value"] and other["key"] in ask("GET", f"/variables/{found['variableKey']}").text

    def test_a_reference_that_leads_nowhere_is_named_in_chinese(self, upload, ask, case):
        (of_another,) = upload(("一.jpg", PHOTO), by="zhao")
        refused = ask.json("POST", f"/user-tasks/{case[1]}/completion", {"variables": {"photos": [of_another]}}, by="li", status=400)
        assert refused["problems"] == {"photos": ["「现场照片」第 1 个附件不是您上传的，也不属于本案件，请重新上传。"]}

    def test_what_is_no_photo_says_nothing_of_time_and_place(self, upload):
        (told,) = upload(("回证.pdf", made.pdf()))
        assert set(told) == NAMES
        assert {name for name, value in told.items() if value is None} == {"taken_at", "lng", "lat", "width", "height"}

    def test_each_file_that_is_not_kept_is_named_and_nothing_is_kept(self, upload, app):
        new = made.photo(size=(51, 17))
        refused = upload(("好.jpg", new), ("病毒.jpg", b"MZ" + bytes(99)), ("空.pdf", b""), status=400)

        assert (refused["title"], set(refused["problems"])) == ("INVALID_ARGUMENT", {"files.1", "files.2"})
        assert refused["problems"]["files.1"][0].startswith("「病毒.jpg」不是可接收的文件：只收 JPEG")
        assert refused["problems"]["files.2"] == ["「空.pdf」是空文件。"]
        assert made.sha256(new) not in lying(app)

    def test_what_the_sender_says_of_its_type_is_not_believed(self, api):
        data = {"files": (io.BytesIO(b"<html><script>"), "a.jpg", "image/jpeg")}
        assert api.refused(400, "POST", "/attachments", by="li", data=data, content_type="multipart/form-data")

    def test_a_file_of_the_largest_size_comes_in_and_a_larger_one_does_not(self, api):
        content = made.pdf()
        largest = content[:60] + bytes(SIZE - len(content)) + content[60:]

        def send(content, status):
            # Written by hand: the test client leaves its own copy of a large body open.
            head = '--x\r\nContent-Disposition: form-data; name="files"; filename="大.pdf"\r\n\r\n'.encode()
            body, type_ = head + content + b"\r\n--x--\r\n", "multipart/form-data; boundary=x"
            return api.json("POST", "/attachments", by="li", status=status, data=body, content_type=type_)

        assert send(largest, 201)[0]["size"] == SIZE
        assert send(largest + b"\n", 400)["problems"] == {"files.0": ["「大.pdf」超过 20 MB，请压缩或分开后再上传。"]}

    def test_a_body_larger_than_this_route_s_own_limit_is_not_read(self, app):
        environ = {"wsgi.input": io.BytesIO(), "CONTENT_LENGTH": str(BODY + 1), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
        answer = app.test_client().post("/api/attachments", auth=("li", people.PASSWORD), environ_overrides=environ)
        assert (answer.status_code, answer.json["detail"]) == (413, f"Expected a body of at most {BODY:,} bytes, but this one is larger")

    def test_every_other_route_keeps_its_limit(self, app, ask):
        assert app.config["MAX_CONTENT_LENGTH"] < SIZE
        big = {"variables": {"a": "x" * app.config["MAX_CONTENT_LENGTH"]}}
        assert ask("POST", "/user-tasks/1/completion", big, by="li").status_code == 413

    @pytest.mark.parametrize("count", [0, FILES + 1])
    def test_a_request_has_some_files_and_not_too_many(self, upload, count):
        refused = upload(*[("一.pdf", made.pdf())] * count, status=400)
        assert refused["problems"] == {"files": [f"一次应上传 1 至 10 个文件，但有 {count} 个。"]}

    def test_files_come_in_parts_of_one_name(self, upload):
        assert (
            "in parts named files, but found one in 'resources'" in upload(("一.pdf", made.pdf()), part="resources", status=400)["detail"]
        )

    def test_a_body_of_another_type_is_refused(self, api):
        assert "multipart/form-data, but found application/json" in api.refused(415, "POST", "/attachments", {"task": "1"}, by="li")

    @pytest.mark.parametrize("place", [{"task": "x"}, {"instance": "-1"}, {"task": ""}, {"more": "1"}, {"task": "9" * 30}])
    def test_a_key_that_is_none_is_refused(self, upload, place):
        assert upload(("一.pdf", made.pdf()), status=400, **place)["title"] == "INVALID_ARGUMENT"

    def test_only_who_may_work_on_the_task_brings_files_to_it(self, upload, case):
        file = ("一.pdf", made.pdf())
        assert "none that zhao can see" in upload(file, by="zhao", status=404, task=case[1])["detail"]
        assert upload(file, by="auditor", status=403, task=case[1])["title"] == "FORBIDDEN"
        assert "none that zhao can see" in upload(file, by="zhao", status=404, instance=case[0])["detail"]
        assert upload(file, by="sun", instance=case[0])

    def test_the_timeline_tells_it(self, upload, api, case):
        upload(("一.pdf", made.pdf()), ("二.jpg", PHOTO), task=case[1])
        last = api.json("GET", f"/instances/{case[0]}/timeline", by="li")["entries"][-1]
        assert (last["kind"], last["sentence"], last["element_name"]) == ("attachment:added", "李娜 上传了附件 一.pdf、二.jpg", "拍摄现场")

    def test_a_request_that_is_sent_twice_is_done_once(self, upload, case):
        one, other = (upload(("一.jpg", PHOTO), task=case[1], headers={"Idempotency-Key": f"up {case[1]}"}) for _ in range(2))
        assert one == other

    def test_whoever_is_not_signed_in_brings_nothing(self, upload):
        assert upload(("一.jpg", PHOTO), by=None, status=401)


class TestShowing:
    """GET."""

    def test_it_is_what_was_sent(self, upload, api):
        (told,) = upload(("门口.jpg", PHOTO))

        answer = api("GET", f"/attachments/{told['key']}", by="li")

        assert (answer.status_code, answer.data, answer.mimetype) == (200, PHOTO, "image/jpeg")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Disposition"].startswith("inline;")
        assert "filename*=UTF-8''%E9%97%A8%E5%8F%A3.jpg" in answer.headers["Content-Disposition"]

    @pytest.mark.parametrize(
        "content, inline",
        [
            (made.photo(format="PNG"), True),
            (made.photo(format="WEBP"), True),
            (made.pdf(), True),
            (made.docx(), False),
            (made.mp4(), False),
        ],
    )
    def test_only_images_and_pdf_are_shown_and_all_else_is_saved(self, upload, api, content, inline):
        (told,) = upload(("附件", content))
        answer = api("GET", f"/attachments/{told['key']}", by="li")
        assert (answer.data, answer.mimetype) == (content, told["type"])
        assert answer.headers["Content-Disposition"].startswith("inline;" if inline else "attachment;")

    def test_a_part_of_a_film_may_be_asked_for(self, upload, api):
        (told,) = upload(("执法记录.mp4", made.mp4()))
        answer = api("GET", f"/attachments/{told['key']}", by="li", headers={"Range": "bytes=4-7"})
        assert (answer.status_code, answer.data) == (206, b"ftyp")

    def test_a_file_of_a_case_is_seen_by_who_sees_the_case(self, upload, api, case):
        (told,) = upload(("一.jpg", PHOTO), task=case[1])
        for path in (f"/attachments/{told['key']}", f"/attachments/{told['key']}/thumbnail"):
            assert [api("GET", path, by=who).status_code for who in ("li", "sun", "auditor", "admin")] == [200] * 4
            assert "none that zhao can see" in api.refused(404, "GET", path, by="zhao")
            assert api("GET", path, by=None).status_code == 401

    def test_a_file_of_no_case_is_seen_by_who_brought_it_and_nobody_else(self, upload, api):
        (told,) = upload(("一.jpg", PHOTO))
        path = f"/attachments/{told['key']}"
        assert [api("GET", path, by=who).status_code for who in ("li", "sun", "auditor", "admin", "robot")] == [200, 404, 404, 404, 404]

    def test_whoever_comes_to_the_case_later_sees_what_was_handed_in(self, upload, api, ask, case):
        (told,) = upload(("一.jpg", PHOTO))
        ask("POST", f"/user-tasks/{case[1]}/completion", {"variables": {"photos": [told]}}, by="li")
        assert api("GET", f"/attachments/{told['key']}", by="zhao").data == PHOTO

    def test_a_thumbnail_is_small_upright_and_tells_nothing(self, upload, api):
        (told,) = upload(("一.jpg", made.photo(size=(1600, 900), turned=6)))

        answer = api("GET", f"/attachments/{told['key']}/thumbnail", by="li")

        small = Image.open(io.BytesIO(answer.data))
        assert (answer.mimetype, small.format, small.size) == ("image/jpeg", "JPEG", (180, 320))
        assert not small.getexif()
        assert answer.headers["Content-Disposition"].startswith("inline;")

    def test_what_is_no_image_has_no_thumbnail(self, upload, api):
        (told,) = upload(("一.pdf", made.pdf()))
        assert "to be an image, but it is application/pdf" in api.refused(404, "GET", f"/attachments/{told['key']}/thumbnail", by="li")

    def test_a_file_that_was_changed_on_the_disk_is_not_given_out(self, upload, app, api, caplog):
        content = made.photo(size=(33, 44))
        (told,) = upload(("一.jpg", content))
        digest = told["sha256"]
        (app.config["BIHUAN"].data_dir / "files" / digest[:2] / digest).write_bytes(PHOTO)

        answer = app.test_client().get(f"/api/attachments/{told['key']}", auth=("li", people.PASSWORD))

        assert (answer.status_code, answer.json["title"]) == (500, "INTERNAL_ERROR")
        assert "its bytes have changed" in caplog.text

    @pytest.mark.parametrize("path", ["", "/thumbnail"])
    @pytest.mark.parametrize("key, status", [("77", 404), ("x", 400), ("9" * 30, 400)])
    def test_a_key_that_leads_nowhere(self, api, path, key, status):
        assert api("GET", f"/attachments/{key}{path}", by="li").status_code == status
