"""Macros, links and DDE are seen; ordinary files are quiet."""

import pytest

from tests.documents.screening.marked import ole, packed, sheets, word
from wenpan.documents.screening.active_content import active_content

RELS = (
    "<Relationships><Relationship Id='r1' Type='http://x/{kind}' Target='{target}' TargetMode='External'/>"
    "</Relationships>"
)


def rels(kind, target="http://far.example/a.dotm"):
    return RELS.format(kind=kind, target=target)


@pytest.mark.parametrize(
    "data, codes",
    [
        (packed({"xl/workbook.xml": "<a/>", "xl/vbaProject.bin": b"x"}), ["macros"]),
        (packed({"word/document.xml": "<a/>", "word/vbaProject.bin": b"x"}), ["macros"]),
        (packed({"xl/workbook.xml": "<a/>", "xl/macrosheets/sheet1.xml": b"x"}), ["macros"]),
        (
            packed({"xl/workbook.xml": "<a/>", "xl/externalLinks/externalLink1.xml": b"<a/>"}),
            ["external_links"],
        ),
        (
            packed({"xl/externalLinks/externalLink1.xml": b"<ddeLink ddeService='cmd'/>"}),
            ["external_links", "dde"],
        ),
        (packed({"word/_rels/settings.xml.rels": rels("attachedTemplate")}), ["external_links"]),
        (packed({"word/document.xml": "<w:instrText> DDEAUTO c:\\\\cmd </w:instrText>"}), ["dde"]),
        (packed({"xl/worksheets/sheet1.xml": "<c><f>cmd|'/c calc'!A0</f></c>"}), ["dde"]),
        (packed({"word/embeddings/oleObject1.bin": b"x"}), ["embedded"]),
        (ole("正文") + "_VBA_PROJECT".encode("utf-16-le"), ["macros"]),
        (b"%PDF-1.7 /OpenAction<</S/JavaScript>>", ["pdf_actions"]),
        ("指标,数\n=cmd|'/c calc'!A0,1".encode(), ["dde"]),
    ],
)
def test_what_can_act_or_reach_out_is_noted(data, codes):
    assert [note.code for note in active_content(data)] == codes


@pytest.mark.parametrize(
    "data",
    [
        word("正文"),
        sheets([["指标", "数"], ["工业", 5.1]]),
        packed({"word/_rels/document.xml.rels": rels("hyperlink")}),
        "指标|单位,数\n工业|亿元,5".encode(),
        b"%PDF-1.4 proof",
        b"",
    ],
)
def test_ordinary_files_are_quiet(data):
    assert active_content(data) == ()
