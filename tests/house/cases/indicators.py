"""Which test of indicators stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/indicators/test_ahead_pages.py::test_the_place_says_what_a_miss_is_worth_and_takes_the_set_that_fits": (
        "indicators.rule_actions.adopt_fitting",
        "indicators.rule_actions.say_warning_cost",
    ),
    "tests/district/indicators/test_pages.py::test_who_may_not_set_targets_cannot_send_the_form": (
        "indicators.actions.judge_month",
    ),
    "tests/district/indicators/test_targets.py::test_the_same_promise_again_changes_nothing": (
        "indicators.actions.set_target",
    ),
    "tests/district/indicators/test_targets.py::test_undoing_an_import_brings_the_version_before_back": (
        "indicators.actions.undo_targets",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/indicators/test_ahead_pages.py::test_the_place_says_what_a_miss_is_worth_and_takes_the_set_that_fits": (
        "indicators:adopt_rules",
        "indicators:say_worth",
    ),
    "tests/district/indicators/test_pages.py::test_setting_a_target_by_the_form_twice_makes_one_version": (
        "indicators:set_target",
    ),
}
