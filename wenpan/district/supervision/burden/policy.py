"""What units are asked for (rules/burden.yaml); an entry without owner, ground or expiry is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wenpan.rules.loading import RuleError, load_yaml, path_of

NEEDED = {
    "name": str,
    "owner": str,
    "ground": str,
    "expires": date,
    "required": int,
    "minutes": int | float,
    "fields": list,
}


@dataclass(frozen=True)
class AskedForm:
    """`required`: fields that must be filled in each time; `minutes`: for the whole form, an estimate."""

    code: str
    name: str
    owner: str
    ground: str
    expires: date
    required: int
    minutes: float
    fields: tuple[str, ...]

    def expired(self, on: date) -> bool:
        """The last day still counts."""
        return on > self.expires


@dataclass(frozen=True)
class Register:
    """`method`: how the minutes are counted, in the words that the page says."""

    forms: Mapping[str, AskedForm]
    method: str
    source: str
    version: str
    ours: bool


def register() -> Register:
    data, origin = load_yaml("burden")
    given = data.get("requests")
    if not isinstance(given, dict) or not given:
        raise RuleError(path_of("burden"), "requests", given, "至少一项要单位填报的内容")
    method = data.get("method")
    if not isinstance(method, str) or not method.strip():
        raise RuleError(path_of("burden"), "method", method, "一段话，说明分钟数怎么计")
    forms = {str(code): _form(str(code), entry) for code, entry in given.items()}
    return Register(forms, method.strip(), origin.source, origin.version, not origin.overridden)


def _form(code: str, entry: Any) -> AskedForm:
    if not isinstance(entry, dict):
        raise RuleError(path_of("burden"), f"requests.{code}", entry, "一项填报的登记")
    for key, kind in NEEDED.items():
        value = entry.get(key)
        if not isinstance(value, kind) or isinstance(value, bool) or value in ("", []):
            raise RuleError(
                path_of("burden"),
                f"requests.{code}.{key}",
                value,
                "必填（责任单位、依据、停用日期和项数一样不少）",
            )
    return AskedForm(
        code=code,
        name=entry["name"],
        owner=entry["owner"],
        ground=entry["ground"],
        expires=entry["expires"],
        required=entry["required"],
        minutes=float(entry["minutes"]),
        fields=tuple(map(str, entry["fields"])),
    )
