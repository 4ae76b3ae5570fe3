"""A .docx as .pdf, where LibreOffice is installed (`converters.office`); otherwise it is not offered."""

from __future__ import annotations

from wenpan.district.ground.converters import office

converter = office.converter


class NoPdf(RuntimeError):  # noqa: N818 - not an error of ours
    """The conversion did not succeed; the .docx is there all the same."""


def convert(docx: bytes) -> bytes:
    """The pages as PDF. NoPdf if LibreOffice is missing, fails or takes longer than a minute."""
    try:
        return office.convert(docx, "docx", "pdf")
    except office.NotConvertedError as error:
        raise NoPdf(str(error)) from error
