"""Where a file's mark of secrecy is looked for, and where the same words are only words."""

import pytest

from tests.documents.screening.marked import ofd, ole, packed, sheets, split_runs, strings_of_xls, word
from wenpan.documents.screening.heads import pdf_level, secrecy_level

TALK = ["全区保密工作会议召开", "会议强调，要保守国家秘密，加强商业秘密保护。"]
ROWS = [["指标", "9月"], ["工业增加值", 5.1]]
RELATIONS = "<a/>"


@pytest.mark.parametrize(
    "data, level",
    [
        (word("机密★1年", *TALK), "机密"),
        (word("", "000001", "秘 密", *TALK), "秘密"),
        (split_runs("机", "密", "★", "1年"), "机密"),
        (word(*TALK, header="绝密★10年"), "绝密"),
        (word(*TALK, footer="秘密"), "秘密"),
        (word(*TALK, subject="机密★1年"), "机密"),
        (word(*TALK, keywords="经济, 机密"), "机密"),
        (sheets([["机密★1年"], *ROWS]), "机密"),
        (sheets([["主要指标"], ["密级", "秘密"], *ROWS]), "秘密"),
        (sheets(ROWS, [["【绝密】"]]), "绝密"),
        (sheets([["机密★1年"], *ROWS], inline=True), "机密"),
        (sheets(ROWS, names=("秘密",)), "秘密"),
        (sheets(ROWS, header="&C&\"黑体\"机密★1年"), "机密"),
        (ofd("机", "密", "★", "1", "年"), "机密"),
        (ofd("秘密★1年", "正文"), "秘密"),
        (ole("机密★1年", "正文"), "机密"),
        (ole("正文", "秘 密"), "秘密"),
        (strings_of_xls("指标", "机密", "9月"), "机密"),
        ("机密★10年\n正文".encode(), "机密"),
        ("密级,机密\n指标,9月\n".encode("gb18030"), "机密"),
        ("秘密\r\n正文".encode("utf-16"), "秘密"),
        (packed({"content.xml": "<text:p>机密★1年</text:p><text:p>指标</text:p>"}), "机密"),
        ("<html><body><table><tr><td>秘密★1年</td></tr></table>".encode("gb18030"), "秘密"),
    ],
)  # fmt: skip
def test_a_mark_is_found_where_papers_carry_it(data, level):
    assert secrecy_level(data, "九月.x") == level


@pytest.mark.parametrize(
    "data",
    [
        word(*TALK),
        word(*TALK, header="商业秘密保护", subject="保密工作"),
        word(*["正文"] * 40, "机密★1年"),  # far down it is text
        sheets([["商业秘密案件", "保密检查"], *ROWS]),
        ofd("保", "密", "工", "作"),
        packed({"content.xml": "<text:p>商业秘密案件</text:p>"}),
        "<table><tr><td>国家秘密</td><td>保密检查</td></tr></table>".encode(),
        ole("商业秘密保护", "国家秘密", "文件首页标注“机密★1年”"),
        strings_of_xls("商业秘密", "保密工作"),
        "切实保守秘密\n商业秘密".encode(),
        b"PK\x03\x04 broken",
        packed({"word/document.xml": b"<w:p><w:t>" + b"x" * 3_000_000}),
        b"",
        b"\xff\xfe\x00",
        b"%PDF-1.4 proof",
    ],
)
def test_words_about_secrets_stay_words(data):
    assert secrecy_level(data, "保密工作.docx") == ""


def test_a_name_alone_is_enough():
    assert secrecy_level(b"anything", "机密★1年 内部.xlsx") == "机密"


def test_a_pdf_is_read_on_its_first_pages():
    from tests.documents.screening.pdf import pdf_of

    assert pdf_level(pdf_of("机密★1年", "9月")) == "机密"
    assert pdf_level(pdf_of("商业秘密保护")) == ""
