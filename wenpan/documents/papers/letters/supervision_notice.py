"""督办通知单: what is served on a unit, as an official letter; one matter a slip.

Pure: a `SlipText` becomes a `Paper`. Every sentence names the matter's number and the slip's own, so that the
answer can cite them. No seal and no signature is drawn: the office that issues it stamps the print.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wenpan.documents.papers.paper import LAYOUT, Block, Paper, heading, label, paragraph

WORDS = {"white": "白色", "blue": "蓝色", "orange": "橙色", "yellow": "黄色", "red": "红色"}


@dataclass(frozen=True)
class SlipText:
    """`promise`: the deadline that was promised first; `due`: as it stands now, None without one."""

    number: str
    colour: str  # white | blue | orange | yellow | red
    unit: str
    matter: str  # its number
    title: str
    source: str  # "" if it was opened by hand
    coops: tuple[str, ...]
    promise: date | None
    due: date | None
    reason: str
    asks: str
    consequence: str
    answer_by: date
    issuer: str
    issued_on: date
    rules: str  # the name of the rule set, "" where a person decided


def compose(text: SlipText) -> Paper:
    """A letter of a page or two: what, why, what is asked, by when, what follows."""
    blocks: list[Block] = [
        paragraph(label(text.number), style="number"),
        paragraph(label(text.unit), "：", style="to"),
        paragraph(label(_opening(text))),
        heading(1, "一、督办事项"),
        paragraph(label(_ended(_matter(text)))),
        heading(1, "二、督办要求"),
        paragraph(label(_ended(text.asks))),
        heading(1, "三、回复时限"),
        paragraph(
            label(
                f"请于{long_day(text.answer_by)}前签收并书面回复，一事一报，注明本单编号，写明落实过程、基本情况、"
                f"意见和建议，由单位主要负责人签发。{_ended(text.consequence)}"
            )
        ),
    ]
    rules = f"依据《{text.rules}》发出；" if text.rules else ""
    return Paper(
        layout=LAYOUT,
        title=(f"督办通知单（{WORDS[text.colour]}）",),
        blocks=tuple(blocks),
        issuer=text.issuer,
        dated=long_day(text.issued_on),
        small_print=f"{rules}印章由发文单位加盖；约谈、问责由有权机关按规定决定。",
        subject=text.matter,
        keywords=("督办", text.number, text.matter),
    )


def _opening(text: SlipText) -> str:
    source = f"{text.source}部署、" if text.source else ""
    return (
        f"{source}你单位牵头承办的督办事项（编号{text.matter}）{_lateness(text)}。"
        f"{_ended(text.reason)}现予督办，请按下列要求办理。"
    )


def _lateness(text: SlipText) -> str:
    if text.due is None:
        return "尚未办结"
    if text.due < text.issued_on:
        return f"应于{long_day(text.due)}前办结，至今未办结"
    return f"应于{long_day(text.due)}前办结"


def _matter(text: SlipText) -> str:
    parts = [text.title.rstrip("。；;.")]
    if text.promise and text.promise != text.due:
        parts.append(f"原定时限{long_day(text.promise)}")
    parts.append(f"办理时限{long_day(text.due)}" if text.due else "未定办理时限")
    if text.coops:
        parts.append(f"配合单位{'、'.join(text.coops)}")
    return "；".join(parts)


def _ended(words: str) -> str:
    """One full stop at the end, whatever the rule's own sentence ended with."""
    return words.strip().rstrip("。；;,，.") + "。" if words.strip() else ""


def long_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
