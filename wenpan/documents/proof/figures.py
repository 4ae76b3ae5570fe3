"""Figures as a paper says them: the number with its indicator, region, period, basis, unit and sign.

Pure. What a sentence leaves out is carried from what it said before (`税收收入18296万元，同口径增长0.53%`). A
subject of its own that the catalogue does not know (`高技术制造业投资`) is no indicator: the figure is then
unknown, never another indicator's. Periods are `2022-09`; a growth is in percent, `points` in points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from wenpan.documents.words.characters import same_length

SCALE = {"万": Decimal(1), "亿": Decimal(10000)}
_NUMBER = r"(?P<number>-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)"
_UP = r"增长|上升|提高|提升|增加|上涨|扩大|加快|拉高"
_DOWN = r"下降|减少|降低|回落|下滑|收窄|减缓|下跌|缩小|拉低|放缓"
_RATE = re.compile(
    rf"(?P<word>{_UP}|{_DOWN}|增速(?:为|达到?)?|增幅(?:为|达到?)?|降幅(?:为|达到?)?|增|降)(?:了|约)?{_NUMBER}%"
)
_SINCE = (
    r"(?:(?:比|较|与)(?P<since>上月|上季度|上半年|一季度|前三季度|去年同期|上年同期|去年全年|上年全年|\d{1,2}月(?:末|底|份)?)"
    r"[^,。;\d]{0,4}?)?"
)
_POINTS = re.compile(
    rf"{_SINCE}(?P<word>高于|低于|高出|快于|慢于|{_UP}|{_DOWN}|高|低|快|慢)(?P<whom>[一-龥]{{0,12}}?)"
    rf"{_NUMBER}个?百分点"
)
_SHARE = re.compile(
    rf"(?:(?:占比?|比重|(?:完成|办结|按期|按时|达标|开工|竣工|入库|合格|反馈|整改|销号|化解|到位|执行|支付)率)[^,。;\d]{{0,14}}|(?<=[元个件项家户人])的){_NUMBER}%"
)
_RANK = re.compile(
    r"(?:居|列|位居|位列|排名?|名列|排在)[^,。;]{0,8}?第(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})位?"
)
_AMOUNT = re.compile(
    rf"{_NUMBER}(?P<unit>亿元|万元|万千瓦时|亿千瓦时|万人次|万平方米|万吨|万户|万人|亿美元|万美元|元|个|件|项|家|户|宗|条|人|次|吨|公里)(?!百分点)"
)
_YEAR = r"(?:(?P<year>\d{4})年|(?P<this>今年|去年|上年)?)"
_PERIOD = re.compile(
    rf"{_YEAR}(?:(?P<ytd>1(?:-|至|到)(?P<last>\d{{1,2}})月)|(?P<half>上半年)|(?P<q>一季度|前两季度|前三季度)|(?P<whole>全年)|(?P<month>\d{{1,2}})月份?(?![底初末前内]|\d|(?:\d+)?日))"
)
_QUARTERS = {"一季度": 3, "前两季度": 6, "前三季度": 9}
_IDLE = re.compile(
    r"其中|分别|同比|增长|上升|提高|下降|减少|降低|回落|下滑|收窄|完成|实现|达到|达|为|约|比(?:上年|去年)?(?:同期)?|较|上月|增速|增幅|降幅|高于|低于|快于|慢于|高出|平均|水平|占|累计|当月|可比|同口径|自然口径|按|口径|扣除|留抵退税|因素|后|计算"
    r"|个?百分点|的|居|位|列|排名|第|在|以|了|由|从|到|至|和|与|及|上年|去年|同期|今年|截至|末|底|全|计|合计|共|总|加快|放缓|本|则|而|也|均|并|仍|继续|提升|扩大|增收|减收|增加"
)
_ADJUSTED = re.compile(r"同口径|可比口径|扣除[^,。;]{0,10}退税|剔除[^,。;]{0,10}退税|还原[^,。;]{0,6}退税")
_NATURAL = re.compile(r"自然口径|自然增长|按自然")
_PLANNED = re.compile(
    r"目标|力争|预期|计划|预计|预测|任务|确保|还差|还需|缺口|需要?|剩余|余下|月均|平均每月|总投资|要达|争取|可能|概率|测算|估计|如果|若"
)
_ENOUGH = 2


@dataclass(frozen=True)
class PaperFigure:
    """`kind`: level | growth | points | share | rank | count. `value` with the sign of its words, in `unit`.

    `indicator` is a code, "" where unknown; `subject` the words before it.
    """

    paragraph: int
    start: int
    end: int
    words: str
    kind: str
    value: Decimal
    decimals: int
    unit: str = ""
    indicator: str = ""
    subject: str = ""
    region: str = ""
    period: str = ""
    basis: str = "natural"
    monthly: bool = False  # of the month alone, not cumulative
    word: str = ""
    sentence: int = 0
    planned: bool = False  # a target, a forecast, a need: no published figure
    against: str = ""  # of points: the region or 上月 that it is compared with
    dated: bool = False  # the paragraph says the period; else it is the paper's month


@dataclass(frozen=True)
class Vocabulary:
    """`indicators`, `regions`: every written name with its code. `home`: the region where none is named."""

    indicators: Mapping[str, str]
    regions: Mapping[str, str]
    home: str
    year: int
    period: str = ""


@dataclass
class _Told:
    """What the sentence has said so far."""

    indicator: str = ""
    subject: str = ""
    region: str = ""
    period: str = ""
    basis: str = "natural"
    monthly: bool = False


def figures(paragraphs: Sequence[str], known: Vocabulary) -> list[PaperFigure]:
    """All figures in their order. Years, days, numbers of documents and of items are none."""
    found, sentence = list[PaperFigure](), 0
    for index, text in enumerate(paragraphs):
        plain, period, dated = same_length(text), known.period, False  # a paragraph says its period anew
        for begun, end in _stretches(plain, "。!?;"):
            told = _Told(period=period, region=known.home)
            for a, b in _stretches(plain[:end], ",:", begun):
                dated = _hear(plain[a:b], told, known) or dated
                for one in _in_piece(plain, a, b, told, known):
                    found.append(
                        replace(
                            one,
                            paragraph=index,
                            sentence=sentence,
                            words=text[one.start : one.end],
                            dated=dated,
                        )
                    )
            sentence += 1
            # 全年预计… is said of its own sentence only, but in a paper on the year
            whole = known.period.endswith("-12") or plain[begun:end].lstrip().startswith("全年,")
            if not told.period.endswith("-12") or whole:
                period = told.period or period
    return found


def _stretches(plain: str, signs: str, begun: int = 0) -> Iterator[tuple[int, int]]:
    start = begun
    for i in range(begun, len(plain)):
        if plain[i] in signs and not (
            plain[i] in ",:" and plain[i - 1 : i].isdigit() and plain[i + 1 : i + 2].isdigit()
        ):
            yield start, i
            start = i + 1
    if start < len(plain):
        yield start, len(plain)


def _hear(piece: str, told: _Told, known: Vocabulary) -> bool:
    """Period, basis and region that a piece names, and whether it names a period.

    An indicator is heard before each number of it.
    """
    dated = False
    heard = (
        m
        for m in _PERIOD.finditer(piece)
        if not re.search(r"[比较与同自从]$", piece[: m.start()])  # 较8月末, 自2月起
    )
    if m := next(heard, None):
        month = int(m["last"] or m["month"] or 0) or (
            6 if m["half"] else 12 if m["whole"] else _QUARTERS.get(m["q"] or "", 0)
        )
        year = int(m["year"]) if m["year"] else known.year - (m["this"] in ("去年", "上年"))
        if m["whole"] and not m["year"] and not m["this"] and known.period[5:] in ("01", "02"):
            year -= 1  # 全年 in a paper of January or February is the year that is over
        if 1 <= month <= 12:
            told.period, told.monthly, dated = f"{year}-{month:02d}", bool(m["month"]), True
    if "当月" in piece:
        told.monthly = True
    if _ADJUSTED.search(piece):
        told.basis = "refund_adjusted" if "退税" in piece else "comparable"
    elif _NATURAL.search(piece):
        told.basis = "natural"
    return dated


def _in_piece(plain: str, a: int, b: int, told: _Told, known: Vocabulary) -> Iterator[PaperFigure]:
    at = a
    for m, kind in _numbers(plain, a, b, _named(plain, a, b, known)):
        _subject(plain[at : m.start("number") if kind in ("level", "count") else m.start()], told, known)
        raw = m["number"].replace(",", "")
        if raw[0] in "一二三四五六七八九十":
            raw = str(_ordinal(raw))
        value, word = Decimal(raw), m.groupdict().get("word") or ""
        decimals = len(raw.partition(".")[2])
        if re.search(_DOWN, word) or word in ("低于", "慢于", "低", "慢", "降") or word.startswith("降幅"):
            value = -abs(value)
        unit = m.groupdict().get("unit") or ("%" if kind in ("growth", "share") else "")
        yield PaperFigure(
            0, m.start(), m.end(), "", kind, value, decimals, unit, told.indicator, told.subject, told.region,
            told.period, told.basis, told.monthly, word, 0, _is_planned(plain, a, m.start(), m.end()),
            m.groupdict().get("since") or m.groupdict().get("whom") or "",
        )  # fmt: skip
        at = m.end()


def _is_planned(plain: str, start: int, at: int, end: int) -> bool:
    """`全年目标增长7%`, `还差1.2亿元`, and the cells of a table's row, whose heading says what they are."""
    line = plain[plain.rfind("\n", 0, at) + 1 :]
    return "  " in line or bool(
        _PLANNED.search(plain[start:at]) or re.match(r"左右|以上|以内|的?目标", plain[end:])
    )


