"""Files of papers, made for tests: a Word file, and a pdf with Chinese text."""

from __future__ import annotations

import io
from collections.abc import Sequence


def docx(*paragraphs: str) -> bytes:
    import docx as word

    document = word.Document()
    for line in paragraphs:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """Every character is its UTF-16 code, and the font says so (ToUnicode)."""
    used = sorted({ord(c) for lines in pages for line in lines for c in line})
    codes = b"".join(b"<%04X> <%04X>\n" % (c, c) for c in used)
    cmap = (
        b"/CIDInit /ProcSet findresource begin begincmap /CMapName /U def /CMapType 2 def "
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange %d beginbfchar\n%s endbfchar endcmap end end"
        % (len(used), codes)
    )
    numbers = range(6, 6 + 2 * len(pages), 2)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), b" ".join(b"%d 0 R" % n for n in numbers)),
        b"<</Type/Font/Subtype/Type0/BaseFont/U/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/U/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/DW 1000>>",
        _stream(cmap),
    ]
    for number, lines in zip(numbers, pages, strict=True):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
            b"/Contents %d 0 R>>" % (number + 1)
        )
        shown = b"".join(b"<%s> Tj T* " % line.encode("utf-16-be").hex().encode() for line in lines)
        objects.append(_stream(b"BT /F 16 Tf 80 760 Td 28 TL " + shown + b"ET"))
    return _file(objects)


def _stream(body: bytes) -> bytes:
    return b"<</Length %d>>stream\n%s\nendstream" % (len(body), body)


def _file(objects: Sequence[bytes]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (
            size,
            table,
            size,
            len(out),
        )
    )
