"""隐患上报 as somebody with one hand does it: few taps, without a network, with a lost answer, with a file that is no photo."""

import json
import re

import pytest

from tests.engine.content import made

PHOTO = {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": made.photo("2024-04-01T09:20+08:00", size=(400, 300))}
SHEET = {"name": "表.jpg", "mimeType": "image/jpeg", "buffer": b"no photo"}
WHO = "chen.amei"
#: The shutter, the photo taken over, and the telephone asking once whether the page may know where it is.
OF_THE_TELEPHONE = 3
#: The next answers do not come back although the server has done what was asked.
LOSE = """n => { const send = XMLHttpRequest.prototype.send
XMLHttpRequest.prototype.send = function (body) { if (n-- > 0) this.onload = this.onerror; return send.call(this, body) } }"""
#: Until /report is kept, and the worker that answers with it is at work.
KEPT = """async () => {
  while (!localStorage.getItem('report-shell') || (await navigator.serviceWorker.getRegistration('/report'))?.active?.state !== 'activated')
    await new Promise(done => setTimeout(done, 50))
}"""
#: What this browser keeps for when there is no network: {path: text}.
CACHED = """async () => {
  const found = {}
  for (const name of await caches.keys()) {
    const cache = await caches.open(name)
    for (const request of await cache.keys()) found[new URL(request.url).pathname] = await (await cache.match(request)).text()
  }
  return found
}"""
#: How large a photo is, as it arrived.
SIZE = """key => fetch(`/api/attachments/${key}`).then(answer => answer.blob()).then(createImageBitmap)
  .then(({ width, height }) => [width, height])"""
#: Of a telephone that was held upright, whose camera lies.
LYING = {"name": "横拍.jpg", "mimeType": "image/jpeg", "buffer": made.photo("2024-04-01T09:20+08:00", size=(4000, 3000), turned=6)}


def finds(town):
    """The numbers of all finds so far."""
    asked = {"filter": {"processDefinitionId": "discovery_intake"}, "page": {"limit": 100}}
    found = town.person("jiang.audit").json("POST", "/v2/process-instances/search", asked)["items"]
    return {one["businessId"] for one in found if (one["businessId"] or "").startswith("松昆随-")}


def test_a_find_is_told_with_few_taps_and_arrives_once_whatever_the_network_does(opened, town):
    # given
    window = opened().sign_in(WHO)
    page, before, taps = window.page, finds(town), []
    page.locator("#list").wait_for()
    window.context.grant_permissions(["geolocation"], origin=window.url)
    window.context.set_geolocation({"longitude": 121.131, "latitude": 31.031, "accuracy": 12})

    def tap(what):
        taps.append(what)
        what.check() if "radio" in str(what.get_attribute("type")) else what.click()

    def filled_in(kind):
        with page.expect_file_chooser() as camera:
            tap(page.get_by_text("拍照", exact=True))
        assert camera.value.element.get_attribute("capture") == "environment"
        camera.value.set_files(PHOTO)
        page.locator("#photos img").wait_for()
        tap(page.get_by_label(kind))

    # when
    tap(page.locator(".thumbs, .bar-places").get_by_role("link", name="上报").filter(visible=True))
    window.see("已定位，误差约 12 米")
    window.sound()
    filled_in("占用疏散通道")
    tap(page.get_by_role("button", name="发送上报"))

    # then
    window.see("已收到")
    window.sound()
    number = page.locator("h1").inner_text()
    assert len(taps) + OF_THE_TELEPHONE <= 10
    assert finds(town) - before == {number}
    assert "登记场所和隐患" in page.locator(".sent-where").inner_text()

    # when there is no network, it stays here, beside the next one that is begun
    page.get_by_role("link", name="再报一条").click()
    filled_in("违规用电")
    window.context.set_offline(True)
    page.get_by_role("button", name="发送上报").click()
    window.see("还有 1 条没有发出")
    window.see("没有网络，这条上报还没有发出，已存在这台手机上（含照片 1 张）")
    page.get_by_label("瓶装液化气").check()
    assert finds(town) - before == {number}
    window.context.set_offline(False)
    window.see("已发出")
    offline = page.locator("#notice").inner_text()[:13]
    window.wrong[:] = [said for said in window.wrong if "ERR_INTERNET_DISCONNECTED" not in said]
    window.sound()
    assert finds(town) - before == {number, offline}

    # and when an answer is lost, it is asked for again from another page: still one case
    page.reload()
    page.locator("#report:not([inert])").wait_for()
    assert page.get_by_label("瓶装液化气").is_checked()
    with page.expect_file_chooser() as camera:
        page.get_by_text("拍照", exact=True).click()
    camera.value.set_files(PHOTO)
    page.locator("#photos img").wait_for()
    page.evaluate(LOSE, 1)
    page.get_by_role("button", name="发送上报").click()
    window.see("还有 1 条没有发出")
    assert len(finds(town) - before) == 3
    window.go("/inbox")
    window.see("已发出：之前没有网络时填写的上报")
    lost = page.locator("#notice").inner_text()[:13]
    assert finds(town) - before == {number, offline, lost} and re.fullmatch(r"松昆随-\d{4}-\d{4}", lost)
    window.go("/report")
    window.see("已定位")
    assert not page.locator("#unsent").is_visible()

    # and what is no photo is said at the photos, and the find is mended
    page.locator("#album").set_input_files([SHEET])
    page.get_by_label("违规用火").check()
    with window.refused(400):
        page.get_by_role("button", name="发送上报").click()
        window.see("「表.jpg」不是可接收的文件")
    assert "表.jpg" in page.locator("[data-field=photos] .field-problem").inner_text()
    window.sound()
    page.get_by_role("button", name="移除照片 1").click()
    page.get_by_role("button", name="发送上报").click()
    window.see("请至少拍一张现场照片")
    page.locator("#camera").set_input_files(PHOTO)
    page.locator("#photos img").wait_for()
    page.get_by_role("button", name="发送上报").click()
    window.see("已收到")
    assert len(finds(town) - before) == 4


def test_without_a_position_the_address_is_asked_for(opened):
    window = opened().sign_in(WHO)
    page = window.page
    page.locator("#list").wait_for()
    window.go("/report")
    window.see("没有允许定位，请写明地址")
    page.locator("#camera").set_input_files(PHOTO)
    page.get_by_label("可能是重大隐患").check()
    page.get_by_role("button", name="发送上报").click()
    window.see("请写明地址（至少 4 个字）。")
    window.sound()
    page.get_by_label("占用疏散通道").check()
    page.get_by_label("地址").fill("昆港公路 88 号 3 号厂房")
    page.get_by_role("button", name="发送上报").click()
    window.see("已收到")
    assert "重大（待核实）" in page.locator(".facts").inner_text()
    window.sound()


@pytest.mark.parametrize("opened", [390], indirect=True, ids=["390px"])
def test_the_form_opens_without_a_network_with_what_waits_and_a_large_photo_goes_smaller_with_time_and_place(opened, town):
    # given somebody who has signed in where there was a network, and was not on the page of finds
    window = opened().sign_in(WHO)
    page, before = window.page, finds(town)
    page.locator("#list").wait_for()
    page.evaluate(KEPT)
    kept = page.evaluate(CACHED)
    assert set(kept) == {"/report"} | set(re.findall(r'(?:href|src)="(/assets/[^"]+)"', kept["/report"])) and len(kept) > 5
    assert 'name="csrf" content=""' in kept["/report"] and "登记群众举报" not in kept["/report"]

    # when
    window.context.set_offline(True)
    window.go("/report")
    window.see("没有连上网络。照常填写、发送即可")
    window.sound()
    page.locator("#camera").set_input_files(LYING)
    page.locator("#photos img").wait_for()
    page.get_by_label("占用疏散通道").check()
    page.get_by_label("地址").fill("昆港公路 88 号 3 号厂房")
    page.get_by_role("button", name="发送上报").click()
    window.see("还有 1 条没有发出")
    window.go("/report")
    window.see("还有 1 条没有发出")
    assert finds(town) == before

    # then it goes from the kept page, which had no token of the session, once there is a network
    window.context.set_offline(False)
    window.see("已发出")
    window.wrong[:] = [said for said in window.wrong if "ERR_INTERNET_DISCONNECTED" not in said]
    (number,) = finds(town) - before
    auditor = town.person("jiang.audit")
    asked = {"filter": {"processDefinitionId": "discovery_intake", "businessId": number}}
    (case,) = auditor.json("POST", "/v2/process-instances/search", asked)["items"]
    asked = {"filter": {"processInstanceKey": case["processInstanceKey"], "name": "photos"}}
    (photos,) = auditor.json("POST", "/v2/variables/search?truncateValues=false", asked)["items"]
    (photo,) = json.loads(photos["value"])
    assert (photo["taken_at"], photo["lng"], photo["lat"]) == ("2024-04-01T09:20:00+08:00", 121.13, 31.03)
    assert page.evaluate(SIZE, photo["key"]) == [1920, 2560]

    # and whoever signs out leaves nothing behind
    window.go("/inbox")
    page.evaluate(KEPT)
    page.evaluate("document.querySelector('[hx-post=\"/logout\"]').click()")
    page.locator("#username").wait_for()
    page.evaluate("async () => { while (localStorage.getItem('report-shell')) await new Promise(done => setTimeout(done, 50)) }")
    assert page.evaluate(CACHED) == {}
