"""A clause's conditions and support in the words of its paper, one a line, read into data.

Pure. Officials write sentences, not data:

    名录含规上工业
    符合其一：
      从业人数不超过1000人
      上年营业收入不超过4亿元
    没有以下情形：
      列入严重失信名单
    由主管部门认定：补足产业链短板
    支持：按二季度电费的5%，最高50万元

Parts of a group stand below it, further in, or behind its colon with ；between them. A clause with tiers has
a line 档次：名称 before the conditions of each, the best first. What is not understood is refused with its
line, what was found and what is expected; nothing is read as true because it could not be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wenpan.economy.policies.facts import FactKind, FirmFact, PolicyError

_MARKER = re.compile(
    r"^(?:[-·•]\s*|[①-⑳]\s*|[（(](?:[一二三四五六七八九十]+|\d{1,2})[)）]\s*|\d{1,2}[.．、](?!\d)\s*)"
)
_INLINE = re.compile(r"[；;]")
_OPENING = r"(?:符合|满足|具备)?(?:以下|下列|其中)?(?:条件)?的?"
_ENDING = r"(?:条件|情形|情况)?(?:的)?[：:]"
_GROUPS = (
    ("of", re.compile(rf"^{_OPENING}(?:至少|不少于)?(?P<count>\d{{1,2}})(?:项|条|个)(?:以上)?{_ENDING}")),
    ("any", re.compile(rf"^{_OPENING}(?:任一|任意一项|其一|之一|其中之一){_ENDING}")),
    ("none", re.compile(rf"^(?:没有|不得有|不存在|不属于|排除)(?:以下|下列)?{_ENDING}")),
    ("all", re.compile(rf"^(?:同时|全部|均)(?:符合|满足|具备)?(?:以下|下列)?{_ENDING}")),
)
_JUDGE = re.compile(r"^(?:由)?(?:主管)?部门认定[：:]?\s*(?P<text>\S.*)$")
_TIER = re.compile(r"^档次[：:]\s*(?P<name>\S.*)$")
_SUPPORT = re.compile(r"^(?:支持|补助|奖励)(?:标准)?[：:]\s*(?P<text>\S.*)$")
_RATE = re.compile(
    r"^按(?:照)?(?P<of>.+?)的?(?P<rate>\d+(?:\.\d+)?)[%％](?:给予)?(?:补助|奖励|补贴)?(?P<rest>.*)$"
)
_FIXED = re.compile(
    r"^(?:定额|每家|一次性)?(?:给予)?(?:补助|奖励|补贴)?(?P<amount>\d+(?:\.\d+)?[亿万]?元)(?P<rest>.*)$"
)
_CAP = re.compile(r"^[，,；;]?\s*(?:最高|最多|不超过|上限)(?:为)?(?P<cap>\d+(?:\.\d+)?[亿万]?元)$")
_NUMBER = re.compile(r"^(?P<number>-?\d[\d,]*(?:\.\d+)?)\s*(?P<unit>\D*)$")
_DAY = re.compile(r"^(\d{4})(?:-|年|/|\.)(\d{1,2})(?:-|月|/|\.)(\d{1,2})日?$")
_SCALES = {"元": 0.0001, "万元": 1.0, "万": 1.0, "亿元": 10_000.0, "亿": 10_000.0}  # to 万元
_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (  # of a comparison; the first one is how it is written
    ("at_least", ("不低于", "不少于", "不小于", "不早于", "达到", "至少", "≥", ">=")),
    ("at_most", ("不超过", "不高于", "不多于", "不大于", "不晚于", "至多", "≤", "<=")),
    ("not_in", ("不属于", "不为", "不是", "≠")),
    ("more_than", ("高于", "超过", "大于", "多于", "晚于", ">")),
    ("less_than", ("低于", "不足", "小于", "少于", "早于", "<")),
    ("has", ("含有", "包含", "含", "列入")),
    ("in", ("属于", "为", "是", "=", "：", ":")),
)
_AFTER = (
    ("at_least", ("及以上", "以上", "以后", "及以后")),
    ("at_most", ("及以下", "以下", "以内", "以前", "及以前")),
)


@dataclass(frozen=True)
class _Line:
    number: int
    depth: int
    text: str


def clause_terms(text: str, facts: Mapping[str, FirmFact]) -> dict[str, Any]:
    """{"conditions", "support"} or {"tiers"} as `clauses.clause_from_data` reads them. PolicyError: line,
    found, expected."""
    lines = list(_lines(text))
    if not lines:
        raise PolicyError("适用条件", "空白", "至少一个条件，一行一个")
    tiers = [n for n, line in enumerate(lines) if _TIER.match(line.text)]
    if not tiers:
        return _terms(lines, facts)
    if tiers[0] != 0:
        raise _wrong(lines[0], "分档次的条款先写“档次：名称”")
    parts = [lines[a:b] for a, b in zip(tiers, [*tiers[1:], len(lines)], strict=True)]
    return {"tiers": [_tier(n, part, facts) for n, part in enumerate(parts, 1)]}


def _tier(number: int, lines: Sequence[_Line], facts: Mapping[str, FirmFact]) -> dict[str, Any]:
    named = _TIER.match(lines[0].text)
    assert named is not None
    if len(lines) == 1:
        raise _wrong(lines[0], "档次下面的条件，一行一个")
    return {"code": f"t{number}", "name": named["name"].strip(), **_terms(lines[1:], facts)}


def _lines(text: str) -> Iterator[_Line]:
    for number, raw in enumerate(text.splitlines(), 1):
        spread = raw.replace("\t", "  ").replace("　", "  ")
        words = spread.strip().rstrip("；;。，,")
        if words:
            yield _Line(number, len(spread) - len(spread.lstrip()), _MARKER.sub("", words, count=1))


def _terms(lines: Sequence[_Line], facts: Mapping[str, FirmFact]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    conditions = []
    for line in lines:
        if (found := _SUPPORT.match(line.text)) is None:
            conditions.append(line)
        elif "support" in made:
            raise _wrong(line, "支持只写一行")
        else:
            made["support"] = _support(found["text"].strip(), line, facts)
    if not conditions:
        raise _wrong(lines[0], "至少一个条件，一行一个")
    return {"conditions": _parts(conditions, facts), **made}


def _parts(lines: Sequence[_Line], facts: Mapping[str, FirmFact]) -> list[Any]:
    """The conditions of one depth, each with what stands below it."""
    found, depth = [], lines[0].depth
    starts = [n for n, line in enumerate(lines) if line.depth <= depth]
    for a, b in zip(starts, [*starts[1:], len(lines)], strict=True):
        found.append(_condition(lines[a], lines[a + 1 : b], facts))
    return found


def _condition(line: _Line, below: Sequence[_Line], facts: Mapping[str, FirmFact]) -> dict[str, Any]:
    for word, pattern in _GROUPS:
        if (found := pattern.match(line.text)) is not None:
            return _group(word, found, line, below, facts)
    if below:
        raise _wrong(below[0], "不缩进；只有“符合其一：”一类的行下面才缩进")
    return _leaf(line, facts)


def _group(
    word: str, found: re.Match[str], line: _Line, below: Sequence[_Line], facts: Mapping[str, FirmFact]
) -> dict[str, Any]:
    behind = [part.strip() for part in _INLINE.split(line.text[found.end() :]) if part.strip()]
    if bool(behind) is bool(below):
        raise _wrong(line, "冒号后面用分号隔开各项，或在下面缩进、一行一项")
    parts = _parts(below, facts) if below else [_leaf(_Line(line.number, 0, part), facts) for part in behind]
    return {"at_least_of": int(found["count"]), "of": parts} if word == "of" else {word: parts}


def _leaf(line: _Line, facts: Mapping[str, FirmFact]) -> dict[str, Any]:
    text = line.text
    if (judged := _JUDGE.match(text)) is not None:
        return {"judge": judged["text"].strip()}
    denied = text.startswith(("不是", "没有", "未")) and next(
        (
            f
            for f in facts.values()
            if f.kind is FactKind.YES_NO and f.name == re.sub("^(?:不是|没有|未)", "", text)
        ),
        None,
    )
    if denied:
        return {"fact": denied.code, "equals": False}
    named = [fact for fact in facts.values() if text.startswith(fact.name)]
    if not named:
        names = "、".join(fact.name for fact in facts.values())
        raise _wrong(line, f"以一项事实开头（{names}），或“由主管部门认定：…”")
    fact = max(named, key=lambda fact: len(fact.name))
    return {"fact": fact.code, **_comparison(text[len(fact.name) :].strip(), fact, line)}


def _comparison(rest: str, fact: FirmFact, line: _Line) -> dict[str, Any]:
    if fact.kind is FactKind.YES_NO:
        said = rest.lstrip("：:为是 ")
        if rest == "" or rest in ("是", "为是", "：是", ":是"):
            return {"equals": True}
        if said in ("否", "不是"):
            return {"equals": False}
        raise _wrong(line, f"“{fact.name}”或“不是{fact.name}”")
    for word, spellings in _WORDS:
        for spelling in spellings:
            if rest.startswith(spelling) and (limit := rest[len(spelling) :].strip()):
                return _compared(word, limit, fact, line)
    for word, spellings in _AFTER:
        for spelling in sorted(spellings, key=len, reverse=True):
            if rest.endswith(spelling) and (limit := rest[: -len(spelling)].strip()):
                return _compared(word, limit, fact, line)
    raise _wrong(line, f"“{fact.name}”后面写{'、'.join(_usual(fact))}和数值")


def _usual(fact: FirmFact) -> tuple[str, ...]:
    match fact.kind:
        case FactKind.NUMBER:
            return ("不低于", "不超过", "高于", "低于", "为")
        case FactKind.DAY:
            return ("不早于", "不晚于", "早于", "晚于")
        case FactKind.MARKS:
            return ("含",)
        case _:
            return ("为", "不属于")


def _compared(word: str, limit: str, fact: FirmFact, line: _Line) -> dict[str, Any]:
    match fact.kind:
        case FactKind.NUMBER:
            if word not in ("has",):
                return {_exact(word): _number(limit, fact, line)}
        case FactKind.DAY:
            if word not in ("has",):
                return {_exact(word): _day(limit, line)}
        case FactKind.MARKS:
            if word in ("has", "in"):
                return {"has": _one(limit, fact, line)}
        case FactKind.WORD:
            if word in ("in", "not_in"):
                return {word: [part.strip() for part in re.split("[、，,或和]", limit) if part.strip()]}
    raise _wrong(line, f"“{fact.name}”后面写{'、'.join(_usual(fact))}")


def _exact(word: str) -> str:
    return {"in": "equals", "not_in": "not"}.get(word, word)


def _one(limit: str, fact: FirmFact, line: _Line) -> str:
    if re.search("[、，,]", limit):
        raise _wrong(line, f"一行一个{fact.name}；其中之一就够的，写在“符合其一：”下面")
    return limit


def _number(text: str, fact: FirmFact, line: _Line) -> float:
    found = _NUMBER.match(text)
    expected = f"一个数和单位“{fact.unit}”" if fact.unit else "一个数"
    if found is None:
        raise _wrong(line, expected)
    value, unit = float(found["number"].replace(",", "")), found["unit"].strip()
    if unit in ("", fact.unit):
        return value
    if fact.unit == "万元" and unit in _SCALES:
        return round(value * _SCALES[unit], 6)
    if unit == f"万{fact.unit}":
        return value * 10_000
    raise _wrong(line, expected)


def _day(text: str, line: _Line) -> date:
    found = _DAY.match(text)
    try:
        if found is not None:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise _wrong(line, "日期，如 2022年6月30日")


def _support(text: str, line: _Line, facts: Mapping[str, FirmFact]) -> dict[str, Any]:
    if (found := _RATE.match(text)) is not None:
        of = next(
            (f for f in facts.values() if f.kind is FactKind.NUMBER and f.name == found["of"].strip()), None
        )
        if of is None:
            names = "、".join(f.name for f in facts.values() if f.kind is FactKind.NUMBER)
            raise _wrong(line, f"按一项数值事实的比例（{names}）")
        return {"rate": float(found["rate"]), "of": of.code, **_cap(found["rest"], line)}
    if (found := _FIXED.match(text)) is not None:
        return {"fixed": _amount(found["amount"]), **_cap(found["rest"], line)}
    raise _wrong(line, "“按二季度电费的5%，最高50万元”或“每家20万元”")


def _cap(rest: str, line: _Line) -> dict[str, Any]:
    if not rest.strip():
        return {}
    if (found := _CAP.match(rest.strip())) is None:
        raise _wrong(line, "“最高…万元”")
    return {"cap": _amount(found["cap"])}


def _amount(text: str) -> float:
    """万元."""
    number = text.rstrip("元亿万")
    return round(float(number) * _SCALES[text[len(number) :]], 6)


def _wrong(line: _Line, expected: str) -> PolicyError:
    return PolicyError(f"第{line.number}行", line.text, expected)
