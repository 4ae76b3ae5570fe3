"""Figures as a paper says them: the number with its indicator, region, period, basis, unit and sign.

Pure. What a sentence leaves out is carried from what it said before (`税收收入18296万元，同口径增长0.53%`);
`分别` gives each number its member of the list before it. A subject of its own that the catalogue does not
know (`高技术制造业投资`) is no indicator: the figure is then unknown, never another indicator's. Periods are
`2022-09`; a growth is in percent, `points` in points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from wenpan.documents.proof.first_places import FirstPlace, first_places, named_first
from wenpan.documents.proof.headings import section_of, shared, without_offices
from wenpan.documents.proof.numbers import DOWN, LOWER, numbers
from wenpan.documents.proof.paper_figures import YEARS, PaperFigure, SentenceState, Vocabulary
from wenpan.documents.proof.percentages import bare, goes_on
from wenpan.documents.proof.rows import in_rows
from wenpan.documents.proof.subject_names import PERIOD, SubjectNames
from wenpan.documents.words.characters import same_length

_BOUNDED = re.compile(r"左右|以上|以内|的?目标")
_QUARTERS = {"一季度": 3, "前两季度": 6, "前三季度": 9}
_ADJUSTED = re.compile(r"同口径|可比口径|扣除[^,。;]{0,10}退税|剔除[^,。;]{0,10}退税|还原[^,。;]{0,6}退税")
_NATURAL = re.compile(r"自然口径|自然增长|按自然")
_PLANNED = re.compile(
    r"目标|力争|预期|计划|预计|预测|任务|确保|还差|还需|缺口|需要?|剩余|余下|月均|平均每月|总投资|要达|争取|可能|概率|测算|估计|如果|若"
)
_RESPECTIVELY = re.compile("分别|依次|分(?=[列居排])")
_BALANCE = re.compile(r"(?<![\d比较与从自年])(?P<month>\d{1,2})月[末底](?=[^,]{0,12}余额)")
# Nothing reaches farther: endless prose without a full stop, or without a comma, is read in windows.
LONGEST_SENTENCE, LONGEST_PIECE = 2000, 1000
_OF_A_NUMBER = frozenset("0123456789.,-")
_NUMERALS = {c: i for i, c in enumerate("零一二三四五六七八九十")}


def figures(paragraphs: Sequence[str], known: Vocabulary) -> list[PaperFigure]:
    """All figures in their order. Years, days, numbers of documents and of items are none."""
    naming = SubjectNames(known.indicators, known.regions, known.regions.get("全市", "")).heard_in(paragraphs)
    found, sentence, section = list[PaperFigure](), 0, ("", "")
    rows = in_rows([*map(same_length, paragraphs)], naming, known)
    for index, text in enumerate(paragraphs):
        if index in rows:
            found += [replace(f, words=text[f.start : f.end], sentence=sentence) for f in rows[index]]
            sentence += 1
            continue
        plain, period, dated = (
            without_offices(same_length(text)),
            known.period,
            False,
        )  # a paragraph says its period anew
        section = section_of(plain, section, naming)
        first, topic, headed = 0, section, bool(section[0])
        for begun, end in _stretches(plain, "。!?;", most=LONGEST_SENTENCE):
            told = SentenceState(period=period, region=known.home, first=first, topic=topic)
            told.headed = headed or plain[begun - 1 : begun] == ";"
            for a, b in _stretches(plain, ",:", begun, end):
                dated = _hear(plain[a:b], told, known) or dated
                for one in _in_piece(plain, a, b, begun, told, naming):
                    found.append(
                        replace(
                            one,
                            paragraph=index,
                            sentence=sentence,
                            words=text[one.start : one.end],
                            dated=dated,
                        )
                    )
            first, topic, headed = told.first, told.topic, told.headed and plain[end : end + 1] != ";"
            sentence += 1
            # 全年预计… is said of its own sentence only, but in a paper on the year
            whole = known.period.endswith("-12") or plain[begun:end].lstrip().startswith("全年,")
            if not told.period.endswith("-12") or whole:
                period = told.period or period
    return found


def _stretches(
    plain: str, signs: str, begun: int = 0, end: int | None = None, most: int = LONGEST_PIECE
) -> Iterator[tuple[int, int]]:
    """Between the signs; what has none for `most` characters is cut, behind a 、 or in front of no digit."""
    start, stop = begun, len(plain) if end is None else end
    for i in range(begun, stop):
        c = plain[i]
        if c in signs and not (
            c in ",:" and plain[i - 1 : i].isdigit() and i + 1 < stop and plain[i + 1].isdigit()
        ):
            yield start, i
            start = i + 1
        elif i - start >= most and not (c.isdigit() and plain[i - 1] in _OF_A_NUMBER):
            cut = plain.rfind("、", start, i) + 1 or i
            yield start, cut
            start = cut
    if start < stop:
        yield start, stop


def _hear(piece: str, told: SentenceState, known: Vocabulary) -> bool:
    """Period, basis and region that a piece names, and whether it names a period.

    An indicator is heard before each number of it.
    """
    dated = False
    heard = (
        m
        for m in PERIOD.finditer(piece)
        if not re.search(r"[比较与同自从]$", piece[: m.start()])  # 较8月末, 自2月起
    )
    if m := next(heard, None):
        month = int(m["last"] or m["month"] or 0) or (
            6 if m["half"] else 12 if m["whole"] else _QUARTERS.get(m["q"] or "", 0)
        )
        year = int(m["year"]) if m["year"] else known.year - (m["this"] in ("去年", "上年"))
        if m["whole"] and not m["year"] and not m["this"] and known.period[5:] in ("01", "02"):
            year -= 1  # 全年 in a paper of January or February is the year that is over
        if 1 <= month <= 12 and year in YEARS:
            told.period, told.monthly, dated = f"{year}-{month:02d}", bool(m["month"]), True
    elif (m := _BALANCE.search(piece)) and 1 <= int(m["month"]) <= 12:
        told.period, told.monthly, dated = f"{known.year}-{int(m['month']):02d}", False, True
    if "当月" in piece:
        told.monthly = True
    if _ADJUSTED.search(piece):
        told.basis = "refund_adjusted" if "退税" in piece else "comparable"
    elif _NATURAL.search(piece):
        told.basis = "natural"
    return dated


def _in_piece(
    plain: str, a: int, b: int, begun: int, told: SentenceState, naming: SubjectNames
) -> Iterator[PaperFigure]:
    found = [*numbers(plain, a, b, [m.span() for m in naming.numbered.finditer(plain, a, b)])]
    lists = [m.span() for m in _RESPECTIVELY.finditer(plain, a, b)]
    at, before, order = a, None, list[PaperFigure]()
    for number, (m, kind) in enumerate(found):
        for starts, ends in [one for one in lists if at <= one[0] < m.start("number")]:
            _listed(plain, at, starts, found[number:], told, naming)
            at = ends
        begins = m.start("number") if kind in ("level", "count") else m.start()
        between = plain[at:begins]
        if told.turn >= len(told.members):
            told.turn = -1
        root = told.subject if told.indicator else told.topic[1]
        if told.turn < 0:
            aside = naming.aside(between) if between.endswith("(") else ""
            _subject(naming.a_region.sub("", between) if aside else between, told, naming)
            if told.subject and not told.indicator and (meant := naming.meant(between, plain, begins, root)):
                told.indicator, told.subject = told.topic = meant
        else:
            code, name, region = told.members[told.turn]
            told.turn += 1
            if code:
                told.indicator, told.subject = code, name
            told.region = region or told.region
        sort = bare(plain, begun, m, before, told, naming) if kind == "bare" else kind
        if not sort:
            continue
        one = _figure(plain, a, m, sort, told, before, naming)
        one = _whose(one, between, plain[m.end() : b], told, naming)
        order.append(one)
        at, before = m.end(), one
    tops = [_top(t, told) for t in first_places(plain, a, b, told.first, naming)]
    if plain[b : b + 1] == ":":
        told.first = named_first(plain[a:b]) or told.first
    if not found and not shared(plain[a:b], told, naming):
        _head(plain[a:b], told, naming)
    yield from sorted((*order, *tops), key=lambda one: one.start)


def _figure(
    plain: str,
    a: int,
    m: re.Match[str],
    kind: str,
    told: SentenceState,
    before: PaperFigure | None,
    naming: SubjectNames,
) -> PaperFigure:
    groups = m.groupdict()
    raw = m["number"].replace(",", "")
    if raw[0] in "一二三四五六七八九十":
        raw = str(_ordinal(raw))
    value, word = Decimal(raw), groups.get("word") or ""
    if kind == "growth" and not word and before is not None and goes_on(plain, before, m):
        word = before.word  # 分别增长3.6%、7.3%
    if (
        re.search(DOWN, word)
        or (kind == "climb" and word[0] in "后退降")
        or word in LOWER
        or word.startswith("降幅")
    ):
        value = -abs(value)
    unit = groups.get("unit") or ("%" if kind in ("growth", "share") else "")
    against = next((groups[g] for g in ("since", "than", "whom", "whole", "scope") if groups.get(g)), "")
    if kind == "share":
        whole = groups.get("of") or groups.get("among") or ""
        alone = re.match("占比|比重", m.group()) or (not whole and re.match(r"占[到了]?\d", m.group()))
        against = "" if alone else naming.whole_of(whole)
        if told.share[2] and "of" not in groups:
            told.indicator, told.subject, against = told.share
    planned = _is_planned(plain, a, m.start(), m.end())
    return PaperFigure(
        0, m.start(), m.end(), "", kind, value, len(raw.partition(".")[2]), unit, told.indicator,
        told.subject, told.region, told.period, told.basis, told.monthly, word, 0, planned, against,
    )  # fmt: skip


def _listed(
    plain: str,
    at: int,
    starts: int,
    found: Sequence[tuple[re.Match[str], str]],
    told: SentenceState,
    naming: SubjectNames,
) -> None:
    """The members that 分别 gives its numbers to; none where there are not as many."""
    if members := naming.listed(plain[at:starts]):
        told.members = members
    elif found[0][1] == "rank" and told.said:
        told.members = [*told.said]  # A增速1%、B增速2%，分列第3、第4位
    elif found[0][1] == "growth" and not told.members:
        told.members = [*told.levels]  # A1亿元，B2亿元，分别增长3%、4%
    told.turn = 0 if told.members and _as_many(found, plain, len(told.members)) else -1
    if told.turn < 0 and (told.members or not _as_many(found, plain, 1)):
        told.indicator, told.subject = "", plain[at:starts][-12:] or "分别"


def _top(t: FirstPlace, told: SentenceState) -> PaperFigure:
    code, subject = t.indicator or told.indicator, t.subject or told.subject
    return PaperFigure(
        0, t.start, t.end, "", "top", Decimal(t.first), 0, "", code, subject, t.region,
        told.period, told.basis, told.monthly,
    )  # fmt: skip


def _whose(
    one: PaperFigure, before: str, after: str, told: SentenceState, naming: SubjectNames
) -> PaperFigure:
    """The figure with the region that it alone is of: 全市平均增速为, `与排位第一的乙区相比`."""
    if one.kind == "rank" and re.match("(?:位|名)?的(?!增速|增幅)", after):
        m = naming.a_region.match(re.sub("^(?:位|名)?的(?:是|为)?", "", after))
        return replace(one, region=naming.regions[m.group()]) if m else replace(one, indicator="")
    if one.kind == "rank" and re.search("[由从]$", one.against or before):
        return replace(one, indicator="")  # 由第5位前移至第3位: the place of another time
    if one.kind == "growth" and one.indicator:
        told.said.append((one.indicator, one.subject, one.region))
    if one.kind == "level" and one.indicator:
        told.levels.append((one.indicator, one.subject, one.region))
    aside = naming.aside(before) if one.kind in ("growth", "level", "points") and not one.against else ""
    return replace(one, region=aside) if aside else one


def _as_many(found: Sequence[tuple[re.Match[str], str]], plain: str, members: int) -> bool:
    """Whether as many numbers follow one upon the other as the list has members."""
    run = 1
    for (one, _), (then, _) in pairwise(found):
        if re.sub(
            r"[、和与及,()]|增长|下降|增速|达到?|为|第|位", "", plain[one.end() : then.start("number")]
        ):
            break
        run += 1
    return run == members


def _is_planned(plain: str, start: int, at: int, end: int) -> bool:
    """`全年目标增长7%`, `还差1.2亿元`, and the cells of a table's row, whose heading says what they are."""
    return _last_gap(plain) > plain.rfind("\n", 0, at) or bool(
        _PLANNED.search(plain, start, at) or _BOUNDED.match(plain, end)
    )


