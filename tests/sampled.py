"""Of a test with many cases three: the first, the middle and the last. The run on PostgreSQL takes these."""

from __future__ import annotations

import pytest


def sampled(items: list[pytest.Item]) -> list[pytest.Item]:
    """In their order. Of a test that is marked `every_case` all stay."""
    cases: dict[str, list[pytest.Item]] = {}
    for item in items:
        cases.setdefault(item.nodeid.partition("[")[0], []).append(item)
    kept = set[pytest.Item]()
    for same in cases.values():
        whole = len(same) <= 3 or same[0].get_closest_marker("every_case")
        kept.update(same if whole else (same[0], same[len(same) // 2], same[-1]))
    return [item for item in items if item in kept]
