"""Three kinds of registry: all listeners are told, all providers answer, twice registered is once."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import wenpan
from wenpan.district.ground.registries import Providers, RoomEvent


def test_every_listener_is_told_once_in_order_and_registering_twice_is_once():
    told: list[str] = []
    event: RoomEvent[[str]] = RoomEvent()
    event.listen(lambda word: told.append("first " + word))
    second = event.listen(lambda word: told.append("second " + word))
    event.listen(second)
    event.tell("x")
    assert told == ["first x", "second x"]
    event.remove(second)
    event.tell("y")
    assert told[2:] == ["first y"]


def test_what_a_listener_raises_reaches_whoever_told_it():
    event: RoomEvent[[]] = RoomEvent()

    def fails() -> None:
        raise ValueError("no")

    event.listen(fails)
    with pytest.raises(ValueError, match="no"):
        event.tell()


def test_providers_answer_in_order_and_none_is_an_empty_list():
    asked: Providers[[int], int] = Providers()
    assert asked.ask(3) == []
    asked.add(lambda n: n + 1)
    asked.add(lambda n: n * 2)
    assert asked.ask(3) == [4, 6]
    asked.only(lambda n: -n)
    assert asked.ask(3) == [-3]


BY_KIND = {"ground/jobs/registry.py", "ground/jobs/timed.py", "intake/handlers.py", "ui/awaited.py"}
CACHES = {"indicators/pages/row_cache.py", "supervision/scoring/queries.py", "ground/sandbox.py"}


def test_no_room_keeps_a_registry_of_its_own():
    """An empty list or dictionary of a module is one: it waits to be filled by somebody else."""
    rooms = Path(wenpan.__file__).parent / "district"
    found = set()
    for path in rooms.rglob("*.py"):
        for node in ast.parse(path.read_text()).body:
            value = getattr(node, "value", None)
            empty = (
                isinstance(value, ast.List)
                and not value.elts
                or isinstance(value, ast.Dict)
                and not value.keys
            )
            if isinstance(node, ast.AnnAssign | ast.Assign) and empty:
                found.add(str(path.relative_to(rooms)))
    assert found == BY_KIND | CACHES
