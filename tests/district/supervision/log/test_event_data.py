"""What an event carries has a name and a type for each kind: what is kept is what replay will look for."""

from __future__ import annotations

from tests.district.supervision.matters.test_available_actions import _situations
from wenpan.district.supervision.log.event_data import DATA_OF
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.models import Event


def test_every_kind_is_kept_with_the_names_of_its_class_and_all_that_it_must_have(
    assigned, drafted, people, today_is
):
    today_is("2022-10-20")
    _situations(assigned, drafted, people)
    seen = set()
    for kind, data in Event.objects.values_list("kind", "data"):
        of = DATA_OF.get(EventKind(kind))
        allowed, needed = (of.__annotations__, of.__required_keys__) if of else ((), ())
        assert set(needed) <= set(data) <= set(allowed), kind
        seen.add(kind)
    assert len(seen) >= 10


def test_kinds_without_a_class_are_those_that_say_it_all_in_words():
    silent = {kind.name for kind in EventKind} - {kind.name for kind in DATA_OF}
    assert {"SIGNED", "DECLINED", "CLOSED", "PAUSED", "RESUMED", "NOTED"} <= silent
    assert not {"ASSIGNED", "SLIP", "RAISED", "EXTENDED"} & silent
