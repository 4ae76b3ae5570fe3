"""Deadlines in official Chinese: the words, and the date they mean for a document of a given day.

Pure. `find` reads "10月底前", "每周五下班前", "3个工作日内", "收到通知后5日内", "春节前", "7—9月". A
deadline is a date, a recurrence (`weekly:5`, `monthly:5,20`, …) or an event whose day is not known.
尽快, 抓紧, 适时 are no deadlines and are not found. 2月30日, 周八, 25时 are found as `impossible`, without a day. A month or day without a year is the next one to
come after the document's date; an explicit date is taken as it stands, also in the past.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from wenpan.documents.orders import no_such_day
from wenpan.documents.orders.no_such_day import NoSuchDayError, exact
from wenpan.documents.words.characters import NUMBER, number, same_length
from wenpan.documents.words.characters import year as parse_year
from wenpan.economy.time.calendars import Calendar


@dataclass(frozen=True)
class Deadline:
    """One deadline as written. `date` is None for recurrences, events and what no calendar has."""

    text: str
    start: int
    end: int
    kind: str  # date | recurring | event | impossible
    date: date | None = None
    recurrence: str = ""
    estimated: bool = False  # the day depends on holidays that are not published yet
    aside: bool = False  # inside brackets: 每季度末(分别在6月、9月和12月底)


_N = NUMBER
_YEAR = r"(?:(?P<y>\d{4}|[二][〇零一二三四五六七八九]{3})年|(?P<yw>今年|本年度?|当年|明年|次年|来年))?"
_BY = r"(?:之前|以前|前|为止|之内|以内|内|止)"
_CLOCK = (
    r"(?:上午|下午|中午|晚上?)?(?:下班(?:之?前)?|\d{1,2}(?::\d{2}|[时点](?:\d{1,2}分|半)?整?)(?:之?前)?)?"
)
_DONE = r"(?=(?:集中|全面|全部)?(?:完成|开工|竣工|建成|投产|到位|动工|交付|报送|上报|启动|投用|实现|结束|办结|拿出|出台|提交|报(?!告)|召开|举办|开展|印发|达产|入库|全面|全部|通车|验收))"
_WEEK = "一二三四五六日天"
_FESTIVALS = {
    "元旦": (1, 1), "春节": None, "清明": (4, 5), "五一": (5, 1), "劳动节": (5, 1), "端午": None,
    "中秋": None, "国庆": (10, 1), "十一": (10, 1), "六一": (6, 1), "七一": (7, 1), "八一": (8, 1),
}  # fmt: skip
_EVENT_HEAD = (
    r"(?:会议?(?:结束)?|散会|(?:收到|接到|接|收)[^,。;:在于由()]{0,10}?|(?:立项|招标)?(?:方案|文件|通知|意见|纪要|合同|协议|批复)?"
    r"(?:签订|签约|签收|印发|下发|下达|发布|批复|验收|移交|立项|成立|交办|受理|办结|中标|开标|摘牌|供地|备案|公示(?:期满|结束)?|批准|出台|到位)"
    r"|开网|开工|竣工|完工|投产|入库|(?:(?![局委办区县市由于在心站所队镇乡院台])[\u4e00-\u9fff]){2,4}?)"
)


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _given_year(m: re.Match[str], on: date) -> int | None:
    if m["y"]:
        return parse_year(m["y"])
    word = m["yw"]
    if not word:
        return None
    return on.year + (word in ("明年", "次年", "来年"))


def _coming(on: date, m: re.Match[str], make: Callable[[int], date]) -> date:
    """In the year that is written; else the first such day that is not before the document."""
    year = _given_year(m, on)
    if year is not None:
        return make(year)
    try:
        day = make(on.year)
    except NoSuchDayError as none:  # 2月29日 in a paper of autumn 2023: that of 2024 is meant
        if none.last is None or none.last >= on:
            raise
        return make(on.year + 1)
    return day if day >= on else make(on.year + 1)


def _month_of(text: str, on: date) -> tuple[int, int]:
    """(year offset, month) of 本月, 下月 …"""
    if text in ("下月", "下个月", "次月"):
        return (1, 1) if on.month == 12 else (0, on.month + 1)
    return 0, on.month


def _told_month(before: str, on: date) -> date:
    """10月上旬完成排查, 次月5日前报送: the first day of the month that a sentence names last; else `on`."""
    named = re.findall(rf"({_N})月(?!度)", same_length(before))
    month = number(named[-1]) if named else 0
    if not 1 <= month <= 12:
        return on
    return date(on.year if month >= on.month else on.year + 1, month, 1)


def _day(year: int, month: int, day: int) -> date:
    last = _month_end(year, month).day
    return date(year, month, min(max(day, 1), last))


def _months_later(on: date, months: int) -> date:
    index = on.year * 12 + on.month - 1 + months
    return _day(index // 12, index % 12 + 1, on.day)


def _part(part: str, year: int, month: int) -> date:
    """The last day of 初/上旬/中旬/下旬/底 of a month."""
    if part.startswith(("初", "上旬")):
        return _day(year, month, 10)
    middle = part.startswith(("中旬", "中上旬", "上中旬"))
    return _day(year, month, 20) if middle else _month_end(year, month)


Found = tuple[str, "date | None", str, bool]
_IMPOSSIBLE: Found = ("impossible", None, "", False)
Reader = Callable[[re.Match[str], date, Calendar], "Found | None"]


def _calendar_day(m: re.Match[str], on: date, _: Calendar) -> Found | None:
    day = number(m["d"])
    if m["m"]:
        if "." in m.group(0) and not m["y"] and not 1 <= number(m["m"]) <= 12:
            return None  # 13.45前: a figure
        return ("date", _coming(on, m, lambda y: exact(y, number(m["m"]), day)), "", False)
    if m["mw"]:
        shift, month = _month_of(m["mw"], on)
        return ("date", exact(on.year + shift, month, day), "", False)
    this = exact(on.year, on.month, day)
    after = on.replace(day=1) + timedelta(days=32)
    return ("date", this if this >= on else exact(after.year, after.month, day), "", False)


def _month_part(m: re.Match[str], on: date, _: Calendar) -> Found | None:
    part = m["part"] or ""
    before = not part and m["by"] in ("前", "之前", "以前")
    if m["mw"]:
        shift, month = _month_of(m["mw"], on)
        return ("date", _part(part, on.year + shift, month), "", False)
    if not m["m"]:
        return ("date", _month_end(on.year, on.month), "", False)
    month = number(m["m"])
    if not 1 <= month <= 12:
        return None
    if before:  # 10月前: before October begins
        return ("date", _coming(on, m, lambda y: date(y, month, 1) - timedelta(days=1)), "", False)
    return ("date", _coming(on, m, lambda y: _part(part, y, month)), "", False)


def _month_range(m: re.Match[str], on: date, _: Calendar) -> Found | None:
    last = number(m["last"])
    if not 1 <= last <= 12 or (m["first"] == "1" and _month_end(on.year, last) < on):
        return None
    return ("date", _coming(on, m, lambda y: _month_end(y, last)), "", False)


def _batches(m: re.Match[str], on: date, _: Calendar) -> Found | None:
    month = number(m["m2"])
    if not m["d2"]:
        return ("date", _coming(on, m, lambda y: _month_end(y, month)), "", False)
    return ("date", _coming(on, m, lambda y: exact(y, month, number(m["d2"]))), "", False)


def _day_range(m: re.Match[str], on: date, _: Calendar) -> Found | None:
    month = number(m["m2"] or m["m1"])
    exact(2020, number(m["m1"]), number(m["d1"]))  # a leap year: a first day that no year has
    return ("date", _coming(on, m, lambda y: exact(y, month, number(m["d2"]))), "", False)


def _year_part(m: re.Match[str], on: date, _: Calendar) -> Found | None:
    part, quarter = m["part"] or "", m["q"]
    if quarter:
        end = 3 * number(quarter)
        return ("date", _coming(on, m, lambda y: _month_end(y, end)), "", False)
    if part.startswith("上半年"):
        return ("date", _coming(on, m, lambda y: date(y, 6, 30)), "", False)
    year = _given_year(m, on) or on.year
    if m["y"] and not part and m["by"] in ("前", "之前", "以前"):
        return ("date", date(year - 1, 12, 31), "", False)
    return ("date", date(year, 12, 31), "", False)


def _weekday(m: re.Match[str], on: date, _: Calendar) -> Found | None:
    shift = {"下": 7, "上": -7}.get((m["w"] or "")[:1], 0)
    monday = on - timedelta(days=on.weekday()) + timedelta(days=shift)
    whole = m["we"] or m.group(0).endswith("内")  # 本周内: to its last day
    weekday = _WEEK.index(m["wd"]) if m["wd"] else 6 if whole else 4
    day = monday + timedelta(days=min(weekday, 6))
    if not m["w"] and day < on:
        day += timedelta(days=7)
    return ("date", day, "", False)


def _duration(m: re.Match[str], on: date, calendar: Calendar) -> Found | None:
    event = m["event"]
    if event and not _FROM_THE_DOCUMENT.match(event):
        return ("event", None, "", False)
    if m["half"]:
        return ("date", _months_later(on, 6) if m["half"] == "半年" else on + timedelta(days=15), "", False)
    day = _after(on, number(m["n"]), m["unit"], calendar)
    return ("date", day, "", "工作日" in m["unit"] and calendar.is_estimated(day))


_FROM_THE_DOCUMENT = re.compile(
    r"^(?:自|从)?(?:会议?(?:结束)?|散会|(?:本?(?:通知|方案|文件|意见|纪要))?(?:印发|下发|发布))"
)


def _after(on: date, n: int, unit: str, calendar: Calendar) -> date:
    """`n` of a unit of time after a day; 2023年内 is the year itself. Hours round up to days."""
    if "工作日" in unit:
        return calendar.working_days_after(on, n)
    if unit == "年":
        return date(n, 12, 31) if n > 1900 else _months_later(on, 12 * n)
    if "季度" in unit:
        later = _months_later(on, 3 * n - 1)
        return _month_end(later.year, later.month)
    if "月" in unit:
        return _months_later(on, n)
    days = {"周": 7 * n, "期": 7 * n, "时": -(-n // 24) if n >= 24 else 0, "钟": 0}
    return on + timedelta(days=days.get(unit[-1], n))


def _today(m: re.Match[str], on: date, _: Calendar) -> Found | None:
    return ("date", on + timedelta(days={"明": 1, "后": 2}.get(m["day"][0], 0)), "", False)


def _festival(m: re.Match[str], on: date, calendar: Calendar) -> Found | None:
    fixed = _FESTIVALS[m["f"]]
    if fixed:
        day = _coming(on, m, lambda y: date(y, *fixed))
    else:
        found = _lunar(m["f"], on, _given_year(m, on), calendar)
        if found is None:
            return ("event", None, "", False)
        day = found
    return ("date", day - timedelta(days=1), "", calendar.is_estimated(day))


def _lunar(name: str, on: date, year: int | None, calendar: Calendar) -> date | None:
    """The first day off of Spring Festival (January–February), 端午 (June) or 中秋 (September)."""
    months = {"春节": (1, 2), "端午": (5, 6), "中秋": (9, 10)}[name]
    first = {1: 10, 5: 27, 9: 7}[months[0]]
    for y in (year,) if year else (on.year, on.year + 1):
        days = sorted(
            d
            for d in calendar.holidays
            if d.year == y and d.month in months and (d.month, d.day) >= (months[0], first)
        )
        if days and (year or days[0] >= on):
            return days[0]
    return None


def _event(m: re.Match[str], on: date, _: Calendar) -> Found | None:
    return ("event", None, "", False)


def _no_weekday(m: re.Match[str], on: date, _: Calendar) -> Found | None:
    return _IMPOSSIBLE


def _recurring(m: re.Match[str], on: date, _: Calendar) -> Found | None:
    return ("recurring", None, _recurrence(m.group(0)), False)


def _recurrence(text: str) -> str:
    unit = re.search(r"两周|双周|半年|半个?月|双月|[两2]个月|季度?|星期|周|月|旬|年|工作日|日|天", text)
    word = unit.group(0) if unit else ""
    if word in ("周", "星期"):
        named = re.search(rf"(?:周|星期)([{_WEEK}](?!督|调|通|检|研|报|会|总|小|次){_MORE_WEEKDAYS})", text)
        return _on_days(
            "weekly", [min(_WEEK.index(d), 6) + 1 for d in named[1] if d in _WEEK] if named else []
        )
    if word == "月":
        on_days = re.search(_MONTH_DAYS, text)
        days = [number(d) for d in re.findall(_N, on_days[0])] if on_days else []
        if not all(1 <= day <= 31 for day in days):
            raise NoSuchDayError
        return _on_days("monthly", days)
    names = {
        "两周": "biweekly",
        "双周": "biweekly",
        "半年": "semiannual",
        "半月": "semimonthly",
        "半个月": "semimonthly",
        "双月": "bimonthly",
        "两个月": "bimonthly",
        "2个月": "bimonthly",
        "旬": "ten-daily",
        "年": "yearly",
    }
    if word.startswith("季"):
        return "quarterly"
    return names.get(word, "daily")


def _on_days(name: str, days: list[int]) -> str:
    """`monthly:5,20`: every day that is named, in order; more than a record holds give the rhythm alone."""
    code = f"{name}:{','.join(str(day) for day in sorted(set(days)))}" if days else name
    return code if len(code) <= _LONGEST_CODE else name


_LONGEST_CODE = 24
_MORE_WEEKDAYS = rf"(?:[、和与及](?:每?(?:周|星期))?[{_WEEK}])*"
_MONTH_DAYS = rf"{_N}(?:[日号]?[、和与及](?:每月)?{_N})*[日号]"
_NO_WEEKDAY = (
    r"[七八九十0789](?![\d一二三四五六七八九十百千天日次小个项场名人件户家条期轮遍篇号月时种分份批])"
)
_MONTH = rf"(?:(?P<m>{_N})月份?|(?P<mw>本月|当月|下月|下个月|次月|这个月))"
_RECUR_TAIL = (
    rf"(?:的?(?:第?{_N}个?月的?)?(?:最后一(?:个月|天|周)的?|首月|末月|首日)?(?:{_N}月份?)?(?:{_MONTH_DAYS}|月?[底末初])?(?:上旬|中旬|下旬|中上旬|上中旬|中下旬)?)"
    rf"{_CLOCK}(?:[-至到]\d{{1,2}}[时点])?{_BY}?"
)
_ACT = r"(?:督查|调度|通报|检查|研判|会商|汇报|报告|报送|总结|小结|研究|分析|监测|巡查|公示|考核|排名|晾晒|评比|例会|碰头|推进|销号)"
_RULES: tuple[tuple[str, Reader], ...] = (
    (rf"[每一](?:周|旬|半月)一{_ACT}[、,]?[每一]月一{_ACT}", _recurring),
    (rf"(?:半月|一?周|一?月|一?季|一?旬|双周)一{_ACT}", _recurring),
    (r"每(?:两|2)个月", _recurring),
    (rf"到{_YEAR}(?P<q>)(?P<part>)(?<=年)(?P<by>)", _year_part),
    (rf"每(?:个|隔)?(?:(?:[两二三3-9]|十|1\d)[天日]|[两二三四六八2-9\d]+个?小时|两周|双周|半年|半个?月|双月|季度?|星期|周|月|旬|年|个?工作日|日|天|晚)(?:[{_WEEK}](?=[^督调通检研总小次]|$){_MORE_WEEKDAYS})?{_RECUR_TAIL}", _recurring),
    (rf"每个?(?:周|星期|礼拜)(?:[{_WEEK}][、和与及](?:每?(?:周|星期|礼拜))?)*{_NO_WEEKDAY}{_CLOCK}{_BY}?", _no_weekday),
    (rf"[本下这上]个?(?:周|星期|礼拜){_NO_WEEKDAY}{_CLOCK}{_BY}?", _no_weekday),
    (rf"(?:周|星期|礼拜){_NO_WEEKDAY}{_CLOCK}{_BY}", _no_weekday),
    (rf"(?:按|逐)(?:季度?|月|周|旬|日)(?!期|历|(?:全额|足额|及时)?(?:退还|发放|支付|缴纳|缴费|享受|领取))(?:{_N}[日号]{_BY}?)?", _recurring),
    (rf"(?:(?P<event>(?:自|从)?{_EVENT_HEAD}(?:之日起|之后|以后|后|起)),?的?)?(?:(?P<n>{_N})(?P<unit>个?工作日|个?自然日|日|天|周|个?星期|个月|年|个?小时|分钟|个?季度)|(?P<half>半年|半个月))(?:之内|以内|内)", _duration),
    (rf"{_YEAR}{_N}月(?:底|末|{_N}[日号])(?:和|、|及|与)(?:(?P<m2>{_N})月)(?:底|末|(?P<d2>{_N})[日号]){_BY}?", _batches),
    (rf"(?<![\d.])(?P<y>20\d\d)(?P<yw>)(?P<mw>)[./-](?P<m>\d{{1,2}})[./-](?P<d>\d{{1,2}})(?![\d.])日?{_BY}?", _calendar_day),
    (r"(?<![\d.])(?P<y>)(?P<yw>)(?P<mw>)(?P<m>\d{1,2})\.(?P<d>\d{1,2})(?:之前|以前|前)", _calendar_day),
    (r"(?<=[,(:、])(?P<y>20\d\d)(?P<yw>)(?P<mw>)(?P<part>)(?P<by>)[./-](?P<m>\d{1,2})(?=$|[;。)\n])", _month_part),
    (rf"(?:\d{{4}}年)?(?P<first>{_N})月(?:[底末初])?(?:-|至|到)(?P<y>\d{{4}})年(?P<yw>)(?P<last>{_N})月份?(?:底|末)?{_BY}?", _month_range),
    (r"(?<=[,(:、])(?:\d{4}年?-)?(?P<y>\d{4})(?P<yw>)(?P<q>)(?P<part>)(?P<by>)年度?(?=$|[;。)\n])", _year_part),
    (r"(?<=限:)(?P<event>)(?P<half>)(?P<n>\d+|[一二两三四五六七八九十]+)(?P<unit>个?工作日|个?自然日|日|天|周|个?星期|个月)(?=$|[;。)\n])", _duration),
    (r"(?<=用)(?P<event>)(?P<half>)(?P<n>\d+|[一二两三四五六七八九十]+)(?P<unit>天|周|个月)(?:左右)?的?时间", _duration),
    (r"(?:半年|半月|一周|一月|一季度|[一两二三]个(?:月|季度|星期))(?=(?:至少)?(?:报送|汇报|通报|调度|督查|研究|召开|开展)[^,。]{0,6}一次)", _recurring),
    (rf"{_YEAR}(?:{_N}月(?:上旬|中旬|下旬|中上旬|上中旬|中下旬|[底末])[、和及与])+(?P<m>{_N})月(?P<mw>)(?P<part>上旬|中旬|下旬|中上旬|上中旬|中下旬|[底末])(?P<by>{_BY})?", _month_part),
    (rf"{_YEAR}(?:{_MONTH})?(?P<d>{_N})[日号](?:\((?:周|星期).\))?{_CLOCK}{_BY}", _calendar_day),
    (rf"{_YEAR}(?:{_MONTH})(?P<d>{_N})[日号](?!(?:\d{{1,2}}[时点:]\d{{0,2}}分?)?(?:起|开始|以来)){_CLOCK}{_BY}?", _calendar_day),
    (rf"{_YEAR}(?P<first>{_N})月?份?(?:-|至|到)(?P<last>{_N})月份?(?:底|末)?{_BY}?", _month_range),
    (rf"{_YEAR}{_MONTH}(?P<part>[底末初]|上旬|中旬|下旬|中上旬|上中旬|中下旬){_CLOCK}(?P<by>{_BY})?", _month_part),
    (rf"{_YEAR}(?<![-\d至到])(?<![-至到]\d){_MONTH}(?P<part>)(?:(?P<by>{_BY})|{_DONE})", _month_part),
    (rf"(?<=[,(:、]){_YEAR}{_MONTH}(?P<part>)(?P<by>)(?=$|[;。)\n])", _month_part),
    (r"汛前|节前|会前(?=[^,。]{0,6}(?:完成|报|提交))", _event),
    (rf"提前{_N}(?:个?工作日|日|天|小时)", _event),
    (rf"(?:[赛会节汛考展]|(?![在于应须请要将每次])[\u4e00-\u9fff](?![目此提以之])[\u4e00-\u9fff])前(?:{_N}(?:个?工作日|日|天|周|个月)|半个?月)(?!内)", _event),
    (rf"{_YEAR}(?P<m1>{_N})月(?P<d1>{_N})[日号]?(?:-|至|到)(?:(?P<m2>{_N})月)?(?P<d2>{_N})[日号](?:之前|前)?", _day_range),
    (rf"{_YEAR}(?:{_N})月(?:[底末初]|[上中下]旬)(?:-|至|到)(?:(?P<m>{_N})月)(?P<mw>)(?P<part>[底末初]|上旬|中旬|下旬|中上旬|上中旬|中下旬)(?P<by>{_BY})?", _month_part),
    (rf"(?:即日起|从即日起|自即日起)(?:-|至|到){_YEAR}(?:{_N}月)?(?:(?P<m>{_N})月(?P<mw>))(?P<part>[底末]|[上中下]旬)(?P<by>{_BY})?", _month_part),
    (rf"(?P<y>)(?P<yw>)(?P<m>)(?P<mw>)(?<![\d一二三四五六七八九十本当下次个每])月(?P<part>[底末]){_CLOCK}(?P<by>{_BY})?", _month_part),
    (rf"{_YEAR}(?P<part>上半年|下半年)?(?:第?(?P<q>[一二三四1-4])季度)(?:(?:[末底内]|结束){_BY}?|(?P<by>{_BY})|{_DONE}|(?<=年[一二三四]季度))", _year_part),
    (rf"{_YEAR}(?P<q>)(?P<part>上半年|下半年|年底|年末|(?<=年)[底末]|(?<=年度)[底末])(?:[末底])?(?P<by>{_BY})?(?<!年底末)", _year_part),
    (rf"{_YEAR}(?P<q>)(?P<part>)(?<=年)(?P<by>{_BY})", _year_part),
    (r"(?P<y>)(?P<yw>)(?P<q>)(?P<part>年底|年末|年内|年终(?!综合|考|绩效|总结|奖|目标))(?P<by>之前|以前|前|内)?", _year_part),
    (rf"(?P<w>本|下|这|上)个?(?:周|星期|礼拜)(?:(?P<wd>[{_WEEK}])|(?P<we>末))?{_CLOCK}{_BY}?", _weekday),
    (rf"(?P<w>)(?P<we>)(?:周|星期|礼拜)(?P<wd>[{_WEEK}]){_CLOCK}{_BY}", _weekday),
    (rf"(?P<day>今天|今日|当天|当日|明天|明日|后天)(?:{_CLOCK}{_BY}|上午|下午|晚上?|下班前|(?=必须|务必|就要|报送|完成|办结))", _today),
    (rf"{_YEAR}(?P<f>元旦|春节|清明|五一|劳动节|端午|中秋|国庆|十一|六一|七一|八一)(?:儿童节|建军节|节|假期)*(?:来临|到来|放假)?(?:之前|以前|前)", _festival),
    (r"[“\"]?(?:三夏|三秋|双抢|春耕|秋收|春播|秋播|双11|双十一)[”\"]?(?:来临|到来|开始|结束)?(?:之前|以前|前)", _event),
    (r"(?<=[,(:、])(?P<y>)(?P<yw>)(?P<part>)(?P<by>)第?(?P<q>[一二三四1-4])季度(?=$|[;。)\n])", _year_part),
    (r"(?:(?![在于到])[\u4e00-\u9fff]){2,4}(?:来临|到来)之?前", _event),
    (r"(?:[春夏秋冬]季|入[春夏秋冬]|暑期|暑假|寒假|汛期|主汛期|雨季|供暖季|供暖期|供热期|采暖期|采暖季|开学|秋季开学|入冬|封冻|封冻期|上冻|高考|中考|两会|市两会|党的二十大|二十大|年关|冬季|开园|大会)(?:来临|到来|召开|开始|结束)?(?:之前|以前|前)", _event),
    (r"(?<=完成时限[::])(?:全年|贯穿全年|常年|长期|长期坚持|长期推进|长期任务|常态化|常态化推进|常态化开展|持续推进|持续坚持|持续)(?=$|[;。\n])", _event),
    (rf"(?:自|从)?(?![\u4e00-\u9fff]{{0,4}}报告?(?:当日|当天))(?!公室){_EVENT_HEAD}(?:当日|当天|次日)", _event),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern), reader) for pattern, reader in _RULES)


def find(text: str, *, on: date, calendar: Calendar, before: str = "") -> list[Deadline]:
    """All deadlines of a passage in order; the longest reading wins where two overlap.

    `on` is the document's date. Positions are those of `text`. `before` is what its sentence says before it:
    the month after (次月) is counted from the month that it names last.
    """
    told = _told_month(before, on)
    plain = same_length(text)
    found: list[Deadline] = []
    for pattern, reader in _COMPILED:
        for m in pattern.finditer(plain):
            if m.end() == m.start() or m.group(0).endswith("的") or _in_title(plain, m.start()):
                continue  # 每季度的形象进度 is no limit, nor are the years of 《…(2017-2019年)》
            end = no_such_day.hour_after(plain, m.end())
            try:
                wrong = no_such_day.named_in(plain[m.start() : end])
                base = on
                if m.groupdict().get("mw") == "次月":
                    base = _told_month(re.split(r"[。;\n]", plain[: m.start()])[-1], told)
                result = _IMPOSSIBLE if wrong else reader(m, base, calendar)
            except NoSuchDayError:
                result = _IMPOSSIBLE
            except (ValueError, KeyError):
                continue  # no date at all
            if result:
                found.append(_deadline(text, plain, (m.start(), end), result))
    return _without_overlaps(found)


def _deadline(text: str, plain: str, span: tuple[int, int], result: Found) -> Deadline:
    kind, day, recurrence, estimated = result
    start, end = span
    return Deadline(text[start:end], start, end, kind, day, recurrence, estimated, _in_brackets(plain, start))


def _in_brackets(plain: str, at: int) -> bool:
    before = plain[plain.rfind("\n", 0, at) + 1 : at]
    return before.count("(") > before.count(")")


def _in_title(plain: str, at: int) -> bool:
    before = plain[plain.rfind("\n", 0, at) + 1 : at]
    return before.count("《") > before.count("》")


def _without_overlaps(found: list[Deadline]) -> list[Deadline]:
    kept: list[Deadline] = []
    for candidate in sorted(found, key=lambda d: (-(d.end - d.start), d.start, d.kind == "impossible")):
        if all(candidate.end <= k.start or candidate.start >= k.end for k in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda d: d.start)
