"""隐患上报: a find arrives once, with its photo; what is wrong stands at its field; who may report, and what lies there already."""

import io
import json
import re
import uuid
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from engine.commands.create_account import create_account
from engine.commands.deploy import deploy
from engine.domain.people import THE_SYSTEM
from engine.gate.resource import Resource
from engine.store.models import ProcessInstance
from engine.store.people import Account
from engine.store.records import Attachment
from tests.engine.content import made
from tests.forms import filled_place
from tests.web.test_ledger_rows import Ledger, place

ROOT = Path(__file__).parent.parent.parent
PHOTO = made.photo("2024-04-01T09:20+08:00", (121.131, 31.031))
#: What a telephone sends of an ordinary find.
FIND = {"category": "H09", "lng": "121.131000", "lat": "31.031000", "accuracy": "12", "severe": "", "text": "二楼走道堆满纸箱"}


@pytest.fixture(scope="module", autouse=True)
def village(app):
    """The town's own diagrams; bai at the desk for the public; gu, who works for two villages."""
    engine = app.extensions["engine"]
    names = ("discovery_intake", "public_report", "transfer_out")
    files = [path for name in names for part in ("bpmn", "forms") for path in sorted((ROOT / part / name).iterdir())]
    deploy(engine, THE_SYSTEM, [Resource(path.name, path.read_bytes()) for path in files if path.suffix in (".bpmn", ".dmn", ".form")])
    with engine.store.read() as connection:
        known = connection.execute(select(Account.password_hash).where(Account.username == "li")).scalar_one()
    more = (("bai", "白荷", [("举报受理", "应急管理中心")]), ("gu", "顾林", [("居村", "陈坊村"), ("居村", "汤村")]))
    for username, name, memberships in more:
        create_account(engine, THE_SYSTEM, username, name, known, None, memberships)


def report(browser, key, photos=(("现场.jpg", PHOTO),), **told):
    """What is answered to a find: (status, JSON)."""
    files = [FileStorage(io.BytesIO(content), name) for name, content in photos]
    data = {name: value for name, value in {**FIND, **told}.items() if value is not None} | {"photos": files}
    boundary, body = encode_multipart(data)
    answer = browser.post("/report", body, Idempotency_Key=key, Content_Type=f"multipart/form-data; boundary={boundary}")
    return answer.status_code, answer.json


@pytest.fixture
def key():
    return str(uuid.uuid4())


@pytest.fixture
def begun(app):
    """begun(): how many finds there are so far."""

    def count():
        with app.extensions["engine"].store.read() as connection:
            chosen = select(ProcessInstance.key).where(ProcessInstance.process_id == "discovery_intake")
            return len(connection.execute(chosen).all())

    return count


def test_a_find_that_is_sent_twice_is_one_case_which_a_colleague_goes_on_with(of, ask, app, key, begun):
    before = begun()

    first = report(of("li"), key, found_at="2099-01-01T08:00:00Z")
    again = report(of("li"), key, found_at="2099-01-01T08:00:00Z")

    # then
    assert first == again and first[0] == 201 and begun() == before + 1
    assert re.fullmatch(r"松昆随-\d{4}-\d{4}", first[1]["number"])
    page = of("li").get(first[1]["at"]).text
    for said in (first[1]["number"], "居村", "登记场所和隐患", "待签收", "再报一条", "二楼走道堆满纸箱", "误差约 12 米"):
        assert said in page, said

    # and the photo is the case's, with what it says of itself
    instance = first[1]["at"].rpartition("/")[2]
    asked = {"filter": {"processInstanceKey": instance}}
    found = ask.json("POST", "/variables/search?truncateValues=false", asked)["items"]
    known = {each["name"]: json.loads(each["value"]) for each in found}
    (photo,) = known["photos"]
    assert (photo["lng"], photo["lat"], photo["taken_at"]) == (121.131, 31.031, "2024-04-01T09:20:00+08:00")
    with app.extensions["engine"].store.read() as connection:
        kept = connection.execute(select(Attachment.root_key, Attachment.longitude).where(Attachment.key == int(photo["key"]))).one()
    assert tuple(kept) == (int(instance), 121.131)
    assert known["place"] == {"village": "陈坊村", "lng": 121.131, "lat": 31.031, "datum": "WGS-84"}
    assert known["hazards"] == [{"category": "H09", "description": "二楼走道堆满纸箱", "grade": "一般"}]
    assert known["inspection"]["at"] < "2099" and "photo_reason" not in known

    # and whoever of the village goes on with it need not bring it again
    sun = of("sun")
    assert f"{first[1]['number']}" in sun.get("/inbox").text and sun.get(f"/api/attachments/{photo['key']}").status_code == 200
    (task,) = ask.tasks(instance)
    sun.post(f"/tasks/{task}/claim")
    entered = filled_place.report_place(photos=[{"key": photo["key"]}])
    entered["inspection"]["at"] = known["inspection"]["at"]

    # An 行政检查 is no patrol: whom nobody knows as officers makes none, and the task is still there.
    strangers = entered | {"inspection": filled_place.official_inspection() | {"at": known["inspection"]["at"]}}
    refused = sun.post(f"/tasks/{task}/complete", json.dumps({"variables": strangers}).encode())
    assert refused.status_code == 400 and "填写的证号中只有 0 个在册" in refused.json["problems"]["inspection.inspectors"][0]

    done = sun.post(f"/tasks/{task}/complete", json.dumps({"variables": entered}).encode())
    assert done.status_code == 204, done.text
    assert "核实" in of("li").get(first[1]["at"]).text


