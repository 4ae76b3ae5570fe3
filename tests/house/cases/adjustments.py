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
    "tests/district/adjustments/test_lists.py::test_a_following_proposal_brings_back_what_was": (
        "adjustments.actions.propose_back",
    ),
    "tests/district/adjustments/test_lists.py::test_a_unit_is_added_put_under_another_ended_and_merged": (
        "adjustments.registers.actions.propose_rows",
    ),
    "tests/district/adjustments/test_account_list.py::test_a_list_opens_accounts_without_a_role_and_the_roles_wait_for_the_other_administrator": (
        "adjustments.account_list.actions.take_in_accounts",
    ),
    "tests/district/adjustments/test_account_list.py::test_who_moves_to_another_unit_is_shown_to_the_auditor": (
        "accounts.role_request_actions.place_user",
    ),
    "tests/district/adjustments/test_account_list.py::test_a_role_that_was_asked_for_is_granted_or_not_once": (
        "accounts.role_request_actions.ask_role",
        "accounts.role_request_actions.decline_asked",
        "accounts.role_request_actions.grant_asked",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/adjustments/test_adjustments.py::test_the_pages_propose_and_decide": (
        "adjustments:change",
        "adjustments:decide",
    ),
    "tests/district/adjustments/test_list_pages.py::test_a_good_spreadsheet_becomes_one_proposal_and_is_put_in_force_whole": (
        "adjustments:propose_list",
    ),
    "tests/district/adjustments/test_list_pages.py::test_the_pages_of_a_list_propose_decide_and_bring_back": (
        "adjustments:row",
        "adjustments:undo",
    ),
    "tests/district/adjustments/test_account_list.py::test_a_list_opens_accounts_without_a_role_and_the_roles_wait_for_the_other_administrator": (
        "adjustments:roster_take_in",
    ),
}
