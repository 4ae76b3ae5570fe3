"""Which test of meetings, campaigns and of the wall stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
_ACTIONS = "tests/district/meetings/test_meeting_actions.py::"
_PAGES = "tests/district/meetings/test_meeting_pages.py::"
_WALL = "tests/district/wall/test_wall_pages.py::"
_DICTATING = "tests/district/supervision/sources/test_dictating.py::"
_PLANNING = "tests/district/campaigns/test_planning.py::"
_FINDINGS = "tests/district/campaigns/test_findings.py::"
_ENDING = "tests/district/campaigns/test_ending.py::"
_CAMPAIGN_PAGES = "tests/district/campaigns/test_campaign_pages.py::"
_P = "campaigns.actions.planning."
_T = "campaigns.actions.teams."
_E = "campaigns.actions.entering."
_I = "supervision.sources.actions.inspecting."
ACTIONS: dict[str, tuple[str, ...]] = {
    f"{_PLANNING}test_a_campaign_is_planned_with_its_ground_and_journalled": (f"{_P}plan_campaign",),
    f"{_PLANNING}test_two_who_change_a_campaign_at_once_are_told": (f"{_P}amend",),
    f"{_PLANNING}test_a_planned_campaign_is_called_off_and_a_running_one_is_not": (f"{_P}cancel",),
    f"{_PLANNING}test_a_query_is_frozen_with_what_it_gave_and_what_was_taken": (f"{_P}take_objects",),
    f"{_PLANNING}test_by_hand_an_object_needs_its_reason_and_comes_once": (f"{_P}add_object",),
    f"{_PLANNING}test_what_is_left_out_keeps_its_row_and_reason_and_comes_back": (
        f"{_P}leave_out",
        f"{_P}put_back",
    ),
    f"{_PLANNING}test_a_team_has_its_leader_among_its_members_and_another_list_replaces_it": (
        f"{_T}set_team",
    ),
    f"{_PLANNING}test_a_team_goes_with_its_plan_unless_it_has_seen_something": (
        f"{_T}assign_objects",
        f"{_T}drop_team",
    ),
    f"{_PLANNING}test_days_are_shared_out_over_the_working_days_and_a_given_team_stays": (f"{_T}plan_days",),
    f"{_PLANNING}test_it_begins_when_every_object_has_a_team_and_the_list_is_frozen": (f"{_T}start",),
    f"{_FINDINGS}test_a_member_records_what_was_found_and_the_journal_tells_it": (f"{_E}enter",),
    f"{_FINDINGS}test_many_are_recorded_together_all_or_none": (f"{_E}enter_many",),
    f"{_FINDINGS}test_photos_and_papers_are_kept_once_and_a_photo_is_shown_without_its_traces": (
        f"{_E}attach",
    ),
    f"{_FINDINGS}test_a_problem_proposes_a_matter_and_stays_linked_both_ways": (
        f"{_I}propose_from_inspection",
    ),
    f"{_FINDINGS}test_a_finding_put_right_takes_its_proposal_back_until_the_office_has_decided": (
        f"{_I}withdraw_inspection",
    ),
    f"{_ENDING}test_what_was_not_seen_needs_its_reason": ("campaigns.actions.ending.finish",),
    f"{_ENDING}test_it_may_go_on_until_it_is_issued": ("campaigns.actions.ending.resume",),
    f"{_ENDING}test_the_head_issues_and_the_clerk_does_not": ("campaigns.actions.ending.issue",),
    f"{_WALL}test_only_the_hash_is_kept_and_the_journal_holds_no_key": ("wall.actions.open_screen",),
    f"{_WALL}test_a_revoked_key_stops_at_once_and_is_revoked_once": ("wall.actions.revoke_screen",),
    f"{_ACTIONS}test_a_meeting_is_planned_with_the_name_of_its_kind_and_journalled": (
        "meetings.actions.plan_meeting",
    ),
    f"{_ACTIONS}test_two_who_change_a_meeting_at_once_are_told": ("meetings.actions.amend",),
    f"{_ACTIONS}test_one_meeting_of_a_kind_a_day_and_a_cancelled_one_makes_room": (
        "meetings.actions.cancel",
    ),
    f"{_ACTIONS}test_the_memo_is_put_once_and_does_not_change_afterwards": ("meetings.actions.put",),
    f"{_ACTIONS}test_a_leader_has_looked_at_it_once": ("meetings.actions.mark_seen",),
    f"{_ACTIONS}test_a_unit_answers_its_own_question_and_no_other": ("meetings.actions.answer",),
    f"{_ACTIONS}test_a_line_becomes_a_proposal_with_unit_and_day_and_a_sure_one_a_matter": (
        "meetings.actions.take_down",
    ),
    f"{_ACTIONS}test_closing_settles_the_record_only_where_nothing_is_open": ("meetings.actions.close",),
    f"{_DICTATING}test_lines_stand_in_the_order_in_which_they_were_said": (
        "supervision.sources.actions.dictating.open_record",
        "supervision.sources.actions.dictating.dictate",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    f"{_CAMPAIGN_PAGES}test_a_campaign_is_planned_and_changed_on_its_page": (
        "campaigns:new",
        "campaigns:change",
    ),
    f"{_CAMPAIGN_PAGES}test_objects_are_found_ticked_taken_and_by_hand_with_a_reason": ("campaigns:choose",),
    f"{_CAMPAIGN_PAGES}test_teams_and_days_are_set_and_the_campaign_begins": (
        "campaigns:teams",
        "campaigns:team",
        "campaigns:assign",
        "campaigns:leave_out",
        "campaigns:put_back",
        "campaigns:plan_days",
        "campaigns:step",
    ),
    f"{_CAMPAIGN_PAGES}test_a_team_is_dropped_and_a_planned_campaign_called_off": ("campaigns:drop_team",),
    f"{_CAMPAIGN_PAGES}test_a_member_records_a_row_with_a_photo_and_sees_it_come_back": ("campaigns:enter",),
    f"{_CAMPAIGN_PAGES}test_rows_are_recorded_together_and_evidence_is_added": (
        "campaigns:enter_many",
        "campaigns:attach",
    ),
    f"{_WALL}test_a_screen_is_opened_and_revoked_on_the_page_and_its_address_is_shown_once": (
        "wall:revoke_screen",
    ),
    f"{_PAGES}test_a_meeting_is_planned_and_changed_on_its_page": (
        "meetings:new",
        "meetings:change",
        "meetings:cancel",
    ),
    f"{_PAGES}test_the_office_puts_the_memo_and_a_leader_says_that_it_was_read": (
        "meetings:put",
        "meetings:seen",
    ),
    f"{_PAGES}test_a_unit_sees_its_own_question_and_nothing_else_of_the_meeting": ("meetings:answer",),
    f"{_PAGES}test_a_decision_is_confirmed_taken_back_mended_and_dropped_in_place": (
        "meetings:take_down",
        "meetings:mend",
        "meetings:confirm",
        "meetings:undo",
        "meetings:drop",
    ),
    f"{_PAGES}test_a_group_becomes_one_matter_for_each_unit": ("meetings:each",),
    f"{_PAGES}test_after_it_come_follow_up_and_minutes_as_word": ("meetings:close",),
}
