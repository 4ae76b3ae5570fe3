"""A .docx as .pdf, where LibreOffice is installed; otherwise it is not offered.

The converter runs in its own process, with its own empty profile and a limit of time. It finds the Chinese
fonts that come with the program beside those of the machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from wenpan.documents.papers import fonts

SECONDS = 60


class NoPdf(RuntimeError):  # noqa: N818 - not an error of ours
    """The conversion did not succeed; the .docx is there all the same."""


def converter() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(docx: bytes) -> bytes:
    """The pages as PDF. NoPdf if LibreOffice is missing, fails or takes longer than a minute."""
    program = converter()
    if program is None:
        raise NoPdf("LibreOffice is not installed")
    with tempfile.TemporaryDirectory(prefix="wenpan-pdf-") as folder:
        source = Path(folder) / "document.docx"
        source.write_bytes(docx)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=SECONDS, env=_with_fonts(folder))
            return source.with_suffix(".pdf").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise NoPdf(str(error)) from error


_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{ours}</dir>
<cachedir>{folder}/fonts</cachedir></fontconfig>"""


def _with_fonts(folder: str) -> dict[str, str]:
    """The environment of the converter; the fonts of the machine come first, as they did."""
    settings = Path(folder) / "fonts.conf"
    settings.write_text(_FONTS.format(ours=fonts.FOLDER, folder=folder), encoding="utf-8")
    return {**os.environ, "FONTCONFIG_FILE": str(settings)}
