"""Which test of fiscal figures stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/fiscal/test_basis.py::test_a_line_counts_only_when_another_person_has_approved_it": (
        "fiscal.basis.actions.propose",
        "fiscal.basis.actions.decide",
    ),
    "tests/district/fiscal/test_basis.py::test_a_withdrawn_line_stays_readable_and_counts_no_more": (
        "fiscal.basis.actions.withdraw",
    ),
    "tests/district/fiscal/test_basis.py::test_a_method_that_cannot_be_told_is_asked_and_the_answer_is_kept_with_its_paper": (
        "fiscal.basis.actions.answer_method",
    ),
    "tests/district/fiscal/test_fiscal_pages.py::TestBudgets::test_each_version_keeps_its_decision_and_progress_names_it": (
        "fiscal.budgets.actions.set_budget",
    ),
    "tests/district/fiscal/test_fiscal_pages.py::TestBudgets::test_only_the_newest_version_is_withdrawn": (
        "fiscal.budgets.actions.withdraw_budget",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/fiscal/test_fiscal_pages.py::TestBudgets::test_a_version_is_set_and_withdrawn_on_the_page": (
        "fiscal:set_budget",
        "fiscal:withdraw_budget",
    ),
    "tests/district/fiscal/test_basis.py::TestPages::test_a_line_is_proposed_decided_and_withdrawn_on_the_page": (
        "fiscal:propose",
        "fiscal:decide",
        "fiscal:withdraw",
    ),
    "tests/district/fiscal/test_basis.py::TestPages::test_the_answer_is_noted_on_the_page": (
        "fiscal:answer",
    ),
}
