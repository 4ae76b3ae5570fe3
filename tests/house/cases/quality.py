"""Which test of quality stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
LETTERS = "tests/district/quality/test_query_letters.py::"
AWAITED = "tests/district/quality/test_awaited_letters.py::"
REPORTERS = "tests/district/quality/test_reporters.py::"
ESTIMATES = "tests/district/quality/test_estimate_series.py::"
RELATIONS = "tests/district/quality/test_relations.py::"
OTHERS = "tests/district/quality/test_training_and_draws.py::"

ACTIONS: dict[str, tuple[str, ...]] = {
    f"{LETTERS}test_a_letter_is_issued_answered_and_closed": ("quality.actions.issue_letter",),
    f"{LETTERS}test_the_unit_answers_once": ("quality.actions.answer_letter",),
    f"{LETTERS}test_the_statistician_closes_after_the_answer_and_with_a_reason": (
        "quality.actions.close_letter",
    ),
    f"{AWAITED}test_a_soft_finding_is_accepted_with_its_reason_and_holds_for_what_was_reported": (
        "quality.actions.accept_finding",
    ),
    f"{REPORTERS}test_a_reminder_is_served_and_stands_in_the_record": (
        "quality.reporters.actions.serve_reminder",
    ),
    f"{OTHERS}test_a_training_is_written_down_and_its_errors_are_followed": (
        "quality.training.actions.note_training",
    ),
    f"{OTHERS}test_a_draw_keeps_what_anyone_needs_to_repeat_it": ("quality.draws.actions.make_draw",),
    f"{ESTIMATES}test_earlier_estimates_are_brought_in_marked_and_are_no_figures": (
        "quality.estimates.actions.bring_in_estimates",
    ),
    f"{RELATIONS}test_printed_relations_are_proposed_once_and_what_was_not_understood_is_kept_with_its_reason": (
        "quality.relations.actions.propose_relations",
    ),
    f"{RELATIONS}test_a_confirmed_relation_checks_the_returns_from_its_day_on": (
        "quality.relations.actions.confirm_relation",
    ),
    f"{RELATIONS}test_an_ended_relation_checks_no_later_month": ("quality.relations.actions.end_relation",),
    f"{RELATIONS}test_a_relation_is_declined_once": ("quality.relations.actions.decline_relation",),
    f"{OTHERS}test_the_error_rate_is_that_of_the_definition": ("quality.draws.actions.note_result",),
}

FORMS: dict[str, tuple[str, ...]] = {
    f"{LETTERS}test_the_office_issues_from_the_page_of_checks": ("quality:issue",),
    f"{LETTERS}test_the_unit_answers_on_the_page_of_its_letter": ("quality:answer",),
    f"{LETTERS}test_the_office_closes_on_the_page_of_the_letter": ("quality:close",),
    f"{AWAITED}test_the_office_accepts_on_the_page_and_the_reason_stands_there": ("quality:accept",),
    f"{REPORTERS}test_the_office_serves_a_reminder_from_the_units_page": ("quality:serve",),
    f"{ESTIMATES}test_the_page_shows_the_series_and_takes_pasted_lines": ("quality:bring_in",),
    f"{RELATIONS}test_the_office_reads_in_on_the_page": ("quality:propose",),
    f"{RELATIONS}test_the_office_confirms_on_the_page_and_takes_the_rules_as_a_file": ("quality:decide",),
    f"{OTHERS}test_the_office_notes_a_training_on_its_page": ("quality:note_training",),
    f"{OTHERS}test_the_office_draws_on_the_page_and_anyone_there_can_take_the_list": ("quality:make_draw",),
    f"{OTHERS}test_the_office_notes_a_result_on_the_page": ("quality:note_result",),
}
