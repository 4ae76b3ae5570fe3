"""Paragraphs of a .docx as a person sees them: also what stands in content controls and tracked insertions.

python-docx hands out only the runs that are a paragraph's own children; forms, citations and edited papers
hold theirs deeper. Deleted text is none.
"""

from __future__ import annotations

from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WRAPS = tuple(f"{_W}{name}" for name in ("sdt", "ins", "moveTo", "smartTag", "customXml"))
_GONE = tuple(f"{_W}{name}" for name in ("del", "moveFrom"))


def unwrap(document: Any) -> Any:
    """In place: what a control or a tracked change holds stands where it is read. Gives the document."""
    body = document.element.body
    for node in list(body.iter(*_GONE)):
        node.getparent().remove(node)
    for node in list(body.iter(*_WRAPS)):
        inside = node.find(f"{_W}sdtContent") if node.tag == f"{_W}sdt" else node
        for child in list(inside) if inside is not None else ():
            node.addprevious(child)
        node.getparent().remove(node)
    return document


def runs_of(paragraph: Any) -> list[Any]:
    """All runs of a paragraph in reading order, without changing it."""
    from docx.text.run import Run

    return [
        Run(node, paragraph)
        for node in paragraph._p.iter(f"{_W}r")
        if not any(above.tag in _GONE for above in node.iterancestors())
    ]


def text_of(paragraph: Any) -> str:
    """The text of those runs."""
    return "".join(run.text for run in runs_of(paragraph))
