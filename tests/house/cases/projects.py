"""Which test of projects stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/projects/site/test_site_plan.py::test_a_site_is_planned_ended_and_not_twice": (
        "projects.site.plan_actions.plan_site",
        "projects.site.plan_actions.end_site",
    ),
    "tests/district/attraction/test_deal_chain.py::test_a_code_that_is_taken_and_grounds_that_are_missing_are_refused": (
        "projects.library.opening.open_project",
        "projects.library.opening.take_back_project",
    ),
    "tests/district/projects/library/test_entry_and_stages.py::test_a_document_that_was_seen_stands_with_day_number_and_person": (
        "projects.library.decisions.see_document",
    ),
    "tests/district/projects/library/test_entry_and_stages.py::test_the_form_of_next_month_is_downloaded_with_last_months_figures": (
        "projects.library.decisions.note_taking",
    ),
    "tests/district/projects/page/test_forms_once.py::test_a_link_is_made_and_removed": (
        "projects.library.decisions.remove_link",
    ),
    "tests/district/projects/key_projects/test_key_projects.py::test_a_pair_is_proposed_with_reasons_and_confirmed_once": (
        "projects.library.decisions.confirm_link",
    ),
    "tests/district/projects/key_projects/test_key_projects.py::test_a_problem_has_an_owner_and_a_deadline_by_its_level": (
        "projects.site.actions.raise_problem",
    ),
    "tests/district/projects/key_projects/test_key_projects.py::test_a_problem_is_closed_with_words_and_once": (
        "projects.site.actions.close_problem",
    ),
    "tests/district/projects/key_projects/test_key_projects.py::test_a_visit_closes_the_problems_that_it_settled_and_no_others": (
        "projects.site.actions.record_visit",
    ),
    "tests/district/projects/key_projects/test_key_projects.py::test_an_excuse_ends": (
        "projects.library.decisions.excuse",
    ),
    "tests/district/projects/key_projects/test_key_projects.py::test_the_page_of_a_key_project_says_why_its_bond_is_red": (
        "projects.library.decisions.note_reading",
    ),
    "tests/district/projects/key_projects/test_key_projects.py::test_two_people_do_not_move_the_same_project": (
        "projects.library.life_cycle.step",
    ),
    "tests/district/projects/pool/test_lights_for_supervision.py::test_a_project_that_stands_still_is_named_with_its_unit_and_reason": (
        "projects.returns.actions.store_returns",
    ),
    "tests/district/projects/library/test_own_unit_only.py::test_a_stranger_sees_nothing": (
        "projects.pool.derive.refresh",
    ),
    "tests/district/projects/library/test_own_unit_only.py::test_the_owner_says_what_was_done_and_the_problem_stays_open": (
        "projects.site.actions.report_progress",
    ),
    "tests/district/projects/pairs/test_pairs_apart.py::test_many_pairs_are_confirmed_at_once": (
        "projects.pairs.actions.confirm_pairs",
    ),
    "tests/district/projects/pairs/test_pairs_apart.py::test_the_word_is_taken_back_and_the_pair_proposed_again": (
        "projects.pairs.actions.propose_again",
    ),
    "tests/district/projects/pairs/test_pairs_apart.py::test_what_is_apart_is_not_proposed_again_not_even_next_year": (
        "projects.pairs.actions.set_apart",
    ),
    "tests/district/projects/library/test_project_lists.py::test_a_list_whose_milestone_was_reached_cannot_be_undone": (
        "projects.library.decisions.reach_milestone",
    ),
    "tests/district/projects/library/test_project_lists.py::test_a_month_column_of_a_key_list_is_a_milestone": (
        "intake.actions.deciding.explain",
    ),
    "tests/district/projects/returns/test_project_returns.py::test_undoing_the_newest_month_takes_its_standings_away": (
        "projects.returns.actions.undo_returns",
    ),
    "tests/district/projects/site/test_site_photos.py::test_the_form_of_a_key_project_takes_a_photo": (
        "projects.site.photo_actions.add_photo",
    ),
    "tests/district/projects/library/test_successions.py::test_a_split_key_project_leaves_the_counts_from_that_month_on": (
        "projects.library.succession_actions.settle_succession",
    ),
    "tests/district/projects/library/test_successions.py::test_a_wrong_word_is_taken_back_and_the_project_is_where_it_was": (
        "projects.library.succession_actions.take_back_succession",
    ),
    "tests/district/projects/returns/test_unit_returns.py::test_a_return_is_sent_back_with_a_reason_and_its_sender_is_told": (
        "intake.actions.deciding.send_back",
    ),
    "tests/district/projects/returns/test_unit_returns.py::test_another_units_file_is_not_there": (
        "intake.actions.submitting.hand_in",
    ),
    "tests/district/projects/returns/test_unit_returns.py::test_the_statistician_sends_back_and_reminds_on_the_pages": (
        "projects.returns.reminder_actions.remind_units",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/projects/site/test_site_plan.py::test_the_office_plans_a_site_and_ends_the_plan_on_the_page": (
        "projects:plan_site",
        "projects:end_site",
    ),
    "tests/district/projects/page/test_forms_once.py::test_a_document_is_seen": ("projects:document",),
    "tests/district/projects/page/test_forms_once.py::test_a_link_is_made_and_removed": (
        "projects:remove_link",
    ),
    "tests/district/projects/page/test_forms_once.py::test_a_milestone_is_reached": ("projects:milestone",),
    "tests/district/projects/page/test_forms_once.py::test_a_problem_is_closed": ("projects:close",),
    "tests/district/projects/page/test_forms_once.py::test_a_problem_is_raised": ("projects:problem",),
    "tests/district/projects/page/test_forms_once.py::test_a_reason_in_writing_is_recorded": (
        "projects:excuse",
    ),
    "tests/district/projects/page/test_forms_once.py::test_a_state_is_changed": ("projects:state",),
    "tests/district/projects/page/test_forms_once.py::test_a_visit_is_recorded": ("projects:visit",),
    "tests/district/projects/page/test_forms_once.py::test_progress_with_a_problem_is_reported": (
        "projects:report",
    ),
    "tests/district/projects/pairs/test_pairs_apart.py::test_the_page_settles_one_row_or_all_that_are_chosen": (
        "projects:confirm",
        "projects:propose_again",
    ),
    "tests/district/projects/site/test_site_photos.py::test_the_form_of_a_key_project_takes_a_photo": (
        "projects:add_photo",
    ),
    "tests/district/projects/library/test_successions.py::test_the_page_settles_by_codes": (
        "projects:settle",
        "projects:unsettle",
    ),
    "tests/district/projects/returns/test_unit_returns.py::test_a_unit_explains_and_takes_back_its_own_on_the_page": (
        "projects:explain_own",
        "projects:withdraw_own",
    ),
    "tests/district/projects/returns/test_unit_returns.py::test_the_prefilled_form_is_filled_and_handed_in": (
        "projects:hand_in",
    ),
    "tests/district/projects/returns/test_unit_returns.py::test_the_statistician_sends_back_and_reminds_on_the_pages": (
        "intake:send_back",
        "projects:remind",
    ),
}
