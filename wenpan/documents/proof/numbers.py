"""The forms in which a paper writes numbers: rates, points, shares, ranks, amounts. Pure; patterns only.

Every pattern has a group `number`; `word` is the direction, `whom`, `than` and `since` what is compared
with, `of` the whole of a share, `scope` the field of a rank.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

NUMBER = r"(?P<number>-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)"
UP = r"增长|回升|上升|提高|提升|增加(?!值)|上涨|扩大|加快|拉高|比增(?![长速幅])"
DOWN = r"下降|减少|降低|回落|下滑|收窄|减缓|下跌|缩小|拉低|放缓|比降(?![低幅])"
LOWER = ("低于", "慢于", "低", "慢", "降", "落后", "落后于")
RATE = re.compile(
    rf"(?P<word>{UP}|{DOWN}|增速(?:为|达到?|是)?|增幅(?:为|达到?|是)?|增长率(?:为|达到?|是)?|降幅(?:为|达到?|是)?|增|降)(?:了|约)?{NUMBER}%"
)
_SINCE = (
    r"上月|上季度|上半年|一季度|前三季度|去年同期|上年同期|去年全年|上年全年"
    r"|前\d{1,2}个月|(?:1-)?\d{1,2}月(?:末|底|份)?"
)
_TIES = r"高于|低于|高出|快于|慢于|领先于?|落后于?"
POINTS = re.compile(
    rf"(?:(?:比|较|与)(?:(?P<since>{_SINCE})[^,。;\d]{{0,4}}?|(?P<than>[一-龥]{{2,10}}?)(?:的?平均)?(?:水平)?(?:的?增速|增幅)?(?:相比)?,?(?=高|低|快|慢)))?"
    rf"(?P<word>{_TIES}|{UP}|{DOWN}|增[速幅](?:为|达到?)?(?=-?\d)|达到?(?=-?\d)|高|低|快|慢)(?:出|了)?(?P<whom>[一-龥]{{0,12}}?){NUMBER}个?百分点"
)
_DONE = r"完成|办结|按期|按时|达标|开工|竣工|入库|合格|反馈|整改|销号|化解|到位|执行|支付"
SHARE = re.compile(
    rf"(?:(?:占(?!用)|相当于)(?P<of>[^,。;\d%()]{{2,16}}?)的?(?:比重|比例|份额)?(?:为|达到?|是)?的?|(?:占比|比重|(?:{_DONE})率)[^,。;\d]{{0,14}}"
    rf"|在(?P<among>[一-龥]{{2,8}}?)(?:的?总[量额])?[中里](?:所)?占(?:比)?(?:为|达到?|到)?"
    rf"|占(?!用)[^,。;\d]{{0,14}}|(?<=[元个件项家户人])的){NUMBER}%"
)
_ORDINAL = r"(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})"
RANK = re.compile(
    rf"(?:(?:居(?!民)|列|位居|位列|排名?|名列|排在)(?P<scope>[^,。;]{{0,8}}?)|(?P<whole>(?:全[市省国区县]|各区县|各县区|区县)(?:排名?|位次|位列|列|居)?(?:倒数)?|倒数))"
    rf"第{_ORDINAL}(?:位|名)?(?!产业|季度|[条款次批个章节])"
)
RANK_AGAIN = re.compile(rf"[、和与及]第{_ORDINAL}(?:位|名)?(?!产业|季度|[条款次批个章节])")
CLIMB = re.compile(
    rf"(?:比|较)(?P<since>{_SINCE})[^,。;\d]{{0,4}}?(?P<word>前移|后移|前进|后退|上升|下滑|下降|提升|提高|回落)了?{NUMBER}(?:个?位次?)"
)
AMOUNT = re.compile(
    rf"{NUMBER}(?P<unit>亿元|万元|万千瓦时|亿千瓦时|千瓦时|万人次|万平方米|平方米|亿平方米|万吨公里|亿吨公里|万吨|万户|万人|亿美元|万美元|美元|元|个|件|项|家|户|宗|条|人|次|吨|公里)(?!百分点|月)"
)
RATIO = re.compile(
    rf"收入比(?:为|是|达到?|缩小[至到]|降[至到]|由[\d.]+(?:缩小|下降|降)[至到])?{NUMBER}(?::1)?(?![\d.%]|亿|万|元|个)"
)
BARE = re.compile(rf"(?<![\d.]){NUMBER}%")
BARE_POINTS = re.compile(rf"(?<![\d.]){NUMBER}个?百分点")
_KINDS = (
    (CLIMB, "climb"),
    (POINTS, "points"),
    (SHARE, "share"),
    (RATE, "growth"),
    (RANK, "rank"),
    (RANK_AGAIN, "rank"),
    (AMOUNT, "level"),
    (RATIO, "level"),
    (BARE, "bare"),
    (BARE_POINTS, "points"),
)


def numbers(plain: str, a: int, b: int, names: Sequence[tuple[int, int]]) -> list[tuple[re.Match[str], str]]:
    """Matches of every kind between `a` and `b` without overlaps, the more telling kind first.

    `names`: stretches that are no numbers (the 5000 of `5000万元以上项目`). A `bare` percentage says by
    itself neither growth nor share.
    """
    taken, found = bytearray(b - a), list[tuple[re.Match[str], str]]()
    for start, end in names:
        taken[start - a : end - a] = b"\1" * (end - start)
    for pattern, kind in _KINDS:
        for m in pattern.finditer(plain, a, b):
            start, end = m.start("number"), m.end()
            if taken.find(1, start - a, end - a) < 0:
                counted = pattern is AMOUNT and not (
                    "元" in m["unit"] or re.match("[万亿]|平方米|千瓦时", m["unit"])
                )
                taken[start - a : end - a] = b"\1" * (end - start)
                found.append((m, "count" if counted else kind))
    return sorted(found, key=lambda one: one[0].start("number"))


def scale(unit: str) -> str:
    """What the number of a unit is counted in: "亿", "万" or "" for ones."""
    return unit[:1] if unit[:1] in ("万", "亿") else ""
