"""Reading letters."""

from __future__ import annotations

from wenpan.district.exchange.models import Letter, NeighbourOffice


def missing_numbers(office: NeighbourOffice, newest: int) -> list[int]:
    """Numbers below the newest that never came, the first hundred."""
    there = set(Letter.objects.filter(office=office, way=Letter.Way.CAME).values_list("number", flat=True))
    return [number for number in range(1, newest) if number not in there][:100]
