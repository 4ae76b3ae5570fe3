"""The pages of other authorities' ratings and of the S-curves show what was imported and learnt."""

from __future__ import annotations

import pytest

from tests.district.projects.pool.test_outlook_curves import history  # noqa: F401
from tests.district.projects.ratings.test_ratings import NAME, key_list, ratings  # noqa: F401  (fixtures)


@pytest.fixture
def signed_in(client, make_user):
    def sign(role="supervisor"):
        client.force_login(make_user(role))
        return client

    return sign


@pytest.fixture
def imported(ratings, key_list, accepted):  # noqa: F811
    for data in (ratings, key_list):
        accepted(data)


def test_the_newest_report_is_shown_in_the_registers_own_unit(imported, signed_in):
    text = signed_in().get("/projects/ratings/").content.decode()
    assert NAME in text
    assert "2022-03-31" in text
    assert "1,100.00" in text
    assert "百万英镑" in text
    assert "未折算" in text
    assert "990,000" not in text


def test_what_came_after_each_colour_is_counted(imported, signed_in):
    text = signed_in().get("/projects/ratings/").content.decode()
    assert "100.0" in text  # the one amber project slipped
    assert "推后30天以上" in text


@pytest.mark.parametrize(
    ("query", "there", "missing"),
    [
        ("on=2021-03-31", "Northern Tunnel", "NORTHERN TUNNEL PROGRAMME"),
        ("light=RED", "NORTHERN TUNNEL PROGRAMME", "Harbour Wall"),
        ("light=NONE", "Archive Move", "Harbour Wall"),
        ("q=harbour", "Harbour Wall", "Archive Move"),
        ("on=nonsense&register=nothing", "Harbour Wall", "Northern Tunnel<"),
    ],
)
def test_a_report_is_filtered(imported, signed_in, query: str, there: str, missing: str):
    text = signed_in().get(f"/projects/ratings/?{query}").content.decode()
    assert there in text
    assert missing not in text


def test_what_is_shown_can_be_exported(imported, signed_in):
    answer = signed_in().get("/projects/ratings/?light=RED&export=xlsx")
    assert answer.status_code == 200
    assert "spreadsheetml" in answer["Content-Type"]


def test_without_ratings_the_page_says_where_they_come_from(db, signed_in):
    assert "红黄绿灯通报表" in signed_in().get("/projects/ratings/").content.decode()


@pytest.mark.parametrize("path", ["ratings/", "outlook/curves/"])
def test_who_may_not_see_all_projects_sees_neither(path: str, db, signed_in):
    assert signed_in("liaison").get(f"/projects/{path}").status_code == 403


def test_the_curves_say_how_many_projects_taught_them(history, accepted, signed_in):  # noqa: F811
    for book in history:
        accepted(book)
    text = signed_in().get("/projects/outlook/curves/").content.decode()
    assert "2个完成较多的项目参与学习" in text
    assert "稳盘默认值" in text


def test_a_project_says_which_curve_it_is_expected_to_follow(history, accepted, signed_in):  # noqa: F811
    from wenpan.district.projects.models import Project

    for book in history:
        accepted(book)
    pk = Project.objects.get(code="E1").pk
    text = signed_in().get(f"/projects/{pk}/").content.decode()
    assert "同类同规模0个、同类0个、全库2个项目" in text


def test_the_pages_ask_the_database_a_set_number_of_times(imported, signed_in, django_assert_max_num_queries):
    client = signed_in()
    client.get("/projects/ratings/")
    with django_assert_max_num_queries(25):  # with campaigns and the views of the list
        client.get("/projects/ratings/")


def test_a_key_project_shows_what_was_said_of_it_report_by_report(imported, signed_in):
    from wenpan.district.projects.models import KeyProject

    pk = KeyProject.objects.get(name="NORTHERN TUNNEL PROGRAMME").pk
    text = signed_in().get(f"/projects/key/{pk}/").content.decode()
    assert text.index("2022-03-31") < text.index("2021-03-31")
    assert "Amber/Red" in text
    assert "百万英镑" in text
