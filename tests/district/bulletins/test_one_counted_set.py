"""Board, wall, analysis and bulletin count the same lights of the same month."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.cache import cache

from wenpan.district.bulletins.lines import briefing_input
from wenpan.district.indicators import queries
from wenpan.district.supervision.bulletin_input import surroundings
from wenpan.documents.papers.briefing.compose import overview
from wenpan.documents.papers.bulletin.input import BulletinPolicy
from wenpan.documents.papers.facts import FactRegister
from wenpan.economy.time.periods import Month
from wenpan.rules import load_yaml

SEPTEMBER = Month(2022, 9)


@pytest.fixture
def with_a_red_beside(september):
    """Four core indicators, one of them red; 公路货物周转量, which is none, is red too."""
    cache.clear()
    september.judge("freight", 1.0, "RED")
    return september


def on_the_page(client, place, address):
    client.force_login(place.people["leader"])
    said = client.get(address).content.decode()
    return {
        light: int(re.search(rf"is-{light}\b[^>]*>\s*<strong>(\d+)", said)[1]) for light in ("red", "yellow")
    }


def analysis():
    given = briefing_input(
        queries.board(as_of=SEPTEMBER), dated=date(2022, 10, 20), issuer="", journal_head=""
    )
    register = FactRegister()
    overview(given, register)
    return register.facts


def test_the_core_lights_of_the_analysis_are_those_of_the_board(client, with_a_red_beside):
    shown = on_the_page(client, with_a_red_beside, "/board/?as_of=2022-09")
    facts = analysis()
    assert shown == {"red": 1, "yellow": 2}
    assert int(facts["counts/red"].shown) == 2
    assert {light: int(facts[f"counts/core_{light}"].shown) for light in shown} == shown


def test_so_are_those_of_the_wall(client, with_a_red_beside):
    client.force_login(with_a_red_beside.people["leader"])
    assert client.get("/wall/?as_of=2022-09").context["wall"].indicators.counts[0].value == "1"


def test_the_bulletin_counts_and_names_the_core_ones(with_a_red_beside):
    policy = BulletinPolicy.from_data(load_yaml("supervision/bulletin")[0])
    lights = surroundings.indicators_of_month(SEPTEMBER, date(2022, 10, 20), policy)
    assert (lights.counts["RED"], lights.counts["YELLOW"]) == (1, 2)
    assert [line.light for line in lights.lines] == ["RED", "YELLOW", "YELLOW"]


def test_where_all_are_core_nothing_is_said_twice(september):
    assert not [key for key in analysis() if key.startswith("counts/core")]
