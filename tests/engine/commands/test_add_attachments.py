"""上传附件: whose files they are, which case they belong to, and that a form holds what we found in them, not what was claimed."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from engine.commands import attached
from engine.commands.add_attachments import add_attachments
from engine.commands.cancel_instance import cancel_instance
from engine.commands.claim_task import claim_task
from engine.commands.complete_task import complete_task
from engine.content.inspect import inspected
from engine.domain.errors import Invalid, KeyReused, NotFound, NotPermitted, Separated, WrongState
from engine.store import attachments
from engine.store.records import Attachment, History, HistoryChain
from tests.engine.commands.office import ADMIN, AUDITOR_, LI, SUN, TANG, ZHAO
from tests.engine.content import made

PHOTO = inspected("门口.jpg", made.photo("2024-04-01T09:20+08:00", (121.13, 31.03)))
SILENT = inspected("截图.png", made.photo(None, None, format="PNG"))
SCAN = inspected("回证.pdf", made.pdf())
NOT_YOURS = "「现场照片」第 1 个附件不是您上传的，也不属于本案件，请重新上传。"


def begin(office):
    """A case that waits for photos -> (instance, task)."""
    office.deploy("photographed.bpmn", "photographed.form")
    instance = office.start("photographed")
    return instance, office.task(instance)["key"]


def upload(office, by=LI, *files, **place):
    """The keys, as a client sends them."""
    return [str(key) for key in add_attachments(office.engine, by, list(files or [PHOTO]), **place)["keys"]]


def row(office, key):
    (found,) = office.db(select(Attachment.__table__).where(Attachment.key == int(key)))
    return found


def fill_in(office, task, *keys, by=LI, **more):
    complete_task(office.engine, by, task, {"photos": [{"key": key} for key in keys], **more})


def problems(office, task, values, by=LI):
    with office.refuses(Invalid, "Expected") as caught:
        complete_task(office.engine, by, task, values)
    return caught.value.details["problems"]


class TestAdding:
    """Files become rows."""

    def test_a_file_of_a_task_belongs_to_its_case_and_stands_in_its_history(self, office):
        # given
        instance, task = begin(office)

        # when
        (key,) = upload(office, LI, PHOTO, task_key=task)

        # then
        found = row(office, key)
        assert (found["root_key"], found["task_key"], found["username"]) == (instance, task, "li")
        assert attachments.of_row(found) == {**PHOTO, "taken_at": PHOTO["taken_at"]}
        assert office.trail(instance)[-1] == ("attachment:added", "li", "take")
        data = office.history(instance)[-1]["data"]
        assert (data["task"], data["name"], data["files"][0]["sha256"]) == (str(task), ["门口.jpg"], PHOTO["sha256"])
        assert (data["files"][0]["key"], data["files"][0]["lng"], data["files"][0]["taken_at"]) == (
            key,
            "121.13",
            "2024-04-01T01:20:00.000000Z",
        )

    def test_a_file_of_an_instance_belongs_to_it(self, office):
        instance, _ = begin(office)

        (key,) = upload(office, LI, PHOTO, instance_key=instance)

        assert (row(office, key)["root_key"], row(office, key)["task_key"]) == (instance, None)
        assert office.trail(instance)[-1] == ("attachment:added", "li", None)

    def test_a_file_of_no_case_is_the_actor_s_own_and_stands_in_their_account_s_history(self, office):
        (key,) = upload(office, LI)

        assert row(office, key)["root_key"] is None
        (chain,) = office.db(select(HistoryChain.chain).where(HistoryChain.subject == "account:li"))
        assert office.kinds(chain["chain"])[-1] == "attachment:added"

    def test_several_files_are_one_entry(self, office):
        instance, task = begin(office)

        keys = upload(office, LI, PHOTO, SILENT, SCAN, task_key=task)

        assert [row(office, key)["name"] for key in keys] == ["门口.jpg", "截图.png", "回证.pdf"]
        assert office.kinds(instance) == ["instance:started", "attachment:added"]
        assert office.history(instance)[-1]["data"]["name"] == ["门口.jpg", "截图.png", "回证.pdf"]

    def test_the_same_content_twice_is_two_rows(self, office):
        one, other = upload(office, LI, PHOTO) + upload(office, SUN, PHOTO)
        assert one != other and row(office, one)["sha256"] == row(office, other)["sha256"]

    def test_a_request_that_is_sent_twice_is_done_once(self, office):
        for _ in range(2):
            answer = add_attachments(office.engine, LI, [PHOTO], idempotency_key="一")
        assert len(office.rows(Attachment)) == 1 and answer["keys"] == [office.db(select(Attachment.key))[0]["key"]]
        with pytest.raises(KeyReused):
            add_attachments(office.engine, LI, [SCAN], idempotency_key="一")

    def test_only_who_may_work_on_the_task_adds_to_it(self, office):
        _, task = begin(office)

        with office.refuses(NotFound, "none that zhao can see"):
            upload(office, ZHAO, task_key=task)
        with office.refuses(NotPermitted, "Expected to attach files to user task .* as a member of 居村, but auditor is not one"):
            upload(office, AUDITOR_, task_key=task)
        claim_task(office.engine, SUN, task)
        with office.refuses(NotPermitted, "as sun, who holds it, but the caller is li"):
            upload(office, LI, task_key=task)
        with office.refuses(NotFound, "Expected a user task with key 77"):
            upload(office, LI, task_key=77)
        assert office.rows(Attachment) == []

    def test_a_task_that_is_done_and_a_case_that_has_ended_take_no_more(self, office):
        instance, task = begin(office)
        complete_task(office.engine, LI, task, {})

        with office.refuses(WrongState, "Expected to attach files to user task .*, but it is COMPLETED"):
            upload(office, LI, task_key=task)
        cancel_instance(office.engine, ADMIN, instance, "误登")
        with office.refuses(WrongState, "Expected to attach files to process instance .*, but it is TERMINATED"):
            upload(office, LI, instance_key=instance)

    def test_whoever_is_kept_apart_from_a_task_adds_nothing_to_it(self, office):
        instance, task = begin(office)
        complete_task(office.engine, ADMIN, task, {})

        with office.refuses(Separated, "took no part in 拍摄现场, but admin did"):
            upload(office, ADMIN, task_key=office.task(instance)["key"])

    def test_only_who_sees_a_case_adds_to_it_and_whoever_only_watches_does_not(self, office):
        instance, _ = begin(office)

        with office.refuses(NotFound, "none that zhao can see"):
            upload(office, ZHAO, instance_key=instance)
        with office.refuses(NotPermitted, "but auditor has none"):
            upload(office, AUDITOR_, instance_key=instance)

    def test_a_task_is_of_its_own_instance(self, office):
        (one, task), (other, _) = begin(office), begin(office)

        assert upload(office, LI, task_key=task, instance_key=one)
        with office.refuses(Invalid, f"to be one of process instance {other}, but it is of {one}"):
            upload(office, LI, task_key=task, instance_key=other)


class TestHandingIn:
    """A form with files."""

    def test_what_was_claimed_beside_the_key_is_replaced_by_what_was_found(self, office):
        # given
        instance, task = begin(office)
        (key,) = upload(office, LI, PHOTO, task_key=task)

        # when
        forged = {"key": key, "name": "别处.jpg", "sha256": "ab" * 32, "size": 1, "taken_at": "2024-05-20T10:00+08:00", "lng": 0, "lat": 0}
        complete_task(office.engine, LI, task, {"photos": [{**forged, "type": "image/png", "url": "http://example.com"}]})

        # then
        (kept,) = office.variables(instance)["photos"]
        assert kept == {
            "key": key, "name": "门口.jpg", "sha256": PHOTO["sha256"], "size": PHOTO["size"], "type": "image/jpeg",
            "width": 48, "height": 32, "taken_at": "2024-04-01T09:20:00+08:00", "lng": 121.13, "lat": 31.03,
        }  # fmt: skip

    def test_a_photo_that_says_nothing_cannot_be_made_to_say_something(self, office):
        _, task = begin(office)
        (key,) = upload(office, LI, SILENT)
        claimed = {"key": key, "taken_at": "2024-04-01T09:20+08:00", "lng": 121.13, "lat": 31.03}

        said = problems(office, task, {"photos": [claimed]})

        assert said == {"photos": ["「现场照片」应含拍摄时间和位置，或在「无时间位置的原因」说明原因，但「截图.png」没有。"]}
        fill_in(office, task, key, reason="监控截图")

    def test_a_pdf_cannot_be_made_a_photo(self, office):
        _, task = begin(office)
        (key,) = upload(office, LI, SCAN)

        said = problems(office, task, {"photos": [{"key": key, "name": "a.jpg", "type": "image/jpeg"}]})

        assert said == {"photos": ["「现场照片」应为 image/* 类型的文件，但收到的是「回证.pdf」。"]}

    @pytest.mark.parametrize(
        "item", [{"key": "77"}, {"key": 77}, {"key": "x"}, {"key": "9" * 40}, {"key": "²"}, {}, None, "77", [], {"sha256": "ab" * 32}]
    )
    def test_a_key_that_leads_nowhere_is_named_with_its_field(self, office, item):
        _, task = begin(office)
        assert problems(office, task, {"photos": [item]}) == {"photos": [NOT_YOURS]}

    def test_somebody_else_s_file_is_not_one_s_own(self, office):
        _, task = begin(office)
        (key,) = upload(office, TANG, PHOTO)
        assert problems(office, task, {"photos": [{"key": key}]}) == {"photos": [NOT_YOURS]}

    def test_a_file_of_another_case_is_none_of_this_one(self, office):
        (_, task), (_, other) = begin(office), begin(office)
        (key,) = upload(office, LI, PHOTO, task_key=other)
        assert problems(office, task, {"photos": [{"key": key}]}) == {"photos": [NOT_YOURS]}

    def test_a_colleague_s_file_of_the_same_case_may_be_handed_in(self, office):
        instance, task = begin(office)
        (key,) = upload(office, LI, PHOTO, task_key=task)

        fill_in(office, task, key, by=SUN)
        fill_in(office, office.task(instance)["key"], key, by=ZHAO)

        assert office.variables(instance)["photos"][0]["key"] == key

    def test_a_file_of_no_case_belongs_to_the_one_in_which_it_is_handed_in_and_to_no_other(self, office):
        (instance, task), (_, other) = begin(office), begin(office)
        (key,) = upload(office, LI, PHOTO)

        fill_in(office, task, key)

        assert (row(office, key)["root_key"], row(office, key)["task_key"]) == (instance, task)
        assert problems(office, other, {"photos": [{"key": key}]}) == {"photos": [NOT_YOURS]}

    def test_a_form_that_is_refused_leaves_a_file_free(self, office):
        _, task = begin(office)
        (key,) = upload(office, LI, PHOTO)

        problems(office, task, {"photos": [{"key": key}], "what": 5})

        assert row(office, key)["root_key"] is None

    def test_a_file_in_a_row_is_named_by_its_row(self, office):
        instance, task = begin(office)
        (key,) = upload(office, LI, SCAN)
        rows = [{"scan": [{"key": key}]}, {"scan": [{"key": "77"}]}]

        said = problems(office, task, {"papers": rows})

        assert said == {"papers.1.scan": ["「扫描件」第 1 个附件不是您上传的，也不属于本案件，请重新上传。"]}
        complete_task(office.engine, LI, task, {"papers": rows[:1]})
        assert office.variables(instance)["papers"][0]["scan"][0]["sha256"] == SCAN["sha256"]

    def test_files_and_all_other_fields_are_named_together(self, office):
        _, task = begin(office)
        (key,) = upload(office, LI, PHOTO)

        said = problems(office, task, {"photos": [{"key": key}, {"key": "77"}], "what": 5})

        assert said == {"what": ["「情况」应为文字，但填写的是「5」。"], "photos": [NOT_YOURS.replace("第 1 个", "第 2 个")]}

    @pytest.mark.parametrize("value", [5, "x", {"key": "77"}, {}, True])
    def test_what_is_no_list_of_files_is_the_form_s_to_refuse(self, office, value):
        _, task = begin(office)
        assert problems(office, task, {"photos": value, "papers": value}).keys() == {"photos", "papers"}

    def test_more_files_than_anybody_hands_in_are_refused_before_they_are_looked_for(self, office):
        _, task = begin(office)
        many = [{"key": str(number)} for number in range(attached.MOST + 1)]
        assert problems(office, task, {"photos": many}) == {"": ["最多 1000 个附件，但有 1001 个。"]}

    def test_a_form_without_files_asks_for_none(self, office):
        instance, task = begin(office)
        complete_task(office.engine, LI, task, {"what": "无照片"})
        assert office.variables(instance)["photos"] is None


def test_positions_are_as_exact_after_the_database_as_before(office):
    places = [Decimal("121.130001"), Decimal("-0.000001"), Decimal("179.999999"), Decimal("121.100000")]
    keys = upload(office, LI, *({**PHOTO, "lng": lng} for lng in places))
    assert [attachments.of_row(row(office, key))["lng"] for key in keys] == places


def test_history_holds_no_file_without_its_row(office):
    instance, task = begin(office)
    upload(office, LI, PHOTO, SCAN, task_key=task)
    told = [file["key"] for body in office.history(instance) for file in (body["data"] or {}).get("files", ())]
    assert sorted(map(int, told)) == sorted(found["key"] for found in office.db(select(Attachment.key)))
    assert len(office.rows(History)) > 0
