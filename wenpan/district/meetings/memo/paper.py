"""会前一纸 as an official paper: the sections in the order of the kind. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from wenpan.district.meetings.memo.facts import (
    OUTCOMES,
    AgreedMatter,
    AnsweredShare,
    IndicatorFact,
    Memo,
    RedThing,
)
from wenpan.documents.papers.meetings.decision import long_day, short_day
from wenpan.documents.papers.paper import LAYOUT, Block, Paper, PaperTable, Span, heading, label, paragraph
from wenpan.documents.words.numbers import numeral
from wenpan.economy.figures.quantities import number
from wenpan.economy.judging.light_words import LIGHTS

TITLES = {
    "answers": "上次会议的答复",
    "agreed": "上次议定事项落实情况",
    "reds": "红灯指标",
    "pulls": "核算支撑指标拉动（推算）",
    "supports": "支撑指标",
    "expectations": "各单位预计",
    "projects": "红灯项目",
    "deals": "停滞的招商项目",
    "requests": "超期的企业诉求",
    "questions": "建议提问",
    "agenda": "发言顺序",
}


def compose(memo: Memo, title: str, held_on: date, issuer: str, dated: date) -> Paper:
    blocks: list[Block] = []
    for n, section in enumerate(memo.sections, start=1):
        blocks.append(heading(1, f"{numeral(n)}、{TITLES[section]}"))
        blocks += WRITERS[section](memo)
    as_of = f"，指标截至{memo.facts.as_of}" if memo.facts.as_of else ""
    return Paper(
        layout=LAYOUT,
        title=(title, f"会前一纸（{short_day(held_on)}）"),
        blocks=tuple(blocks),
        issuer=issuer,
        dated=long_day(dated),
        small_print=f"数据截至{long_day(memo.facts.on)}{as_of}；每条提问注明所依据的数字或事项。内部资料，注意保管。",
        subject=title,
        keywords=("调度会", "会前一纸"),
    )


def share_words(share: AnsweredShare) -> str:
    """75.0%; "—" where nothing was counted. Of how many stands in the sentence before it."""
    return f"{number(share.percent)}%" if share.percent is not None else "—"


def answered_words(memo: Memo) -> str:
    """The sentence with which a memo opens."""
    facts = memo.facts
    if not facts.last_title:
        return "这是本类会议的第一次，没有上次会议的答复。"
    parts = [
        f"上次会议（{facts.last_title}）提问{memo.answers.n}条，已答复{memo.answers.answered}条，"
        f"答复率{share_words(memo.answers)}"
        if memo.answers.n
        else f"上次会议（{facts.last_title}）没有提问"
    ]
    told = "、".join(f"{OUTCOMES[c]}{memo.outcomes[c]}件" for c in OUTCOMES if c in memo.outcomes)
    parts.append(f"议定事项{len(memo.last_agreed)}件：{told}" if told else "没有议定事项")
    if memo.heard.n:
        parts.append(
            f"交办的{memo.heard.n}件中已办结或有反馈{memo.heard.answered}件，占{share_words(memo.heard)}"
        )
    return "；".join(parts) + "。"


def _answers(memo: Memo) -> Iterator[Block]:
    yield _said(answered_words(memo))
    if rows := [(q.unit_name, q.text, q.answer or "未答复") for q in memo.facts.asked]:
        yield _table("上次提问和答复", ("单位", "提问", "答复"), rows, (20, 68, 68), text={1, 2})


def _agreed(memo: Memo) -> Iterator[Block]:
    if memo.last_agreed:
        yield _matters("上次议定事项", memo.last_agreed)
    else:
        yield _said("上次会议没有议定事项。")
    if memo.older_agreed:
        yield _matters("更早议定、仍未办结", memo.older_agreed)


def _matters(title: str, rows: Sequence[AgreedMatter]) -> PaperTable:
    cells = [
        (
            m.number or "—", m.title, m.unit_name or "待定", short_day(m.due) if m.due else "—",
            OUTCOMES[m.outcome], f"{short_day(m.heard_on)}：{m.heard}" if m.heard_on else "—",
        )
        for m in rows
    ]  # fmt: skip
    heads = ("编号", "事项", "单位", "时限", "结果", "最近反馈")
    return _table(title, heads, cells, (21, 42, 20, 19, 14, 40), text={1, 5})


def _reds(memo: Memo) -> Iterator[Block]:
    if not memo.new_reds and not memo.standing_reds:
        yield _said("没有红灯指标。")
    if memo.new_reds:
        yield _indicators("新增红灯", memo.new_reds)
    if memo.standing_reds:
        yield _indicators("连续红灯", memo.standing_reds)


def _indicators(title: str, rows: Sequence[IndicatorFact]) -> PaperTable:
    cells = [
        (
            r.name, r.unit_name, "；".join(w for w in (f"{r.period}{r.actual}", r.gap, r.rank) if w),
            str(r.months), r.needed or "—", r.matter or "没有在办事项",
        )
        for r in rows
    ]  # fmt: skip
    heads = ("指标", "单位", "情况", "连续月数", "后期需", "督办")
    return _table(title, heads, cells, (24, 20, 54, 12, 26, 20), text={2})


def _supports(memo: Memo) -> Iterator[Block]:
    rows = [
        (r.name, r.unit_name, LIGHTS.get(r.light, "未知"), f"{r.period}{r.actual}", r.rank or "—", r.forecast)
        for r in memo.facts.indicators
    ]
    if not rows:
        yield _said("还没有这些指标的研判。")
        return
    heads = ("指标", "单位", "灯", "完成", "位次", "年末预计")
    yield _table("支撑指标", heads, rows, (24, 20, 10, 28, 32, 42), text={4, 5})


def _pulls(memo: Memo) -> Iterator[Block]:
    if memo.facts.pulls_said:
        yield _said(memo.facts.pulls_said)
    rows = [
        (r.industry, r.unit_name or "待定", r.weight or "—", r.growth or "—", r.pull or "—",
         f"{r.indicator}{r.actual}" if r.actual else r.indicator or "—", r.target or "—", r.gap_pull or "—",
         r.expected or "—")
        for r in memo.facts.pulls
    ]  # fmt: skip
    if rows:
        heads = (
            "核算行业",
            "单位",
            "比重%",
            "增速%",
            "拉动（点）",
            "支撑指标%",
            "目标%",
            "缺口拉动（点）",
            "预计%",
        )
        yield _table("各行业拉动", heads, rows, (22, 18, 13, 13, 15, 26, 13, 24, 12), text={5, 7})


def _expectations(memo: Memo) -> Iterator[Block]:
    told = [e for e in memo.facts.expectations if e.expected or e.last_expected]
    rows = [
        (
            e.unit_name, e.name, f"{e.last_period}{e.last_expected}" if e.last_expected else "—",
            e.last_official or "—", e.error or "—",
            f"{e.period}{e.expected}" if e.expected else f"{e.period}未报", e.forecast or "—",
        )
        for e in told
    ]  # fmt: skip
    if rows:
        heads = ("单位", "指标", "上期预计", "公布", "公布减预计", "本期预计", "模型年末预计")
        yield _table("预计和上期公布", heads, rows, (18, 20, 24, 18, 20, 24, 32), text={6})
    elif not memo.facts.estimators:
        yield _said("没有单位报过预计。")
    silent: dict[str, list[str]] = {}
    for e in memo.facts.expectations:
        if not e.expected:
            silent.setdefault(e.unit_name, []).append(e.name)
    if silent:
        names = "；".join(f"{unit}（{'、'.join(codes)}）" for unit, codes in silent.items())
        yield _said(f"红黄灯指标和报过预计的指标中，还没有报下一期预计的：{names}。")
    yield from _estimators(memo)
    yield from _contacts(memo)


def _estimators(memo: Memo) -> Iterator[Block]:
    rows = [
        (e.unit_name, e.name, str(e.n), e.mean_error, e.mean_absolute, e.naive, e.direction, e.coming)
        for e in memo.facts.estimators
    ]
    if rows:
        heads = ("单位", "指标", "已公布期数", "平均偏差", "平均绝对偏差", "照搬上期", "方向", "下一期")
        yield _table(
            "历次预计偏差（预计减公布，不排名）", heads, rows, (16, 30, 12, 14, 14, 14, 16, 40), text={1, 7}
        )


def _contacts(memo: Memo) -> Iterator[Block]:
    rows = [
        (
            c.name, f"{c.unit_name}{c.person}", short_day(c.on), c.department, c.learned or "—",
            f"{short_day(c.next_on)}{'（已过）' if c.late else ''}" if c.next_on else "—",
        )
        for c in memo.facts.contacts
    ]  # fmt: skip
    if rows:
        heads = ("指标", "衔接人", "日期", "上级部门", "了解到", "下次衔接")
        yield _table("对上衔接", heads, rows, (16, 22, 16, 20, 60, 22), text={4})


def _things(of: str, nothing: str) -> Callable[[Memo], Iterator[Block]]:
    def write(memo: Memo) -> Iterator[Block]:
        rows: tuple[RedThing, ...] = getattr(memo.facts, of)
        if not rows:
            yield _said(nothing)
            return
        cells = [(r.name, r.unit_name or "待定", r.words) for r in rows]
        yield _table(TITLES[of], ("名称", "单位", "情况"), cells, (46, 24, 86), text={0, 2})
        if left := memo.facts.left.get(of):
            yield _said(f"另有{left}项，见系统。")

    return write


def _questions(memo: Memo) -> Iterator[Block]:
    if not memo.questions:
        yield _said("没有需要提问的事项。")
    for n, q in enumerate(memo.questions, start=1):
        cited = "、".join(c.label for c in q.citations)
        yield paragraph(label(f"{n}.{q.unit_name or '（单位待定）'}。"), label(f"{q.text}（依据：{cited}）"),
                        style="numbered")  # fmt: skip
    if memo.left:
        yield _said(f"另有{memo.left}问按规则不列入本次。")


def _agenda(memo: Memo) -> Iterator[Block]:
    rows = [
        (str(n), s.unit_name, str(s.questions), "、".join(s.why)) for n, s in enumerate(memo.agenda, start=1)
    ]
    if not rows:
        yield _said("各单位按名册顺序发言。")
        return
    yield _table("发言顺序", ("次序", "单位", "提问", "为什么"), rows, (14, 34, 14, 94), text={3})


def _said(words: str) -> Block:
    return paragraph(label(words))


def _table(
    title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], *, text: set[int]
) -> PaperTable:
    cells = tuple(tuple(Span(words, label=True) for words in row) for row in rows)
    return PaperTable(title, tuple(heads), cells, tuple(widths), text=frozenset(text))


WRITERS: Mapping[str, Callable[[Memo], Iterator[Block]]] = {
    "answers": _answers,
    "agreed": _agreed,
    "reds": _reds,
    "pulls": _pulls,
    "supports": _supports,
    "expectations": _expectations,
    "projects": _things("projects", "没有红灯项目。"),
    "deals": _things("deals", "没有停滞的招商项目。"),
    "requests": _things("requests", "没有超期的企业诉求。"),
    "questions": _questions,
    "agenda": _agenda,
}
