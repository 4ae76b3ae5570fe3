"""The place's own head and end of a paper: a Word template with named places, filled, and our text between.

Pure. A place is `{{标题}}` in the text or a content control whose tag or title is that name. What stands
before the paragraph {{正文}} is the head, what stands after it the end. The same template, paper and day give
the same bytes. Whether a template may be used says `template_lint`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from wenpan.documents.papers.paper import Paper

BODY = "正文"
PLACES = ("名称", "文号", "标题", "主送", BODY, "抄送", "印发机关", "印发日期", "份数")
DROPPED = frozenset({"主送", "抄送", "份数"})  # an empty one takes its whole line with it
PLACE = re.compile(r"\{\{\s*([^{}]{1,20}?)\s*\}\}")
_LINE = "\n"


def places_of(paper: Paper) -> dict[str, str]:
    """What each place is filled with; a number that is not given yet leaves its room."""
    head, imprint = paper.masthead, paper.imprint
    return {
        "名称": head.name if head else "",
        "文号": (head.number if head else "") or " ",
        "标题": _LINE.join(paper.title),
        "主送": f"{paper.to}：" if paper.to else "",
        "抄送": imprint.copies_to if imprint else "",
        "印发机关": (imprint.printed_by if imprint else "") or paper.issuer,
        "印发日期": (imprint.printed_on if imprint else "") or paper.dated,
        "份数": str(imprint.copies) if imprint and imprint.copies else "",
    }


@dataclass
class OpenTemplate:
    """A template whose head is filled; `close` puts its end after what was added since."""

    document: Any
    end: list[Any]

    def close(self) -> None:
        for element in self.end:
            self.document.element.body.insert(len(self.document.element.body) - 1, element)


def opened(data: bytes, paper: Paper) -> OpenTemplate:
    """ValueError without the place of the text."""
    document = Document(io.BytesIO(data))
    body = document.element.body
    anchor = next((p for p in body if p.tag in (qn("w:p"), qn("w:sdt")) and BODY in named(p)), None)
    if anchor is None:
        raise ValueError("模板里没有单独成段的{{正文}}")
    fill(body, places_of(paper))
    at = list(body).index(anchor)
    end = [element for element in list(body)[at + 1 :] if element.tag != qn("w:sectPr")]
    for element in (anchor, *end):
        body.remove(element)
    return OpenTemplate(document, end)


def named(element: Any) -> set[str]:
    """The places within an element."""
    text = "".join(t.text or "" for t in element.iter(qn("w:t")))
    return {*PLACE.findall(text), *(name for _sdt, name in _controls(element))}


def _controls(element: Any) -> Iterator[tuple[Any, str]]:
    """Content controls that are places, with their names."""
    for control in element.iter(qn("w:sdt")):
        properties = control.find(qn("w:sdtPr"))
        for tag in ("w:tag", "w:alias"):
            found = None if properties is None else properties.find(qn(tag))
            if found is not None and (name := found.get(qn("w:val"), "").strip("{} ")) in PLACES:
                yield control, name
                break


def fill(body: Any, values: Mapping[str, str]) -> None:
    for control, name in list(_controls(body)):
        if name != BODY:
            _into_control(control, values[name])
            _drop_empty(control, name, values)
    for paragraph in list(body.iter(qn("w:p"))):
        _into_text(paragraph, values)


def _into_control(control: Any, value: str) -> None:
    texts = list(control.iter(qn("w:t")))
    for mark in control.iter(qn("w:showingPlcHdr")):
        mark.getparent().remove(mark)
        break
    for at, text in enumerate(texts):
        _write(text, value if at == 0 else "")


def _into_text(paragraph: Any, values: Mapping[str, str]) -> None:
    """A place may be cut over several runs; its value stands in the first."""
    texts = [t for t in paragraph.iter(qn("w:t")) if next(t.iterancestors(qn("w:p"))) is paragraph]
    whole = "".join(t.text or "" for t in texts)
    found = [m for m in PLACE.finditer(whole) if m[1] in values]
    for match in reversed(found):
        _replace(texts, match.start(), match.end(), values[match[1]])
    for match in found:
        _drop_empty(paragraph, match[1], values)


def _replace(texts: list[Any], start: int, end: int, value: str) -> None:
    at, given = 0, False
    for text in texts:
        said = text.text or ""
        a, b = max(start - at, 0), min(end - at, len(said))
        at += len(said)
        if a < b:
            _write(text, said[:a] + ("" if given else value) + said[b:])
            given = True


def _write(text: Any, value: str) -> None:
    """Lines of a value become line breaks of the run."""
    first, *rest = value.split(_LINE)
    text.text = first
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    after = text
    for line in rest:
        gap, more = OxmlElement("w:br"), OxmlElement("w:t")
        more.text = line
        after.addnext(gap)
        gap.addnext(more)
        after = more


def _drop_empty(element: Any, name: str, values: Mapping[str, str]) -> None:
    """The line of an empty place; in a cell, which needs one, its words only."""
    if values[name] or name not in DROPPED:
        return
    line = element if element.tag == qn("w:p") else next(element.iterancestors(qn("w:p")), element)
    parent = line.getparent()
    if parent is None:
        return
    if parent.tag == qn("w:tc") and len(parent.findall(qn("w:p"))) == 1:
        for text in line.iter(qn("w:t")):
            text.text = ""
        return
    parent.remove(line)
