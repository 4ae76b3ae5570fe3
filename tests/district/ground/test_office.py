"""An old .doc or .wps is read where LibreOffice is installed; else a sentence says what to do."""

import io
import os
import re
import threading
import time
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

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


@pytest.fixture
def listener():
    """A server near by, and what was asked of it."""
    asked: list[str] = []

    class Ear(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - the names of the library

        def log_message(self, *given):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1], asked
    server.shutdown()


def linked(port: int) -> bytes:
    """A paper whose picture lies on another machine."""
    from PIL import Image

    document, picture, made, out = Document(), io.BytesIO(), io.BytesIO(), io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(picture, "PNG")
    document.add_paragraph("正文")
    document.add_picture(picture)
    document.save(made)
    source = zipfile.ZipFile(made)
    with zipfile.ZipFile(out, "w") as copy:
        for name in source.namelist():
            words = source.read(name).replace(b"r:embed=", b"r:link=")
            away = f'Target="http://127.0.0.1:{port}/away.png" TargetMode="External"'.encode()
            copy.writestr(name, re.sub(rb'Target="media/image1.png"', away, words))
    return out.getvalue()


@installed
def test_nothing_is_fetched_that_a_foreign_paper_names(listener):
    port, asked = listener
    paper = linked(port)

    office.convert(paper, "docx", "pdf")
    old = office.convert(paper, "docx", "doc")
    assert f":{port}/away.png" in old.decode("utf-16-le", "ignore") + old.decode("latin-1")
    assert reading.read(office.as_docx(old), "讲话.doc").paragraphs == ("正文",)

    assert asked == []


def test_a_converter_that_hangs_ends_with_all_that_it_started(monkeypatch, tmp_path):
    noted, program = tmp_path / "child", tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nsleep 600 &\necho $! > {noted}\nwait\n")
    program.chmod(0o700)
    monkeypatch.setattr(office, "converter", lambda: str(program))
    monkeypatch.setattr(office, "SECONDS", 1)

    with pytest.raises(office.NotConvertedError):
        office.convert(docx("甲"), "docx", "pdf")

    child = int(noted.read_text())
    for _ in range(100):
        if not running(child):
            break
        time.sleep(0.05)
    assert not running(child)


def running(process: int) -> bool:
    try:
        os.kill(process, 0)
        with open(f"/proc/{process}/stat") as told:
            return told.read().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
