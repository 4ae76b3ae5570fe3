"""What a percentage without a word before it is: a growth in a list or bracket, a share. Pure."""

from __future__ import annotations

import re

from wenpan.documents.proof.paper_figures import PaperFigure, SentenceState
from wenpan.documents.proof.subject_names import SubjectNames

FAR = 1000  # characters before a number in which its topic is looked for
_TOPIC = re.compile(r"增速|增幅|增长|下降")
_OTHER_TOPIC = re.compile(r"占|比重|比例|[完办][成结]率|率为|计划|目标|任务|进度|覆盖")


def bare(
    plain: str,
    begun: int,
    m: re.Match[str],
    before: PaperFigure | None,
    told: SentenceState,
    naming: SubjectNames,
) -> str:
    """What a percentage without a word is: growth, share, or "" where nothing says it."""
    if told.share[2]:
        return "share"
    if _is_growth(plain, begun, m, before):
        return "growth"
    said = plain[max(plain.rfind("。", 0, m.start()) + 1, m.start() - FAR) : m.start()]
    last = re.split("[,:;、]", said)[-1]
    if (of := naming.a_region.fullmatch(last.rstrip("("))) is None:
        of = naming.a_region.fullmatch(last[1:-1]) if last[:1] in "较比" and last[-1:] == "(" else None
        topics, others = [*_TOPIC.finditer(said)], [*_OTHER_TOPIC.finditer(said)]
        grown = bool(topics) and (not others or others[-1].start() < topics[-1].start())
        return "growth" if of and grown else ""
    headed = ":" in said and told.indicator and not re.search(rf"{_OTHER_TOPIC.pattern}|率", said)
    return "growth" if headed else ""


def goes_on(plain: str, before: PaperFigure, m: re.Match[str]) -> bool:
    """`、7.3%` right behind a growth."""
    return before.kind == "growth" and not plain[before.end : m.start()].strip("、和与及")


def _is_growth(plain: str, begun: int, m: re.Match[str], before: PaperFigure | None) -> bool:
    """Whether a bare percentage is a growth: a list goes on, a bracket behind a region, `达到13.0%`."""
    said = plain[begun : m.start()]
    if before is not None and goes_on(plain, before, m):
        return True
    head = plain[max(0, m.start() - FAR) : m.start()] if m.start() and plain[m.start() - 1] == "(" else said
    if not _TOPIC.search(head) or _OTHER_TOPIC.search(said):
        return False
    return bool(re.search(r"[一-龥]\(?$|[、和]$", said))
