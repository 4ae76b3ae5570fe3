"""The paper's line is the board's row: nothing that both have is lost or changed between them."""

from __future__ import annotations

from dataclasses import fields

from wenpan.district.bulletins.lines import briefing_line
from wenpan.district.indicators.judgement_row import JudgementRow
from wenpan.documents.papers.briefing.indicator_line import BriefingLine
from wenpan.economy.judging.columns import JUDGED, JudgedColumns

NOT_OF_THE_BOARD = {"lag_months", "part_of", "other_bases"}  # only the catalogue and the ledger know
RENAMED = {"level_growth": "growth"}


def row() -> JudgementRow:
    """Every field another value, so that none can stand in for another."""
    values: dict[str, object] = {}
    for at, field in enumerate(fields(JudgementRow), 1):
        kind = str(field.type)
        values[field.name] = (
            (f"r{at}",) if "tuple[str" in kind
            else (float(at), None) if "tuple[float" in kind
            else () if kind.startswith("tuple")
            else True if kind.startswith("bool")
            else at if kind.startswith("int")
            else at + 0.5 if kind.startswith("float")
            else f"t{at}"
        )  # fmt: skip
    return JudgementRow(
        **{**values, "indicator": "fai", "period": "2022-10", "measure": "ytd", "raw_light": "other"}
    )  # type: ignore[arg-type]


def test_every_field_of_the_line_is_the_boards():
    judged = row()
    said = briefing_line(judged, None)
    for field in fields(BriefingLine):
        if field.name in NOT_OF_THE_BOARD:
            continue
        here = getattr(judged, RENAMED.get(field.name, field.name))
        assert getattr(said, field.name) == here, field.name
    assert said.rank_due == "11月21日"
    assert (said.rank_change, said.versus_city) == (judged.rank_change, judged.versus_city)


def test_the_columns_of_a_judgement_are_written_once():
    assert list(JUDGED) == [f.name for f in fields(JudgedColumns)]
    assert [f.name for f in fields(JudgementRow)][: len(JUDGED)] == list(JUDGED)
