"""Small files that carry a mark of secrecy in one place each."""

from __future__ import annotations

import io
import zipfile

import docx
import xlsxwriter


def word(*lines: str, header: str = "", footer: str = "", subject: str = "", keywords: str = "") -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    if footer:
        document.sections[0].footer.paragraphs[0].text = footer
    document.core_properties.subject = subject
    document.core_properties.keywords = keywords
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def split_runs(*runs: str) -> bytes:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for run in runs:
        paragraph.add_run(run)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sheets(
    *grids: list[list[object]], names: tuple[str, ...] = (), header: str = "", inline: bool = False
) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": inline}) as book:
        for number, grid in enumerate(grids):
            sheet = book.add_worksheet(names[number] if names else None)
            for r, row in enumerate(grid):
                sheet.write_row(r, 0, row)
            if header:
                sheet.set_header(header)
    return out.getvalue()


def ofd(*signs: str) -> bytes:
    content = "".join(
        f"<ofd:TextObject><ofd:TextCode X='1'>{sign}</ofd:TextCode></ofd:TextObject>" for sign in signs
    )
    return packed(
        {"OFD.xml": "<ofd:OFD/>", "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page>{content}</ofd:Page>"}
    )


def packed(parts: dict[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def ole(*lines: str) -> bytes:
    """The beginning of an old Word file, and its text as it stands in one."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 504
        + "".join(f"{line}\r" for line in lines).encode("utf-16-le")
    )


def strings_of_xls(*texts: str) -> bytes:
    """Strings as the table of an old workbook keeps them: length, form, UTF-16."""
    body = b"".join(len(t).to_bytes(2, "little") + b"\x01" + t.encode("utf-16-le") for t in texts)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + b"\xfc\x00\x20\x00" + body + b"\0" * 8
