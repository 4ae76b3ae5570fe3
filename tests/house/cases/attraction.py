"""Which test of attraction stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/attraction/test_lead_work.py::test_a_step_that_was_wrong_is_withdrawn_and_the_clock_runs_again": (
        "attraction.work.actions.note_lead_step",
        "attraction.work.actions.withdraw_lead_step",
    ),
    "tests/district/attraction/test_lead_work.py::test_a_visit_is_progress_and_its_promise_the_next_step": (
        "attraction.work.actions.keep_promise",
        "attraction.work.actions.record_reception",
    ),
    "tests/district/attraction/test_lead_work.py::test_a_visit_that_was_wrong_goes_with_its_progress": (
        "attraction.work.actions.withdraw_reception",
    ),
    "tests/district/attraction/test_offers.py::test_a_deal_points_to_what_is_on_offer_once_and_stops": (
        "attraction.offers.actions.point_to_offer",
        "attraction.offers.actions.stop_pointing",
    ),
    "tests/district/attraction/test_offers.py::test_a_pitch_is_complete_when_each_thing_was_seen": (
        "attraction.offers.actions.note_pitch_paper",
        "attraction.offers.actions.withdraw_pitch_paper",
    ),
    "tests/district/attraction/test_offers.py::test_a_state_has_its_day_and_is_journalled": (
        "attraction.offers.actions.set_offer_state",
    ),
    "tests/district/attraction/test_offers.py::test_an_offer_is_opened_with_a_number_and_corrected_by_who_saw_it_last": (
        "attraction.offers.actions.save_offer",
    ),
    "tests/district/attraction/test_deal_chain.py::test_a_landed_deal_opens_a_project_that_awaits_entry": (
        "attraction.chain.opening.open_project_of_deal",
    ),
    "tests/district/attraction/test_deal_chain.py::test_an_opening_is_taken_back_and_opened_again": (
        "attraction.chain.opening.take_back_opening",
    ),
    "tests/district/attraction/test_deal_acts.py::test_a_deal_is_linked_to_one_statistics_project_and_back": (
        "attraction.deal_actions.link_project",
        "attraction.deal_actions.unlink_project",
    ),
    "tests/district/attraction/test_deal_acts.py::test_a_next_step_has_its_day_and_its_person": (
        "attraction.actions.set_next_step",
    ),
    "tests/district/attraction/test_deal_acts.py::test_a_signing_with_its_contract_is_noted_and_journalled": (
        "attraction.actions.note_event",
    ),
    "tests/district/attraction/test_deal_acts.py::test_a_withdrawn_amount_leaves_the_one_before": (
        "attraction.actions.note_amount",
        "attraction.actions.withdraw_amount",
    ),
    "tests/district/attraction/test_deal_acts.py::test_a_wrong_event_is_withdrawn_with_a_reason_and_the_deal_is_as_before": (
        "attraction.actions.withdraw_event",
    ),
    "tests/district/attraction/test_deal_acts.py::test_an_edit_never_resets_the_age": (
        "attraction.deal_actions.edit_deal",
    ),
    "tests/district/attraction/test_deal_acts.py::test_leads_and_talks_are_opened_many_at_once_or_none": (
        "attraction.deal_actions.open_deals",
    ),
    "tests/district/attraction/test_deal_acts.py::test_shares_sum_to_a_hundred_among_two_or_more": (
        "attraction.actions.set_shares",
    ),
    "tests/district/attraction/test_deal_acts.py::test_two_deals_are_merged_and_counted_once_and_taken_apart_again": (
        "attraction.pair_actions.merge_deals",
        "attraction.pair_actions.unmerge_deal",
    ),
    "tests/district/attraction/test_deal_acts.py::test_two_that_are_said_to_be_two_are_not_proposed_again": (
        "attraction.pair_actions.set_deals_apart",
    ),
    "tests/district/attraction/test_deal_acts.py::test_who_takes_a_list_out_is_journalled": (
        "attraction.deal_actions.note_export",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/attraction/test_lead_work.py::test_the_pages_note_keep_and_withdraw": (
        "attraction:keep_promise",
        "attraction:lead_step",
        "attraction:reception",
        "attraction:withdraw_lead_step",
        "attraction:withdraw_reception",
    ),
    "tests/district/attraction/test_offers.py::test_the_pages_save_point_and_package": (
        "attraction:edit_offer",
        "attraction:offer_state",
        "attraction:pitch",
        "attraction:point",
        "attraction:save_offer",
        "attraction:stop_pointing",
        "attraction:withdraw_pitch",
    ),
    "tests/district/attraction/test_deal_chain.py::test_the_page_opens_and_takes_back": (
        "attraction:open_project",
        "attraction:take_back",
    ),
    "tests/district/attraction/test_deal_pages.py::test_a_deal_is_corrected": ("attraction:edit",),
    "tests/district/attraction/test_deal_pages.py::test_a_deal_is_linked_and_the_link_removed": (
        "attraction:link",
        "attraction:unlink",
    ),
    "tests/district/attraction/test_deal_pages.py::test_a_next_step_is_set": ("attraction:next_step",),
    "tests/district/attraction/test_deal_pages.py::test_an_amount_is_noted": ("attraction:amount",),
    "tests/district/attraction/test_deal_pages.py::test_an_amount_is_withdrawn": (
        "attraction:withdraw_amount",
    ),
    "tests/district/attraction/test_deal_pages.py::test_an_event_is_noted": ("attraction:event",),
    "tests/district/attraction/test_deal_pages.py::test_an_event_is_withdrawn": (
        "attraction:withdraw_event",
    ),
    "tests/district/attraction/test_deal_pages.py::test_duplicates_are_merged_and_taken_apart": (
        "attraction:merge",
        "attraction:unmerge",
    ),
    "tests/district/attraction/test_deal_pages.py::test_lines_pasted_from_a_spreadsheet_become_deals_of_the_own_unit": (
        "attraction:mine",
    ),
    "tests/district/attraction/test_deal_pages.py::test_shares_are_set": ("attraction:shares",),
}