@lru_cache(maxsize=8)
def _last_gap(plain: str) -> int:
    """Where the last two spaces side by side stand, as between the cells of a row."""
    return plain.rfind("  ")


def _subject(words: str, told: SentenceState, naming: SubjectNames) -> None:
    """Who or what the words before a number speak of; idle words leave what was told before."""
    region, words = naming.region_of(words)
    told.region = region or told.region
    heard = naming.subject(words)
    if heard is None:
        if (region or told.headed) and not told.indicator and not told.subject:
            told.indicator, told.subject = told.topic  # 乙区增长3.2% after what was said of 甲区
        return
    code, name = told.topic = heard
    if code and told.indicator and code != told.indicator and not _ADJUSTED.search(words):
        told.basis = "natural"
    told.indicator, told.subject = code, name


def _head(words: str, told: SentenceState, naming: SubjectNames) -> None:
    """`2.固定资产投资。`, `一般公共预算收入，`: words without a number, an indicator and nothing else."""
    heard = naming.subject(naming.a_region.sub("", words))
    if heard and heard[0]:
        told.topic, told.headed = heard, True
        told.indicator, told.subject = heard
    elif heard and not told.indicator:
        told.topic = ("", "")  # another subject of its own: what was said before is over


def _ordinal(words: str) -> int:
    tens, ten, ones = words.partition("十")
    return (_NUMERALS.get(tens, 1) * 10 + _NUMERALS.get(ones, 0)) if ten else _NUMERALS[words[0]]
