"""What the treasury's payments are called in the daily report: `rules/treasury.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from wenpan.rules.loading import load_yaml
from wenpan.rules.schema import form, read

OTHER = "other"


@form
@dataclass(frozen=True)
class PaymentGroup:
    code: str
    name: str
    starts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@form
@dataclass(frozen=True)
class TreasuryRules:
    """`natures`: code → name of the nature of money. `hidden_below`: 万元."""

    natures: dict[str, str]
    groups: tuple[PaymentGroup, ...]
    hidden_below: float = 0.0
    version: str = ""
    source: str = field(default="")

    def nature_of(self, word: str) -> str:
        """ "111-一般公共预算资金" → "111"; "" for what is not known."""
        plain = word.strip()
        for code, name in self.natures.items():
            if plain.startswith(code) or plain == name:
                return code
        return ""

    def group_of(self, economic_class: str, name: str) -> str:
        """By the economic class first, the longest beginning first; else by a word of the project's name."""
        fitting = [
            (len(start), group.code)
            for group in self.groups
            for start in group.starts
            if economic_class.startswith(start)
        ]
        worded = next((g.code for g in self.groups if any(word in name for word in g.words)), OTHER)
        land = next((g for g in self.groups if g.code == "land"), None)
        if land is not None and any(word in name for word in land.words):
            return land.code
        return max(fitting)[1] if fitting else worded

    def group_name(self, code: str) -> str:
        return next((group.name for group in self.groups if group.code == code), "其他")


def treasury_rules(home: Path | None = None) -> TreasuryRules:
    """RuleError names file, key, found, expected."""
    data, provenance = load_yaml("treasury", home)
    return read(TreasuryRules, data, provenance.file, "")
