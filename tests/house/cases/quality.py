"""Which test of quality stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/quality/test_query_letters.py::test_a_letter_is_issued_answered_and_closed": (
        "quality.actions.issue_letter",
    ),
    "tests/district/quality/test_query_letters.py::test_the_unit_answers_once": (
        "quality.actions.answer_letter",
    ),
    "tests/district/quality/test_query_letters.py::test_the_statistician_closes_after_the_answer_and_with_a_reason": (
        "quality.actions.close_letter",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/quality/test_query_letters.py::test_the_office_issues_from_the_page_of_checks": (
        "quality:issue",
    ),
    "tests/district/quality/test_query_letters.py::test_the_unit_answers_on_the_page_of_its_letter": (
        "quality:answer",
    ),
    "tests/district/quality/test_query_letters.py::test_the_office_closes_on_the_page_of_the_letter": (
        "quality:close",
    ),
}