def _named(plain: str, a: int, b: int, known: Vocabulary) -> list[tuple[int, int]]:
    """Where names with numbers in them stand: the 5000 of `5000万元以上项目投资` is no figure."""
    names = (n for n in known.indicators if re.search(r"\d", n))
    return [
        (m.start(), m.end())
        for n in names
        for m in re.finditer(re.escape(same_length(n)), plain[:b])
        if m.start() >= a
    ]


def _numbers(plain: str, a: int, b: int, names: Sequence[tuple[int, int]]) -> list[tuple[re.Match[str], str]]:
    """Matches of every kind without overlaps, the more telling kind first."""
    kinds = ((_POINTS, "points"), (_SHARE, "share"), (_RATE, "growth"), (_RANK, "rank"), (_AMOUNT, "level"))
    taken, found = list(names), list[tuple[re.Match[str], str]]()
    for pattern, kind in kinds:
        for m in pattern.finditer(plain, a, b):
            if all(m.end() <= s or m.start("number") >= e for s, e in taken):
                real = (
                    kind
                    if kind != "level" or "元" in m["unit"] or m["unit"].startswith(("万", "亿"))
                    else "count"
                )
                taken.append((m.start("number"), m.end()))
                found.append((m, real))
    return sorted(found, key=lambda one: one[0].start("number"))


