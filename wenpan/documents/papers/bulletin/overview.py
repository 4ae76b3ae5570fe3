"""一、总体情况: how many, in which of the six parts, the rate, beside the month before."""

from __future__ import annotations

from decimal import Decimal

from wenpan.documents.papers.bulletin.counted_spans import BulletinDraft
from wenpan.documents.papers.bulletin.rows import PARTS
from wenpan.documents.papers.paper import Block, Inline, Span, heading, label, paragraph
from wenpan.economy.figures.quantities import printed_value
from wenpan.economy.figures.shares import shares


def overview(said: BulletinDraft) -> list[Block]:
    blocks: list[Block] = [
        heading(1, "一、总体情况"),
        paragraph(*_parts(said)),
        paragraph(*_rates(said)),
    ]
    if compared := _compared(said):
        blocks.append(paragraph(*compared))
    if said.given.weeks.held:
        blocks.append(paragraph(*_weeks(said)))
    return blocks


def _parts(said: BulletinDraft) -> list[Inline]:
    """The six parts with their shares, which add up to 100.0; empty parts are registered, not told."""
    given, register = said.given, said.register
    last = given.last_day
    opening = f"截至{last.month}月{last.day}日,"
    scope = "今年以来交办(含上年结转)的督办事项共" if given.policy.scope == "year" else "历次交办的督办事项共"
    out: list[Inline] = [label(opening), scope, said.matters("督办事项"), "。其中,"]
    counts = [said.count(words, part) for part, words in PARTS.items()]
    parts = shares([said.counts.of(part) for part in PARTS])
    told: list[Inline] = []
    for fact, part, (tag, words) in zip(counts, parts, PARTS.items(), strict=True):
        share = said.share(f"share/{tag}", f"{words}占比", part)
        if said.counts.of(tag):
            told += [words, Span(f"{fact.shown}项", (fact.key,)), "、占", share, ";"]
    register.total("matters/all", [fact.key for fact in counts])
    said.number("share/all", "占比合计", Decimal("100.0"), "%", 1)
    register.total("share/all", [f"share/{tag}" for tag in PARTS])
    return [*out, *told[:-1], "。"]


def _rates(said: BulletinDraft) -> list[Inline]:
    closed, counted = said.counts.of("closed"), said.counts.of("counted")
    out: list[Inline] = [
        "除暂缓和周期性事项外, 应计办结率的事项",
        said.matters("计入办结率的事项", "counted"),
    ]
    out += [", 已办结", said.matters(PARTS["closed"], "closed")]
    out += [", 办结率", said.percent("rate/closed", "办结率", closed, counted)]
    if closed:
        in_time = said.counts.of("in_time")
        out += [";已办结事项中按期办结", said.matters("按期办结", "in_time")]
        out += [", 按期率", said.percent("rate/in_time", "按期率", in_time, closed)]
    out += ["。本月新交办", said.matters("本月新交办", "new")]
    out += ["、办结", said.matters("本月办结", "closed_now")]
    if said.counts.of("recurring"):
        out += [";周期性事项", said.matters("周期性事项", "recurring"), "按期滚动推进、不计办结率"]
    return [*out, "。"]


def _compared(said: BulletinDraft) -> list[Inline]:
    """Beside the month before; a difference is the difference of the printed figures."""
    before, register = said.given.before, said.register
    if before is None:
        return []
    earlier = said.given.month.plus(-1)
    for name, words, value in (
        ("all", "上月督办事项", before.all),
        ("closed", "上月已办结", before.closed),
        ("overdue", "上月逾期", before.overdue),
    ):
        register.number(f"before/{name}", words, value, decimals=0, unit="项")
    out: list[Inline] = [label(f"与{earlier.month}月底相比,")]
    told = (
        ("all", "事项", "增加", "减少"),
        ("closed", "累计办结", "增加", "减少"),
        ("overdue", "逾期", "增加", "减少"),
    )
    for name, words, more, less in told:
        fact = register.difference(
            f"change/{name}", f"{words}较上月", f"matters/{name}", f"before/{name}", unit="项"
        )
        assert fact is not None
        out += [f"{words}", *_moved(fact.key, fact.shown, "项", more, less), "、"]
    return [*out[:-1], *_rate_moved(said), "。"]


def _moved(key: str, text: str, unit: str, more: str, less: str) -> list[Inline]:
    value = Decimal(text)
    if value == 0:
        return ["持平"]
    return [more if value > 0 else less, Span(f"{abs(value):f}{unit}", (key,))]


def _rate_moved(said: BulletinDraft) -> list[Inline]:
    before, register = said.given.before, said.register
    if before is None or not before.counted or register.decimal("rate/closed") is None:
        return []
    rate = printed_value(Decimal(100) * before.closed / before.counted)
    register.number("before/rate", "上月办结率", rate)
    fact = register.difference("change/rate", "办结率较上月", "rate/closed", "before/rate")
    assert fact is not None
    if Decimal(fact.shown) == 0:
        return [", 办结率持平"]
    return [", 办结率", *_moved(fact.key, fact.shown, "个百分点", "提高", "降低")]


def _weeks(said: BulletinDraft) -> list[Inline]:
    weeks = said.given.weeks
    out: list[Inline] = ["本月开展每周督查", said.number("weeks/held", "每周督查", weeks.held, "次")]
    if weeks.looks:
        out += [", 应查红黄灯对象", said.number("weeks/looks", "应查对象", weeks.looks, "个次")]
        out += [", 已查", said.number("weeks/looked", "已查对象", weeks.looked, "个次")]
    return [*out, "。"]
