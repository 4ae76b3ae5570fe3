"""Rules of signing in: the password profile, the pauses after failed tries, how long a reset code holds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wenpan.rules.loading import Provenance, RuleError, load_yaml, path_of


@dataclass(frozen=True)
class PasswordRules:
    min_length: int
    classes: int
    history: int
    max_age_days: int
    plain_words: tuple[str, ...]
    beside_words: int


@dataclass(frozen=True)
class SignInRules:
    failures: int
    failures_of_strangers: int
    first_minutes: int
    longest_minutes: int
    forgotten_hours: int

    def pause(self, failures: int, allowed: int) -> int:
        """Seconds without a further try after so many failures: 0 below `allowed`, then 1, 2, 4 … times the
        first pause, up to the longest."""
        if failures < allowed:
            return 0
        return 60 * min(self.first_minutes * (1 << min(failures - allowed, 20)), self.longest_minutes)


@dataclass(frozen=True)
class AccessRules:
    passwords: PasswordRules
    sign_in: SignInRules
    reset_hours: int
    provenance: Provenance


def access(home: Path | None = None) -> AccessRules:
    """Raises RuleError naming file, key, what was found and what is expected."""
    data, provenance = load_yaml("access", home)

    def whole(part: str, key: str, least: int, most: int) -> int:
        value: Any = (data.get(part) or {}).get(key) if isinstance(data.get(part), dict) else None
        if type(value) is not int or not least <= value <= most:
            raise RuleError(path_of("access", home), f"{part}.{key}", value, f"{least} 到 {most} 的整数")
        return value

    words = (data.get("passwords") or {}).get("plain_words")
    if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
        raise RuleError(path_of("access", home), "passwords.plain_words", words, "词的列表")
    return AccessRules(
        PasswordRules(
            min_length=whole("passwords", "min_length", 8, 64),
            classes=whole("passwords", "classes", 1, 4),
            history=whole("passwords", "history", 0, 24),
            max_age_days=whole("passwords", "max_age_days", 0, 3650),
            plain_words=tuple(word.lower() for word in words),
            beside_words=whole("passwords", "beside_words", 0, 64),
        ),
        SignInRules(
            failures=whole("sign_in", "failures", 1, 100),
            failures_of_strangers=whole("sign_in", "failures_of_strangers", 1, 10_000),
            first_minutes=whole("sign_in", "first_minutes", 1, 1440),
            longest_minutes=whole("sign_in", "longest_minutes", 1, 1440),
            forgotten_hours=whole("sign_in", "forgotten_hours", 1, 720),
        ),
        whole("reset", "valid_hours", 1, 720),
        provenance,
    )
