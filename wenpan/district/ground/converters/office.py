"""LibreOffice, where it is installed: a .docx as .pdf, an old .doc or .wps as .docx.

The converter runs in a group of processes of its own, which ends whole, with limits on time and processor,
and with a profile of its own: no macros, nothing that a foreign document names is fetched or updated. It
finds the Chinese fonts that come with the program beside those of the machine.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from wenpan.documents.papers import fonts
from wenpan.documents.spreadsheets.unreadable import Unreadable

SECONDS = 60  # by the clock, and of the processor of each process
OLD_SUFFIXES = (".doc", ".wps")
_OLD = b"\xd0\xcf\x11\xe0"
_A_WORD = "WordDocument".encode("utf-16-le")  # the stream that .doc and .wps keep their text in
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{ours}</dir>
<cachedir>{folder}/fonts</cachedir></fontconfig>"""
_ITEM = '<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
_SCRIPTING, _LINKS = (
    "/org.openoffice.Office.Common/Security/Scripting",
    "/org.openoffice.Office.{}/Content/Update",
)
_INTERNET = "/org.openoffice.Inet/Settings"
# A document may name pictures and tables of other machines: they are left out, wherever they lie.
_PROFILE = (
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    (_LINKS.format("Writer"), "Link", "2"),
    (_LINKS.format("Calc"), "Link", "1"),
    # What an old .doc names is fetched all the same: it goes to a door where nobody listens.
    (_INTERNET, "ooInetProxyType", "2"),
    *((_INTERNET, f"ooInet{kind}ProxyName", "127.0.0.1") for kind in ("HTTP", "HTTPS")),
    *((_INTERNET, f"ooInet{kind}ProxyPort", "9") for kind in ("HTTP", "HTTPS")),
    (_INTERNET, "ooInetNoProxy", ""),
)


class NotConvertedError(RuntimeError):
    """LibreOffice is missing, failed, or took longer than a minute."""


def converter() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def suffixes() -> tuple[str, ...]:
    """Of old papers that can be read here."""
    return OLD_SUFFIXES if converter() else ()


def convert(data: bytes, suffix: str, to: str) -> bytes:
    """A document of one `suffix` (docx, doc) as another kind (pdf, docx). Raises `NotConvertedError`."""
    program = converter()
    if program is None:
        raise NotConvertedError("LibreOffice is not installed")
    with tempfile.TemporaryDirectory(prefix="wenpan-office-") as folder:
        source = Path(folder) / f"document.{suffix}"
        source.write_bytes(data)
        out = Path(folder) / "out"
        profile = f"-env:UserInstallation=file://{_profile(folder)}"
        command = [program, profile, "--headless", "--convert-to", to, "--outdir", str(out), str(source)]
        _run(command, _with_fonts(folder))
        try:
            return (out / f"document.{to}").read_bytes()
        except OSError as error:
            raise NotConvertedError(str(error)) from error


def _run(command: list[str], environment: dict[str, str]) -> None:
    """The program and all that it starts, which end together; `NotConvertedError` after `SECONDS`."""
    limited = ["sh", "-c", f'ulimit -t {SECONDS} && exec "$@"', "sh", *command]
    try:
        running = subprocess.Popen(
            limited, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment,
            start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        raise NotConvertedError(str(error)) from error
    try:
        if running.wait(SECONDS):
            raise NotConvertedError(f"ended with {running.returncode}")
    except subprocess.TimeoutExpired as error:
        raise NotConvertedError(str(error)) from error
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def _profile(folder: str) -> Path:
    """A profile in which nothing runs and nothing is fetched."""
    home = Path(folder) / "profile"
    (home / "user").mkdir(parents=True)
    items = "".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _PROFILE)
    words = f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
    (home / "user" / "registrymodifications.xcu").write_text(words, encoding="utf-8")
    return home


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
