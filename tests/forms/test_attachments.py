"""A file in a form is a reference to something that was uploaded, and nothing else."""

import pytest

from tests.forms.filled import paper, photo
from tests.forms.making import field, form, load, problems


def test_a_reference_is_kept_with_what_it_proves():
    (kept,) = load(form(field("filepicker")), {"x": [photo("厂.jpg", "2024-04-01T01:00Z")]})["x"]
    assert kept["taken_at"].isoformat() == "2024-04-01T09:00:00+08:00"
    assert (str(kept["lng"]), kept["size"], kept["name"]) == ("121.13", 2_400_000, "厂.jpg")


@pytest.mark.parametrize(
    "change, says",
    [
        ({"key": 2251}, "附件的编号"),
        ({"key": "x"}, "附件的编号"),
        ({"key": "9" * 20}, "附件的编号"),
        ({"width": 0}, "像素数"),
        ({"height": "9"}, "像素数"),
        ({"name": ""}, "附件名称"),
        ({"name": "../../etc/passwd"}, "不含路径"),
        ({"name": "a\nb"}, "附件名称"),
        ({"name": 5}, "附件名称"),
        ({"name": "长" * 201}, "附件名称"),
        ({"sha256": "AB" * 32}, "SHA-256"),
        ({"sha256": "ab"}, "SHA-256"),
        ({"size": 0}, "附件大小"),
        ({"size": 1.5}, "附件大小"),
        ({"size": True}, "附件大小"),
        ({"size": "9"}, "附件大小"),
        ({"size": 10**12}, "附件大小"),
        ({"type": "图片"}, "附件类型"),
        ({"taken_at": "昨天"}, "拍摄时间"),
        ({"lng": 200}, "经度"),
        ({"lat": "31"}, "经度"),
        ({"lng": None}, "同时提供"),
        ({"url": "http://example.com"}, "没有「url」这一项"),
    ],
)
def test_a_reference_of_another_shape_is_refused(change, says):
    (sentence,) = problems(form(field("filepicker")), {"x": [{**photo("a.jpg", "2024-04-01T09:00+08:00"), **change}]})["x"]
    assert sentence.startswith("「字段」") and says in sentence


@pytest.mark.parametrize("item", [None, "files::1", 5, {}, {"name": "a"}])
def test_what_is_no_reference_is_refused(item):
    assert problems(form(field("filepicker")), {"x": [item]}) == {"x": ["「字段」应为已上传的附件（名称、SHA-256、大小）。"]}


@pytest.mark.parametrize(
    "accept, fits", [("", True), ("image/*", False), (".PDF", True), ("image/*, application/pdf", True), (".docx,image/png", False)]
)
def test_only_files_of_the_types_that_are_accepted(accept, fits):
    found = problems(form(field("filepicker", accept=accept)), {"x": [paper("证.pdf")]})
    assert found == ({} if fits else {"x": [f"「字段」应为 {accept} 类型的文件，但收到的是「证.pdf」。"]})


def test_too_many_files_are_refused():
    assert problems(form(field("filepicker", multiple=True)), {"x": [paper()] * 101}) == {"x": ["「字段」最多 100 个附件，但有 101 个。"]}
