"""What one person, or one group, is told for one half-day; and the refusal of a channel in words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DigestLine:
    text: str
    url: str  # within the program
    made_at: str  # ISO 8601, the place's own time


@dataclass(frozen=True)
class Digest:
    """What one person is told for one half-day. `unit`: its short name, "" for none."""

    key: str
    username: str
    name: str
    unit: str
    lines: tuple[DigestLine, ...]


class ChannelRefusedError(OSError):
    """Not sent, in words for the log page: never an address with a key in it. `wait`: minutes before the next
    try where the other side asks for more than our own delay."""

    def __init__(self, words: str, *, wait: int = 0) -> None:
        super().__init__(words)
        self.wait = wait
