"""What may leave the program under a person's own secret: `rules/sharing.yaml`, a place's own file first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from wenpan.rules.loading import load_yaml
from wenpan.rules.schema import WORDS, form, read, whole

NAME = "sharing"


@form
@dataclass(frozen=True)
class SharingRules:
    """`restricted_types`: codes of types of matters whose words stay inside; days, times and numbers as in
    the file."""

    restricted_types: Annotated[tuple[str, ...], WORDS]
    days_back: Annotated[int, whole(0, 400)]
    days_ahead: Annotated[int, whole(1, 400)]
    feed_reads_an_hour: Annotated[int, whole(1, 10_000)]
    unknown_an_hour: Annotated[int, whole(1, 10_000)]
    token_days: Annotated[int, whole(1, 3660)]
    most_of_a_person: Annotated[int, whole(1, 100)]
    api_reads_a_minute: Annotated[int, whole(1, 10_000)]


def sharing_rules() -> SharingRules:
    """RuleError with file, key, found and expected where the file cannot be used."""
    data, provenance = load_yaml(NAME)
    return read(SharingRules, data, provenance.file)
