"""Which firm a row speaks of: by its code, else by its name, else by a name that it bore before."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from wenpan.district.firms.models import Firm, FirmName
from wenpan.rules import normalised


@dataclass(frozen=True)
class FirmFound:
    """`by`: code, name, former, or "" where none fits. `several`: firms that fit alike."""

    firm: Firm | None
    by: str = ""
    several: tuple[str, ...] = ()


class FirmMatcher:
    """Knows all firms of the ledger. `heirs`: what is told of a merged firm is led to the one that goes on (a
    ticket is its heir's; a row of the ledger still speaks of the firm that it names)."""

    def __init__(self, *, heirs: bool = False) -> None:
        self._heirs = heirs
        self._by_code: dict[str, Firm] = {}
        self._by_name: dict[str, list[Firm]] = defaultdict(list)
        self._by_former: dict[str, list[Firm]] = defaultdict(list)
        firms = {firm.pk: firm for firm in Firm.objects.exclude(state=Firm.State.UNNAMED)}
        for firm in firms.values():
            if firm.uscc:
                self._by_code[firm.uscc] = firm
            self._by_name[firm.compared].append(firm)
        for pk, name in FirmName.objects.values_list("firm_id", "name"):
            if pk in firms:
                self._by_former[normalised(name)].append(firms[pk])

    def of(self, name: str, code: str) -> FirmFound:
        found = self._of(name, code)
        return replace(found, firm=found.firm.going_on) if self._heirs and found.firm else found

    def _of(self, name: str, code: str) -> FirmFound:
        if code and code in self._by_code:
            return FirmFound(self._by_code[code], "code")
        compared = normalised(name)
        for by, known in (("name", self._by_name), ("former", self._by_former)):
            fitting = [f for f in known.get(compared, ()) if not (code and f.uscc and f.uscc != code)]
            fitting = [f for f in fitting if f.state != Firm.State.MERGED] or fitting
            if len({f.pk for f in fitting}) > 1:
                return FirmFound(None, by, tuple(f"{f.name} {f.uscc}".strip() for f in fitting))
            if fitting:
                return FirmFound(fitting[0], by)
        return FirmFound(None)
