"""Which test of supervision / others stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/supervision/escalation/test_escalating.py::test_a_pause_stops_the_line": (
        "supervision.matters.actions.handling.pause",
    ),
    "tests/district/supervision/escalation/test_escalating.py::test_an_extension_starts_the_line_anew": (
        "supervision.matters.actions.handling.decide_extension",
    ),
    "tests/district/supervision/escalation/test_escalating.py::test_on_a_weekend_no_slip_is_served": (
        "supervision.slips.actions.serve",
    ),
    "tests/district/supervision/escalation/test_escalating.py::test_raised_by_hand_the_people_of_that_level_are_told_and_the_line_goes_on_from_there": (
        "supervision.escalation.actions.raise_by_hand",
        "supervision.matters.actions.handling.raise_level",
    ),
    "tests/district/supervision/escalation/test_escalating.py::test_reminders_come_once_before_the_day": (
        "supervision.escalation.actions.escalate",
    ),
    "tests/district/supervision/escalation/test_escalating.py::test_what_was_reported_done_is_not_pressed": (
        "supervision.matters.actions.handling.feed_back",
    ),
    "tests/district/supervision/scoring/test_scores.py::test_a_kept_month_does_not_change_with_the_rules_or_with_later_entries": (
        "supervision.scoring.actions.keep_scores",
    ),
    "tests/district/supervision/scoring/test_scores.py::test_the_pages_take_an_appeal_and_its_decision": (
        "supervision.scoring.actions.appeal",
        "supervision.scoring.actions.decide",
    ),
    "tests/district/supervision/slips/test_slips.py::test_a_level_is_not_served_twice_for_one_due_date": (
        "supervision.slips.actions.issue_slip",
    ),
    "tests/district/supervision/slips/test_slip_pages.py::test_the_page_of_rules_says_what_holds_and_who_is_in_charge": (
        "supervision.escalation.supervising_leader.put_in_charge",
    ),
    "tests/district/supervision/slips/test_slips.py::test_the_unit_signs_and_answers_once": (
        "supervision.slips.actions.acknowledge",
        "supervision.slips.actions.answer",
    ),
    "tests/district/supervision/slips/test_slips.py::test_withdrawn_with_a_reason_it_stays_readable_and_may_be_served_again_by_hand": (
        "supervision.slips.actions.withdraw",
    ),
    "tests/district/supervision/lights/test_sources_lights.py::test_the_same_lights_again_change_nothing": (
        "supervision.lights.actions.propose_from_lights",
    ),
    "tests/district/supervision/weekly/test_weekly.py::test_a_closed_week_is_never_written_to_again": (
        "supervision.weekly.actions.close_week",
        "supervision.weekly.actions.record_inspection",
    ),
    "tests/district/supervision/weekly/test_weekly.py::test_a_new_red_is_added_and_a_row_that_waits_shows_todays_light": (
        "supervision.weekly.actions.refresh_week",
    ),
    "tests/district/supervision/weekly/test_weekly.py::test_the_database_refuses_half_a_look": (
        "supervision.weekly.actions.open_week",
    ),
    "tests/district/supervision/weekly/test_weekly.py::test_ticked_rows_are_recorded_together_or_not_at_all": (
        "supervision.weekly.actions.record_inspections",
    ),
    "tests/district/supervision/orders/test_orders.py::test_a_leaders_order_is_a_registered_matter_with_owner_and_day": (
        "supervision.orders.actions.order_matter",
    ),
    "tests/district/supervision/burden/test_burden.py::test_two_slips_of_one_cause_are_answered_by_one_sentence_or_by_what_was_said": (
        "supervision.slips.actions.cite",
        "supervision.slips.actions.cite_many",
    ),
    "tests/district/supervision/matters/test_sheet.py::test_a_sheet_reports_each_matter_that_was_filled_in_and_no_other": (
        "supervision.matters.actions.sheet.report_sheet",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/supervision/scoring/test_scores.py::test_the_pages_take_an_appeal_and_its_decision": (
        "supervision:score_appeal",
        "supervision:score_decide",
    ),
    "tests/district/supervision/slips/test_slip_pages.py::test_a_unit_signs_and_answers_on_the_page": (
        "supervision:acknowledge_slip",
        "supervision:answer_slip",
    ),
    "tests/district/supervision/slips/test_slip_pages.py::test_issuing_by_hand_on_the_page_keeps_what_was_typed": (
        "supervision:new_slip",
    ),
    "tests/district/supervision/slips/test_slip_pages.py::test_the_bell_counts_what_awaits_and_opening_a_notice_reads_it": (
        "supervision:open_notice",
    ),
    "tests/district/supervision/weekly/test_weekly_pages.py::test_the_week_on_the_page": (
        "supervision:close_week",
        "supervision:look",
        "supervision:look_many",
        "supervision:open_week",
    ),
    "tests/district/supervision/orders/test_orders.py::test_the_page_is_prefilled_and_one_press_orders": (
        "supervision:order",
    ),
    "tests/district/supervision/matters/test_sheet.py::test_the_page_is_one_form_and_shows_what_was_refused": (
        "supervision:sheet",
    ),
}
