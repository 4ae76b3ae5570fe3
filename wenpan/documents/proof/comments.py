"""The verdicts as Word comments in a copy of the paper: the text stays as it was written.

Pure: bytes in, bytes out. A comment hangs on the runs in which its figure stands.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from wenpan.documents.proof.proof import FigureVerdict
from wenpan.documents.words.word_paragraphs import runs_of, text_of

AUTHOR = "稳盘核数"
_SAYS = {"wrong": "不符", "contradictory": "前后矛盾", "unknown": "未能核对", "right": "相符"}


def commented(
    data: bytes, paragraphs: Sequence[str], verdicts: Sequence[FigureVerdict], *, all_of_them: bool = False
) -> bytes:
    """A copy with a comment at each figure that is wrong or contradictory, or at all."""
    import docx

    document = docx.Document(io.BytesIO(data))
    blocks = [(block, text_of(block).strip()) for block in _paragraphs(document)]
    cursor = 0
    placed = dict[int, Any]()
    for index, text in enumerate(paragraphs):
        at = next((i for i in range(cursor, len(blocks)) if blocks[i][1] == text.strip()), None)
        if at is not None:
            placed[index], cursor = blocks[at][0], at + 1
    for v in verdicts:
        block = placed.get(v.figure.paragraph)
        if block is None or not (all_of_them or v.state in ("wrong", "contradictory")):
            continue
        runs = _runs(block, v, paragraphs[v.figure.paragraph])
        if runs:
            document.add_comment(runs, text=f"{_SAYS[v.state]}：{v.reason}", author=AUTHOR, initials="核")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _paragraphs(document: Any) -> Any:
    """Of the body and of its tables, also inside controls."""
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    for node in document.element.body.iter(qn("w:p")):
        yield Paragraph(node, document._body)


def _runs(block: Any, v: FigureVerdict, text: str) -> list[Any]:
    """The runs that the figure touches."""
    shift = text_of(block).find(text.strip()) - (len(text) - len(text.lstrip()))
    start, end, at, found = v.figure.start + shift, v.figure.end + shift, 0, []
    for run in runs_of(block):
        if at < end and at + len(run.text) > start:
            found.append(run)
        at += len(run.text)
    return found
