"""A paper says what it is: kind, title, number, issuer, date; and a whole paper is taken in one go."""

from __future__ import annotations

import io
from datetime import date

import pytest

from wenpan.documents.orders.masthead import PaperHead, recognise
from wenpan.documents.orders.paper_day import written_day
from wenpan.documents.orders.take_in import MAX_CHARACTERS, again, take
from wenpan.documents.orders.units.gazetteer import Gazetteer
from wenpan.documents.spreadsheets.unreadable import Unreadable
from wenpan.economy.time.calendars import Calendar
from wenpan.rules import load_yaml

CALENDAR = Calendar.from_data(load_yaml("calendars/china")[0])
DAY, TODAY = date(2022, 10, 14), date(2022, 11, 1)
SPEECH = ["在全区经济运行调度会上的讲话", "区长　李建安", "（2022年10月14日）", "同志们：今天开会。"]
NOTICE = [
    "安禾区人民政府办公室文件",
    "安政办〔2022〕17号",
    "安禾区人民政府办公室关于做好四季度工作的通知",
    "各镇人民政府，区直各单位：",
    "为做好工作，现通知如下。",
    "安禾区人民政府办公室",
    "2022年10月14日",
]
MINUTES = [
    "安禾区人民政府常务会议纪要",
    "（2022年第16次）",
    "8月22日，区政府召开会议。",
]


@pytest.mark.parametrize(
    "lines, filename, head",
    [
        (SPEECH, "a.docx", PaperHead("speech", SPEECH[0], "", "区长 李建安", DAY)),
        (NOTICE, "a.docx", PaperHead("notice", NOTICE[2], "安政办〔2022〕17号", "安禾区人民政府办公室", DAY)),
        (MINUTES, "a.docx", PaperHead("minutes", MINUTES[0], "", "", date(2022, 8, 22))),
        (["新增企业60个"], "任务分解表（20221014）.xlsx", PaperHead("table", "任务分解表", "", "", DAY)),
        ([], "2022-10-14 区长批示.pdf", PaperHead("note", "2022-10-14 区长批示", "", "", DAY)),
        (
            ["关于抓好工作的通知", "四、2022年9月30日前完成台账。", "区政府办公室 2022年10月14日"],
            "x.docx",
            PaperHead("notice", "关于抓好工作的通知", "", "", DAY),
        ),
        (["抓好落实。"], "x.txt", PaperHead("", "x", "", "", None)),
    ],
    ids=["speech", "notice", "minutes", "table", "file name", "an order is no date", "nothing said"],
)
def test_what_the_paper_says_of_itself(lines, filename, head):
    assert recognise(lines, filename) == head


@pytest.mark.parametrize(
    "text, day",
    [
        ("2022年10月14日", DAY),
        ("２０２２年１０月１４日", DAY),
        ("2022-10-14", DAY),
        ("2022.10.14", DAY),
        ("讲话20221014", DAY),
        ("二〇二二年十月十四日", DAY),
        ("2022年10月14日（星期五）", DAY),
        ("2022年10月14日 周五", DAY),
    ],
)
def test_a_day_in_its_spellings(text, day):
    assert written_day(text) == (day, "")


def test_a_month_alone_is_no_day():
    assert written_day("2022年10月") is None


@pytest.mark.parametrize(
    "text, doubt",
    [
        ("2022年13月40日", "“2022年13月40日”在日历上没有"),
        ("2022年2月30日", "“2022年2月30日”在日历上没有"),
        ("2022年2月29日", "“2022年2月29日”在日历上没有"),
        ("2022-11-31", "“2022-11-31”在日历上没有"),
        ("台账20220230", "“20220230”在日历上没有"),
        ("二〇二二年二月三十日", "“二〇二二年二月三十日”在日历上没有"),
        ("2022年10月14日（星期八）", "“2022年10月14日”后的“星期八”不是星期几"),
        ("2022年10月14日周7", "“2022年10月14日”后的“周7”不是星期几"),
        ("2022年10月14日（周四）", "“2022年10月14日”后的“周四”与日期不符, 2022年10月14日是星期五"),
        ("二〇二二年十月十六日（星期天）", ""),
        ("2022年10月14日（第3周）", ""),
        ("2022年10月14日周四期", ""),
    ],
)
def test_a_day_that_no_calendar_has_is_asked_about(text, doubt):
    day = written_day(text)
    assert day.doubt == doubt
    assert (day.day is None) == bool(doubt)


@pytest.mark.parametrize(
    "lines, filename",
    [
        (["关于抓好四季度工作的通知", "区政府办", "2022年2月30日"], "x.docx"),
        (["关于抓好四季度工作的通知", "区政府办", "2022年2月30日"], "通知20221014.docx"),
        (["关于抓好四季度工作的通知", "各单位要抓好落实。"], "通知2022-02-30.docx"),
        (["区政府常务会议纪要（2022年第16次）", "2月30日，区政府召开会议。"], "x.docx"),
    ],
    ids=["signed", "the paper goes before its file's name", "the file's name", "minutes"],
)
def test_a_paper_of_a_day_that_is_none_has_no_day_and_says_why(lines, filename):
    head = recognise(lines, filename)
    assert head.dated is None
    assert "在日历上没有" in head.doubt


def _take(lines, dated=None):
    return take("\n".join(lines).encode(), "x.txt", dated, TODAY, CALENDAR, Gazetteer())


ORDER = "经发局要在下周三前拿出方案。"


@pytest.mark.parametrize(
    "lines, dated, used, due",
    [
        ([*SPEECH, ORDER], None, DAY, date(2022, 10, 19)),
        ([*SPEECH, ORDER], date(2022, 10, 21), date(2022, 10, 21), date(2022, 10, 26)),
        ([ORDER], None, TODAY, date(2022, 11, 9)),
    ],
    ids=["the paper's day", "the given day goes first", "today where nothing is said"],
)
def test_relative_deadlines_count_from_the_papers_day(lines, dated, used, due):
    taken = _take(lines, dated)
    assert taken.dated == used
    assert [p.deadline for p in taken.proposals] == [due]


def test_the_same_text_for_another_day():
    taken = _take([ORDER])
    [p] = again(taken.paragraphs, taken.places, date(2022, 10, 14), CALENDAR, Gazetteer())
    assert p.deadline == date(2022, 10, 19)


@pytest.mark.parametrize("text, code", [(" \n\n ", "no_text"), ("事" * (MAX_CHARACTERS + 1), "too_long")])
def test_a_paper_without_words_and_one_without_end(text, code):
    with pytest.raises(Unreadable) as refusal:
        take(text.encode(), "x.txt", None, TODAY, CALENDAR, Gazetteer())
    assert refusal.value.code == code


def test_a_row_of_a_table_knows_its_cells():
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("任务表")
        sheet.write_row(0, 0, ("序号", "工作任务", "牵头单位", "完成时限"))
        sheet.write_row(1, 0, (1, "拿出工业稳增长方案", "经发局", "10月底前"))
    taken = take(buffer.getvalue(), "分解表.xlsx", DAY, TODAY, CALENDAR, Gazetteer())
    [p] = taken.proposals
    assert (p.lead, p.deadline, p.place) == ("经发局", date(2022, 10, 31), "任务表!A2:D2")
