"""A .docx as .pdf, where LibreOffice is installed; otherwise it is not offered.

The converter runs in its own process, with its own empty profile and a limit of time.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

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
            subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
            return source.with_suffix(".pdf").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise NoPdf(str(error)) from error
