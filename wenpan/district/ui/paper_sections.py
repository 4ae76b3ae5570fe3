"""What a room tells in the monthly analysis of its own: its sentences, from the query of its own page.

A room registers `paper_section(provider)`, called with the month and the moment; None: nothing to tell.
"""

from __future__ import annotations

from datetime import datetime

from wenpan.district.ground.registries import Providers
from wenpan.documents.papers.briefing.room_sections import RoomSection
from wenpan.economy.time.periods import Month

_sections: Providers[[Month, datetime], RoomSection | None] = Providers()
paper_section = _sections.add


def sections_of(month: Month, at: datetime) -> tuple[RoomSection, ...]:
    """In the order that the sections say."""
    told = [section for section in _sections.ask(month, at) if section is not None and section.paragraphs]
    return tuple(sorted(told, key=lambda section: (section.order, section.title)))
