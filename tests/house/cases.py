"""Which test stands for which public action and for which address that takes a form (tests/again.py).

test → the actions it does, tried first with a broken journal; test → the addresses whose form it sends,
twice.
"""

from __future__ import annotations

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/home/test_changes.py::test_a_leader_who_has_read_it_is_not_asked_again": (
        "supervision.matters.actions.leading.instruct",
        "supervision.matters.actions.leading.mark_seen",
    ),
    "tests/district/home/test_today.py::test_the_chief_approves_eleven_at_once_and_is_told_what_was_not": (
        "supervision.matters.actions.batches.act_on_many",
    ),
    "tests/district/home/test_today.py::test_the_head_signs_all_that_was_reported_and_no_other_units": (
        "supervision.matters.actions.batches.sign_off_many",
    ),
    "tests/district/home/test_today.py::test_liaison_signs_all_and_reports_nothing_new_for_all": (
        "supervision.matters.actions.handling.nothing_new",
    ),
    "tests/district/supervision/matters/test_available_rows.py::test_urging_is_possible_once_a_day": (
        "supervision.matters.actions.handling.urge",
    ),
    "tests/district/supervision/sources/test_sources_batches.py::test_what_is_certain_is_confirmed_and_nothing_else": (
        "supervision.sources.actions.batches.confirm_sure",
    ),
    "tests/district/supervision/sources/test_sources_batches.py::test_a_batch_is_taken_back_as_one": (
        "supervision.sources.actions.batches.decide_many",
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
    "tests/district/attraction/test_deal_acts.py::test_a_deal_is_linked_to_one_statistics_project_and_back": (
        "attraction.deal_actions.link_project",
        "attraction.deal_actions.unlink_project",
    ),
    "tests/district/attraction/test_deal_acts.py::test_a_next_step_has_its_day_and_its_person": (
        "attraction.actions.set_next_step",
    ),
    "tests/district/attraction/test_deal_acts.py::test_a_signing_with_its_contract_is_noted_and_journalled": (
        "attraction.actions.note_event",
    ),
    "tests/district/attraction/test_deal_acts.py::test_a_view_is_its_persons_own": (
        "attraction.deal_actions.forget_deal_view",
        "attraction.deal_actions.keep_deal_view",
    ),
    "tests/district/attraction/test_deal_acts.py::test_a_withdrawn_amount_leaves_the_one_before": (
        "attraction.actions.note_amount",
        "attraction.actions.withdraw_amount",
    ),
    "tests/district/attraction/test_deal_acts.py::test_a_wrong_event_is_withdrawn_with_a_reason_and_the_deal_is_as_before": (
        "attraction.actions.withdraw_event",
    ),
    "tests/district/attraction/test_deal_acts.py::test_an_edit_never_resets_the_age": (
        "attraction.deal_actions.edit_deal",
    ),
    "tests/district/attraction/test_deal_acts.py::test_leads_and_talks_are_opened_many_at_once_or_none": (
        "attraction.deal_actions.open_deals",
    ),
    "tests/district/attraction/test_deal_acts.py::test_shares_sum_to_a_hundred_among_two_or_more": (
        "attraction.actions.set_shares",
    ),
    "tests/district/attraction/test_deal_acts.py::test_two_deals_are_merged_and_counted_once_and_taken_apart_again": (
        "attraction.pair_actions.merge_deals",
        "attraction.pair_actions.unmerge_deal",
    ),
    "tests/district/attraction/test_deal_acts.py::test_two_that_are_said_to_be_two_are_not_proposed_again": (
        "attraction.pair_actions.set_deals_apart",
    ),
    "tests/district/attraction/test_deal_acts.py::test_who_takes_a_list_out_is_journalled": (
        "attraction.deal_actions.note_export",
    ),
    "tests/district/bulletins/test_bulletin_pages.py::test_a_draft_goes_back_with_words_and_is_reviewed_and_issued_on_the_page": (
        "bulletins.actions.issuing.send_back",
    ),
    "tests/district/bulletins/test_bulletin_pages.py::test_a_unit_reads_what_was_issued_to_it_and_no_draft": (
        "bulletins.actions.issuing.issue",
        "bulletins.actions.issuing.review",
    ),
    "tests/district/bulletins/test_bulletin_pages.py::test_the_whole_way_through_the_pages": (
        "bulletins.actions.issuing.verify",
    ),
    "tests/district/bulletins/test_bulletin_pages.py::test_two_months_are_compared_by_numbers_and_by_matters": (
        "bulletins.actions.drafting.draft_bulletin",
    ),
    "tests/district/bulletins/test_bulletin_pages.py::test_wording_makes_a_new_edition_and_a_figure_is_sent_back": (
        "bulletins.actions.drafting.reword",
    ),
    "tests/district/bulletins/test_documents_made.py::test_it_is_journalled_and_prints_the_head_that_it_stood_on": (
        "bulletins.actions.briefing.make_briefing",
    ),
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
    "tests/district/intake/test_columns.py::test_a_table_may_be_left_out_where_the_file_has_others": (
        "intake.actions.layouts.teach",
    ),
    "tests/district/intake/test_columns.py::test_an_alias_is_written_into_the_places_own_rules_and_journalled": (
        "intake.actions.aliases.register_alias",
    ),
    "tests/district/intake/test_columns.py::test_versions_are_listed_and_taken_back_on_the_page": (
        "intake.actions.layouts.take_back_layout",
    ),
    "tests/district/intake/test_intake_acceptance.py::test_a_file_above_the_limit_is_kept_and_refused_unread": (
        "intake.actions.submitting.submit",
    ),
    "tests/district/intake/test_intake_acceptance.py::test_a_file_without_a_month_asks_for_it": (
        "intake.actions.submitting.set_period",
    ),
    "tests/district/intake/test_intake_acceptance.py::test_release_date_and_source_have_defaults_that_a_person_may_change": (
        "intake.actions.deciding.accept",
    ),
    "tests/district/intake/test_intake_acceptance.py::test_withdrawing_keeps_the_file_and_ends_the_matter": (
        "intake.actions.submitting.withdraw",
    ),
    "tests/district/intake/test_intake_pages.py::test_an_old_page_cannot_accept_what_was_checked_anew": (
        "ground.jobs.actions.start",
    ),
    "tests/district/intake/test_intake_pages.py::test_the_sender_takes_a_file_back_before_it_is_accepted": (
        "intake.actions.submitting.check",
    ),
    "tests/district/intake/test_intake_pages.py::test_undo_from_the_page_takes_the_figures_back": (
        "intake.actions.deciding.undo",
        "observations.actions.undo_batch",
    ),
    "tests/district/observations/test_estimates.py::test_an_estimate_is_no_figure_of_the_ledger": (
        "observations.actions.record_estimate",
    ),
    "tests/district/observations/test_estimates.py::test_the_page_saves_all_or_says_what_is_no_number": (
        "observations.actions.record_estimates",
    ),
    "tests/district/observations/test_ledger_queries.py::test_a_frame_row_is_the_figure_as_published": (
        "observations.actions.store_batch",
    ),
    "tests/district/observations/test_ledger_queries.py::test_the_frame_has_its_shape_even_when_the_ledger_is_empty": (
        "observations.actions.sync_regions",
    ),
    "tests/district/outbox/test_outbox.py::test_a_failed_digest_is_tried_again_later_then_given_up_then_sent_by_hand": (
        "outbox.actions.try_again",
    ),
    "tests/district/outbox/test_outbox.py::test_nothing_leaves_while_no_channel_is_on": (
        "outbox.actions.post",
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
    "tests/district/projects/page/test_forms_once.py::test_a_view_is_kept_and_forgotten": (
        "projects.library.decisions.forget_view",
    ),
    "tests/district/quality/test_query_letters.py::test_a_letter_is_issued_answered_and_closed": (
        "quality.actions.issue_letter",
    ),
    "tests/district/quality/test_query_letters.py::test_the_unit_answers_once": (
        "quality.actions.answer_letter",
    ),
    "tests/district/quality/test_query_letters.py::test_the_statistician_closes_after_the_answer_and_with_a_reason": (
        "quality.actions.close_letter",
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
    "tests/district/projects/page/test_project_pages.py::test_a_saved_view_keeps_filters_and_nothing_else": (
        "projects.library.decisions.keep_view",
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
    "tests/district/supervision/matters/test_desk.py::test_notices_show_at_their_hour_and_are_read_once": (
        "supervision.matters.actions.reports.read_notices",
    ),
    "tests/district/supervision/escalation/test_escalating.py::test_a_pause_stops_the_line": (
        "supervision.matters.actions.handling.pause",
    ),
    "tests/district/supervision/escalation/test_escalating.py::test_an_extension_starts_the_line_anew": (
        "supervision.matters.actions.handling.decide_extension",
    ),
    "tests/district/supervision/escalation/test_escalating.py::test_on_a_weekend_no_slip_is_served": (
        "supervision.slips.actions.serve",
    ),
    "tests/district/supervision/escalation/test_escalating.py::test_raised_by_hand_the_people_of_that_level_are_told_and_the_line_goes_on_from_there": (
        "supervision.escalation.actions.raise_by_hand",
        "supervision.matters.actions.handling.raise_level",
    ),
    "tests/district/supervision/escalation/test_escalating.py::test_reminders_come_once_before_the_day": (
        "supervision.escalation.actions.escalate",
    ),
    "tests/district/supervision/escalation/test_escalating.py::test_what_was_reported_done_is_not_pressed": (
        "supervision.matters.actions.handling.feed_back",
    ),
    "tests/district/supervision/matters/test_forms_once.py::test_a_draft_is_dropped": (
        "supervision.matters.actions.opening.drop",
    ),
    "tests/district/supervision/matters/test_forms_once.py::test_a_file_is_attached_to_a_feedback": (
        "supervision.matters.actions.reports.attach",
    ),
    "tests/district/supervision/matters/test_life.py::test_a_pause_moves_the_day_and_takes_the_matter_out_of_the_rates": (
        "supervision.matters.actions.handling.resume",
    ),
    "tests/district/supervision/matters/test_life.py::test_every_step_is_in_the_journal": (
        "supervision.matters.actions.opening.assign",
        "supervision.matters.actions.opening.register",
    ),
    "tests/district/supervision/matters/test_life.py::test_from_draft_to_closure": (
        "supervision.matters.actions.handling.close",
    ),
    "tests/district/supervision/matters/test_life.py::test_of_two_who_act_at_once_one_is_refused": (
        "supervision.matters.actions.handling.sign",
    ),
    "tests/district/supervision/matters/test_life.py::test_one_open_matter_a_cause": (
        "supervision.log.append.append",
        "supervision.matters.actions.opening.draft",
    ),
    "tests/district/supervision/matters/test_life_later.py::test_an_extension_that_was_asked_of_another_order_is_gone_with_it": (
        "supervision.matters.actions.handling.decline",
    ),
    "tests/district/supervision/matters/test_life_later.py::test_what_is_reopened_in_time_keeps_its_day": (
        "supervision.matters.actions.handling.reopen",
    ),
    "tests/district/supervision/matters/test_life_later.py::test_what_was_reported_late_is_late_still_when_it_is_sent_back": (
        "supervision.matters.actions.handling.check",
    ),
    "tests/district/supervision/matters/test_life_later.py::test_who_asked_for_an_extension_does_not_grant_it_after_moving": (
        "supervision.matters.actions.handling.ask_extension",
    ),
    "tests/district/supervision/matters/test_life_later.py::test_who_stood_for_a_feedback_does_not_check_it_after_moving": (
        "supervision.matters.actions.handling.sign_off",
    ),
    "tests/district/supervision/matters/test_matter_page.py::test_notes_of_the_office_are_not_shown_to_the_unit": (
        "supervision.matters.actions.handling.note",
    ),
    "tests/district/supervision/matters/test_matter_page.py::test_the_form_is_sent_twice_and_counts_once": (
        "supervision.matters.actions.reports.report",
    ),
    "tests/district/supervision/matters/test_matters_list.py::test_a_draft_by_hand_gets_its_number_and_a_part_its_whole": (
        "supervision.matters.actions.drafting.draft_by_hand",
    ),
    "tests/district/supervision/matters/test_matters_list.py::test_a_view_keeps_filters_under_a_name_and_is_the_persons_own": (
        "supervision.matters.actions.reports.forget_view",
        "supervision.matters.actions.reports.keep_view",
    ),
    "tests/district/supervision/scoring/test_scores.py::test_a_kept_month_does_not_change_with_the_rules_or_with_later_entries": (
        "supervision.scoring.actions.keep_scores",
    ),
    "tests/district/supervision/scoring/test_scores.py::test_the_pages_take_an_appeal_and_its_decision": (
        "supervision.scoring.actions.appeal",
        "supervision.scoring.actions.decide",
    ),
    "tests/district/supervision/slips/test_slips.py::test_a_level_is_not_served_twice_for_one_due_date": (
        "supervision.slips.actions.issue_slip",
    ),
    "tests/district/supervision/slips/test_slip_pages.py::test_the_page_of_rules_says_what_holds_and_who_is_in_charge": (
        "supervision.escalation.supervising_leader.put_in_charge",
    ),
    "tests/district/supervision/slips/test_slips.py::test_the_unit_signs_and_answers_once": (
        "supervision.slips.actions.acknowledge",
        "supervision.slips.actions.answer",
    ),
    "tests/district/supervision/slips/test_slips.py::test_withdrawn_with_a_reason_it_stays_readable_and_may_be_served_again_by_hand": (
        "supervision.slips.actions.withdraw",
    ),
    "tests/district/supervision/sources/test_sources_decisions.py::test_a_deadline_before_the_papers_day_is_a_question": (
        "supervision.sources.actions.proposing.register_source",
    ),
    "tests/district/supervision/sources/test_sources_decisions.py::test_a_group_expands_and_has_no_lead_until_a_person_says": (
        "supervision.sources.actions.deciding.split_among",
    ),
    "tests/district/supervision/sources/test_sources_decisions.py::test_a_merge_is_not_undone_under_a_later_decision": (
        "supervision.sources.actions.deciding.edit",
        "supervision.sources.actions.deciding.merge",
    ),
    "tests/district/supervision/sources/test_sources_decisions.py::test_a_settled_paper_takes_nothing_back": (
        "supervision.sources.actions.deciding.settle",
    ),
    "tests/district/supervision/sources/test_sources_decisions.py::test_assignment_begins_with_what_was_planned": (
        "supervision.sources.actions.deciding.confirm",
    ),
    "tests/district/supervision/sources/test_sources_decisions.py::test_decisions_are_taken_back_in_turn": (
        "supervision.sources.actions.undoing.undo_last",
    ),
    "tests/district/supervision/sources/test_sources_decisions.py::test_parts_have_their_own_words_as_evidence_and_their_own_deadline": (
        "supervision.sources.actions.deciding.split",
    ),
    "tests/district/supervision/sources/test_sources_decisions.py::test_the_day_is_not_moved_under_a_decision": (
        "supervision.sources.actions.deciding.dismiss",
    ),
    "tests/district/supervision/sources/test_sources_decisions.py::test_the_same_order_in_a_second_paper_is_offered_and_joined": (
        "supervision.sources.actions.deciding.join",
    ),
    "tests/district/supervision/sources/test_sources_decisions.py::test_two_people_at_once_decide_once": (
        "supervision.sources.actions.undoing.undo",
    ),
    "tests/district/supervision/sources/test_sources_decisions.py::test_words_added_by_hand_must_stand_in_the_paper": (
        "supervision.sources.actions.instructions.write_by_hand",
    ),
    "tests/district/supervision/lights/test_sources_lights.py::test_the_same_lights_again_change_nothing": (
        "supervision.lights.actions.propose_from_lights",
    ),
    "tests/district/supervision/sources/test_sources_model.py::test_asked_twice_it_proposes_once": (
        "supervision.sources.actions.proposing.add_from_model",
    ),
    "tests/district/supervision/sources/test_sources_pages.py::test_a_locked_pdf_is_refused": (
        "supervision.sources.actions.proposing.note_refusal",
    ),
    "tests/district/supervision/sources/test_sources_pages.py::test_a_note_is_drafted_at_once_or_proposed_first": (
        "supervision.sources.actions.instructions.take_note",
    ),
    "tests/district/supervision/sources/test_sources_pages.py::test_without_any_date_nothing_is_confirmed_until_a_person_gives_it": (
        "supervision.sources.actions.proposing.amend_source",
        "supervision.sources.actions.proposing.propose_again",
    ),
    "tests/district/supervision/weekly/test_weekly.py::test_a_closed_week_is_never_written_to_again": (
        "supervision.weekly.actions.close_week",
        "supervision.weekly.actions.look",
    ),
    "tests/district/supervision/weekly/test_weekly.py::test_a_new_red_is_added_and_a_row_that_waits_shows_todays_light": (
        "supervision.weekly.actions.refresh_week",
    ),
    "tests/district/supervision/weekly/test_weekly.py::test_the_database_refuses_half_a_look": (
        "supervision.weekly.actions.open_week",
    ),
    "tests/district/supervision/weekly/test_weekly.py::test_ticked_rows_are_recorded_together_or_not_at_all": (
        "supervision.weekly.actions.look_many",
    ),
    "tests/district/proofs/test_proof_pages.py::test_a_paper_without_text_is_refused_and_leaves_its_trace": (
        "proofs.actions.note_unreadable",
    ),
    "tests/district/proofs/test_proof_pages.py::test_the_list_of_figures_is_exported": (
        "proofs.actions.keep_check",
    ),
}
FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/home/test_today.py::test_what_was_confirmed_together_is_taken_back_together": (
        "home:act",
        "home:undo",
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
    "tests/district/attraction/test_deal_pages.py::test_a_deal_is_corrected": ("attraction:edit",),
    "tests/district/attraction/test_deal_pages.py::test_a_deal_is_linked_and_the_link_removed": (
        "attraction:link",
        "attraction:unlink",
    ),
    "tests/district/attraction/test_deal_pages.py::test_a_next_step_is_set": ("attraction:next_step",),
    "tests/district/attraction/test_deal_pages.py::test_a_view_is_kept_and_forgotten": (
        "attraction:forget_view",
        "attraction:save_view",
    ),
    "tests/district/attraction/test_deal_pages.py::test_an_amount_is_noted": ("attraction:amount",),
    "tests/district/attraction/test_deal_pages.py::test_an_amount_is_withdrawn": (
        "attraction:withdraw_amount",
    ),
    "tests/district/attraction/test_deal_pages.py::test_an_event_is_noted": ("attraction:event",),
    "tests/district/attraction/test_deal_pages.py::test_an_event_is_withdrawn": (
        "attraction:withdraw_event",
    ),
    "tests/district/attraction/test_deal_pages.py::test_duplicates_are_merged_and_taken_apart": (
        "attraction:merge",
        "attraction:unmerge",
    ),
    "tests/district/attraction/test_deal_pages.py::test_lines_pasted_from_a_spreadsheet_become_deals_of_the_own_unit": (
        "attraction:mine",
    ),
    "tests/district/attraction/test_deal_pages.py::test_shares_are_set": ("attraction:shares",),
    "tests/district/bulletins/test_bulletin_pages.py::test_a_clerk_drafts_by_a_job_and_lands_on_the_preview": (
        "bulletins:draft",
    ),
    "tests/district/bulletins/test_bulletin_pages.py::test_a_draft_goes_back_with_words_and_is_reviewed_and_issued_on_the_page": (
        "bulletins:send_back",
    ),
    "tests/district/bulletins/test_bulletin_pages.py::test_the_whole_way_through_the_pages": (
        "bulletins:issue",
        "bulletins:review",
        "bulletins:verify",
    ),
    "tests/district/bulletins/test_bulletin_pages.py::test_wording_makes_a_new_edition_and_a_figure_is_sent_back": (
        "bulletins:words",
    ),
    "tests/district/bulletins/test_document_pages.py::test_an_analyst_makes_one_and_lands_on_its_preview": (
        "bulletins:make",
    ),
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
    "tests/district/indicators/test_ahead_pages.py::test_the_place_says_what_a_miss_is_worth_and_takes_the_set_that_fits": (
        "indicators:adopt_rules",
        "indicators:say_worth",
    ),
    "tests/district/indicators/test_pages.py::test_setting_a_target_by_the_form_twice_makes_one_version": (
        "indicators:set_target",
    ),
    "tests/district/intake/test_columns.py::test_teaching_on_the_page_leads_to_the_preview_with_its_heading_in_words": (
        "intake:layout",
    ),
    "tests/district/intake/test_columns.py::test_the_effect_of_an_alias_is_shown_before_it_counts": (
        "intake:alias",
    ),
    "tests/district/intake/test_columns.py::test_versions_are_listed_and_taken_back_on_the_page": (
        "intake:take_back",
    ),
    "tests/district/intake/test_intake_pages.py::test_a_page_asks_for_the_month_and_goes_on": (
        "intake:period",
    ),
    "tests/district/intake/test_intake_pages.py::test_accepting_asks_reasons_and_tells_where_the_figures_went": (
        "intake:accept",
        "intake:upload",
    ),
    "tests/district/intake/test_intake_pages.py::test_an_old_page_cannot_accept_what_was_checked_anew": (
        "intake:check",
    ),
    "tests/district/intake/test_intake_pages.py::test_the_sender_takes_a_file_back_before_it_is_accepted": (
        "intake:withdraw",
    ),
    "tests/district/intake/test_intake_pages.py::test_undo_from_the_page_takes_the_figures_back": (
        "intake:undo",
    ),
    "tests/district/observations/test_estimates.py::test_the_page_saves_all_or_says_what_is_no_number": (
        "observations:estimates",
    ),
    "tests/district/outbox/test_outbox.py::test_what_was_given_up_is_sent_again_from_the_page": (
        "outbox:again",
    ),
    "tests/district/quality/test_query_letters.py::test_the_office_issues_from_the_page_of_checks": (
        "quality:issue",
    ),
    "tests/district/quality/test_query_letters.py::test_the_unit_answers_on_the_page_of_its_letter": (
        "quality:answer",
    ),
    "tests/district/quality/test_query_letters.py::test_the_office_closes_on_the_page_of_the_letter": (
        "quality:close",
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
    "tests/district/projects/page/test_forms_once.py::test_a_view_is_kept_and_forgotten": (
        "projects:forget_view",
        "projects:save_view",
    ),
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
    "tests/district/supervision/matters/test_desk.py::test_all_notices_are_read_at_once": (
        "supervision:read_notices",
    ),
    "tests/district/supervision/matters/test_desk.py::test_notices_show_at_their_hour_and_are_read_once": (
        "supervision:read_notice",
    ),
    "tests/district/supervision/matters/test_desk.py::test_the_head_signs_and_nobody_else": (
        "supervision:sign_off",
    ),
    "tests/district/supervision/matters/test_forms_once.py::test_a_decision_is_taken_back": (
        "supervision:undo_last",
    ),
    "tests/district/supervision/matters/test_forms_once.py::test_a_group_becomes_one_matter_a_unit": (
        "supervision:split_among",
    ),
    "tests/district/supervision/matters/test_forms_once.py::test_a_paper_is_settled_when_all_is_decided": (
        "supervision:settle_source",
    ),
    "tests/district/supervision/matters/test_forms_once.py::test_a_slip_is_withdrawn_with_a_reason": (
        "supervision:withdraw_slip",
    ),
    "tests/district/supervision/matters/test_forms_once.py::test_all_notices_are_read": (
        "supervision:read_all_notices",
    ),
    "tests/district/supervision/matters/test_forms_once.py::test_lights_are_looked_at_by_hand": (
        "supervision:run_lights",
    ),
    "tests/district/supervision/matters/test_forms_once.py::test_the_ladder_is_climbed_by_hand": (
        "supervision:escalate",
    ),
    "tests/district/supervision/matters/test_forms_once.py::test_the_same_order_again_is_joined_to_its_matter": (
        "supervision:join_proposal",
    ),
    "tests/district/supervision/matters/test_forms_once.py::test_two_of_a_paper_are_merged": (
        "supervision:merge_proposal",
    ),
    "tests/district/supervision/matters/test_forms_once.py::test_words_of_the_paper_are_added_by_hand": (
        "supervision:add_proposal",
    ),
    "tests/district/supervision/matters/test_matter_page.py::test_the_form_is_sent_twice_and_counts_once": (
        "supervision:deed",
    ),
    "tests/district/supervision/matters/test_matters_list.py::test_a_draft_by_hand_gets_its_number_and_a_part_its_whole": (
        "supervision:matter_draft",
    ),
    "tests/district/supervision/matters/test_matters_list.py::test_a_view_keeps_filters_under_a_name_and_is_the_persons_own": (
        "supervision:forget_matter_view",
        "supervision:keep_matter_view",
    ),
    "tests/district/supervision/scoring/test_scores.py::test_the_pages_take_an_appeal_and_its_decision": (
        "supervision:score_appeal",
        "supervision:score_decide",
    ),
    "tests/district/supervision/slips/test_slip_pages.py::test_a_unit_signs_and_answers_on_the_page": (
        "supervision:acknowledge_slip",
        "supervision:answer_slip",
    ),
    "tests/district/supervision/slips/test_slip_pages.py::test_issuing_by_hand_on_the_page_keeps_what_was_typed": (
        "supervision:new_slip",
    ),
    "tests/district/supervision/slips/test_slip_pages.py::test_the_bell_counts_what_awaits_and_opening_a_notice_reads_it": (
        "supervision:open_notice",
    ),
    "tests/district/supervision/slips/test_slip_pages.py::test_the_page_of_rules_says_what_holds_and_who_is_in_charge": (
        "supervision:put_in_charge",
    ),
    "tests/district/supervision/sources/test_sources_model.py::test_asked_twice_it_proposes_once": (
        "supervision:ask_model",
    ),
    "tests/district/supervision/sources/test_sources_pages.py::test_a_locked_pdf_is_refused": (
        "supervision:upload_source",
    ),
    "tests/district/supervision/sources/test_sources_pages.py::test_a_note_is_drafted_at_once_or_proposed_first": (
        "supervision:note",
    ),
    "tests/district/supervision/sources/test_sources_pages.py::test_editing_and_splitting_work_without_script": (
        "supervision:edit_proposal",
        "supervision:split_proposal",
    ),
    "tests/district/supervision/sources/test_sources_pages.py::test_the_list_counts_what_is_open": (
        "supervision:drop_proposal",
    ),
    "tests/district/supervision/sources/test_sources_pages.py::test_the_task_table_holds_what_was_confirmed": (
        "supervision:undo_proposal",
    ),
    "tests/district/supervision/sources/test_sources_pages.py::test_without_any_date_nothing_is_confirmed_until_a_person_gives_it": (
        "supervision:amend_source",
        "supervision:confirm_proposal",
    ),
    "tests/district/supervision/weekly/test_weekly_pages.py::test_the_week_on_the_page": (
        "supervision:close_week",
        "supervision:look",
        "supervision:look_many",
        "supervision:open_week",
    ),
    "tests/district/proofs/test_proof_pages.py::test_a_check_stays_as_it_was_and_another_one_sees_the_new_ledger": (
        "proofs:again",
        "proofs:upload",
    ),
}

# Addresses that take a form and have no case, and why.
FORMS_WITHOUT: dict[str, str] = {
    "accounts:sign_in": "its sender is a stranger: nobody whose form it could be; it makes nothing",
    "accounts:finish_reset": "a stranger's: the code serves once (test_separation.py)",
    "accounts:sign_out": "the second sender is a stranger by then and is shown the door",
    "accounts:hand_over": "its answer is a secret and is not kept: the second is told so (test_separation.py)",
    "set_language": "changes a cookie of the browser and nothing in the database",
}
# Public functions of files of actions that journal nothing by themselves, and why.
PART = "a part of accepting or undoing a file, in whose transaction it stands and which journals it"
ACTIONS_WITHOUT: dict[str, str] = {
    "attraction.lists.list_actions.store_deals": PART,
    "attraction.lists.list_actions.undo_deals": PART,
    "projects.library.list_actions.store_list": PART,
    "projects.ratings.actions.store_ratings": PART,
    "projects.ratings.actions.undo_ratings": PART,
    "supervision.matters.available_actions.require_action": "asks whether an action may be done",
}


def actions_of(test: str) -> tuple[str, ...]:
    return ACTIONS.get(test, ())


def forms_of(test: str) -> tuple[str, ...]:
    return FORMS.get(test, ())
