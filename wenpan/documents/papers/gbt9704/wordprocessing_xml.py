"""The few things of WordprocessingML that python-docx has no words for.

Pure. Lengths are in points or millimetres as named; twips (1/20 pt) only inside.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsmap, qn

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
    """Character spacing of a run; -5 fits 28 characters of 16 pt into 156 mm."""
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


def controlled(run: Any, tag: str) -> None:
    """The run in a plain-text content control, by whose tag it is known when it comes back."""
    control, properties, content = (OxmlElement(f"w:{name}") for name in ("sdt", "sdtPr", "sdtContent"))
    child(properties, "tag", val=tag)
    child(properties, "text")
    control.append(properties)
    control.append(content)
    run._r.addprevious(control)
    content.append(run._r)


_ANCHOR = """
<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2"
 behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>
<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>
<wp:extent cx="{width}" cy="{height}"/><wp:wrapTopAndBottom/><wp:docPr id="900" name="{name}"/>
<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>
<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>
<wps:txbx><w:txbxContent/></wps:txbx>
<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"/></wps:wsp>
</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"""


def at_foot(anchor: Any, paragraphs: Sequence[Any], *, width: float, height: float, name: str) -> None:
    """The paragraphs move into a box at the foot of the type area of the page on which `anchor` stands.

    `width` and `height` in points.
    """
    size = {"width": round(width * 12700), "height": round(height * 12700)}
    run = parse_xml(" ".join(_ANCHOR.split("\n")).strip().format(**size, name=name))
    content = run.find(f".//{qn('w:txbxContent')}")
    for paragraph in paragraphs:
        content.append(paragraph._p)
    anchor._p.append(run)


_TABLE_STYLE = """<w:style xmlns:w="{w}" w:type="table" w:styleId="{id}"><w:name w:val="{name}"/><w:tblPr>
<w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style>"""


def table_style(styles: Any, name: str) -> None:
    """A style of ruled tables, where a template has none."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
    given = {"w": nsmap["w"], "id": name.replace(" ", ""), "name": name, "borders": borders}
    styles.append(parse_xml(_TABLE_STYLE.format(**given)))


_THEMED = re.compile(r' w:(?:ascii|hAnsi|eastAsia)Theme="[^"]*"| w:cstheme="[^"]*"')
_NAMED = re.compile(r' w:(?:ascii|hAnsi|eastAsia|cs)="([^"]*)"')


def _own_fonts(parts: dict[str, bytes], font: str) -> None:
    """Names only the fonts of the paper: no theme, whose fonts WPS reports as missing on Chinese machines."""
    used = {font, "宋体"}
    named = ("word/styles.xml", "word/stylesWithEffects.xml", "word/numbering.xml")
    for name in (name for name in named if name in parts):
        text = re.sub(r'"(?:Courier|Symbol)"', '"宋体"', _THEMED.sub("", parts[name].decode()))
        slots = "".join(f' w:{slot}="{font}"' for slot in ("ascii", "eastAsia", "hAnsi", "cs"))
        parts[name] = text.replace("<w:rFonts/>", f"<w:rFonts{slots}/>").encode()
    for name, content in parts.items():
        if name.startswith("word/") and name.endswith(".xml") and name != "word/fontTable.xml":
            slots_ = "".join(re.findall(r"<w:rFonts[^>]*>", content.decode()))
            used |= set(_NAMED.findall(slots_))
    head = f'<w:fonts xmlns:w="{nsmap["w"]}">'
    fonts_ = "".join(f'<w:font w:name="{escape(found)}"/>' for found in sorted(used))
    parts["word/fontTable.xml"] = f'<?xml version="1.0" encoding="UTF-8"?>{head}{fonts_}</w:fonts>'.encode()
    settings = parts["word/settings.xml"].decode().replace("Cambria Math", font)
    parts["word/settings.xml"] = settings.encode()
    if "word/theme/theme1.xml" not in parts:
        return
    theme = re.sub(r"<a:font [^>]*/>", "", parts["word/theme/theme1.xml"].decode())
    parts["word/theme/theme1.xml"] = re.sub(
        r'(<a:(?:latin|ea|cs) typeface=")[^"]*(")', rf"\g<1>{font}\g<2>", theme
    ).encode()


def fixed_times(data: bytes, *, font: str = "") -> bytes:
    """The same package with fixed times in its zip, so that equal content is equal bytes.

    `font`: the body's; with it the package names no theme fonts.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {name: old.read(name) for name in old.namelist()}
        if font:
            _own_fonts(parts, font)
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, content)
    return out.getvalue()
