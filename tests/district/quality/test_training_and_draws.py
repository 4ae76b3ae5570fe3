"""Training with what fell afterwards beside a control group; draws that anyone can repeat; facts only."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from tests.district.quality.conftest import AT
from wenpan.cli import main
from wenpan.district.ground.refused import Refused
from wenpan.district.projects.models import Return
from wenpan.district.quality import rederived
from wenpan.district.quality.draws import actions as draws
from wenpan.district.quality.draws import queries as drawn
from wenpan.district.quality.models import FieldCheckResult, FieldDraw, TrainingSession
from wenpan.district.quality.training import actions as training
from wenpan.district.quality.training import queries as trained

pytestmark = pytest.mark.django_db
LIST = [(f"U{n:03}", f"单位{n}") for n in range(40)]


def hold(by, **changed):
    told = {"title": "累计数怎么填", "held_on": date(2022, 9, 20), "teacher": "赵", "content": "自开始累计",
            "rules": ["total_since_start"], "attended": {"tongxi": "钱"}, "at": AT, **changed}  # fmt: skip
    return training.note_training(by=by, **told)


def test_a_training_is_written_down_and_its_errors_are_followed(returned, people):
    session = hold(people["office"])
    (one,) = trained.effect(session).rules
    units = {u.unit: (u.trained, u.errors_after, u.returns_after) for u in one.units}
    assert units == {"桐溪镇": (True, 1, 1), "柳湾镇": (False, 0, 1)}
    assert (one.effect.effect, one.effect.left_out) == (None, 2), "nothing was reported before"


@pytest.mark.parametrize(
    "changed",
    [
        {"held_on": date(2022, 10, 19)},
        {"rules": []},
        {"rules": ["no_such"]},
        {"attended": {}},
        {"attended": {"nowhere": ""}},
        {"teacher": " "},
    ],
)
def test_what_is_no_training_is_refused(people, changed):
    with pytest.raises(Refused):
        hold(people["office"], **changed)
    assert not TrainingSession.objects.exists()


def test_the_office_notes_a_training_on_its_page(returned, people, client):
    client.force_login(people["office"])
    client.post("/quality/training/add/", {
        "title": "培训", "held_on": "2022-09-20", "teacher": "赵", "content": "累计", "unit": ["tongxi"],
        "rule": ["total_since_start"], "people:tongxi": "钱、孙",
    })  # fmt: skip
    session = TrainingSession.objects.get()
    page = client.get(f"/quality/training/{session.pk}/").content.decode()
    assert "钱、孙" in page and "对照" in page
    assert "培训" in client.get("/quality/training/").content.decode()


def make(by, **changed):
    told = {"title": "10月抽查", "seed": "20221018", "asked": 5, "population": LIST, "at": AT, **changed}
    return draws.make_draw(by=by, **told)


def test_a_draw_keeps_what_anyone_needs_to_repeat_it(people, tmp_path, capsys):
    made = make(people["office"])
    assert drawn.proof(made).holds and len(made.drawn) == 5
    listed = tmp_path / "list.txt"
    listed.write_text("\n".join(code for code, _name in reversed(LIST)))
    assert main(["draw", "--population", str(listed), "--seed", "20221018", "--count", "5"]) == 0
    said = capsys.readouterr().out
    assert made.population_hash in said
    assert [line.split("\t")[1] for line in said.splitlines()[1:]] == made.drawn
    assert make(people["office"], population=LIST[::-1]).drawn == made.drawn, "the order does not matter"
    assert make(people["office"], seed="20221019").drawn != made.drawn


def test_a_draw_that_was_tampered_with_says_so(people):
    made = make(people["office"])
    made.drawn = ["U000", *made.drawn[1:]] if made.drawn[0] != "U000" else ["U001", *made.drawn[1:]]
    assert not drawn.proof(made).same
    made.population = made.population[1:]
    assert not drawn.proof(made).hash_same


@pytest.mark.parametrize(
    "changed",
    [{"seed": " "}, {"asked": 0}, {"population": []}, {"population": [*LIST, LIST[0]]}, {"title": ""}],
)
def test_what_cannot_be_drawn_is_refused(people, changed):
    with pytest.raises(Refused):
        make(people["office"], **changed)
    assert not FieldDraw.objects.exists()


def note(made, by, **changed):
    told = {"code": made.drawn[0], "item": "从业人员", "period": "2022-09", "actual": Decimal(80),
            "reported": Decimal(100), "evidence": "工资表", "checkers": "赵、钱",
            "checked_on": date(2022, 10, 18),
            "at": AT, **changed}  # fmt: skip
    return draws.note_result(made=made, by=by, **told)


def test_the_error_rate_is_that_of_the_definition(people):
    made = make(people["office"])
    note(made, people["office"])
    note(made, people["office"], item="营业收入", reported=None)
    note(made, people["office"], item="产值", actual=Decimal(0))
    (unit,) = [u for u in drawn.drawn_units(made) if u.results]
    assert {c.result.item: c.rate for c in unit.results} == {
        "从业人员": 25.0,  # |100 − 80| / 80
        "营业收入": 100.0,  # not reported counts as 0
        "产值": None,  # nothing there: no rate
    }


def test_what_was_reported_is_taken_from_the_return_and_the_return_stays(project, people):
    made = make(people["office"], population=[("P1", "桐溪智造园")], asked=1)
    before = list(Return.objects.order_by("pk").values())
    item = next(iter(drawn.FROM_RETURN))
    result = note(made, people["office"], code="P1", item=item, reported=Decimal(1))
    assert result.reported == Decimal(900), "what the return says, not what was typed"
    assert list(Return.objects.order_by("pk").values()) == before
    note(made, people["office"], code="P1", item=item, actual=Decimal(600))
    assert FieldCheckResult.objects.filter(superseded_at=None).get().actual == 600
    assert FieldCheckResult.objects.count() == 2, "the earlier one stays readable"


@pytest.mark.parametrize(
    "changed",
    [
        {"code": "U999"},
        {"evidence": " "},
        {"checkers": "赵"},
        {"checked_on": date(2022, 10, 19)},
        {"period": "九月"},
        {"actual": Decimal("NaN")},
    ],
)
def test_a_result_without_paper_or_of_another_unit_is_refused(people, changed):
    made = make(people["office"])
    with pytest.raises(Refused):
        note(made, people["office"], **changed)
    assert not FieldCheckResult.objects.exists()


def test_a_unit_neither_draws_nor_notes(people):
    made = make(people["office"])
    with pytest.raises(PermissionDenied):
        make(people["town"])
    with pytest.raises(PermissionDenied):
        note(made, people["town"])


def test_the_office_draws_on_the_page_and_anyone_there_can_take_the_list(returned, people, client):
    client.force_login(people["office"])
    client.post("/quality/draws/make/", {"title": "在库", "seed": "7", "asked": "1", "list": ""})
    made = FieldDraw.objects.get()
    assert [code for code, _name in made.population] == ["P1", "P2"], "the projects in the library"
    page = client.get(f"/quality/draws/{made.pk}/").content.decode()
    assert "结果一致" in page and made.population_hash in page
    listed = client.get(f"/quality/draws/{made.pk}/population/").content.decode()
    assert listed.split() == ["P1", "P2"]


def test_the_office_notes_a_result_on_the_page(people, client):
    made = make(people["office"])
    client.force_login(people["office"])
    client.post(f"/quality/draws/{made.pk}/result/", {
        "code": made.drawn[0], "item": "从业人员", "period": "2022-09", "actual": "80", "reported": "100",
        "evidence": "工资表", "checkers": "赵、钱", "checked_on": "2022-10-18", "kind": "other",
    })  # fmt: skip
    page = client.get(f"/quality/draws/{made.pk}/").content.decode()
    assert "25.00%" in page and "非价值量" in page
    client.post(f"/quality/draws/{made.pk}/result/", {"code": made.drawn[0], "actual": ""})
    assert FieldCheckResult.objects.count() == 1, "nothing typed is not zero"


def test_doctor_draws_again_and_names_what_the_seed_does_not_give(people, behind_the_back):
    told = lambda: list(rederived.troubles(lambda words: None))  # noqa: E731
    made = make(people["office"])
    note(made, people["office"])
    later = note(made, people["office"], actual=Decimal(81), at=AT + timedelta(minutes=5))
    assert told() == []
    with behind_the_back():
        FieldCheckResult.objects.filter(pk=later.pk).update(superseded_at=AT, code="U999")
        assert {line.partition(" (“")[0].partition(":")[0].partition(" is kept")[0] for line in told()} == {
            f"quality.FieldCheckResult row {later.pk}", f"quality.FieldCheckResult row {later.pk - 1}",
        }  # fmt: skip
        other = next(code for code, _name in LIST if code not in made.drawn)
        FieldDraw.objects.filter(pk=made.pk).update(drawn=[other, *made.drawn[1:]])
        assert "is not what its seed draws of its population" in told()[0]
        FieldDraw.objects.filter(pk=made.pk).update(population=made.population[1:])
        assert "the hash of another population" in told()[0]
