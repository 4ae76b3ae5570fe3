"""Which test of supervision / matters stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/supervision/matters/test_available_rows.py::test_urging_is_possible_once_a_day": (
        "supervision.matters.actions.handling.urge",
    ),
    "tests/district/supervision/matters/test_desk.py::test_notices_show_at_their_hour_and_are_read_once": (
        "supervision.matters.actions.reports.read_notices",
    ),
    "tests/district/supervision/matters/test_forms_once.py::test_a_draft_is_dropped": (
        "supervision.matters.actions.opening.drop",
    ),
    "tests/district/supervision/matters/test_forms_once.py::test_a_file_is_attached_to_a_feedback": (
        "supervision.matters.actions.reports.attach",
    ),
    "tests/district/supervision/matters/test_life.py::test_a_pause_moves_the_day_and_takes_the_matter_out_of_the_rates": (
        "supervision.matters.actions.handling.resume",
    ),
    "tests/district/supervision/matters/test_life.py::test_every_step_is_in_the_journal": (
        "supervision.matters.actions.opening.assign",
        "supervision.matters.actions.opening.register",
    ),
    "tests/district/supervision/matters/test_life.py::test_from_draft_to_closure": (
        "supervision.matters.actions.handling.close",
    ),
    "tests/district/supervision/matters/test_life.py::test_of_two_who_act_at_once_one_is_refused": (
        "supervision.matters.actions.handling.sign",
    ),
    "tests/district/supervision/matters/test_life.py::test_one_open_matter_a_cause": (
        "supervision.log.append.append",
        "supervision.matters.actions.opening.draft",
    ),
    "tests/district/supervision/matters/test_life_later.py::test_an_extension_that_was_asked_of_another_order_is_gone_with_it": (
        "supervision.matters.actions.handling.decline",
    ),
    "tests/district/supervision/matters/test_life_later.py::test_what_is_reopened_in_time_keeps_its_day": (
        "supervision.matters.actions.handling.reopen",
    ),
    "tests/district/supervision/matters/test_life_later.py::test_what_was_reported_late_is_late_still_when_it_is_sent_back": (
        "supervision.matters.actions.handling.check",
    ),
    "tests/district/supervision/matters/test_life_later.py::test_who_asked_for_an_extension_does_not_grant_it_after_moving": (
        "supervision.matters.actions.handling.ask_extension",
    ),
    "tests/district/supervision/matters/test_life_later.py::test_who_stood_for_a_feedback_does_not_check_it_after_moving": (
        "supervision.matters.actions.handling.sign_off",
    ),
    "tests/district/supervision/matters/test_matter_page.py::test_notes_of_the_office_are_not_shown_to_the_unit": (
        "supervision.matters.actions.handling.note",
    ),
    "tests/district/supervision/matters/test_matter_page.py::test_the_form_is_sent_twice_and_counts_once": (
        "supervision.matters.actions.reports.report",
    ),
    "tests/district/supervision/matters/test_matters_list.py::test_a_draft_by_hand_gets_its_number_and_a_part_its_whole": (
        "supervision.matters.actions.drafting.draft_by_hand",
    ),
    "tests/district/supervision/matters/test_undoing.py::test_an_order_to_another_unit_is_taken_back_to_the_one_before": (
        "supervision.matters.actions.undoing.take_back_many",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/supervision/matters/test_desk.py::test_all_notices_are_read_at_once": (
        "supervision:read_notices",
    ),
    "tests/district/supervision/matters/test_desk.py::test_notices_show_at_their_hour_and_are_read_once": (
        "supervision:read_notice",
    ),
    "tests/district/supervision/matters/test_desk.py::test_the_head_signs_and_nobody_else": (
        "supervision:sign_off",
    ),
    "tests/district/supervision/matters/test_forms_once.py::test_a_decision_is_taken_back": (
        "supervision:undo_last",
    ),
    "tests/district/supervision/matters/test_forms_once.py::test_a_group_becomes_one_matter_a_unit": (
        "supervision:split_among",
    ),
    "tests/district/supervision/matters/test_forms_once.py::test_a_paper_is_settled_when_all_is_decided": (
        "supervision:settle_source",
    ),
    "tests/district/supervision/matters/test_forms_once.py::test_a_slip_is_withdrawn_with_a_reason": (
        "supervision:withdraw_slip",
    ),
    "tests/district/supervision/matters/test_forms_once.py::test_all_notices_are_read": (
        "supervision:read_all_notices",
    ),
    "tests/district/supervision/matters/test_forms_once.py::test_lights_are_looked_at_by_hand": (
        "supervision:run_lights",
    ),
    "tests/district/supervision/matters/test_forms_once.py::test_the_ladder_is_climbed_by_hand": (
        "supervision:escalate",
    ),
    "tests/district/supervision/matters/test_forms_once.py::test_the_same_order_again_is_joined_to_its_matter": (
        "supervision:join_proposal",
    ),
    "tests/district/supervision/matters/test_forms_once.py::test_two_of_a_paper_are_merged": (
        "supervision:merge_proposal",
    ),
    "tests/district/supervision/matters/test_forms_once.py::test_words_of_the_paper_are_added_by_hand": (
        "supervision:add_proposal",
    ),
    "tests/district/supervision/matters/test_matter_page.py::test_the_form_is_sent_twice_and_counts_once": (
        "supervision:deed",
    ),
    "tests/district/supervision/matters/test_matters_list.py::test_a_draft_by_hand_gets_its_number_and_a_part_its_whole": (
        "supervision:matter_draft",
    ),
}
