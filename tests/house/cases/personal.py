"""Which test of personal stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
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
}

FORMS: dict[str, tuple[str, ...]] = {
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
