"""A finding: one answer of one check about one place of a file or of the ledger.

Checks return findings; none raise, none print. A finding asks a question to be verified (核实);
it never proposes a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    HARD = "hard"  # refuse
    SOFT = "soft"  # accept with a reason
    NOTE = "note"  # for the reader


@dataclass(frozen=True)
class CheckFinding:
    check: str  # stable code, e.g. "figures.ytd_fell"
    severity: Severity
    found: str
    expected: str = ""
    advice: str = ""
    sheet: str = ""
    cell: str = ""
    subject: str = ""  # 固定资产投资 · 安禾区

    @property
    def key(self) -> str:
        """Stable across re-checks of the same file; a person's reason hangs on it."""
        return f"{self.check}|{self.sheet}|{self.cell}|{self.subject}"[:120]
