"""Other names of indicators that a place registers: a dated overlay over the catalogue.

`<home>/rules/indicators/zz-registered-aliases.yaml` is read last, so that what people registered holds.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from wenpan.rules.catalogue import Catalogue, catalogue, normalised
from wenpan.rules.loading import home_of, parse

FILE = "zz-registered-aliases.yaml"
MOST = 60  # characters of a name


class AliasError(ValueError):
    """A name that cannot be registered; str() says why in Chinese."""


def path_of_aliases(home: Path | None = None) -> Path:
    return home_of(home) / "rules" / "indicators" / FILE


def with_alias(known: Catalogue, code: str, alias: str) -> Catalogue:
    """The catalogue as it would be. AliasError: unknown code, empty name, or one that means another."""
    alias = " ".join(alias.split())
    if code not in known:
        raise AliasError("目录中没有这个指标")
    if not normalised(alias) or len(alias) > MOST:
        raise AliasError(f"别名应为 1 到 {MOST} 个字")
    held = known.find(alias)
    if held is not None:
        raise AliasError(f"“{alias}”已经是{held.name}的名称")
    indicator = known[code]
    return Catalogue({**known, code: replace(indicator, aliases=(*indicator.aliases, alias))})


def register_alias(code: str, alias: str, *, by: str, on: date, home: Path | None = None) -> Path:
    """Writes the overlay; one that cannot be loaded is put back as it was. AliasError as above."""
    alias = " ".join(alias.split())
    changed = with_alias(catalogue(home), code, alias)
    path = path_of_aliases(home)
    before = path.read_bytes() if path.exists() else None
    data: Mapping[str, Any] = parse(path) if before is not None else {}
    entries = {str(entry["code"]): entry for entry in data.get("indicators", ())}
    entries[code] = {"code": code, "aliases": list(changed[code].aliases)}
    listed = [*data.get("registered", ()), {"alias": alias, "code": code, "by": by, "on": on}]
    overlay = {
        "version": str(on),
        "effective_from": data.get("effective_from") or on,
        "source": "在“各列是什么”里登记的别名, 逐条见 registered",
        "registered": listed,
        "indicators": list(entries.values()),
    }
    _write(path, yaml.safe_dump(overlay, allow_unicode=True, sort_keys=False).encode())
    try:
        catalogue(home)
    except ValueError:
        path.unlink() if before is None else _write(path, before)
        raise
    return path


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    draft.write_bytes(data)
    draft.replace(path)
