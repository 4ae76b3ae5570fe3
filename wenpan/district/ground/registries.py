"""Where rooms meet that do not know each other. Three kinds of process-wide registry, and no fourth (ADR 12):

- `RoomEvent`: something happened; every listener is told, in the transaction of what happened.
- `Providers`: a lower room asks, whoever registered answers.
- by kind: who does one kind of work, a dictionary in `jobs.registry`, `jobs.timed`, `intake.handlers` and
  `ui.awaited`.

All are filled in `AppConfig.ready`; registering twice does nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class RoomEvent(Generic[P]):
    """A listener that raises undoes the act that it was told of."""

    def __init__(self) -> None:
        self.listeners: list[Callable[P, object]] = []

    def listen(self, listener: Callable[P, R]) -> Callable[P, R]:
        if listener not in self.listeners:
            self.listeners.append(listener)
        return listener

    def remove(self, listener: Callable[P, object]) -> None:
        """For tests."""
        self.listeners.remove(listener)

    def tell(self, *args: P.args, **kwargs: P.kwargs) -> None:
        for listener in tuple(self.listeners):
            listener(*args, **kwargs)


class Providers(Generic[P, R]):
    def __init__(self) -> None:
        self.providers: list[Callable[P, R]] = []

    def add(self, provider: Callable[P, R]) -> Callable[P, R]:
        if provider not in self.providers:
            self.providers.append(provider)
        return provider

    def only(self, provider: Callable[P, R]) -> None:
        """Where one room alone can answer: in the place of whoever answered before."""
        self.providers[:] = [provider]

    def ask(self, *args: P.args, **kwargs: P.kwargs) -> list[R]:
        """The answers in the order of registering; empty where nobody registered."""
        return [provider(*args, **kwargs) for provider in self.providers]
