"""《关于2022年9月份督办事项办理情况的通报》: one month's matters written as an official bulletin.

Pure. `compose` gives the paper and the register of its facts; it raises `Inconsistent` with every reason if
the month must not be reported or the paper would contradict itself. The same input gives the same paper.
"""

from __future__ import annotations

from wenpan.documents.papers.bulletin.annex import annexes
from wenpan.documents.papers.bulletin.checks import check
from wenpan.documents.papers.bulletin.counted_spans import BulletinDraft
from wenpan.documents.papers.bulletin.forecasts import forecasts, from_kept
from wenpan.documents.papers.bulletin.input import BulletinInput
from wenpan.documents.papers.bulletin.overview import overview
from wenpan.documents.papers.bulletin.praise_and_criticism import demands, merits
from wenpan.documents.papers.bulletin.sections import by_source, by_unit, lights, replies
from wenpan.documents.papers.bulletin.words import free
from wenpan.documents.papers.facts import FactRegister, Inconsistent, assert_consistent
from wenpan.documents.papers.paper import LAYOUT, Imprint, Masthead, Paper, paragraph
from wenpan.documents.words.numbers import full_width


def compose(given: BulletinInput) -> tuple[Paper, FactRegister]:
    """The whole bulletin. Raises Inconsistent with every reason."""
    if refusals := check(given):
        raise Inconsistent(refusals)
    said = BulletinDraft(given)
    names, attached = annexes(said)
    paper = Paper(
        title=title(given),
        blocks=(
            *((paragraph(*free(given.lead_in)),) if given.lead_in else ()),
            *overview(said),
            *by_source(said),
            *by_unit(said),
            *lights(said),
            *replies(said),
            *merits(said),
            *demands(said),
            *forecasts(said, from_kept(given.forecasts)),
        ),
        issuer=given.issuer,
        dated=day_words(given),
        attachments=attached,
        small_print=small_print(given),
        imprint=Imprint(given.policy.copies_to, given.issuer, day_words(given)),
        subject="督查通报",
        keywords=(given.place, given.month.label, "督查通报"),
        masthead=Masthead(_placed(given.policy.masthead, given), given.number),
        to=given.policy.to,
        annexes=names,
        layout=LAYOUT,
    )
    assert_consistent(said.register, paper)
    return paper, said.register


def title(given: BulletinInput) -> tuple[str, ...]:
    month = {"year": given.month.year, "month": given.month.month, "place": given.place}
    return tuple(line.format(**month) for line in given.policy.title)


def _placed(words: str, given: BulletinInput) -> str:
    return words.format(place=given.place)


def day_words(given: BulletinInput) -> str:
    return f"{given.dated.year}年{given.dated.month}月{given.dated.day}日"


def small_print(given: BulletinInput) -> str:
    last = given.last_day
    counted = "今年以来交办及上年结转的事项" if given.policy.scope == "year" else "历次交办的事项"
    parts = [
        f"统计范围: {counted}, 按{last.year}年{last.month}月{last.day}日24时的状态, 由督办日志逐项汇总",
        "占比按最大余额法取一位小数, 合计100.0%",
        "办结率=已办结÷(全部−暂缓−周期性事项)",
        f"计分规则版本{given.scores.version}" if given.scores.version else "",
        f"操作日志末号: {given.journal_head[:16]}" if given.journal_head else "",
    ]
    return full_width("注: " + "; ".join(part for part in parts if part) + "。")


__all__ = ["FactRegister", "Inconsistent", "compose", "small_print", "title"]
