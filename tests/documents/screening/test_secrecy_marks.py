"""Which lines and names carry the mark of a state secret, and which only speak of secrets."""

import pytest

from wenpan.documents.screening.secrecy_marks import (
    level_in_line,
    level_in_lines,
    level_in_name,
    level_in_row,
)


@pytest.mark.parametrize(
    "line, level",
    [
        ("机密★1年", "机密"),
        ("秘密★10年", "秘密"),
        ("绝密★长期", "绝密"),
        ("绝密★30年 特急", "绝密"),
        ("000123　机密★1年　　特急", "机密"),
        ("机 密", "机密"),
        ("秘　密", "秘密"),
        ("秘\u200b密", "秘密"),
        ("【机密】", "机密"),
        ("（秘密）安禾区经济形势", "秘密"),
        ("安禾区经济形势[绝密]", "绝密"),
        ("密级：机密", "机密"),
        ("密级 秘密★5年", "秘密"),
        ("机密☆1年", "机密"),
        ("机密＊1年", "机密"),
        ("机密 ★ 1年", "机密"),
        ("機密★1年", "机密"),
        ("秘密级", "秘密"),
        ("机密文件", "机密"),
        ("秘密 3年", "秘密"),
        ("机密★启用前", "机密"),
        ("特急 机密", "机密"),
    ],
)
def test_a_mark_is_known_in_its_forms(line, level):
    assert level_in_line(line) == level


@pytest.mark.parametrize(
    "line",
    [
        "切实做好保密工作，严守国家秘密。",
        "加强商业秘密保护",
        "商业秘密",
        "国家秘密",
        "保守秘密",
        "属于国家秘密的，密级分为绝密、机密、秘密三级。",
        "机密性测试",
        "秘密警察",
        "文件首页应标注“机密★1年”",
        "“机密”",
        "绝密级国家秘密载体应当存放在符合标准的设施中",
        "密级",
        "密级：无",
        "密级：公开（非国家秘密）",
        "机密文件管理办法",
        "推动秘密级以下事项清理",
        "",
        "紧密合作，密切配合",
    ],
)
def test_words_about_secrets_are_no_mark(line):
    assert level_in_line(line) == ""


@pytest.mark.parametrize(
    "name, level",
    [
        ("机密★1年 内部.xlsx", "机密"),
        ("机密.docx", "机密"),
        ("【秘密】9月经济运行.docx", "秘密"),
        ("9月经济运行（机密）.docx", "机密"),
        ("9月经济运行-绝密.pdf", "绝密"),
        ("秘密_9月.xls", "秘密"),
        ("机密 9月.xls", "机密"),
        ("秘 密 9月.jpg", "秘密"),
        ("秘密3年9月数据.xlsx", "秘密"),
        ("密级机密★1年.doc", "机密"),
        ("机密文件：经济运行.docx", "机密"),
        ("机\u202e密.xlsx", "机密"),
    ],
)
def test_a_name_may_carry_the_mark(name, level):
    assert level_in_name(name) == level


@pytest.mark.parametrize(
    "name",
    [
        "保密工作总结.docx",
        "商业秘密保护工作方案.docx",
        "国家秘密.docx",
        "机密文件管理办法.docx",
        "9月经济运行.xlsx",
        "关于“秘密”一词.txt",
    ],
)
def test_a_name_may_speak_of_secrets(name):
    assert level_in_name(name) == ""


def test_the_gravest_of_several_counts():
    assert level_in_lines(["秘密★1年", "绝密★1年"]) == "绝密"


def test_a_label_in_the_cell_before_makes_a_mark():
    assert level_in_row(["单位", "密级", "机密★1年"]) == "机密"
    assert level_in_row(["密级", "机密"]) == "机密"
    assert level_in_row(["商业秘密", "件", "12"]) == ""
