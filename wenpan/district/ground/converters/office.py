"""LibreOffice, where it is installed: a .docx as .pdf, an old .doc or .wps as .docx.

The converter runs in its own process, with its own empty profile (so without anybody's macros) and a limit of
time. It finds the Chinese fonts that come with the program beside those of the machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from wenpan.documents.papers import fonts
from wenpan.documents.spreadsheets.unreadable import Unreadable

SECONDS = 60
_OLD = b"\xd0\xcf\x11\xe0"
_A_WORD = "WordDocument".encode("utf-16-le")  # the stream that .doc and .wps keep their text in
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{ours}</dir>
<cachedir>{folder}/fonts</cachedir></fontconfig>"""


class NotConvertedError(RuntimeError):
    """LibreOffice is missing, failed, or took longer than a minute."""


def converter() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(data: bytes, suffix: str, to: str) -> bytes:
    """A document of one `suffix` (docx, doc) as another kind (pdf, docx). Raises `NotConvertedError`."""
    program = converter()
    if program is None:
        raise NotConvertedError("LibreOffice is not installed")
    with tempfile.TemporaryDirectory(prefix="wenpan-office-") as folder:
        source = Path(folder) / f"document.{suffix}"
        source.write_bytes(data)
        out = Path(folder) / "out"
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [program, profile, "--headless", "--convert-to", to, "--outdir", str(out), str(source)]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=SECONDS, env=_with_fonts(folder))
            return (out / f"document.{to}").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise NotConvertedError(str(error)) from error


def is_old_word(data: bytes) -> bool:
    """A .doc or .wps, by its content, that no password locks."""
    return data[:4] == _OLD and _A_WORD in data and _LOCKED not in data


def as_docx(data: bytes) -> bytes:
    """An old .doc or .wps as .docx; any other file, and without LibreOffice every file, as it is.

    Raises `Unreadable` "old_word_broken" where LibreOffice could not open it.
    """
    if converter() is None or not is_old_word(data):
        return data
    try:
        return convert(data, "doc", "docx")
    except NotConvertedError:
        raise Unreadable(
            "old_word_broken",
            "旧版 .doc 或 .wps 文件转换不了, 可能已损坏或有密码. 请用 Word 或 WPS 打开后另存为 .docx 再传.",
        ) from None


def _with_fonts(folder: str) -> dict[str, str]:
    """The environment of the converter; the fonts of the machine come first, as they did."""
    settings = Path(folder) / "fonts.conf"
    settings.write_text(_FONTS.format(ours=fonts.FOLDER, folder=folder), encoding="utf-8")
    return {**os.environ, "FONTCONFIG_FILE": str(settings)}
