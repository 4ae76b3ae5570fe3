"""各列是什么: every table can be explained, by versions; clashes show both sides, mistakes are taken back."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import actions, columns
from wenpan.district.intake.models import Layout, Submission
from wenpan.district.observations.models import Observation
from wenpan.rules import catalogue

pytestmark = pytest.mark.django_db
FAI = {"title": "固定资产投资完成情况", "signature": "fai"}
TAX = {"title": "税收完成情况", "signature": "tax"}


def teaching(measure="ytd_growth", kind="indicator_table", **more):
    said = {"0": {"role": "indicator"}, "1": {"role": "figure", "measure": measure, **more}}
    return {"kind": kind, "header_rows": [4], "header_at": [4], "columns": said}


@pytest.fixture
def asked(checked, make_file, make_figure):
    """A file of which a column must be explained."""
    return checked(make_file(make_figure(), tables=[FAI]))


@pytest.fixture
def teach(analyst):
    def of(submission, said=None, *, signature="fai", seen=None, by=None):
        held = Layout.objects.filter(signature=signature, superseded_at=None).first()
        return actions.teach(
            submission=submission,
            tables=columns.tables_for(submission),
            signature=signature,
            teaching=said or teaching(),
            seen=(held.pk if held else 0) if seen is None else seen,
            by=by or analyst,
        )

    return of


def test_a_table_that_was_recognised_but_for_one_word_is_explained_and_read(asked, teach):
    assert (asked.state, asked.question["asks"]) == ("unknown", "layout")
    layout = teach(asked)
    actions.check(submission=asked)
    assert asked.state == "ready"
    assert (asked.layout, list(asked.layouts.all())) == (layout, [layout])
    assert Entry.objects.filter(action="intake.map_layout").count() == 1


def test_what_was_taught_is_known_again_and_another_title_is_asked_again(
    asked, teach, checked, make_file, make_figure
):
    teach(asked)
    assert checked(make_file(make_figure("catering"), tables=[FAI])).state == "ready"
    assert checked(make_file(make_figure("tax"), tables=[TAX])).state == "unknown"


def test_a_period_that_was_said_holds_for_its_file_only(asked, teach, checked, make_file, make_figure):
    layout = teach(asked, teaching(period="2022-09"))
    assert layout.teaching_for(asked.original.sha256)["columns"]["1"]["period"] == "2022-09"
    october = checked(make_file(make_figure(period="2022-10"), tables=[FAI]))
    assert "period" not in layout.teaching_for(october.original.sha256)["columns"]["1"]
    assert columns.table_page(october).columns[1].said.get("period") is None


BAD = [
    ("no figure", {**teaching(), "columns": {"0": {"role": "indicator"}}}, "至少要有一列"),
    ("a figure without a measure", teaching(""), "B"),
    ("no kind", teaching(kind="nonsense"), "表种"),
    ("a field without its name", {**teaching(), "columns": {"1": {"role": "field"}}}, "项目字段"),
]


@pytest.mark.parametrize("said, words", [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_a_teaching_that_could_bring_nothing_is_refused_in_words(asked, teach, said, words):
    with pytest.raises(Refused, match=words) as refusal:
        teach(asked, said)
    assert refusal.value.code == "bad_value"
    assert not Layout.objects.exists()


def test_a_table_may_be_left_out_where_the_file_has_others(checked, make_file, make_figure, teach):
    submission = checked(make_file(make_figure(), tables=[FAI, TAX]))
    teach(submission, {**teaching(), "columns": {"0": {"role": "ignore"}, "1": {"role": "ignore"}}})
    assert Layout.objects.count() == 1


def test_of_two_people_with_two_meanings_the_second_is_shown_both(asked, teach, make_user):
    teach(asked, teaching("ytd"))
    with pytest.raises(Refused) as refusal:
        teach(asked, teaching("ytd_growth"), seen=0, by=make_user("statistician"))
    assert refusal.value.code == "clash"
    (difference,) = refusal.value.differences
    assert (difference.subject, "累计增速" in difference.seen, "累计增速" in difference.now) == (
        "B 增减", True, False,
    )  # fmt: skip


def test_a_correction_is_a_new_version_and_the_old_one_stays_readable(asked, teach):
    first = teach(asked, teaching("ytd"))
    second = teach(asked, teaching("ytd_growth"))
    first.refresh_from_db()
    assert (first.version, second.version) == (1, 2)
    assert first.superseded_at is not None and first.mapping["columns"]["1"]["measure"] == "ytd"


def test_a_wrong_layout_found_out_later_is_taken_back_with_all_that_it_brought(
    asked, teach, checked, make_file, make_figure, analyst, accepted
):
    before = make_file(make_figure("catering", "1.0"))
    accepted(before)
    layout = teach(asked)
    actions.check(submission=asked)
    actions.accept(submission=asked, by=analyst)
    october = checked(make_file(make_figure("catering", "9.9"), tables=[FAI]))
    actions.accept(submission=october, by=analyst)
    held = dict(Observation.objects.filter(superseded_at=None).values_list("indicator", "value_text"))
    assert held == {"retail": "5.1", "catering": "9.9"}
    assert actions.take_back_layout(layout=layout, reason="增减不是增速", by=analyst) == 2
    held = dict(Observation.objects.filter(superseded_at=None).values_list("indicator", "value_text"))
    assert held == {"catering": "1.0"}
    assert set(Submission.objects.filter(layouts=layout).values_list("state", flat=True)) == {"undone"}
    assert layout.withdrawn_reason == "增减不是增速"
    assert checked(make_file(make_figure("lodging"), tables=[FAI])).state == "unknown"
    with pytest.raises(Refused):
        actions.take_back_layout(layout=layout, reason="再撤一次", by=analyst)


def test_if_one_file_cannot_be_taken_back_none_is(asked, teach, make_file, make_figure, analyst, accepted):
    layout = teach(asked)
    actions.check(submission=asked)
    actions.accept(submission=asked, by=analyst)
    accepted(make_file(make_figure("retail", "6.6")))
    with pytest.raises(Refused) as refusal:
        actions.take_back_layout(layout=layout, reason="认错", by=analyst)
    assert refusal.value.code == "later_batch"
    asked.refresh_from_db()
    layout.refresh_from_db()
    assert (asked.state, layout.withdrawn_at) == ("accepted", None)


def test_who_may_not_map_teaches_and_registers_nothing(asked, teach, make_user):
    supervisor = make_user("supervisor")
    with pytest.raises(PermissionDenied):
        teach(asked, by=supervisor)
    with pytest.raises(PermissionDenied):
        actions.register_alias(indicator="retail", alias="社消", by=supervisor)


@pytest.fixture
def own_rules(tmp_path, monkeypatch):
    monkeypatch.setenv("WENPAN_HOME", str(tmp_path))
    return tmp_path


def test_an_alias_is_written_into_the_places_own_rules_and_journalled(own_rules, analyst):
    actions.register_alias(indicator="retail", alias="社消总额", by=analyst)
    actions.register_alias(indicator="retail", alias="消费品零售", by=analyst)
    known = catalogue()
    assert known.find("社消总额").code == known.find("消费品零售").code == "retail"
    assert known.find("社零总额").code == "retail", "what the catalogue knew stays"
    text = (own_rules / "rules" / "indicators" / "zz-registered-aliases.yaml").read_text("utf-8")
    assert "effective_from" in text and str(analyst) in text
    assert Entry.objects.filter(action="intake.alias").count() == 2


WRONG = [("retail", "税收收入", "税收收入"), ("retail", " ", "字"), ("nonsense", "甲", "没有这个指标")]


@pytest.mark.parametrize("code, alias, words", WRONG, ids=["a name of another", "no name", "no indicator"])
def test_an_alias_that_cannot_be_is_refused(own_rules, analyst, code, alias, words):
    with pytest.raises(Refused, match=words):
        actions.register_alias(indicator=code, alias=alias, by=analyst)
    assert not (own_rules / "rules").exists() and not Entry.objects.filter(action="intake.alias").exists()


# on the pages


@pytest.fixture
def page(client, analyst):
    client.force_login(analyst)
    return client


def form(**more):
    return {"kind": "indicator_table", "seen": "0", "role-0": "indicator", "role-1": "figure", **more}


def test_the_page_shows_each_column_prefilled_with_its_samples(page, asked):
    text = page.get(f"/data/{asked.pk}/layout/").content.decode()
    for words in ("增减", "5.1、3.0", "要您说明", "没有读的行", "社消"):
        assert words in text
    text = page.get(f"/data/{asked.pk}/").content.decode()
    assert "有2个数没有读入：B列（增减） 2个" in text and "说明各列是什么" in text


def test_teaching_on_the_page_leads_to_the_preview_with_its_heading_in_words(page, asked):
    said = form(
        **{"indicator-1": "retail", "measure-1": "ytd_growth", "period-1": "2022-09", "region-1": "anhe"}
    )
    answer = page.post(f"/data/{asked.pk}/layout/", said, follow=True)
    assert answer.redirect_chain[-1][0] == f"/data/{asked.pk}/"
    asked.refresh_from_db()
    assert asked.state == "ready"
    words = columns.headings(columns.tables_for(asked))["表1", "B"]
    assert words == "安禾区 · 社会消费品零售总额 · 2022年9月 · 累计增速"


def test_a_period_that_is_no_month_is_said_and_what_was_typed_stays(page, asked):
    answer = page.post(f"/data/{asked.pk}/layout/", form(**{"measure-1": "ytd", "period-1": "13月"}))
    assert "13月" in answer.content.decode() and not Layout.objects.exists()


def test_a_clash_on_the_page_shows_both_sides(page, asked, teach):
    teach(asked, teaching("ytd"))
    answer = page.post(f"/data/{asked.pk}/layout/", form(**{"measure-1": "ytd_growth"}))
    assert answer.status_code == 409
    assert "两边说的不一样" in answer.content.decode()


def test_versions_are_listed_and_taken_back_on_the_page(page, asked, teach, analyst):
    layout = teach(asked)
    actions.check(submission=asked)
    actions.accept(submission=asked, by=analyst)
    assert layout.title in page.get("/data/layouts/").content.decode()
    assert asked.filename in page.get(f"/data/layouts/{layout.pk}/").content.decode()
    page.post(f"/data/layouts/{layout.pk}/take-back/", {"reason": "认错"})
    asked.refresh_from_db()
    assert asked.state == "undone"


def test_the_effect_of_an_alias_is_shown_before_it_counts(own_rules, page, asked):
    text = page.get(f"/data/{asked.pk}/alias/?alias=社消&indicator=retail").content.decode()
    assert "社会消费品零售总额" in text and "不会因此多读到数" in text
    assert catalogue().find("社消") is None
    page.post(f"/data/{asked.pk}/alias/", {"alias": "社消", "indicator": "retail"})
    assert catalogue().find("社消").code == "retail"


def test_two_people_teach_at_once_through_pages_and_the_second_decides_with_both_in_sight(
    page, client, asked, make_user
):
    """Both opened the page before either wrote: the second sees both sides and is not lost."""
    other = make_user("statistician")
    assert page.get(f"/data/{asked.pk}/layout/").context["page"].seen == 0
    page.post(f"/data/{asked.pk}/layout/", form(**{"measure-1": "ytd", "seen": "0"}))
    first = Layout.objects.get()
    page.force_login(other)
    clash = page.post(f"/data/{asked.pk}/layout/", form(**{"measure-1": "ytd_growth", "seen": "0"}))
    assert clash.status_code == 409 and Layout.objects.count() == 1
    seen = clash.context["page"].seen
    assert seen == first.pk, "the answer carries the version that now holds"
    page.post(f"/data/{asked.pk}/layout/", form(**{"measure-1": "ytd_growth", "seen": str(seen)}))
    second = Layout.objects.get(superseded_at=None)
    assert (second.version, second.created_by, second.mapping["columns"]["1"]["measure"]) == (
        2, other, "ytd_growth",
    )  # fmt: skip


def test_every_figure_that_a_wrong_layout_brought_is_one_list_and_goes_as_one_act(
    page, asked, teach, checked, make_file, make_figure, analyst
):
    layout = teach(asked)
    actions.check(submission=asked)
    actions.accept(submission=asked, by=analyst)
    later = checked(make_file(make_figure("catering", "9.9"), tables=[FAI]))
    actions.accept(submission=later, by=analyst)
    actions.accept(submission=checked(make_file(make_figure("lodging", "7.7"))), by=analyst)
    text = page.get(f"/data/layouts/{layout.pk}/").content.decode()
    assert f"?layout={layout.pk}" in text
    ledger = page.get(f"{reverse('observations:ledger')}?layout={layout.pk}").content.decode()
    assert "9.9" in ledger and "5.1" in ledger and "7.7" not in ledger
    page.post(f"/data/layouts/{layout.pk}/take-back/", {"reason": "认错"})
    held = set(Observation.objects.filter(superseded_at=None).values_list("indicator", flat=True))
    assert held == {"lodging"}
    assert Entry.objects.filter(action="intake.take_back_layout").count() == 1
