"""Which test of firms stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/firms/test_firm_ledger.py::test_a_former_name_stays_known": (
        "firms.ledger.actions.change_firm",
    ),
    "tests/district/firms/test_firm_ledger.py::test_a_merged_firms_requests_are_shown_with_the_one_that_goes_on": (
        "firms.ledger.actions.add_firm",
        "firms.ledger.actions.end_firm",
    ),
    "tests/district/firms/test_firm_ledger.py::test_what_is_due_comes_to_the_leader": (
        "firms.contacts.actions.assign_contact",
    ),
    "tests/district/firms/test_firm_ledger.py::test_a_promise_becomes_a_request": (
        "firms.contacts.actions.note_visit",
    ),
    "tests/district/firms/test_firm_ledger.py::test_a_new_wording_is_a_new_version_and_the_old_one_stays": (
        "firms.policies.actions.keep_clause",
        "firms.policies.clause_records.write_clause",
    ),
    "tests/district/firms/test_firm_pages.py::test_what_was_paid_is_noted_on_the_page_with_its_day": (
        "firms.policies.actions.note_paid",
        "firms.policies.clause_records.write_paid",
    ),
    "tests/district/firms/test_firm_ledger.py::test_who_fits_lists_candidates_with_the_question_and_never_a_verdict": (
        "firms.policies.actions.note_fact",
    ),
    "tests/district/firms/test_firm_pages.py::test_a_contact_ends_on_its_last_day": (
        "firms.contacts.actions.end_contact",
    ),
    "tests/district/firms/test_request_actions.py::test_numbers_run_by_year": (
        "firms.requests.actions.register_request",
    ),
    "tests/district/firms/test_request_actions.py::test_the_clock_stands_beside_the_request_and_follows_its_events": (
        "firms.requests.actions.take_step",
    ),
    "tests/district/firms/test_request_actions.py::test_alike_ones_of_the_same_firm_are_offered": (
        "firms.requests.append.append",
    ),
    "tests/district/firms/test_firm_imports.py::test_a_ticket_without_a_firm_is_put_under_its_firm_by_the_office": (
        "firms.requests.actions.move_request",
    ),
    "tests/district/door/test_door.py::test_the_office_makes_a_link_sees_it_once_and_revokes_it": (
        "firms.links.link_actions.make_link",
        "firms.links.link_actions.revoke_link",
    ),
    "tests/district/firms/test_common_problems.py::test_the_pages_raise_join_and_settle": (
        "firms.common.problem_actions.raise_problem",
        "firms.common.problem_actions.join_requests",
        "firms.common.problem_actions.leave_problem",
        "firms.common.problem_actions.ask_matter",
        "firms.common.problem_actions.settle_problem",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/firms/test_firm_pages.py::test_a_firm_is_registered_and_corrected_on_the_page": (
        "firms:add",
        "firms:change",
    ),
    "tests/district/firms/test_firm_pages.py::test_a_firm_that_is_gone_leaves_the_list": ("firms:end",),
    "tests/district/firms/test_firm_pages.py::test_a_request_goes_its_way_on_the_pages": (
        "firms:register",
        "firms:step",
    ),
    "tests/district/firms/test_firm_pages.py::test_the_leader_sees_what_is_due_and_writes_a_visit_on_the_spot": (
        "firms:visit",
    ),
    "tests/district/firms/test_firm_pages.py::test_the_office_plans_contacts_and_sees_the_whole": (
        "firms:assign",
    ),
    "tests/district/firms/test_firm_pages.py::test_a_contact_ends_on_the_page": ("firms:end_contact",),
    "tests/district/firms/test_firm_pages.py::test_a_clause_is_typed_and_shows_who_may_fit": (
        "firms:add_policy",
    ),
    "tests/district/firms/test_firm_pages.py::test_a_fact_is_noted_with_its_source": ("firms:fact",),
    "tests/district/firms/test_firm_pages.py::test_what_was_paid_is_noted_on_the_page_with_its_day": (
        "firms:policy_paid",
    ),
    "tests/district/firms/test_firm_imports.py::test_a_ticket_without_a_firm_is_put_under_its_firm_by_the_office": (
        "firms:move_request",
    ),
    "tests/district/door/test_door.py::test_the_office_makes_a_link_sees_it_once_and_revokes_it": (
        "firms:revoke_link",
    ),
    "tests/district/firms/test_common_problems.py::test_the_pages_raise_join_and_settle": (
        "firms:add_problem",
        "firms:problem_act",
    ),
}
