# ruff: noqa: E501 (a row of a table in a line)
"""Cells into files of the kinds that offices send."""

from __future__ import annotations

import html
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment

from benchmarks.fresh_tables.case import Case, Cell

PLACES = {
    "lanyang": {
        "city": {"code": "lanyang", "name": "岚阳市", "aliases": ["岚阳", "全市", "全市合计"]},
        "regions": [
            ("qinghe", "清河区", ["清河", "本区", "全区"]), ("chengdong", "城东区", ["城东"]),
            ("shuangqiao", "双桥区", ["双桥"]), ("yuntai", "云台区", ["云台"]), ("wenxian", "汶县", []),
            ("pingling", "平陵县", ["平陵"]), ("gaoxin", "岚阳高新区", ["高新区"]),
        ],
        "units": [
            ("fgj", "清河区发展和改革局", "区发改局", "department", ["发改局", "发展和改革局"]),
            ("swj", "清河区商务局", "区商务局", "department", ["商务局"]),
            ("zjj", "清河区住房和城乡建设局", "区住建局", "department", ["住建局", "住房和城乡建设局"]),
            ("madian", "马店镇", "马店镇", "town", ["马店"]), ("luoxi", "洛溪镇", "洛溪镇", "town", ["洛溪"]),
            ("chengguan", "城关街道", "城关街道", "town", ["城关"]),
            ("jkq", "清河经济开发区", "清河经开区", "park", ["经开区"]),
        ],
        "home": "qinghe",
    },
    "pingling": {
        "city": {"code": "lanyang", "name": "岚阳市", "aliases": ["岚阳", "全市", "全市合计"]},
        "regions": [
            ("pingling", "平陵县", ["平陵", "本县", "全县"]), ("wenxian", "汶县", []), ("qinghe", "清河区", ["清河"]),
            ("chengdong", "城东区", ["城东"]),
        ],
        "units": [("guanlu", "官路乡", "官路乡", "town", []), ("xincheng", "新城镇", "新城镇", "town", ["新城"])],
        "home": "pingling",
    },
}  # fmt: skip


def place_yaml(name: str) -> dict[str, Any]:
    told = PLACES[name]
    return {
        "version": "fresh-1", "effective_from": date(2019, 1, 1), "source": "made up", "city": told["city"],
        "regions": [
            {"code": c, "name": n, "aliases": a, **({"home": True} if c == told["home"] else {})}
            for c, n, a in told["regions"]
        ],
        "units": [
            {"code": c, "name": n, "short_name": s, "kind": k, "aliases": a} for c, n, s, k, a in told["units"]
        ],
    }  # fmt: skip


def plain(cell: Any) -> Any:
    return cell.value if isinstance(cell, Cell) else cell


def write(case: Case, folder: Path) -> str:
    """The file's name in `folder`."""
    *how, kind = case.ext.split(".")
    name = case.filename or f"{case.id}.{kind}"
    path = folder / name
    sheets = {n: [[plain(c) for c in row] for row in rows] for n, rows in case.sheets.items()}
    first = next(iter(sheets.values()))
    if kind == "xlsx":
        _xlsx(case, sheets, path)
    elif how == ["biff"]:
        _biff(case, sheets, path)
    elif kind == "xls":
        body = "".join(
            "<tr>" + "".join(f"<td>{_text(c, html.escape)}</td>" for c in row) + "</tr>" for row in first
        )
        page = f"<html><head><meta charset='utf-8'></head><body><table border=1>{body}</table></body></html>"
        path.write_text(page, encoding="utf-8")
    elif kind == "ods":
        _ods(case, sheets, path)
    else:
        mark = ";" if "semi" in how else ","
        width = max(len(row) for row in first)
        lines = [
            mark.join(_quoted(row[c] if c < len(row) else None, mark) for c in range(width)) for row in first
        ]
        encoding = {"utf8": "utf-8", "gbk": "gb18030", "big5": "big5", "semi": "utf-8-sig"}[how[0]]
        path.write_bytes("\r\n".join(lines).encode(encoding))
    return name


def _text(value: Any, escape: Any = str) -> str:
    return "" if value is None else escape(str(value))


def _quoted(value: Any, mark: str) -> str:
    text = _text(value)
    return f'"{text}"' if mark in text or "\n" in text else text


def _xlsx(case: Case, sheets: dict[str, list[list[Any]]], path: Path) -> None:
    book = openpyxl.Workbook()
    for n, (name, rows) in enumerate(sheets.items()):
        sheet = book.active if n == 0 else book.create_sheet()
        sheet.title = name
        for r, row in enumerate(rows, 1):
            for c, value in enumerate(row, 1):
                if value is not None:
                    sheet.cell(r, c, value)
        for area in case.merged:
            if len(sheets) == 1:
                sheet.merge_cells(area)
        for cell, number_format in case.formats.items():
            sheet[cell].number_format = number_format
        for cell, text in case.comments.items():
            sheet[cell].comment = Comment(text, "统计员")
        for line in case.hidden:
            (
                sheet.row_dimensions[int(line)] if line.isdigit() else sheet.column_dimensions[line]
            ).hidden = True
        sheet.oddHeader.center.text = case.page_head or None
        sheet.oddFooter.center.text = case.page_foot or None
    book.save(path)


def _biff(case: Case, sheets: dict[str, list[list[Any]]], path: Path) -> None:
    """The same workbook as an old binary one, by the office program of this machine."""
    office = shutil.which("soffice")
    if office is None:
        raise SystemExit("no office program here: the binary workbooks of the batch cannot be made")
    _xlsx(case, sheets, path.with_suffix(".xlsx"))
    profile = f"-env:UserInstallation=file://{path.parent.resolve()}/office"
    command = [office, profile, "--headless", "--convert-to", "xls", "--outdir", str(path.parent)]
    subprocess.run([*command, str(path.with_suffix(".xlsx"))], check=True, capture_output=True)


_CELL = '<table:table-cell office:value-type="{}"{}>{}<text:p>{}</text:p></table:table-cell>'


def _ods(case: Case, sheets: dict[str, list[list[Any]]], path: Path) -> None:
    tables = []
    for name, rows in sheets.items():
        body = ""
        for r, row in enumerate(rows, 1):
            cells = ""
            for c, v in enumerate(row):
                said = case.comments.get(f"{chr(65 + c)}{r}")
                note = (
                    said and f"<office:annotation><text:p>{html.escape(said)}</text:p></office:annotation>"
                ) or ""
                if v is None:
                    cells += "<table:table-cell/>"
                elif isinstance(v, (int, float)):
                    cells += _CELL.format("float", f' office:value="{v}"', note, v)
                else:
                    cells += _CELL.format("string", "", note, html.escape(str(v)))
            body += f"<table:table-row>{cells}</table:table-row>"
        tables.append(f'<table:table table:name="{name}">{body}</table:table>')
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
        f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    styles = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-styles '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:master-styles>'
        f'<style:master-page style:name="Default"><style:header><text:p>{html.escape(case.page_head)}</text:p></style:header>'
        f"<style:footer><text:p>{html.escape(case.page_foot)}</text:p></style:footer></style:master-page>"
        "</office:master-styles></office:document-styles>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
        f'manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", kind, compress_type=zipfile.ZIP_STORED)
        package.writestr("content.xml", content)
        package.writestr("styles.xml", styles)
        package.writestr("META-INF/manifest.xml", manifest)
