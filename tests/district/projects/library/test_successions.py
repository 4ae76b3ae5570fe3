"""Split, merged and renumbered projects: proposed with both sides, settled by a person, nothing forgotten."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.projects import actions
from wenpan.district.projects.key_projects import queries as keys
from wenpan.district.projects.library import successions
from wenpan.district.projects.models import KeyProject, Project, Return, Standing, StateChange, Succession
from wenpan.district.projects.page.queries import project_page
from wenpan.economy.time.periods import Month

pytestmark = pytest.mark.django_db
DAY = date(2022, 8, 20)


@pytest.fixture
def office(make_user):
    return make_user("statistician")


@pytest.fixture
def split(accepted, files, row):
    """P1 with returns up to August, then its two parts on a later list."""
    accepted(files.list(row()))
    months = [f"2022-{m:02d}" for m in range(1, 9)]
    accepted(files.history([["P1", "桐溪智造园", *(500.0 * (k + 1) for k in range(8))]], months))
    accepted(
        files.list(
            row("P1-1", "桐溪智造园一期", total=6000.0, entered="2022年8月"),
            row("P1-2", "桐溪智造园二期", total=5000.0, entered="2022年8月"),
        )
    )


def of(*codes):
    found = {p.code: p for p in Project.objects.filter(code__in=codes)}
    return [found[code] for code in codes]


def settle(by, before, after, kind="split", on=DAY, evidence="发改批复〔2022〕8号"):
    return actions.settle_succession(before=before, after=after, kind=kind, on=on, evidence=evidence, by=by)


def test_a_split_is_proposed_with_what_was_first_and_what_came_later(split):
    [proposal] = successions.proposals()
    assert (proposal.kind, proposal.which) == ("split", "project")
    assert [p.code for p in proposal.before] == ["P1"]
    assert sorted(p.code for p in proposal.after) == ["P1-1", "P1-2"]


def test_phases_that_came_by_one_list_are_no_proposal(accepted, files, row):
    accepted(files.list(row("A", "桐溪智造园一期"), row("B", "桐溪智造园二期")))
    assert successions.proposals() == []


def test_a_merger_is_proposed_as_one(accepted, files, row):
    accepted(files.list(row("A", "桐溪智造园一期"), row("B", "桐溪智造园二期")))
    accepted(files.list(row("C", "桐溪智造园", total=20_000.0)))
    [proposal] = successions.proposals()
    assert (proposal.kind, sorted(p.code for p in proposal.before)) == ("merged", ["A", "B"])


def test_what_was_split_leaves_the_library_with_the_ground_and_keeps_its_history(split, office):
    settle(office, of("P1"), of("P1-1", "P1-2"))
    old = Project.objects.get(code="P1")
    change = StateChange.objects.filter(project=old).last()
    assert (old.state, change.before, str(change.on)) == ("withdrawn", "in_library", "2022-08-20")
    assert "拆分为 P1-1 桐溪智造园一期、P1-2 桐溪智造园二期：发改批复〔2022〕8号" in change.evidence
    assert Return.objects.filter(project=old).count() == 8
    assert not Standing.objects.get(project=old, month="2022-08").in_library
    assert Entry.objects.filter(action="projects.succession").count() == 1
    assert successions.proposals() == []


def test_each_side_names_the_other(split, office):
    settle(office, of("P1"), of("P1-1", "P1-2"))
    old, part = of("P1", "P1-1")
    assert [(k.before, k.other.code) for k in project_page(part.pk, None).work.kin] == [(True, "P1")]
    assert [k.other.code for k in project_page(old.pk, None).work.kin] == ["P1-1", "P1-2"]


def test_only_the_statistics_office_settles_its_projects(split, analyst):
    with pytest.raises(PermissionDenied):
        settle(analyst, of("P1"), of("P1-1", "P1-2"))
    assert not Succession.objects.exists()


def test_alike_names_may_be_different_projects_and_nothing_moves(split, analyst):
    settle(analyst, of("P1"), of("P1-1", "P1-2"), kind="distinct")
    assert successions.proposals() == []
    assert Project.objects.get(code="P1").state == "in_library"


WRONG = [
    ("a split into one", ["P1"], ["P1-1"], {"kind": "split"}, "个数"),
    ("a merger of one", ["P1"], ["P1-1"], {"kind": "merged"}, "个数"),
    ("two projects under one new code", ["P1-1", "P1-2"], ["P1"], {"kind": "renumbered"}, "个数"),
    ("no ground", ["P1"], ["P1-1", "P1-2"], {"evidence": " "}, "依据"),
    ("itself", ["P1"], ["P1", "P1-1"], {}, "不是同一个"),
    ("nothing before", [], ["P1-1", "P1-2"], {}, "请选定"),
    ("tomorrow", ["P1"], ["P1-1", "P1-2"], {"on": date(2222, 1, 1)}, "晚于今天"),
]


@pytest.mark.parametrize("before, after, more, says", [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_what_does_not_fit_is_refused(before, after, more, says, split, office):
    with pytest.raises(Refused, match=says):
        settle(office, of(*before), of(*after), **more)
    assert Project.objects.get(code="P1").state == "in_library"


def test_a_project_goes_one_way_only(split, office):
    settle(office, of("P1"), of("P1-1", "P1-2"))
    with pytest.raises(Refused) as refusal:
        settle(office, of("P1"), of("P1-1"), kind="renumbered")
    assert refusal.value.code == "clash"


def test_a_wrong_word_is_taken_back_and_the_project_is_where_it_was(split, office):
    [first, _second] = settle(office, of("P1"), of("P1-1", "P1-2"))
    with pytest.raises(Refused, match="理由"):
        actions.take_back_succession(case=first.case, reason=" ", by=office)
    actions.take_back_succession(case=first.case, reason="批复后来撤销", by=office)
    old = Project.objects.get(code="P1")
    assert old.state == "in_library"
    assert "批复后来撤销" in StateChange.objects.filter(project=old).last().evidence
    assert Entry.objects.filter(action="projects.succession_back").count() == 1
    assert len(successions.proposals()) == 1
    with pytest.raises(Refused):
        actions.take_back_succession(case=first.case, reason="再来一次", by=office)


def test_a_journal_that_fails_leaves_nothing_settled(split, office, monkeypatch):
    from wenpan.district.projects.library import succession_actions

    def broken(**_words):
        raise RuntimeError("the journal is full")

    monkeypatch.setattr(succession_actions, "record", broken)
    with pytest.raises(RuntimeError):
        settle(office, of("P1"), of("P1-1", "P1-2"))
    assert not Succession.objects.exists()
    assert Project.objects.get(code="P1").state == "in_library"


# key projects


def key_project(code, name):
    return KeyProject.objects.create(
        code=code,
        name=name,
        level="district",
        planned_total=30_000,
        stage="preparation",
        year=2022,
        pinyin=code,
        planned_start="2022-05",
    )


def test_a_split_key_project_leaves_the_counts_from_that_month_on(analyst):
    """Packaged projects are split: 444 became 569; the parts count, the whole no more."""
    whole, one, two = (key_project(c, n) for c, n in (("Z", "大道"), ("Z1", "大道一期"), ("Z2", "大道二期")))
    settle(analyst, [whole], [one, two])
    assert [line.project.code for line in keys.lines(Month(2022, 8))] == ["Z1", "Z2"]
    assert [line.project.code for line in keys.lines(Month(2022, 7))] == ["Z", "Z1", "Z2"]


def test_projects_of_two_lists_do_not_become_each_other(split, office):
    with pytest.raises(Refused, match="同一张清单"):
        settle(office, of("P1"), [key_project("Z1", "大道"), key_project("Z2", "大道二期")])


# the page


def test_the_page_settles_by_codes(split, office, client):
    client.force_login(office)
    page = client.get("/projects/successions/").content.decode()
    assert "P1-2 桐溪智造园二期" in page
    words = {"which": "project", "kind": "split", "on": "2022-08-20", "evidence": "批复8号"}
    client.post("/projects/successions/settle/", {**words, "before": "P1", "after": "P1-1、P1-2"})
    assert Succession.objects.count() == 2
    case = Succession.objects.first().case
    client.post(f"/projects/successions/{case}/back/", {"reason": "写错"})
    assert not Succession.objects.exists()


def test_the_page_says_which_code_is_unknown(split, office, client):
    client.force_login(office)
    words = {"which": "project", "kind": "split", "on": "2022-08-20", "evidence": "批复8号"}
    answer = client.post(
        "/projects/successions/settle/", {**words, "before": "P1", "after": "P7 P1-2"}, follow=True
    )
    assert "清单里没有代码 P7" in answer.content.decode()


def test_an_analyst_is_told_who_decides(split, analyst, client):
    client.force_login(analyst)
    page = client.get("/projects/successions/").content.decode()
    first = page[page.index('class="pj-kin"') : page.index("</form>", page.index('class="pj-kin"'))]
    assert '<option value="distinct">' in first
    assert '<option value="split"' not in first
    words = {"which": "project", "kind": "split", "on": "2022-08-20", "evidence": "批复8号"}
    answer = client.post(
        "/projects/successions/settle/", {**words, "before": "P1", "after": "P1-1 P1-2"}, follow=True
    )
    assert "由统计局认定" in answer.content.decode()
    assert not Succession.objects.exists()
