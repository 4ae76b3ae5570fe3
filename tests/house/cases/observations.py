"""Which test of observations stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/observations/test_estimates.py::test_an_estimate_is_no_figure_of_the_ledger": (
        "observations.actions.record_estimate",
    ),
    "tests/district/observations/test_estimates.py::test_the_page_saves_all_or_says_what_is_no_number": (
        "observations.actions.record_estimates",
    ),
    "tests/district/observations/test_ledger_queries.py::test_a_frame_row_is_the_figure_as_published": (
        "observations.actions.store_batch",
    ),
    "tests/district/observations/test_ledger_queries.py::test_the_frame_has_its_shape_even_when_the_ledger_is_empty": (
        "observations.actions.sync_regions",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/observations/test_estimates.py::test_the_page_saves_all_or_says_what_is_no_number": (
        "observations:estimates",
    ),
}
