"""Quality: each check asks about what it is named for, and stays silent about what is in order."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from wenpan.economy.quality import CheckContext, CheckFinding, Severity, examine
from wenpan.rules import catalogue, load_yaml, quality_limits

NAMES = {"anhe": "安禾区", "donglan": "东澜区", "xilan": "西澜区", "ninglan": "宁澜市"}
CONTEXT = CheckContext(catalogue(), NAMES, "anhe", "2022-09", (), quality_limits(), city="ninglan")
UNIT = {"ytd": "亿元", "month": "亿元", "balance": "亿元"}


def figures(*rows: tuple) -> pl.DataFrame:
    """region, indicator, period, measure, value, and optionally status and text; cells run down column C."""
    made = []
    for i, (region, indicator, period, measure, value, *more) in enumerate(rows):
        made.append(
            {
                "region": region, "indicator": indicator, "period": period, "measure": measure,
                "basis": "natural",
                "status": "value" if value is not None else "missing", "value": value,
                "text": (more or [str(value)])[0],
                "unit": UNIT.get(measure, "%"), "sheet": "Sheet1", "cell": f"C{i + 3}", "factor": "1",
            }
        )  # fmt: skip
    return pl.DataFrame(made, schema_overrides={"value": pl.Float64})


def ledger(*rows: tuple) -> pl.DataFrame:
    return figures(*rows).select("region", "indicator", "period", "measure", "basis", "value")


def ask(file: pl.DataFrame, known: pl.DataFrame | None = None, **changes) -> dict[str, list[CheckFinding]]:
    found: dict[str, list[CheckFinding]] = {}
    for finding in examine(file, known if known is not None else pl.DataFrame(), replace(CONTEXT, **changes)):
        found.setdefault(finding.check.removeprefix("figures."), []).append(finding)
    return found


def month_of(values: dict[str, float], period: str) -> list[tuple]:
    return [("anhe", code, period, "ytd_growth", value) for code, value in values.items()]


AUGUST = {"fai": -5.1, "retail": 3.3, "trade": 7.0, "revenue": -9.9, "tax": -11.0}


def test_last_month_s_file_sent_again_is_refused() -> None:
    asked = ask(figures(*month_of(AUGUST, "2022-09")), ledger(*month_of(AUGUST, "2022-08")))
    assert asked["sent_again"][0].severity is Severity.HARD
    assert "5 个数里有 5 个与2022年8月的完全一样" in asked["sent_again"][0].found


def test_a_new_month_with_a_few_equal_numbers_is_not_the_last_one() -> None:
    september = AUGUST | {"fai": -4.0, "trade": 6.5}
    assert "sent_again" not in ask(
        figures(*month_of(september, "2022-09")), ledger(*month_of(AUGUST, "2022-08"))
    )


def test_the_same_month_sent_twice_is_no_finding_at_all() -> None:
    september = month_of({"fai": -4.0, "retail": 3.0, "trade": 6.0, "revenue": -9.0, "tax": -9.5}, "2022-09")
    assert ask(figures(*september), ledger(*september, *month_of(AUGUST, "2022-08"))) == {}


def test_a_total_that_fell_since_last_month_is_asked_about() -> None:
    asked = ask(
        figures(("anhe", "revenue", "2022-09", "ytd", 60.0)),
        ledger(("anhe", "revenue", "2022-08", "ytd", 61.2), ("anhe", "revenue", "2021-12", "ytd", 90.0)),
    )
    assert asked["ytd_fell"][0].expected == "不低于1—8月累计 61.2亿元"
    assert (asked["ytd_fell"][0].cell, asked["ytd_fell"][0].subject) == ("C3", "一般公共预算收入 · 安禾区")


def test_a_new_year_starts_again_below_december() -> None:
    asked = ask(
        figures(("anhe", "retail", "2022-02", "ytd", 60.0)),
        ledger(("anhe", "retail", "2021-12", "ytd", 400.0)),
        period="2022-02",
    )
    assert "ytd_fell" not in asked


def test_a_balance_may_fall() -> None:
    known = ledger(("anhe", "deposits", "2022-08", "balance", 1000.0))
    assert "ytd_fell" not in ask(figures(("anhe", "deposits", "2022-09", "balance", 990.0)), known)


@pytest.mark.parametrize(("value", "asked"), [(612_000.0, True), (0.00612, True), (70.0, False)])
def test_yi_where_wan_is_meant_is_refused(value: float, asked: bool) -> None:
    found = ask(
        figures(("anhe", "revenue", "2022-09", "ytd", value)),
        ledger(("anhe", "revenue", "2022-08", "ytd", 61.2)),
    )
    assert ("scale_jump" in found) is asked
    if asked:
        assert found["scale_jump"][0].severity is Severity.HARD


def test_the_first_figure_of_a_year_is_compared_with_last_year_s() -> None:
    known = ledger(("anhe", "revenue", "2021-02", "ytd", 10.0))
    assert "scale_jump" in ask(
        figures(("anhe", "revenue", "2022-02", "ytd", 101_000.0)), known, period="2022-02"
    )


def test_growth_far_from_the_levels_is_a_question_and_no_more() -> None:
    known = ledger(("anhe", "retail", "2021-09", "ytd", 100.0))
    file = figures(
        ("anhe", "retail", "2022-09", "ytd", 104.0), ("anhe", "retail", "2022-09", "ytd_growth", -41.0)
    )
    asked = ask(file, known)["growth_and_levels"][0]
    assert asked.severity is Severity.SOFT and asked.cell == "C4"
    near = figures(
        ("anhe", "retail", "2022-09", "ytd", 104.0), ("anhe", "retail", "2022-09", "ytd_growth", -6.0)
    )
    assert "growth_and_levels" not in ask(near, known)  # comparable bases differ by this much


def test_a_jump_of_growth_beyond_thirty_points_is_asked_about_within_the_year() -> None:
    known = ledger(
        ("anhe", "fai", "2022-08", "ytd_growth", -5.0), ("anhe", "trade", "2021-12", "ytd_growth", -5.0)
    )
    asked = ask(
        figures(
            ("anhe", "fai", "2022-09", "ytd_growth", 26.0), ("anhe", "trade", "2022-09", "ytd_growth", 90.0)
        ),
        known,
    )
    assert [f.cell for f in asked["growth_jump"]] == ["C3"]
    assert "growth_jump" not in ask(figures(("anhe", "fai", "2022-09", "ytd_growth", 25.0)), known)


def test_a_district_left_out_is_named() -> None:
    file = figures(
        ("anhe", "fai", "2022-09", "ytd_growth", 1.0), ("donglan", "fai", "2022-09", "ytd_growth", None)
    )
    asked = ask(file, expected_regions=["anhe", "donglan", "xilan"])
    assert [f.subject for f in asked["region_missing"]] == ["西澜区"]


def test_a_district_that_has_not_reported_one_indicator_is_named_not_ranked() -> None:
    file = figures(
        ("anhe", "fai", "2022-09", "ytd_growth", 1.0), ("xilan", "fai", "2022-09", "ytd_growth", 1.0),
        ("donglan", "fai", "2022-09", "ytd_growth", None),
    )  # fmt: skip
    asked = ask(file, expected_regions=["anhe", "donglan", "xilan"])["region_partly_missing"][0]
    assert asked.severity is Severity.NOTE and asked.found == "东澜区没有报送"


def test_a_revision_is_shown_and_a_far_one_needs_a_reason() -> None:
    known = ledger(("anhe", "retail", "2022-09", "ytd", 100.0), ("anhe", "trade", "2022-09", "ytd", 100.0))
    asked = ask(
        figures(("anhe", "retail", "2022-09", "ytd", 101.0), ("anhe", "trade", "2022-09", "ytd", 112.0)),
        known,
    )
    assert asked["revised"][0].found == "台账已有 100亿元, 本表为 101亿元"
    assert asked["revised_far"][0].severity is Severity.SOFT


def test_a_month_that_the_totals_contradict_is_asked_about() -> None:
    known = ledger(("anhe", "trade", "2022-08", "ytd", 80.0))
    file = [("anhe", "trade", "2022-09", "ytd", 90.0)]
    assert "month_and_ytd" in ask(figures(*file, ("anhe", "trade", "2022-09", "month", 15.0)), known)
    assert "month_and_ytd" not in ask(figures(*file, ("anhe", "trade", "2022-09", "month", 11.0)), known)


def test_parts_beyond_their_total_are_asked_about() -> None:
    parts = [("anhe", "fai_small", "2022-09", "ytd", 30.0), ("anhe", "fai_large", "2022-09", "ytd", 50.0)]
    assert "parts_exceed" in ask(figures(("anhe", "fai", "2022-09", "ytd", 70.0), *parts))
    assert "parts_exceed" not in ask(figures(("anhe", "fai", "2022-09", "ytd", 80.0), *parts))


def ranked(*ranks: int, values: tuple[float, ...] = (3.0, 2.0, 1.0), indicator: str = "fai", **changes):
    regions = ("anhe", "donglan", "xilan")
    file = figures(
        *((r, indicator, "2022-09", "ytd_growth", v) for r, v in zip(regions, values, strict=True))
    )
    printed = file.drop("status", "value", "text", "unit", "factor").with_columns(
        pl.Series("rank", ranks, pl.Int32)
    )
    return ask(file, ranks=printed, expected_regions=regions, **changes)


def test_a_rank_that_the_values_contradict_is_asked_about() -> None:
    assert [f.found for f in ranked(2, 1, 3)["rank_contradicts"]] == ["印的是第 2 位", "印的是第 1 位"]
    assert "rank_contradicts" not in ranked(1, 2, 3)


def test_an_order_among_equals_is_no_contradiction() -> None:
    assert "rank_contradicts" not in ranked(2, 1, 3, values=(3.0, 3.0, 1.0))
    assert "rank_contradicts" not in ranked(1, 1, 3, values=(3.0, 3.0, 1.0))


def test_where_less_is_better_the_least_is_first() -> None:
    assert "rank_contradicts" not in ranked(3, 2, 1, indicator="energy_intensity")


def test_a_rank_beyond_the_number_of_districts_is_asked_about() -> None:
    assert "rank_contradicts" in ranked(1, 2, 11)


def test_january_of_an_indicator_without_january_is_asked_about() -> None:
    file = figures(
        ("anhe", "fai", "2022-01", "ytd_growth", 1.0), ("anhe", "revenue", "2022-01", "ytd_growth", 1.0)
    )
    assert [f.cell for f in ask(file, period="2022-01")["january"]] == ["C3"]


def test_a_lagging_indicator_of_this_month_is_not_due() -> None:
    file = figures(
        ("anhe", "services", "2022-09", "ytd_growth", 1.0), ("anhe", "fai", "2022-09", "ytd_growth", 1.0)
    )
    assert [f.expected for f in ask(file)["not_due"]] == ["此时应公布到1—8月"]


def test_a_quarter_that_has_not_ended_is_not_due() -> None:
    file = figures(("anhe", "gdp", "2022-Q3", "ytd_growth", 1.0))
    assert "not_due" in ask(file, period="2022-08") and "not_due" not in ask(file)


def test_numbers_that_cannot_be_are_refused() -> None:
    file = figures(
        ("anhe", "retail", "2022-09", "ytd", -1.0), ("anhe", "fai", "2022-09", "ytd_growth", -101.0),
        ("anhe", "revenue", "2022-09", "month", -2.0),
    )  # fmt: skip
    assert [f.cell for f in ask(file)["impossible"]] == ["C3", "C4"]  # a month of refunds may be negative


def test_a_column_of_ratios_is_asked_about_once() -> None:
    values = {"fai": 0.0621, "retail": 0.0334, "trade": -0.0123, "revenue": 0.1234, "tax": 0.0456}
    assert len(ask(figures(*month_of(values, "2022-09")))["growth_as_ratio"]) == 1
    quiet = {"fai": 0.6, "retail": 0.3, "trade": -0.1, "revenue": 0.1, "tax": 0.4}
    assert "growth_as_ratio" not in ask(figures(*month_of(quiet, "2022-09")))


def test_a_long_file_is_checked_against_itself() -> None:
    file = figures(("anhe", "retail", "2022-08", "ytd", 90.0), ("anhe", "retail", "2022-09", "ytd", 80.0))
    assert [f.cell for f in ask(file)["ytd_fell"]] == ["C4"]


def test_a_check_can_be_switched_off_and_an_unknown_one_is_an_error() -> None:
    file = figures(("anhe", "retail", "2022-09", "ytd", -1.0))
    limits = {name: load_yaml("quality")[0]["limits"][name] for name in load_yaml("quality")[0]["limits"]}
    assert "impossible" not in ask(file, limits=limits | {"impossible": {"severity": "off"}})
    with pytest.raises(KeyError):
        ask(file, limits={})


def test_hundreds_of_findings_of_one_kind_are_bounded_and_counted() -> None:
    file = figures(*(("anhe", "retail", f"{1900 + i}-09", "ytd", -1.0) for i in range(250)))
    asked = ask(file, period=None)
    assert len(asked["impossible"]) == 200 and asked["impossible.more"][0].found == "另有 50 处同样的问题"


def test_no_finding_of_any_check_suggests_what_a_firm_should_report() -> None:
    words = ("应报", "请填", "建议上报", "改为")
    source = load_yaml("quality")[0]
    assert source["source"] and not any(w in str(source) for w in words)


def test_an_empty_file_has_no_findings() -> None:
    empty = figures(("anhe", "fai", "2022-09", "ytd_growth", None)).clear()
    assert ask(empty) == {}
