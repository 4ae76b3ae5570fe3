"""Which test of entry into statistics stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/entries/test_entries.py::test_a_unit_goes_its_way_step_by_step": (
        "entries.actions.take_step",
    ),
    "tests/district/entries/test_entries.py::test_one_code_stands_once": ("entries.actions.list_candidate",),
    "tests/district/entries/test_entries.py::test_a_step_by_mistake_is_cancelled_and_stays_readable": (
        "entries.actions.cancel_step",
    ),
    "tests/district/entries/test_entries.py::test_a_fact_has_a_source_and_a_paper_fits_the_trade": (
        "entries.actions.note_fact",
        "entries.actions.note_paper",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/entries/test_entries.py::TestPages::test_a_unit_is_added_and_moved_on_the_pages": (
        "entries:add",
        "entries:step",
        "entries:fact",
        "entries:paper",
        "entries:cancel",
    ),
}
