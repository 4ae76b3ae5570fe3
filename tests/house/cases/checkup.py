"""Which test of the check-up stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/checkup/test_checkup.py::test_a_month_is_kept_as_it_stood": (
        "checkup.actions.keep_month",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {}
