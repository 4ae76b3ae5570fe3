"""Which test of supervision / the week's sheet stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/supervision/matters/test_sheet.py::test_a_sheet_reports_each_matter_that_was_filled_in_and_no_other": (
        "supervision.matters.actions.sheet.report_sheet",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/supervision/matters/test_sheet.py::test_the_page_is_one_form_and_shows_what_was_refused": (
        "supervision:sheet",
    ),
}
