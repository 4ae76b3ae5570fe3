"""From a file to its paragraphs: through the one door, read in a child with limits."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.ground.converters import office, scans
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import door
from wenpan.district.library.actions import PaperText
from wenpan.documents.orders import text as orders_text
from wenpan.documents.orders.take_in import MAX_CHARACTERS
from wenpan.documents.spreadsheets.unreadable import Unreadable

SUFFIXES = (".docx", ".pdf", ".txt", ".xlsx", ".csv")


def read_paper(*, filename: str, data: bytes, by: User) -> PaperText:
    """Refused "bad_value" for what cannot be read, and as `door.admit`."""
    admitted = door.admit(filename=filename, data=data, door="上级文件和外地经验", by=by)
    if not admitted.filename.lower().endswith(SUFFIXES + office.OLD_SUFFIXES + scans.suffixes()):
        raise Refused("bad_value", _("可收 docx、带文字的 pdf、txt、xlsx、csv；其他格式请另存，或粘贴正文。"))
    try:
        screen = door.screen("上级文件和外地经验", by)
        screen(scans.head_lines(data))
        found = scans.apply(orders_text.read, office.as_docx(data), admitted.filename, screen=screen)
    except Unreadable as error:
        raise Refused("bad_value", str(error)) from None
    if len(found.joined) > MAX_CHARACTERS:
        raise Refused("bad_value", _("文件太长，请只传需要学习的部分。"))
    return PaperText(tuple(found.paragraphs), tuple(found.places), admitted)


def suffixes() -> tuple[str, ...]:
    """Old papers and pictures too, where the machine has what reads them."""
    return SUFFIXES + office.suffixes() + scans.suffixes()


def pasted(text: str) -> PaperText:
    """Paragraphs of a pasted text: its lines that say something."""
    lines = (line.strip() for line in text.splitlines())
    return PaperText(tuple(line for line in lines if line))
