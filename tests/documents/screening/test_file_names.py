"""Names as people send them, and as they are shown and stored."""

import pytest

from wenpan.documents.screening.file_names import clean_name, too_long


@pytest.mark.parametrize(
    "sent, kept",
    [
        ("九月.xlsx", "九月.xlsx"),
        ("安禾\u202excl.exe.xlsx", "安禾xcl.exe.xlsx"),
        ("a\u2066b\u2069c\u200f.pdf", "abc.pdf"),
        ("九\u200b月\ufeff.xlsx", "九月.xlsx"),
        ("九月\x00\x07\x1b[31m.xlsx", "九月[31m.xlsx"),
        ("九月\r\n第二行.xlsx", "九月 第二行.xlsx"),
        ("  九月 　\u00a0 快报  .xlsx ", "九月 快报 .xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\文件\\九月.xlsx", "九月.xlsx"),
        ("\u202e\u200b", "未命名"),
        ("", "未命名"),
        ("...", "未命名"),
        ("e\u0301te\u0301.txt", "été.txt"),
    ],
)
def test_a_name_keeps_what_people_can_see(sent, kept):
    assert clean_name(sent) == kept
    assert clean_name(kept) == kept


def test_two_hundred_characters_are_the_most():
    assert not too_long("月" * 200)
    assert too_long("月" * 201)