def _subject(words: str, told: _Told, known: Vocabulary) -> None:
    """Who or what the words before a number speak of; idle words leave what was told before."""
    for name in sorted(known.regions, key=len, reverse=True):
        if name in words and not re.search(
            rf"(?:高于|低于|快于|慢于|高出|比|较){re.escape(name)}|{re.escape(name)}(?:平均|第)", words
        ):
            told.region = known.regions[name]
            words = words.replace(name, "")
            break
    words = _PERIOD.sub("", words)
    rest = re.sub(r"\([^()]*\)|[^一-龥A-Za-z\d—-]", "", words)
    name = _beside(words, known)
    if name:
        told.indicator, told.subject = known.indicators[name], name
        return
    name = next((n for n in sorted(known.indicators, key=len, reverse=True) if same_length(n) in rest), "")
    left = re.sub(
        r"[\d—-]|年|月|日|[全我本][省市区县]|的",
        "",
        _IDLE.sub("", rest.replace(same_length(name), "", 1) if name else rest),
    )
    if name and len(left) < _ENOUGH:
        if told.indicator and known.indicators[name] != told.indicator:
            told.basis = "natural" if not (_ADJUSTED.search(words)) else told.basis
        told.indicator, told.subject = known.indicators[name], name
    elif len(left) >= _ENOUGH:  # a subject of its own that is no indicator of ours
        told.indicator, told.subject = "", _IDLE.sub("", rest)[-12:]


_BEFORE_A_NAME = re.compile(r"(?:^|[,:;、()]|重点调度|其中|分项中|主要是|分别是|的是|包括)$")


def _beside(words: str, known: Vocabulary) -> str:
    """The indicator right before a bracket with its figure: `应重点调度民间投资(下降28.5%`."""
    if not words.endswith("("):
        return ""
    name = next(
        (n for n in sorted(known.indicators, key=len, reverse=True) if words[:-1].endswith(same_length(n))),
        "",
    )
    return name if name and _BEFORE_A_NAME.search(words[: -1 - len(name)]) else ""


def _ordinal(words: str) -> int:
    digits = {c: i for i, c in enumerate("零一二三四五六七八九")}
    tens, ten, ones = words.partition("十")
    return (digits.get(tens, 1) * 10 + digits.get(ones, 0)) if ten else digits[words[0]]
