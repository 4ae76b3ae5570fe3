"""Which test of what carries GDP stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/supports/test_supports.py::test_who_answers_for_an_industry_is_kept_with_who_did_before": (
        "supports.actions.set_duty",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/supports/test_supports.py::TestPagesAndPapers::test_a_duty_is_set_on_the_page": (
        "supports:set_duty",
    ),
}
