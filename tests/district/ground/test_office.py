"""An old .doc or .wps is read where LibreOffice is installed; else a sentence says what to do."""

import io

import pytest
from docx import Document

from wenpan.district.ground.converters import office
from wenpan.documents.orders import text as reading
from wenpan.documents.spreadsheets.unreadable import Unreadable

installed = pytest.mark.skipif(office.converter() is None, reason="LibreOffice is not installed")
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "WordDocument".encode("utf-16-le")


def docx(*paragraphs: str) -> bytes:
    document, out = Document(), io.BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def old_word() -> bytes:
    return office.convert(
        docx("一、区发改局10月25日前报送投资清单。", "二、区商务局抓好消费。"), "docx", "doc"
    )


@installed
@pytest.mark.parametrize("name", ["讲话.doc", "讲话.wps"])
def test_an_old_paper_is_read_as_its_new_one(old_word, name):
    assert office.is_old_word(old_word)

    read = reading.read(office.as_docx(old_word), name)

    assert read.paragraphs == ("一、区发改局10月25日前报送投资清单。", "二、区商务局抓好消费。")


@pytest.mark.parametrize("data", [docx("甲"), b"%PDF-1.4", "正文".encode(), b""])
def test_any_other_file_is_left_as_it_is(data):
    assert office.as_docx(data) is data


def test_without_libreoffice_the_old_paper_is_refused_with_what_to_do(monkeypatch):
    monkeypatch.setattr(office, "converter", lambda: None)

    with pytest.raises(Unreadable) as refused:
        reading.read(office.as_docx(OLD), "讲话.doc")
    assert refused.value.code == "old_word" and "另存为 .docx" in refused.value.message


def test_one_that_cannot_be_opened_is_refused(monkeypatch):
    def fails(*given):
        raise office.NotConvertedError("killed")

    monkeypatch.setattr(office, "converter", lambda: "soffice")
    monkeypatch.setattr(office, "convert", fails)

    with pytest.raises(Unreadable) as refused:
        office.as_docx(OLD)
    assert refused.value.code == "old_word_broken" and "另存为 .docx" in refused.value.message


def test_a_locked_one_is_not_converted():
    assert not office.is_old_word(OLD + "EncryptedPackage".encode("utf-16-le"))