WRONG = [
    ({"photos": [("表.jpg", b"no photo")]}, {"photos": "「表.jpg」不是可接收的文件，请移除后另拍一张"}),
    ({"photos": [("证.pdf", made.pdf())]}, {"photos": "「证.pdf」不是照片"}),
    ({"photos": [], "category": None}, {"photos": "请至少拍一张现场照片", "category": "请选择是什么隐患"}),
    ({"photos": [("a.jpg", PHOTO)] * 7}, {"photos": "最多 6 张照片，现有 7 张"}),
    ({"category": "H99", "text": "坏"}, {"text": "请说明是什么隐患"}),
    ({"text": "字" * 501}, {"text": "最多 500 个字，现有 501 个字"}),
    ({"accuracy": "900"}, {"address": "定位误差超过 500 米"}),
    ({"lng": None, "lat": None, "accuracy": None}, {"address": "请写明地址"}),
    ({"lng": "east", "address": "昆港公路 88 号"}, {"position": "定位数据有误"}),
    ({"lng": "NaN", "address": "昆港公路 88 号"}, {"position": "定位数据有误"}),
    ({"address": "88"}, {"address": "至少 4 个字"}),
    ({"village": "汤村"}, {"village": "请选择隐患所在的居村"}),
]


def test_what_is_wrong_stands_at_its_field_nothing_is_kept_and_the_same_find_can_be_mended(of, key, begun):
    li, before = of("li"), begun()

    for told, wrong in WRONG:
        status, answer = report(li, key, **told)
        assert status == 400 and answer["problems"].keys() == wrong.keys(), (told, answer)
        for field, said in wrong.items():
            assert said in answer["problems"][field][0] and "Expected" not in answer["sentence"]
    assert begun() == before

    assert report(li, key, lng=None, lat=None, accuracy=None, address="昆港公路 88 号")[0] == 201
    assert report(li, key, address="昆港公路 89 号")[0] == 409  # the key is used up
    large = [("大图.jpg", PHOTO + bytes(17 * 1024 * 1024))]  # more than any other body may have
    assert report(of("gu"), key)[0] == 400 and report(of("gu"), key, large, village="汤村")[0] == 201
    assert begun() == before + 2


def test_who_may_not_begin_it_is_told_who_may(of, key, begun):
    zhao, before = of("zhao"), begun()
    for who in ("zhao", "auditor", "drawer"):
        page = of(who).get("/report")
        assert page.status_code == 403 and "只有居村、举报受理的人员可以办理" in page.text and "上报</a>" not in page.text
    assert report(zhao, key)[0] == 403 and zhao.get("/report/near?address=昆港公路").status_code == 403
    assert report(of("bai"), key)[0] == 403 and begun() == before
    assert of("li").get("/inbox").text.count("上报</a>") == 2  # on a desk and on a telephone

    _, done = report(of("li"), key)
    assert zhao.get(done["at"]).status_code == 404


def test_what_a_browser_keeps_of_the_form_holds_no_token_and_only_who_may_report_is_given_it(of, browser):
    kept, live = of("li").get("/report/shell"), of("li").get("/report").text
    worker = browser.get("/report/worker.js")

    assert kept.status_code == 200 and 'name="csrf" content=""' in kept.text and 'id="report"' in kept.text
    assert re.search(r'name="csrf" content="[^"]+"', live)
    assert [of(who).get("/report/shell").status_code for who in ("zhao", "bai")] == [403, 403]
    assert browser.get("/report/shell").status_code == 302
    assert (worker.mimetype, worker.headers["Service-Worker-Allowed"]) == ("text/javascript", "/report")
    assert worker.headers["Cache-Control"] == "no-cache" and "worker-src 'self'" in kept.headers["Content-Security-Policy"]


def test_a_report_by_the_public_is_begun_at_its_desk_once(of, ask):
    bai = of("bai")
    page = bai.get("/report").text
    assert "登记群众举报" in page and 'id="report"' not in page and "登记群众举报" not in of("li").get("/report").text

    paths = {bai.post("/report/public", HX_Request="true", Idempotency_Key="once").headers["HX-Redirect"] for _ in range(2)}

    assert len(paths) == 1 and "受理登记" in bai.get(paths.pop()).text
    assert of("li").post("/report/public").status_code == 403


def test_what_lies_there_already_is_shown(of, app):
    rows = (
        place(901, name="昆港五金厂", lng="121.131300", lat="31.031000", village="陈坊村"),
        place(902, name="秦安街堆场", lng="121.140000", lat="31.031000", village="陈坊村", address="小昆山镇秦安街 5 号"),
        place(903, name="误录的厂", lng="121.131000", lat="31.031000", village="陈坊村", voided=True),
    )
    Ledger.add(SimpleNamespace(store_engine=app.extensions["engine"].store.engine), *rows)
    li = of("li")

    there = li.get("/report/near?lng=121.131&lat=31.031&accuracy=12&village=陈坊村").text
    street = li.get("/report/near?address=秦安街5号&village=陈坊村").text

    assert "昆港五金厂" in there and "约 29 米" in there and "秦安街堆场" not in there and "误录的厂" not in there
    assert "秦安街堆场" in street and "昆港五金厂" not in street
    assert li.get("/report/near?lng=121.2&lat=31.0&accuracy=12&village=汤村").text.strip() == ""
