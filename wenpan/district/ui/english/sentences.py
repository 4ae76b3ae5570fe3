"""Reasons as they are kept, in English: a judgement keeps the sentence that it was made with, in Chinese.

Pure. A text is read piece by piece (between ；, · and ends of lines); a piece is a word of `words.yaml`, a
sentence of PATTERNS, or stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from wenpan.district.ui.english.notices import notice

PIECES = re.compile(r"(\s*[；·\n]\s*|(?<=[^\d])；|\s+/\s+)")
HAN = re.compile("[\u4e00-\u9fff]")
N = r"(\d[\d,.]*|…)"  # … stands where a rule's own sentence has a number
PERIOD = r"(前三季度|上半年|全年|一季度|(?:\d+年)?\d+(?:—\d+)?月末?)"
_PERIODS = {
    "前三季度": "first three quarters",
    "上半年": "first half",
    "全年": "whole year",
    "一季度": "first quarter",
}
_COUNT = {"一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8", "九": "9",
          "十": "10", "十一": "11"}  # fmt: skip
_SET_BY = {
    "市下达": "the city's target",
    "区自定": "the district's own target",
    "人代会确定": "the congress's target",
}
_MOVES = {"增长": "up", "下降": "down"}
_SIDE = {"低": "below", "高": "above"}
_MEASURED = {"统计口径": "by statistics", "年度计划": "by the year's plan"}
_SHORT = {"红": "red", "黄": "yellow", "绿": "green", "未知": "unknown"}
_UNITS = {"亿元": "×100 million yuan", "万元": "×10,000 yuan", "万美元": "×10,000 US dollars",
          "万平方米": "×10,000 m²", "万千瓦时": "×10,000 kWh", "万吨公里": "×10,000 tonne-km"}  # fmt: skip
SET_BY = "(市下达|区自定|人代会确定)"
MOVED = r"(位次与上(?:期|月|季度|半年)持平|较上(?:期|月|季度|半年)[前后]移(\d+)位)"
LEFT = r"后([一二三四五六七八九十]+|\d+)个月"


def _period(words: str) -> str:
    if words in _PERIODS:
        return _PERIODS[words]
    year, _sep, months = words.rpartition("年")
    kind = "end of month" if words.endswith("末") else "months" if "—" in months else "month"
    number = months.removesuffix("末").removesuffix("月").replace("—", "–")
    return f"{kind} {number}{f' of {year}' if year else ''}"


def _said(m: re.Match[str]) -> str:
    """1—9月下降13.2%，低于市下达目标（增长5.0%）18.2个百分点."""
    aim = f"{_SET_BY[m[5]]} ({_MOVES[m[6]]} {m[7]}%)"
    return f"{_period(m[1])}: {_MOVES[m[2]]} {m[3]}%, {m[8]} points {_SIDE[m[4]]} {aim}"


def _target(m: re.Match[str]) -> str:
    """前三季度增长3.6%，低于目标5.5%达1.9个百分点."""
    return f"{_period(m[1])}: {_MOVES[m[2]]} {m[3]}%, {m[6]} points {_SIDE[m[4]]} the target of {m[5]}%"


def _rank(m: re.Match[str]) -> str:
    tied, place, last, of, move, by = "并列" in m[1], m[2], bool(m[3]), m[4], m[5], m[6]
    moved = f"{'down' if '后移' in move else 'up'} {by}" if by else "unchanged"
    said = f"{'tied ' if tied else ''}place {place}{' (last)' if last else ''}"
    return f"{said}{f' of {of}' if of else ''}, {moved}"


def _many(words: str) -> str:
    return _COUNT.get(words, words)


Made = str | Callable[[re.Match[str]], str]
PATTERNS: tuple[tuple[str, Made], ...] = (
    (rf"{PERIOD}(增长|下降){N}%，(低|高)于目标{N}%达{N}个百分点", _target),
    (rf"{PERIOD}(增长|下降){N}%，(低|高)于{SET_BY}目标（(增长|下降){N}%）{N}个百分点", _said),
    (rf"{PERIOD}(增长|下降){N}%，(低|高)于{SET_BY}目标（与上年持平）{N}个百分点",
     lambda m: f"{_period(m[1])}: {_MOVES[m[2]]} {m[3]}%, {m[6]} points {_SIDE[m[4]]} "
               f"{_SET_BY[m[5]]} (no growth)"),
    (rf"开工{N}个月未入库", r"started \1 months ago, not in the library"),
    (rf"下降{N}%，负增长", r"down \1%"),
    (rf"低于全市平均{N}个百分点", r"\1 points below the city's mean"),
    (rf"完成{N}%，不到时序进度{N}%的一半", r"\1% done, less than half of the \2% of the schedule"),
    (rf"完成{N}%，低于时序进度{N}%", r"\1% done, below the schedule's \2%"),
    (rf"完成额为时序进度的{N}%，低于{N}%", r"\1% of the schedule, below \2%"),
    (rf"已{N}个月没有进展(?:，超过{N}个月)?", r"\1 months without progress"),
    (rf"资金支付低于要求{N}%", r"payments \1% below what is required"),
    (rf"距办理时限{N}个工作日，发蓝单提醒", r"\1 working days left: a blue slip"),
    (rf"逾期{N}个工作日未办结，发(红)单", r"\1 working days overdue: a red slip"),
    (rf"逾期{N}个工作日未办结，发蓝色督办单提醒", r"\1 working days overdue: a blue slip"),
    (rf"第一次未按期办结，逾期{N}个工作日，发白单",
     r"not done in time for the first time, \1 working days overdue: a white slip"),
    (rf"({N})(亿元|万元|万美元|万平方米|万千瓦时|万吨公里)", lambda m: f"{m[1]} {_UNITS[m[3]]}"),
    (r"(City [≥≤] ?[\d,.]+)(亿元|万元|万美元)", lambda m: f"{m[1]} {_UNITS[m[2]]}"),
    ("缺少完成进度，不作研判", "progress is missing, not judged"),
    ("全年目标未完成", "the year's target was missed"),
    (rf"(低|高)于{SET_BY}目标（(增长|下降){N}%）{N}个百分点",
     lambda m: f"{m[5]} points {_SIDE[m[1]]} {_SET_BY[m[2]]} ({_MOVES[m[3]]} {m[4]}%)"),
    (rf"(?:增速)?(低|高)于全市平均{N}个百分点",
     lambda m: f"{m[2]} points {_SIDE[m[1]]} the city's mean"),
    ("完成全年目标的概率不足七成", "probability of the year's target below 70%"),
    ("完成全年目标的概率不足五成", "probability of the year's target below 50%"),
    (rf"预计完成全年目标的概率(?:为)?{N}%", r"probability of the year's target \1%"),
    (rf"预计完成全年目标的概率不足{N}%", r"probability of the year's target under \1%"),
    (rf"预计完成全年目标的概率超过{N}%", r"probability of the year's target over \1%"),
    (rf"在已公布的{N}个地区中排名末位", r"last of the \1 regions that have published"),
    (rf"(并列第|居第){N}位（(?:(并列末位|末位)，)?已公布{N}个地区），{MOVED}", _rank),
    (rf"(并列全市第|居全市第){N}位(?:（(末位)）)?()，{MOVED}", _rank),
    (rf"{LEFT}需增长{N}%", lambda m: f"needed in the other {_many(m[1])} months: up {m[2]}%"),
    (rf"{LEFT}增速需不低于{N}%", lambda m: f"needed in the other {_many(m[1])} months: at least {m[2]}%"),
    (rf"{LEFT}增速需不低于{N}%（上年各月比重未公布，按常年比重推算）",
     lambda m: f"needed in the other {_many(m[1])} months: at least {m[2]}% (by usual shares)"),
    (rf"{LEFT}降幅不超过{N}%即可",
     lambda m: f"in the other {_many(m[1])} months a fall of at most {m[2]}% is enough"),
    (rf"{LEFT}月均需增加{N}亿元",
     lambda m: f"needed a month in the other {_many(m[1])}: {m[2]}×100 million yuan"),
    (rf"{LEFT}月均需完成{N}%", lambda m: f"needed a month in the other {_many(m[1])}: {m[2]}%"),
    (rf"(四季度|下半年)需增长{N}%",
     lambda m: f"needed in the {'last quarter' if m[1] == '四季度' else 'second half'}: up {m[2]}%"),
    (rf"本区近{N}年同期均(未|已)达到",
     lambda m: f"here {'never' if m[2] == '未' else 'always'} reached in the last {m[1]} years"),
    (rf"其他区县{N}次同期均(未|已)达到",
     lambda m: f"elsewhere {'never' if m[2] == '未' else 'always'} in {m[1]} cases"),
    (rf"其他区县{N}次同期中有{N}次达到", r"elsewhere \2 of \1 cases"),
    (rf"落后时序进度{N}个百分点", r"\1 points behind schedule"),
    (rf"连续{N}个月无投资完成额", r"\1 months without investment"),
    (rf"逾期{N}个月未开工", r"start \1 months overdue"),
    ("已到计划开工月份，尚未开工", "its month of start has come, not started"),
    (rf"本期已好转，按连续{N}期好转后转灯的规则仍亮红灯",
     r"better this period; red until better \1 periods in a row"),
    (rf"签约{N}个月未开工", r"signed \1 months ago, not started"),
    (rf"签约{N}个月未注册公司", r"signed \1 months ago, no company registered"),
    (rf"在谈已{N}个月没有进展(?:，超过{N}个月)?", r"in talks, \1 months without progress"),
    (r"逾期，时限(\d{4}-\d\d-\d\d)", r"overdue, was due \1"),
    (r"办理，时限(\d{4}-\d\d-\d\d)", r"in hand, due \1"),
    (rf"提级{N}级", r"raised \1 levels"),
    (r"数据截至 ?(\d{4}-\d\d)", r"figures to \1"),
    (rf"安督单〔(\d{{4}})〕{N}号", r"slip \1/\2"),
    (rf"{N}年{N}月", r"\1-\2"),
    (r"(统计口径|年度计划) ?(红|黄|绿|未知)",
     lambda m: f"{_MEASURED[m[1]]}: {_SHORT[m[2]]}"),
)  # fmt: skip
_COMPILED = [(re.compile(pattern), made) for pattern, made in PATTERNS]


def english(text: str, words: Mapping[str, str]) -> str:
    """The text with every piece that is known in English; unknown pieces as they are."""
    if not HAN.search(text):
        return text
    lead, body, tail = text[: len(text) - len(text.lstrip())], text.strip(), text[len(text.rstrip()) :]
    if (told := notice(body, words)) is not None:
        return lead + told + tail
    parts = PIECES.split(body)
    said = [_piece(part, words) if n % 2 == 0 else part for n, part in enumerate(parts)]
    if said == parts:
        return text
    return lead + "".join(part.replace("；", "; ") for part in said) + tail


def _piece(piece: str, words: Mapping[str, str]) -> str:
    if piece in words:
        return words[piece]
    for pattern, made in _COMPILED:
        if match := pattern.fullmatch(piece.rstrip("。")):
            return made(match) if callable(made) else match.expand(made)
    for pattern, put in _COMPOSED:
        if match := pattern.fullmatch(piece):
            return put(match, words)
    parts = piece.split("、")
    return ", ".join(words[part] for part in parts) if all(part in words for part in parts) else piece


def _quoted(text: str, words: Mapping[str, str]) -> str:
    return re.sub("“(.+?)”", lambda m: f"“{words.get(m[1], m[1])}”", text)


_COMPOSED: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Mapping[str, str]], str]], ...] = (
    (re.compile(r"(By statistics|Plan of the year|\d+ periods in a row|In force|Basis)[:：] ?(.+)"),
     lambda m, words: f"{m[1]}: {_piece(m[2], words)}"),
    (re.compile(rf"(First warning this year: ){PERIOD}"), lambda m, words: m[1] + _period(m[2])),
    (re.compile(r"(.*the judgement of )(\d{4})年(\d+)月(.*)"),
     lambda m, words: f"{_quoted(m[1], words)}{m[2]}-{m[3]}{m[4]}"),
    (re.compile(r"(Answer to slip ).*?〔(\d{4})〕(\d+)号（(.+)）"),
     lambda m, words: f"{m[1]}{m[2]}/{m[3]} ({words.get(m[4], m[4])})"),
    (re.compile(r"([^：:]+)[：:] ?([A-Z][\w ,/()-]*|working days overdue)"),
     lambda m, words: f"{words.get(m[1], m[1])}: {m[2]}"),
    (re.compile("(统计口径|年度计划)：(.+)"), lambda m, words: f"{_MEASURED[m[1]]}: {_piece(m[2], words)}"),
    (re.compile(r"(Rules: )(.+?)( \(version.*)"), lambda m, words: m[1] + words.get(m[2], m[2]) + m[3]),
    (re.compile(r"(\d+ missing)[：:] ?(.+)"), lambda m, words: f"{m[1]}: {_piece(m[2], words)}"),
    (re.compile("(.+)(红|黄)灯整改"),
     lambda m, words: f"{_piece(m[1], words)}: {_SHORT[m[2]]} light to be put right"),
    (re.compile(r"(.+)（([A-Z][a-z]+)）"), lambda m, words: f"{_piece(m[1], words)} ({m[2]})"),
    (re.compile(r"(.+?)\s*[（(](\d{4}-\d\d)[）)]"), lambda m, words: f"{_piece(m[1], words)} ({m[2]})"),
    (re.compile(r"(.+?) ?(\d{4}-\d\d)"), lambda m, words: f"{words.get(m[1], m[1])} {m[2]}"),
)  # fmt: skip
