"""Which test of supervision / orders stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/supervision/orders/test_orders.py::test_a_leaders_order_is_a_registered_matter_with_owner_and_day": (
        "supervision.orders.actions.order_matter",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/supervision/orders/test_orders.py::test_the_page_is_prefilled_and_one_press_orders": (
        "supervision:order",
    ),
}
