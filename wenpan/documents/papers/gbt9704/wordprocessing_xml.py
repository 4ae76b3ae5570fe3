"""The few things of WordprocessingML that python-docx has no words for.

Pure. Lengths are in points or millimetres as named; twips (1/20 pt) only inside.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_EPOCH = (1980, 1, 1, 0, 0, 0)


def child(parent: Any, tag: str, **attributes: str | int) -> Any:
    """A new child element `w:tag` with `w:` attributes, replacing one of the same tag."""
    for old in parent.findall(qn(f"w:{tag}")):
        parent.remove(old)
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    parent.append(element)
    return element


def fonts(properties: Any, name: str) -> None:
    """The font for every script, and the hint that signs shared with Latin (“”—) are East Asian."""
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    element = OxmlElement("w:rFonts")
    for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
        element.set(qn(f"w:{slot}"), name)
    element.set(qn("w:hint"), "eastAsia")
    properties.insert(0, element)


def spacing(properties: Any, twentieths: int) -> None:
    """Character spacing of a run; -4 fits 28 characters of 16 pt into 156 mm."""
    ordered(properties, "spacing", ("sz", "szCs", "u", "lang"), val=twentieths)


def ordered(parent: Any, tag: str, before: tuple[str, ...], **attributes: str | int) -> None:
    """As `child`, but placed before the first of the tags that the schema wants after it."""
    element = child(parent, tag, **attributes)
    for sibling in parent:
        if sibling.tag in {qn(f"w:{name}") for name in before}:
            sibling.addprevious(element)
            return


def off_grid(properties: Any) -> None:
    """Small print and tables keep their own line height instead of snapping to the grid of the body."""
    ordered(properties, "snapToGrid", ("spacing", "ind", "jc", "outlineLvl", "rPr"), val=0)


def no_auto_space(properties: Any) -> None:
    """No quarter-space between Chinese and digits: 28 characters a line are counted without it."""
    for tag in ("autoSpaceDE", "autoSpaceDN"):
        ordered(properties, tag, ("snapToGrid", "spacing", "ind", "jc", "outlineLvl", "rPr"), val=0)


def exact_lines(paragraph_format: Any, points: float) -> None:
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph_format.line_spacing = Pt(points)
    paragraph_format.space_before = Pt(0)
    paragraph_format.space_after = Pt(0)


def indent(properties: Any, *, first: int = 0, left: int = 0, right: int = 0, size: float = 16) -> None:
    """Indents in hundredths of a character, with the same in twips for readers that count no characters."""
    attributes: dict[str, int] = {}
    for name, hundredths in (("firstLine", first), ("left", left), ("right", right)):
        if hundredths:
            attributes[f"{name}Chars"] = hundredths
            attributes[name] = round(hundredths / 100 * size * 20)
    ordered(properties, "ind", ("jc", "outlineLvl", "rPr", "sectPr"), **(attributes or {"firstLine": 0}))


def field(run: Any, instruction: str) -> None:
    """A field such as PAGE, worked out by the reader."""
    for kind in ("begin", None, "separate", "text", "end"):
        if kind is None:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = f" {instruction} "
        elif kind == "text":
            element = OxmlElement("w:t")
            element.text = "1"
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def line_grid(section: Any, pitch: int) -> None:
    """A grid of lines only: one of characters too makes LibreOffice double the width of a cell."""
    child(section._sectPr, "docGrid", type="lines", linePitch=pitch)


def fixed_times(data: bytes) -> bytes:
    """The same package with fixed times in its zip, so that equal content is equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(name))
    return out.getvalue()
