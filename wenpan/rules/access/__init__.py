"""Rules of signing in: the password profile, the pauses after failed tries, how long a reset code holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

from wenpan.rules.loading import Provenance, RuleError, load_yaml
from wenpan.rules.schema import WORDS, form, read, whole


@form
@dataclass(frozen=True)
class PasswordRules:
    min_length: Annotated[int, whole(8, 64)]
    classes: Annotated[int, whole(1, 4)]
    history: Annotated[int, whole(0, 24)]
    max_age_days: Annotated[int, whole(0, 3650)]
    plain_words: Annotated[tuple[str, ...], WORDS]
    beside_words: Annotated[int, whole(0, 64)]


@form
@dataclass(frozen=True)
class SignInRules:
    failures: Annotated[int, whole(1, 100)]
    failures_of_strangers: Annotated[int, whole(1, 10_000)]
    first_minutes: Annotated[int, whole(1, 1440)]
    longest_minutes: Annotated[int, whole(1, 1440)]
    forgotten_hours: Annotated[int, whole(1, 720)]

    def pause(self, failures: int, allowed: int) -> int:
        """Seconds without a further try after so many failures: 0 below `allowed`, then 1, 2, 4 … times the
        first pause, up to the longest."""
        if failures < allowed:
            return 0
        return 60 * min(self.first_minutes * (1 << min(failures - allowed, 20)), self.longest_minutes)


@form
@dataclass(frozen=True)
class ResetRules:
    valid_hours: Annotated[int, whole(1, 720)]


@form
@dataclass(frozen=True)
class SessionRules:
    idle_minutes: Annotated[int, whole(1, 720)] = 30
    longest_hours: Annotated[int, whole(1, 24)] = 12


@form
@dataclass(frozen=True)
class SecondRules:
    """A proof beside the password: who must have one, which acts ask again, for how long a proof holds."""

    required_roles: Annotated[tuple[str, ...], WORDS] = ()
    step_up: Annotated[tuple[str, ...], WORDS] = ()
    step_up_minutes: Annotated[int, whole(1, 240)] = 10


ACTS = ("issue", "roles", "restore")  # what `step_up` may name


@dataclass(frozen=True)
class AccessRules:
    passwords: PasswordRules
    sign_in: SignInRules
    reset_hours: int
    sessions: SessionRules
    second: SecondRules
    provenance: Provenance


@form
@dataclass(frozen=True)
class _AccessFile:
    passwords: PasswordRules
    sign_in: SignInRules
    reset: ResetRules
    sessions: SessionRules = SessionRules()
    second: SecondRules = SecondRules()


def access(home: Path | None = None) -> AccessRules:
    """Raises RuleError naming file, key, what was found and what is expected."""
    data, provenance = load_yaml("access", home)
    said = read(_AccessFile, data, provenance.file)
    words = tuple(word.lower() for word in said.passwords.plain_words)
    passwords = replace(said.passwords, plain_words=words)
    if strange := [act for act in said.second.step_up if act not in ACTS]:
        raise RuleError(provenance.file, "second.step_up", strange[0], "、".join(ACTS))
    return AccessRules(
        passwords, said.sign_in, said.reset.valid_hours, said.sessions, said.second, provenance
    )
