"""The auditor finds a case, reads it, sees its chains, takes its history along; one byte is changed, and the program refuses it."""

import subprocess
import sys
from datetime import UTC, date, datetime

import pytest

from engine.store import database, seals
from tests.journeys.hazard import Hazard


@pytest.fixture(scope="module")
def case(town):
    """The key of a hazard that was registered, sealed, and of which a notice was issued and acknowledged since."""
    hazard = Hazard(town).registered()
    writing = database.connect(town.database_url)
    with writing.execution_options(write=True).begin() as connection:
        signing_key = seals.load_or_create_key(town.data_dir / "keys" / "seal.pem")
        seals.make_seal(connection, signing_key, date(2024, 4, 1), datetime(2024, 4, 1, 3, tzinfo=UTC))
    writing.dispose()
    hazard.served()
    town.admin.json("POST", "/v2/clock/reset", status=204)
    return hazard.key


def proved(folder, *words):
    """(exit status, what it says) of the program that was downloaded, run by Python alone."""
    done = subprocess.run([sys.executable, "-I", "verify_history.py", *words], cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_a_case_is_found_read_taken_along_and_proved_elsewhere(opened, case, tmp_path):
    window = opened()
    page = window.page

    def kept(act):
        with page.expect_download() as coming:
            act()
        coming.value.save_as(tmp_path / coming.value.suggested_filename)
        return tmp_path / coming.value.suggested_filename

    # given an auditor who looks for what somebody did, and finds the case by it
    window.go("/audit")
    window.sign_in("jiang.audit").see("您在这里的每次检索和查看都记入历史")
    window.sound()
    page.get_by_label("谁办的").fill("王志强")
    page.get_by_label("自", exact=True).fill("2024-04-02")
    page.get_by_label("至", exact=True).fill("2024-04-02")
    page.get_by_label("事件").select_option("办理")
    page.get_by_role("button", name="检索").click()
    window.see("王志强（wang.zhiqiang）的记录")
    page.locator(f".audit-line a[href='/audit/cases/{case}']").first.click()
    window.see("链和封印")

    # when it is read
    window.see("完好。").see("条待下一次封印")
    assert page.locator(".stretch.sealed .link-proven").count() and page.locator(".stretch:not(.sealed) .link-proven").count()
    page.locator("summary", has_text="变动前后").first.click()
    window.see("受送达人")
    window.sound()
    page.get_by_role("button", name="现在核验").click()
    page.locator("#chains .link-proven").first.wait_for()
    page.get_by_label("环节").select_option("issue_notice")
    page.get_by_role("button", name="筛选").click()
    window.see("清除条件")
    window.sound()

    # and taken along, with what it takes to prove it
    page.get_by_label("导出用途").fill("年度案卷评查")
    file = kept(page.get_by_role("button", name="导出本案历史").click)
    page.get_by_role("link", name="不依靠本系统怎样验证").click()
    window.see("换一台电脑")
    window.sound()
    kept(page.get_by_role("link", name="下载 verify_history.py").click)
    key = kept(page.get_by_role("link", name="可以下载").click).read_text().strip()

    # then the program accepts it, and refuses it with one byte changed
    status, said = proved(tmp_path, file.name, "--public-key", key)
    assert status == 0 and said.startswith("Intact:"), said
    content = bytearray(file.read_bytes())
    content[content.rindex(b"chen.amei")] ^= 1
    file.write_bytes(content)
    status, said = proved(tmp_path, file.name, "--public-key", key)
    assert status == 1 and "问题" in said, said

    # and the auditor finds that it was written down
    page.get_by_role("link", name="看我的查看记录").click()
    window.see("导出了 流程实例").see("的链和封印（核验）")
    window.sound()
    page.get_by_role("link", name="封印", exact=True).click()
    window.see("每天零点过后做一个封印")
    window.sound()
