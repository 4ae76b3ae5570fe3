"""When an owner speaks with the higher department again, and what a record of it never holds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from wenpan.rules.loading import load_yaml
from wenpan.rules.schema import WORDS, form, read, whole


@form
@dataclass(frozen=True)
class UpwardRules:
    every_days: Annotated[int, whole(1, 366)]
    asking: Annotated[tuple[str, ...], WORDS]

    def asked_in(self, text: str) -> str:
        """The words by which a figure is asked for or offered; "" where there are none."""
        plain = "".join(text.split())
        return next((word for word in self.asking if word in plain), "")


def upward_rules(home: Path | None = None) -> UpwardRules:
    data, provenance = load_yaml("upward_contacts", home)
    return read(UpwardRules, data, provenance.file)
