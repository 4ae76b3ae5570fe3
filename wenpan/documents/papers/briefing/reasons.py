"""Why an indicator is red, as its unit says it: written by the liaison, signed off by the head.

Pure. The words are the unit's own; the paper quotes them under its name. What is not signed, or not written
at all, says so; where nothing is written, what the program knows stands there as a clue, not as a cause.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wenpan.documents.papers.briefing.indicator_line import BriefingLine
from wenpan.documents.papers.paper import Inline, Paragraph, label, paragraph
from wenpan.documents.words.numbers import full_width

_END = "。；;. "


@dataclass(frozen=True)
class SaidReason:
    """Of one red indicator. `words` empty: nothing was written; `signed_by` empty: nobody signed it off."""

    indicator: str
    unit: str = ""  # who answers for it; "" where no unit is named
    words: str = ""
    signed_by: str = ""
    clues: tuple[str, ...] = ()


def reason_spans(said: SaidReason | None, most: int = 0) -> list[Inline]:
    """The words and whose they are. `most`: so many characters of them; 0: all."""
    if said is None or not (said.words or said.unit):
        return ["牵头单位待明确, 原因待说明。"]
    if said.words:
        signed = f"{said.signed_by}签认" if said.signed_by else "填写, 负责人尚未签认"
        return [label(_cut(said.words, most)), label(f"({said.unit}{signed})。")]
    clues = "; ".join(clue.strip(_END) for clue in said.clues)
    found = label(f"; 已有情况: {_cut(clues, most)}") if clues else ""
    return [label(f"{said.unit}尚未说明原因"), found, "。"]


def _cut(words: str, most: int) -> str:
    """One line without its last stop; cut at the end of a clause where one is near."""
    flat = full_width(" ".join(words.split())).rstrip(_END)
    if not most or len(flat) <= most:
        return flat
    head = flat[:most]
    at = max(head.rfind(sign) for sign in "。；，")
    return (head[:at] if at > most // 2 else head).rstrip("。；，") + "……"


def reason_paragraphs(lines: Iterable[BriefingLine], said: Iterable[SaidReason]) -> list[Paragraph]:
    """One paragraph a red indicator, in the order of the lines."""
    by_code = {one.indicator: one for one in said}
    if not by_code:
        return []
    made = []
    for line in lines:
        head = label(f"{line.name}亮红灯的原因:")
        made.append(paragraph(head, *reason_spans(by_code.get(line.indicator)), style="numbered"))
    return made
