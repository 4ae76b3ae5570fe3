"""What the words around a paper's numbers name, whoever wrote them: indicators, regions, times. Pure.

An indicator is a noun phrase; what is none is filler, however it is put. A phrase with the head of an
economic noun that the catalogue does not know is foreign: it takes numbers to itself, so that none of them is
read as another indicator's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from wenpan.documents.proof.paper_figures import YEARS
from wenpan.documents.proof.subject_names import IDLE, PERIOD, SPOKEN, SubjectNames
from wenpan.documents.words.characters import same_length


class Mention(NamedTuple):
    """`codes`: the indicators that the words may mean, () for a foreign one; `sure`: a whole name."""

    start: int
    end: int
    codes: tuple[str, ...]
    sure: bool
    idle: bool = (
        False  # words that name nothing known: they make a subject of their own where nothing else is
    )


class NamedPlace(NamedTuple):
    """A region or a time; `compared` where the words before it say that others are held against it."""

    start: int
    end: int
    code: str
    compared: bool = False
    holds: bool = False  # of a time: until another is named


_BETWEEN = "(?:企业|单位|累计|完成|实现|的|本外币|商品)?"
_HEADS = (
    "投资|产值|增加值|收入|支出|利润|营收|税|用电|发电|贷款|存款|销售|营业|面积|产量"
    "|价格|指数|出口|进口|消费|零售|批发|餐饮|住宿|工业|农业|服务业|制造业|建筑业|产业"
    "|行业|人口|就业|游客|旅游|客流|房价|工资|物流|货运|客运|能耗|外资|外贸|订单|产能"
    "|库存|企业|项目|主体|资金|债|基金|保费|快递|邮政|技改|研发|专利|粮食|园区|合同|面板"
    "|财政|金融|率|占地|岗位|床|户|任务|事项|问题|督办|商户|平台"
)
_FOREIGN = re.compile(rf"{_HEADS}|[一-龥]业$")
_PLAIN = frozenset(
    re.split(
        r"\|",
        "地区|居民|社会|规模|以上|单位|总额|余额|常住|全体|实际|人均|一般|公共|金融机构|其他|"
        "资质|限额|固定|机构|项目|企业|限上|规上|开发|资产|增加|生产|总量|总值|业务|销售|"
        "营业|商品|预算|不含|利用|使用|到位|货物|销售额|营业额|营业收入|总产值|面积|周转量|"
        "其中|本外币|产值|增加值|能耗|各项",
    )
)
_FILLER = re.compile(
    rf"{IDLE.pattern}|[之为达约近超的了是在和与及或对从把将让等也就都还又而则却但着过来去上下里这那个些各每只要可能会有无不很更最太]"
    r"|全[市区县省国]|我[市区县]|本[市区县]|先说|再说|其中|当中|之中|中(?![长小间央])|贡献|比重|占比|方面|分别|依次|情况|增[长加速幅减]|持续|运行|主要|结构|退税|减税|留抵|对比|相比|变为|处于|位次|份额|规模|表现|拖累|走势|差距|前者|后者"
)


@lru_cache(maxsize=16)
def _known(names: tuple[str, ...]) -> re.Pattern[str]:
    """Every written name, the longer ones also with a word of doing between its parts."""
    loose = [_BETWEEN.join(map(re.escape, n)) if len(n) > 4 and n.isalpha() else re.escape(n) for n in names]
    return re.compile("|".join(loose) or "(?!)")


def _whole(words: str, naming: SubjectNames) -> str:
    """The written name of words that have a filler between its parts."""
    return next((n for n in naming.by_length if re.fullmatch(_BETWEEN.join(map(re.escape, n)), words)), "")


def mentions(
    plain: str, naming: SubjectNames, numbers: Sequence[tuple[int, int]]
) -> tuple[list[Mention], list[Mention]]:
    """All of a paragraph in their order, and the words that name nothing known."""
    found, idle, covered = list[Mention](), list[Mention](), [*plain]

    def cover(start: int, end: int) -> None:
        covered[start:end] = "|" * (end - start)

    for start, end in numbers:
        cover(start, end)
    for m in PERIOD.finditer(plain):
        cover(m.start(), m.end())
    for m in _known(tuple(naming.by_length)).finditer("".join(covered)):
        name = m.group() if m.group() in naming.codes else _whole(m.group(), naming)
        if name:
            found.append(Mention(m.start(), m.end(), (naming.codes[name],), True))
    for one in found:
        cover(one.start, one.end)
    for m in naming.a_region.finditer("".join(covered)):
        cover(m.start(), m.end())
    for m in _FILLER.finditer("".join(covered)):
        cover(m.start(), m.end())
    known = {(m.end) for m in found}
    starts = {m.start for m in found}
    for m in re.finditer("[一-龥A-Za-z]+", "".join(covered)):
        word = m.group()
        codes = _meant(word, naming)
        if codes:
            found.append(Mention(m.start(), m.end(), codes, False))
        elif word not in _PLAIN and _FOREIGN.search(word) and not (m.start() in known and len(word) < 3):
            found.append(Mention(m.start(), m.end(), (), False))
        elif len(word) > 1 and word not in _PLAIN:
            idle.append(Mention(m.start(), m.end(), (), False, True))
    # a word of the trade glued before a name makes it another's: 高技术制造业投资
    glued = {
        m.end for m in (*found, *idle) if not m.codes and not (m.idle and m.end - m.start < _GLUED)
    } & starts
    after = {m.start for m in idle if m.end - m.start >= _GLUED} & {m.end for m in found if m.sure}
    out = [
        m._replace(codes=(), idle=bool(m.codes))
        if m.start in glued or m.end in after or _told_apart(m, plain, idle)
        else m
        for m in found
    ]
    return sorted(m for m in out if not (not m.codes and m.end in starts)), idle


def _told_apart(one: Mention, plain: str, idle: Sequence[Mention]) -> bool:
    """`通过公共网络实现的零售额`: a short name behind words of its own clause that nobody knows."""
    begun = max(plain.rfind(sign, 0, one.start) for sign in ",:;。()、!?") + 1
    return not one.sure and any(begun <= m.start and m.end <= one.start for m in idle)


def _meant(word: str, naming: SubjectNames) -> tuple[str, ...]:
    """The indicators that a short way of speaking may mean, the spoken one first."""
    if word in SPOKEN and (code := naming.codes.get(same_length(SPOKEN[word]), "")):
        others = [c for n, c in naming.codes.items() if word in n and c in naming.mentioned and c != code]
        return tuple(dict.fromkeys((code, *others)))
    if word in _PLAIN or word in ("出口", "进口") or len(word) < _SHORT:
        return ()
    return tuple(dict.fromkeys(c for n, c in naming.codes.items() if word in n))


_SHORT = 2
_GLUED = 3  # characters of a word before a name that make it another thing: 中长期贷款余额
_COMPARED = re.compile(r"(?:高于|低于|快于|慢于|高出|比起?|较|与|跟|和|同|落后于?|领先于?|占|相当于|达到)$")
ELSEWHERE = "?"  # a region that no ledger of a place holds
_ELSEWHERE = re.compile(r"全国(?!第|各)|全省(?!第|各)|国内(?!生产)|长三角|珠三角|中部六省")
_OURS = re.compile(r"我们|咱们|自己|本地")


def regions(plain: str, naming: SubjectNames, home: str) -> list[NamedPlace]:
    found = [
        NamedPlace(
            m.start(), m.end(), naming.regions[m.group()], bool(_COMPARED.search(plain[: m.start()][-3:]))
        )
        for m in naming.a_region.finditer(plain)
        if not (m.group() == "全市" and re.match(r"各|第|(?:的)?位次|排|列", plain[m.end() :]))
        and not re.match("人大|政府|统计局|财政局|商务局|发改", plain[m.end() :])
    ]
    found += [NamedPlace(m.start(), m.end(), ELSEWHERE) for m in _ELSEWHERE.finditer(plain)]
    found += [NamedPlace(m.start(), m.end(), home) for m in _OURS.finditer(plain)]
    return sorted(found)


_TIMES = re.compile(
    r"(?P<year>(?:上年|去年)(?:的)?(?:同期|这个时候|同一时期))|(?P<month>上个?月|前一个?月)|(?P<half>半年的时候|半年时|年中)"
    r"|(?P<end>(?<![\d-])\d{1,2})月[末底份]|(?P<now>这个月|眼下|如今)"
)


def times(plain: str, period: str) -> list[NamedPlace]:
    """Periods that are named; code "" where the year has no such month."""
    year, now, found = period[:4], int(period[5:]), list[NamedPlace]()
    for m in _TIMES.finditer(plain):
        compared = plain[: m.start()][-1:] in _THAN
        if m["year"]:
            if re.match(r"(?:的|为|是|:|只有|还是)+\s*(?:增长|下降)?[-+]?\d", plain[m.end() :]):
                found.append(NamedPlace(m.start(), m.end(), f"{int(year) - 1}-{now:02d}", compared))
            continue
        month = int(m["end"] or 0) or (now - 1 if m["month"] else 6 if m["half"] else now)
        found.append(
            NamedPlace(m.start(), m.end(), _month(year, month), compared, bool(m["end"] or m["now"]))
        )
    for m in PERIOD.finditer(plain):
        compared = plain[: m.start()][-1:] in _THAN
        month = int(m["last"] or m["month"] or 0) or (
            6 if m["half"] else 12 if m["whole"] else _QUARTERS.get(m["q"] or "", 0)
        )
        over = (
            m["whole"] and not m["this"] and now <= _FIRST
        )  # 全年 in a paper of the new year's first months
        said = m["year"] or (str(int(year) - 1) if over or m["this"] in ("去年", "上年") else year)
        found.append(NamedPlace(m.start(), m.end(), _month(said, month), compared, True))
    return sorted({t.start: t for t in found}.values())


_THAN = ("比", "较", "与", "同", "和", "从", "自", "由")
_FIRST = 2
_QUARTERS = {"一季度": 3, "前两季度": 6, "前三季度": 9}


def _month(year: str, month: int) -> str:
    return f"{year}-{month:02d}" if 1 <= month <= 12 and int(year) in YEARS else ""
