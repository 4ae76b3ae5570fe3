"""Reads the UK's register of major projects; only benchmarks need it, no district does."""

from pathlib import Path

import yaml

from .kind import RegisterKind


def uk_kind() -> RegisterKind:
    """How the register is read, from `uk_gmpp.yaml`. RegisterKindError names the key that is wrong."""
    return RegisterKind.from_data(yaml.safe_load((Path(__file__).parent / "uk_gmpp.yaml").read_text("utf-8")))
