"""Which test of the settings of the place stands for which public action and form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/adjustments/test_adjustments.py::test_a_setting_holds_when_another_has_put_it_in_force_and_not_before": (
        "adjustments.actions.propose",
        "adjustments.actions.put_in_force",
    ),
    "tests/district/adjustments/test_adjustments.py::test_a_proposal_is_withdrawn_by_its_author_and_refused_by_another": (
        "adjustments.actions.refuse",
        "adjustments.actions.withdraw",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/adjustments/test_adjustments.py::test_the_pages_propose_and_decide": (
        "adjustments:change",
        "adjustments:decide",
    ),
}
