"""Pairs of both lists are settled many at once; "不是" is remembered and may be taken back."""

from __future__ import annotations

import pytest

from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.projects import actions
from wenpan.district.projects.models import Apart, KeyProject, Link, Project
from wenpan.district.projects.pairs.queries import proposals

pytestmark = pytest.mark.django_db


@pytest.fixture
def alike(accepted, files, row):
    """P1 and P2 stand on the key list under their own names and codes."""
    accepted(files.list(row(), row("P2", "柳湾学校", town="柳湾镇", owner="柳湾实业")))
    for year in (2022,):
        key_projects(year)


def key_projects(year):
    for code, name in (("P1", "桐溪智造园"), ("P2", "柳湾学校")):
        KeyProject.objects.create(
            code=code, name=name, level="district", planned_total=10_000, stage="preparation", year=year,
            kind="industry", pinyin=code,
        )  # fmt: skip


def pairs():
    return {(p.project_code, p.key_code): (p.project_id, p.key_id) for p in proposals()}


def test_many_pairs_are_confirmed_at_once(alike, analyst):
    assert actions.confirm_pairs(pairs=list(pairs().values()), by=analyst) == 2
    assert Link.objects.count() == 2
    assert "代码相同" in Link.objects.first().reasons
    assert pairs() == {}


def test_what_is_apart_is_not_proposed_again_not_even_next_year(alike, analyst):
    actions.set_apart(pairs=[pairs()["P1", "P1"]], by=analyst)
    assert set(pairs()) == {("P2", "P2")}
    key_projects(2023)
    assert {p.key_id for p in proposals()} == set(
        KeyProject.objects.filter(code="P2").values_list("pk", flat=True)
    )
    assert Entry.objects.filter(action="projects.apart").count() == 1


def test_the_word_is_taken_back_and_the_pair_proposed_again(alike, analyst):
    actions.set_apart(pairs=[pairs()["P1", "P1"]], by=analyst)
    actions.propose_again(apart=Apart.objects.get(), by=analyst)
    assert set(pairs()) == {("P1", "P1"), ("P2", "P2")}


def test_of_many_pairs_all_are_settled_or_none(alike, analyst):
    known = pairs()
    gone = (Project.objects.get(code="P1").pk, 999_999)
    for act in (actions.confirm_pairs, actions.set_apart):
        with pytest.raises(Refused) as refusal:
            act(pairs=[known["P2", "P2"], gone], by=analyst)
        assert refusal.value.code == "clash"
    assert not Link.objects.exists() and not Apart.objects.exists()


def test_nothing_chosen_is_said(alike, analyst):
    with pytest.raises(Refused, match="请先选择"):
        actions.set_apart(pairs=[], by=analyst)


def test_the_page_settles_one_row_or_all_that_are_chosen(alike, analyst, client):
    client.force_login(analyst)
    assert "不是" in client.get("/projects/links/").content.decode()
    one, other = (f"{project}:{key}" for project, key in pairs().values())
    client.post("/projects/links/confirm/", {"one": f"apart|{one}"})
    client.post("/projects/links/confirm/", {"pair": [other], "said": "same"})
    assert (Apart.objects.count(), Link.objects.count()) == (1, 1)
    answer = client.post("/projects/links/confirm/", {"pair": ["x:1", "1"], "said": "same"}, follow=True)
    assert "不在建议之列" in answer.content.decode()
    client.post(f"/projects/links/apart/{Apart.objects.get().pk}/back/")
    assert not Apart.objects.exists()
