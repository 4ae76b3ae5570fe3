"""Which lists there are, by their code."""

from __future__ import annotations

from django.utils import timezone

from wenpan.district.adjustments.registers import days_off, people, units
from wenpan.district.adjustments.registers.base import PlaceList


def registers() -> dict[str, PlaceList]:
    described = units.register()
    found = [
        *((described,) if described else ()),
        people.POSTS,
        people.leaders_register(),
        *days_off.registers(timezone.localdate()),
    ]
    return {register.code: register for register in found}


def register_of(code: str) -> PlaceList | None:
    return registers().get(code)
