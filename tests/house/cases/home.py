"""Which test of home, personal and checkup stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/home/test_changes.py::test_a_leader_who_has_read_it_is_not_asked_again": (
        "supervision.matters.actions.leading.instruct",
        "supervision.matters.actions.leading.mark_seen",
    ),
    "tests/district/home/test_today.py::test_the_chief_approves_eleven_at_once_and_is_told_what_was_not": (
        "supervision.matters.actions.batches.act_on_many",
    ),
    "tests/district/home/test_today.py::test_the_head_signs_all_that_was_reported_and_no_other_units": (
        "supervision.matters.actions.batches.sign_off_many",
    ),
    "tests/district/home/test_today.py::test_liaison_signs_all_and_reports_nothing_new_for_all": (
        "supervision.matters.actions.handling.nothing_new",
    ),
    "tests/district/personal/test_lists.py::test_a_list_has_one_default_view": (
        "personal.actions.change_view",
        "personal.actions.keep_view",
    ),
    "tests/district/personal/test_lists.py::test_a_view_is_kept_and_forgotten": (
        "personal.actions.forget_view",
    ),
    "tests/district/personal/test_lists.py::test_a_list_asks_once_for_views_and_columns": (
        "personal.actions.choose_columns",
    ),
    "tests/district/personal/test_favourites.py::test_a_star_twice_is_one": (
        "personal.actions.star",
        "personal.actions.unstar",
    ),
    "tests/district/checkup/test_checkup.py::test_a_month_is_kept_as_it_stood": (
        "checkup.actions.keep_month",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/home/test_today.py::test_what_was_confirmed_together_is_taken_back_together": (
        "home:act",
        "home:undo",
    ),
    "tests/district/personal/test_lists.py::test_a_view_keeps_filters_order_and_columns_and_nothing_else": (
        "personal:columns",
        "personal:save_view",
    ),
    "tests/district/personal/test_lists.py::test_the_default_view_opens_by_the_bare_address_and_can_be_left": (
        "personal:change_view",
        "personal:forget_view",
    ),
    "tests/district/personal/test_favourites.py::test_a_star_is_set_found_in_the_search_box_and_taken_away": (
        "personal:star",
    ),
}
