"""Who answers for a unit, as the room that knows says: named with telephones beside every red light."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wenpan.district.ground.registries import Providers


@dataclass(frozen=True)
class Contact:
    post: str
    name: str
    telephone: str = ""

    @property
    def dial(self) -> str:
        """tel: address of the number without its extension; "" without a number."""
        return "".join(sign for sign in self.telephone.partition("转")[0] if sign.isdigit() or sign == "+")


_known: Providers[[], Mapping[str, tuple[Contact, ...]]] = Providers()
responsible = _known.add


def contacts_of_units() -> dict[str, tuple[Contact, ...]]:
    found: dict[str, tuple[Contact, ...]] = {}
    for mapping in _known.ask():
        for code, people in mapping.items():
            found[code] = (*found.get(code, ()), *people)
    return found
