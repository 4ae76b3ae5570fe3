"""Which test of intake stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/intake/test_chosen_tables.py::test_a_table_that_was_not_chosen_is_left_out_and_comes_back": (
        "intake.actions.choosing.choose_tables",
    ),
    "tests/district/intake/test_columns.py::test_a_table_may_be_left_out_where_the_file_has_others": (
        "intake.actions.layouts.teach",
    ),
    "tests/district/intake/test_columns.py::test_an_alias_is_written_into_the_places_own_rules_and_journalled": (
        "intake.actions.aliases.register_alias",
    ),
    "tests/district/intake/test_columns.py::test_versions_are_listed_and_taken_back_on_the_page": (
        "intake.actions.layouts.take_back_layout",
    ),
    "tests/district/intake/test_intake_acceptance.py::test_a_file_above_the_limit_is_kept_and_refused_unread": (
        "intake.actions.submitting.submit",
    ),
    "tests/district/intake/test_intake_acceptance.py::test_a_file_without_a_month_asks_for_it": (
        "intake.actions.submitting.set_period",
    ),
    "tests/district/intake/test_intake_acceptance.py::test_release_date_and_source_have_defaults_that_a_person_may_change": (
        "intake.actions.deciding.accept",
    ),
    "tests/district/intake/test_intake_acceptance.py::test_withdrawing_keeps_the_file_and_ends_the_matter": (
        "intake.actions.submitting.withdraw",
    ),
    "tests/district/intake/test_intake_pages.py::test_an_old_page_cannot_accept_what_was_checked_anew": (
        "ground.jobs.actions.start",
    ),
    "tests/district/intake/test_intake_pages.py::test_the_sender_takes_a_file_back_before_it_is_accepted": (
        "intake.actions.submitting.check",
    ),
    "tests/district/intake/test_intake_pages.py::test_undo_from_the_page_takes_the_figures_back": (
        "intake.actions.deciding.undo",
        "observations.actions.undo_batch",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/intake/test_chosen_tables.py::test_the_tables_are_chosen_on_the_page": ("intake:tables",),
    "tests/district/intake/test_columns.py::test_teaching_on_the_page_leads_to_the_preview_with_its_heading_in_words": (
        "intake:layout",
    ),
    "tests/district/intake/test_columns.py::test_the_effect_of_an_alias_is_shown_before_it_counts": (
        "intake:alias",
    ),
    "tests/district/intake/test_columns.py::test_versions_are_listed_and_taken_back_on_the_page": (
        "intake:take_back",
    ),
    "tests/district/intake/test_intake_pages.py::test_a_page_asks_for_the_month_and_goes_on": (
        "intake:period",
    ),
    "tests/district/intake/test_intake_pages.py::test_accepting_asks_reasons_and_tells_where_the_figures_went": (
        "intake:accept",
        "intake:upload",
    ),
    "tests/district/intake/test_intake_pages.py::test_an_old_page_cannot_accept_what_was_checked_anew": (
        "intake:check",
    ),
    "tests/district/intake/test_intake_pages.py::test_the_sender_takes_a_file_back_before_it_is_accepted": (
        "intake:withdraw",
    ),
    "tests/district/intake/test_intake_pages.py::test_undo_from_the_page_takes_the_figures_back": (
        "intake:undo",
    ),
}
