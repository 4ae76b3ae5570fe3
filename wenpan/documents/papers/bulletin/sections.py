"""二 to 五: by source, by unit, lights of indicators and projects, feedback of the month.

Pure. The tables' totals are checked against their rows, and against the overall figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from wenpan.documents.papers.bulletin.counted_spans import BulletinDraft, cell
from wenpan.documents.papers.bulletin.input import Lights, LitSubject
from wenpan.documents.papers.bulletin.rows import OVERDUE, Reply
from wenpan.documents.papers.paper import Block, Inline, PaperTable, Span, heading, label, paragraph
from wenpan.documents.words.numbers import full_width
from wenpan.economy.figures.shares import shares
from wenpan.economy.judging.light_words import LIGHTS

_NOTE = "注: 占比为各行项数占总数的比重, 按最大余额法取一位小数; “—”为没有计入办结率的事项。"


def by_source(said: BulletinDraft) -> list[Block]:
    given = said.given
    keys = sorted(given.sources, key=lambda k: (-said.counts.of(f"source={k}"), k))
    keys = [k for k in keys if said.counts.of(f"source={k}")]
    shown = keys[: given.policy.sources_shown]
    out: list[Inline] = [
        "督办事项来自",
        said.number("sources/all", "来源", len(keys), "个方面"),
        ", 较多的是",
    ]
    told: list[Inline] = []
    for k in keys[: min(3, given.policy.named_shown)]:
        told += [label(given.sources[k]), said.matters(f"{given.sources[k]} 事项", f"source={k}")]
        if said.counts.of(f"source={k}", "closed"):
            told += ["(已办结", said.matters(f"{given.sources[k]} 办结", f"source={k}", "closed"), ")"]
        told.append("、")
    paragraph_ = paragraph(*out, *told[:-1], "。各来源办理情况见", label("表1"), "。")
    table = _table(
        said, "表1 督办事项按来源办理情况", "来源", "source", shown, given.sources, keys[len(shown) :]
    )
    return [heading(1, "二、按来源办理情况"), paragraph_, table]


def by_unit(said: BulletinDraft) -> list[Block]:
    given = said.given
    codes = [c for c in (*given.units, "") if said.counts.of(f"unit={c}")]
    names = {c: given.unit_name(c) for c in codes}
    out: list[Inline] = ["督办事项由", said.number("units/all", "牵头单位", len(codes)), "单位牵头。"]
    done = [c for c in codes if said.counts.of(f"unit={c}") == said.counts.of(f"unit={c}", "closed")]
    if done:
        out += ["全部办结的有", *_named_units(said, done, ()), "。"]
    late = sorted(
        (c for c in codes if said.counts.of(f"unit={c}", OVERDUE)),
        key=lambda c: -said.counts.of(f"unit={c}", OVERDUE),
    )
    if late:
        out += ["有逾期未办结事项的有", *_named_units(said, late, (OVERDUE,)), "。"]
    else:
        out += ["没有逾期未办结的事项。"]
    out += ["各单位办理情况见", label("表2"), "。"]
    table = _table(said, "表2 督办事项按牵头单位办理情况", "牵头单位", "unit", codes, names, ())
    return [heading(1, "三、按单位办理情况"), paragraph(*out), table]


def _named_units(said: BulletinDraft, codes: Sequence[str], tags: tuple[str, ...]) -> list[Inline]:
    shown = codes[: said.given.policy.named_shown]
    out: list[Inline] = []
    for code in shown:
        name = said.given.unit_name(code)
        what = "逾期" if tags else "事项"
        out += [label(name), "(", said.matters(f"{name} {what}", f"unit={code}", *tags), ")、"]
    out[-1] = ")"
    if len(codes) > len(shown):
        out += ["等", said.number(f"units/{'late' if tags else 'done'}", "单位数", len(codes)), "单位"]
    return out


_COLUMNS = (
    ("", "事项"), ("share", "占比(%)"), ("closed", "办结"), ("in_time", "按期"), ("open", "在办"),
    ("overdue", "逾期"), ("paused", "暂缓"), ("rate", "办结率(%)"),
)  # fmt: skip


def _table(
    said: BulletinDraft,
    title: str,
    first: str,
    group: str,
    codes: Sequence[str],
    names: object,
    rest: Sequence[str],
) -> PaperTable:
    """One row a group, "其他" for the rest as one sum, and the total of all."""
    parts = shares([said.counts.of(f"{group}={c}") for c in (*codes, *rest)])
    rows = [
        _row(said, group, [c], str(names[c]), [part])  # type: ignore[index]
        for c, part in zip(codes, parts, strict=False)
    ]
    keys = [f"{group}={c}" for c in codes]
    if rest:
        rows.append(_row(said, group, list(rest), "其他来源", parts[len(codes) :]))
        keys.append("rest")
    rows.append(_row(said, group, None, "合计", []))
    for tag, _words in _COLUMNS:
        if tag != "rate":
            whole = "share/all" if tag == "share" else _key(said, group, None, tag)
            said.register.total(whole, [_key(said, group, k, tag) for k in keys])
    return PaperTable(
        title=title,
        headers=tuple(full_width(words) for words in (first, *(words for _, words in _COLUMNS))),
        rows=tuple(rows),
        widths=(52, *(13 for _ in _COLUMNS)),
        numeric=frozenset(range(1, len(_COLUMNS) + 1)),
        text=frozenset({0}),
        notes=(_NOTE,),
    )


def _key(said: BulletinDraft, group: str, at: str | None, tag: str) -> str:
    """The fact of a cell: a group's count, the rest's sum, or the overall count."""
    if tag == "share":
        return f"share/{group}/{at}" if at else "share/all"
    if at == "rest":
        return f"rest/{group}/{tag or 'all'}"
    tags = [t for t in (at, tag) if t]
    return f"matters/{'&'.join(sorted(tags)) or 'all'}"


def _row(
    said: BulletinDraft, group: str, codes: list[str] | None, name: str, parts: list[Decimal]
) -> tuple[Span, ...]:
    at = (
        None if codes is None else f"{group}={codes[0]}" if len(codes) == 1 and name != "其他来源" else "rest"
    )
    cells = [label(name)]
    for tag, words in _COLUMNS:
        about = f"{name} {words.removesuffix('(%)')}" if at else words.removesuffix("(%)")
        if tag == "share":
            value = sum(parts, Decimal(0)) if at else Decimal("100.0")
            cells.append(said.share(_key(said, group, at, tag), about, value))
        elif tag == "rate":
            closed, counted = (_sum(said, group, codes, t) for t in ("closed", "counted"))
            fact = f"rate/{at}" if at and at != "rest" else f"rate/{group}/rest" if at else "rate/closed"
            cells.append(said.percent(fact, about, closed, counted))
        elif at == "rest":
            cells.append(said.number(_key(said, group, at, tag), about, _sum(said, group, codes, tag), "项"))
        else:
            tags = [t for t in (at, tag) if t]
            cells.append(said.matters(about, *tags))
    return tuple(c if at_ == 0 else cell(c) for at_, c in enumerate(cells))


def _sum(said: BulletinDraft, group: str, codes: list[str] | None, tag: str) -> int:
    if codes is None:
        return said.counts.of(tag) if tag else said.counts.all
    tags = (tag,) if tag else ()
    return sum(said.counts.of(f"{group}={c}", *tags) for c in codes)


def lights(said: BulletinDraft) -> list[Block]:
    given = said.given
    blocks: list[Block] = [heading(1, "四、红黄灯情况")]
    if given.indicators.as_of:
        month = given.indicators.as_of
        opening: list[Inline] = [label(f"按{_month(month)}研判,"), "主要指标中"]
        blocks.append(paragraph(*opening, *_lights_told(said, "indicator", given.indicators, "项")))
    else:
        blocks.append(paragraph("主要指标尚无研判。"))
    if given.projects.as_of:
        month = given.projects.as_of
        opening = [label(f"按{_month(month)}项目月报,"), "固定资产投资项目和重点项目中"]
        blocks.append(paragraph(*opening, *_lights_told(said, "project", given.projects, "个")))
    else:
        blocks.append(paragraph("项目库尚无月报。"))
    return blocks


def _month(text: str) -> str:
    return f"{text[:4]}年{int(text[5:])}月"


def _lights_told(said: BulletinDraft, kind: str, lights: Lights, unit: str) -> list[Inline]:
    """红灯 and 黄灯 by name, with who answers for each; green and unjudged by number."""
    out: list[Inline] = []
    words = {**LIGHTS, "UNKNOWN": "不作判定"}
    for light in ("RED", "YELLOW", "GREEN", "UNKNOWN"):
        count = lights.counts.get(light)
        if count is None or (light == "UNKNOWN" and not count):
            continue
        about = f"{'指标' if kind == 'indicator' else '项目'}{words[light]}"
        out += [words[light], said.number(f"lights/{kind}&light={light}", about, count, unit), "、"]
    out = [*out[:-1], "。"]
    for light in ("RED", "YELLOW"):
        lines = [line for line in lights.lines if line.light == light]
        if lines:
            out += [f"亮{words[light]}的是", *_lit_names(said, lines), "。"]
    return out


def _lit_names(said: BulletinDraft, lines: Sequence[LitSubject]) -> list[Inline]:
    shown = lines[: said.given.policy.names_of_lights]
    names = "、".join(f"{line.name}({line.unit})" if line.unit else line.name for line in shown)
    return [label(full_width(names)), *(["等"] if len(lines) > len(shown) else [])]


def replies(said: BulletinDraft) -> list[Block]:
    given = said.given
    out: list[Inline] = ["本月收到反馈", said.replies("本月反馈", "feedback")]
    late = [r for r in given.replies if r.late]
    back = [r for r in given.replies if r.kind == "returned"]
    out += [
        ", 其中逾期反馈",
        said.replies("逾期反馈", "late"),
        ", 核查后退办",
        said.replies("退办", "returned"),
    ]
    if late or back:
        out += [", 明细见", label("附件2")]
    out += ["。"]
    blocks: list[Block] = [heading(1, "五、反馈情况"), paragraph(*out, *_slips(said))]
    if late:
        blocks.append(paragraph("逾期反馈的事项: ", *_numbers(said, late), "。"))
    if back:
        blocks.append(paragraph("反馈无实质内容或不符合要求、退回重办的事项: ", *_numbers(said, back), "。"))
    return blocks


def _slips(said: BulletinDraft) -> list[Inline]:
    """本月发出督办单5张, 其中蓝单3张、黄单2张."""
    slips = said.given.slips
    if not slips:
        return []
    total = sum(count for _colour, _name, count in slips)
    out: list[Inline] = ["本月发出督办单", said.number("slips/all", "督办单", total, "张"), ", 其中"]
    for colour, name, count in slips:
        out += [name, said.number(f"slips/colour={colour}", name, count, "张"), "、"]
    said.register.total("slips/all", [f"slips/colour={colour}" for colour, _n, _c in slips])
    return [*out[:-1], "。"]


def _numbers(said: BulletinDraft, found: Sequence[Reply]) -> list[Inline]:
    """By unit: 住建局(2022-0003、2022-0007)."""
    by_unit: dict[str, list[str]] = {}
    for reply in found:
        numbers = by_unit.setdefault(reply.unit, [])
        if reply.number not in numbers:
            numbers.append(reply.number)
    limit = said.given.policy.named_shown
    told = [
        f"{said.given.unit_name(code)}({'、'.join(numbers[:limit])}{'等' if len(numbers) > limit else ''})"
        for code, numbers in by_unit.items()
    ]
    more = "等" if len(told) > 2 * limit else ""
    return [label(full_width("、".join(told[: 2 * limit]) + more))]
