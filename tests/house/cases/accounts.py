"""Which test of accounts stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/accounts/test_personal.py::test_a_telephone_is_ones_own_and_only_the_system_administrator_sets_anothers": (
        "accounts.personal_actions.set_telephone",
    ),
    "tests/district/accounts/test_personal.py::test_large_letters_are_a_persons_own_and_stay_with_them": (
        "accounts.personal_actions.set_text_size",
    ),
    "tests/district/accounts/test_account_actions.py::test_a_reset_password_must_be_changed_and_the_owners_change_ends_that": (
        "accounts.actions.reset_password",
    ),
    "tests/district/accounts/test_account_actions.py::test_a_unit_that_the_place_no_longer_names_keeps_its_row": (
        "accounts.actions.sync_units",
    ),
    "tests/district/accounts/test_account_actions.py::test_an_unknown_role_is_refused": (
        "accounts.actions.create_user",
    ),
    "tests/district/accounts/test_separation.py::test_the_auditor_is_told_when_one_person_opened_and_empowered": (
        "accounts.actions.grant_role",
    ),
    "tests/district/accounts/test_separation.py::test_the_system_administrators_password_is_reset_by_the_two_others": (
        "accounts.resets.hand_over",
        "accounts.resets.start_reset",
    ),
    "tests/district/accounts/test_sign_in.py::test_a_closed_account_is_out_at_its_next_page": (
        "accounts.actions.set_active",
    ),
    "tests/district/accounts/second/test_second.py::test_a_recovery_code_opens_once_and_the_auditor_is_told": (
        "accounts.second.actions.new_recovery_codes",
    ),
    "tests/district/accounts/second/test_second.py::test_ending_the_last_factor_ends_the_recovery_codes": (
        "accounts.second.actions.add_code_maker",
        "accounts.second.actions.end_factor",
    ),
    "tests/district/accounts/second/test_second.py::test_the_security_administrator_helps_who_lost_theirs_and_never_themself": (
        "accounts.second.actions.end_all",
    ),
    "tests/district/accounts/second/test_security_keys.py::test_a_registered_key_proves_its_owner": (
        "accounts.second.actions.add_security_key",
    ),
    "tests/district/accounts/outside/test_provider.py::test_an_account_that_stood_needs_the_second_administrator": (
        "accounts.outside.actions.propose",
        "accounts.outside.actions.confirm",
    ),
    "tests/district/accounts/outside/test_provider.py::test_a_refused_person_stays_out_until_reconsidered": (
        "accounts.outside.actions.refuse",
        "accounts.outside.actions.reconsider",
    ),
    "tests/district/accounts/outside/test_provider.py::test_opened_by_the_system_administrator_they_come_in_without_any_role": (
        "accounts.outside.actions.open_account",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/accounts/test_personal.py::test_large_letters_are_a_persons_own_and_stay_with_them": (
        "accounts:text_size",
    ),
    "tests/district/accounts/test_personal.py::test_a_telephone_is_ones_own_and_only_the_system_administrator_sets_anothers": (
        "accounts:profile",
    ),
    "tests/district/accounts/test_sign_in.py::test_the_people_page_opens_closes_and_empowers": (
        "accounts:activity",
        "accounts:grant",
        "accounts:new_person",
        "accounts:reset",
    ),
    "tests/district/accounts/test_sign_in.py::test_whoever_has_a_temporary_password_sees_nothing_before_changing_it": (
        "accounts:password",
    ),
    "tests/district/accounts/second/test_second.py::test_changing_what_one_has_asks_for_a_proof_first": (
        "accounts:second_end",
        "accounts:step_up",
    ),
    "tests/district/accounts/second/test_second.py::test_the_security_administrator_helps_who_lost_theirs_and_never_themself": (
        "accounts:lift_second",
    ),
    "tests/district/accounts/outside/test_provider.py::test_opened_by_the_system_administrator_they_come_in_without_any_role": (
        "accounts:outside_decide",
    ),
}
