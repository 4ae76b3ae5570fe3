"""Which test of meetings and of the wall stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
_ACTIONS = "tests/district/meetings/test_meeting_actions.py::"
_PAGES = "tests/district/meetings/test_meeting_pages.py::"
_WALL = "tests/district/wall/test_wall_pages.py::"
_DICTATING = "tests/district/supervision/sources/test_dictating.py::"
ACTIONS: dict[str, tuple[str, ...]] = {
    f"{_WALL}test_only_the_hash_is_kept_and_the_journal_holds_no_key": ("wall.actions.open_screen",),
    f"{_WALL}test_a_revoked_key_stops_at_once_and_is_revoked_once": ("wall.actions.revoke_screen",),
    f"{_ACTIONS}test_a_meeting_is_planned_with_the_name_of_its_kind_and_journalled": (
        "meetings.actions.plan",
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
