"""Data that no rule can be made of; whoever read the file names it (`wenpan.rules.loading.RuleError`)."""

from __future__ import annotations


class UnusableError(ValueError):
    """Which key, what was found, what is expected."""

    def __init__(self, key: str, found: object, expected: str) -> None:
        super().__init__(f"{key}: 实为 {found!r}, 应为{expected}")
        self.key, self.found, self.expected = key, found, expected
