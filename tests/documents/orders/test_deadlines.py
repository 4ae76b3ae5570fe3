"""What the words of a deadline mean in a document of Friday, 14 October 2022."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenpan.documents.orders.deadlines import find
from wenpan.economy.time.calendars import Calendar
from wenpan.rules import load_yaml

ON = date(2022, 10, 14)  # a Friday
CALENDAR = Calendar.from_data(load_yaml("calendars/china")[0])

DATES = {
    "10月20日前": "2022-10-20", "10月20日之前": "2022-10-20", "10月25号前": "2022-10-25",
    "2022年11月5日前": "2022-11-05", "2023年3月1日以前": "2023-03-01",
    "二〇二二年十二月三十一日前": "2022-12-31",
    "11月8日(星期二)下午5时前": "2022-11-08", "11月8日（星期二）17:00前": "2022-11-08",
    "20日前": "2022-10-20",
    "10日前": "2022-11-10", "本月25日前": "2022-10-25", "下月5日前": "2022-11-05", "次月10日前": "2022-11-10",
    "明年1月15日前": "2023-01-15", "3月1日前": "2023-03-01", "10月14日前": "2022-10-14",
    "10月底前": "2022-10-31", "10月底": "2022-10-31", "11月末": "2022-11-30", "11月底之前": "2022-11-30",
    "2月底前": "2023-02-28", "2024年2月底前": "2024-02-29", "11月上旬": "2022-11-10",
    "11月中旬前": "2022-11-20",
    "11月下旬": "2022-11-30", "12月初": "2022-12-10", "月底前": "2022-10-31", "本月底前": "2022-10-31",
    "下月底前": "2022-11-30", "12月前": "2022-11-30", "11月份以前": "2022-10-31", "12月份完成": "2022-12-31",
    "11月内": "2022-11-30", "10月至12月": "2022-12-31", "10—12月": "2022-12-31",
    "2023年3月至5月": "2023-05-31",
    "9—11月": "2022-11-30", "11月底和12月20日前": "2022-12-20", "11月10日、12月10日前": "2022-12-10",
    "11月1日至11月15日": "2022-11-15", "11月1日至15日": "2022-11-15", "11月中旬至12月底": "2022-12-31",
    "年底前": "2022-12-31", "年内": "2022-12-31", "今年底前": "2022-12-31", "今年年底前": "2022-12-31",
    "2022年底": "2022-12-31", "2022年底前": "2022-12-31", "2023年前": "2022-12-31",
    "2023年上半年": "2023-06-30",
    "到2025年": "2025-12-31", "2025年底前": "2025-12-31", "明年底前": "2023-12-31", "2023年内": "2023-12-31",
    "四季度末": "2022-12-31", "第四季度末前": "2022-12-31", "一季度末": "2023-03-31",
    "2023年一季度": "2023-03-31",
    "上半年前": "2023-06-30", "本周五前": "2022-10-14", "本周内": "2022-10-16", "本周日前": "2022-10-16",
    "下周三前": "2022-10-19", "下周一上午": "2022-10-17", "下周五下班前": "2022-10-21",
    "下周内": "2022-10-23",
    "周三前": "2022-10-19", "今天下班前": "2022-10-14", "明天上午": "2022-10-15", "3日内": "2022-10-17",
    "三天内": "2022-10-17", "10日之内": "2022-10-24", "3个工作日内": "2022-10-19",
    "10个工作日内": "2022-10-28",
    "一周内": "2022-10-21", "两周内": "2022-10-28", "一个月内": "2022-11-14", "2个月内": "2022-12-14",
    "半个月内": "2022-10-29", "半年内": "2023-04-14", "24小时内": "2022-10-15", "会后3日内": "2022-10-17",
    "散会后两天内": "2022-10-16", "自本通知印发之日起5个工作日内": "2022-10-21", "元旦前": "2022-12-31",
    "春节前": "2023-01-20", "清明节前": "2023-04-04", "五一前": "2023-04-30", "国庆节前": "2023-09-30",
    "2022.12.31前": "2022-12-31", "2022-11-05": "2022-11-05", "2022/11/5前": "2022-11-05",
    "11.20前": "2022-11-20",
    "2022年11月—2023年3月": "2023-03-31", "2022年11月至2023年3月底": "2023-03-31", "六一前": "2023-05-31",
    "两周时间": "2022-10-28", "三个月左右时间": "2023-01-14",
    "2022年9月30日前": "2022-09-30", "2021年底前": "2021-12-31", "即日起至11月底": "2022-11-30",
}  # fmt: skip
RECURRING = {
    "每周五下班前": "weekly:5", "每周五上午下班前": "weekly:5", "每周": "weekly", "每月25日前": "monthly:25",
    "每月5号前": "monthly:5", "每月": "monthly", "每季度末": "quarterly",
    "每季度最后一个月的30日前": "quarterly",
    "每半年": "semiannual", "每半月": "semimonthly", "每年3月底前": "yearly", "每日": "daily",
    "每旬": "ten-daily",
    "每两周": "biweekly", "按月": "monthly", "按季度": "quarterly", "每周一督查、每月一通报": "weekly",
    "一周一督查、一月一通报": "weekly", "每两个月": "bimonthly",
}  # fmt: skip
EVENTS = (
    "收到通知后5日内", "开网后3日内", "立项文件下达后30日内", "反馈之日起15日内", "主汛期前", "汛期来临前",
    "开学前",
    "入冬前", "供暖期前", "合同签订后10日内", "赛前10日", "提前3个工作日",
)  # fmt: skip
NONE = (
    "尽快", "抓紧", "按时", "适时", "立即", "今天部署的事项", "底数不清", "底线思维", "每一个项目",
    "每名干部",
    "12.5%", "13.45前", "2.5亿元", "3.12.4版", "第一产业", "月亮", "今年以来", "截至目前", "2022年工作要点",
)  # fmt: skip


def only(words: str):
    found = find(
        f"区住建局要{'用' if words.endswith('时间') else '在'}{words}完成整改", on=ON, calendar=CALENDAR
    )
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(("words", "expected"), DATES.items())
def test_the_words_mean_this_day(words: str, expected: str) -> None:
    read = only(words)
    assert (read.kind, str(read.date)) == ("date", expected)


@pytest.mark.parametrize(("words", "expected"), RECURRING.items())
def test_a_rhythm_is_a_recurrence_without_a_day(words: str, expected: str) -> None:
    read = only(words)
    assert (read.text, read.kind, read.recurrence, read.date) == (words, "recurring", expected, None)


@pytest.mark.parametrize("words", EVENTS)
def test_an_event_has_no_day_yet(words: str) -> None:
    read = only(words)
    assert (read.kind, read.date) == ("event", None)
    assert words.endswith(read.text) or read.text in words


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2023年", "2023-12-31"), ("2022—2023年", "2023-12-31"), ("3个月", "2023-01-14"),
        ("5个工作日", "2022-10-21"), ("2022.11.30", "2022-11-30"), ("11月", "2022-11-30"),
        ("四季度", "2022-12-31"), ("2022.12", "2022-12-31"),
    ],
)  # fmt: skip
def test_a_cell_of_limits_says_a_day_in_few_words(cell: str, expected: str) -> None:
    (read,) = find(f"完成时限:{cell}", on=ON, calendar=CALENDAR)
    assert str(read.date) == expected


@pytest.mark.parametrize("words", NONE)
def test_haste_and_statistics_are_no_deadlines(words: str) -> None:
    assert find(words, on=ON, calendar=CALENDAR) == []


def test_a_limit_over_unpublished_holidays_says_that_it_is_estimated() -> None:
    later = date(max(CALENDAR.published) + 2, 3, 1)
    (read,) = find("5个工作日内", on=later, calendar=CALENDAR)
    assert read.estimated


def test_an_aside_in_brackets_is_marked() -> None:
    first, second = find("每季度末（其中12月底前）报送", on=ON, calendar=CALENDAR)
    assert (first.aside, second.aside) == (False, True)


def test_the_parts_of_one_limit_are_one_limit() -> None:
    (whole,) = find("每季度末（分别在6月、9月和12月底）报送", on=ON, calendar=CALENDAR)
    assert (whole.text, whole.recurrence) == ("每季度末（分别在6月、9月和12月底）", "quarterly")


PIECES = st.sampled_from(
    [
        *DATES,
        *RECURRING,
        *EVENTS,
        *NONE,
        "区住建局",
        "，",
        "。",
        "（",
        "）",
        "、",
        "每",
        "年",
        "月",
        "日",
        "前",
        "3",
        "十",
    ]
)
texts = st.lists(PIECES, max_size=12).map("".join)
days = st.dates(date(2012, 1, 1), date(2035, 12, 31))


@settings(max_examples=300, deadline=None)
@given(texts, days)
def test_every_deadline_quotes_the_text_and_none_overlap(text: str, on: date) -> None:
    found = find(text, on=on, calendar=CALENDAR)
    assert all(d.text == text[d.start : d.end] and d.text for d in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
    assert all((d.date is not None) == (d.kind == "date") for d in found)
    assert all(bool(d.recurrence) == (d.kind == "recurring") for d in found)


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 12), st.integers(1, 28), days)
def test_a_day_without_a_year_is_never_before_the_document(month: int, day: int, on: date) -> None:
    for words in (f"{month}月{day}日前", f"{month}月底前", f"{month}月中旬", f"{day}日前", f"{month}月前"):
        (read,) = find(words, on=on, calendar=CALENDAR)
        assert read.date is not None
        assert on <= read.date <= on + timedelta(days=366)


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 60), days)
def test_working_days_skip_weekends_and_holidays(n: int, on: date) -> None:
    (read,) = find(f"{n}个工作日内", on=on, calendar=CALENDAR)
    assert read.date is not None
    passed = [on + timedelta(days=i) for i in range(1, (read.date - on).days + 1)]
    assert sum(map(CALENDAR.is_working_day, passed)) == n
    assert CALENDAR.is_working_day(read.date)
