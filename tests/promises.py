"""Each promise, in its own words, and the tests that show it. `tests.test_promises` holds that every one is there.

The reply table is DESIGN.md's, "On the wire"; the others are what went wrong elsewhere, and what holds here instead.
"""

from __future__ import annotations

from typing import Final

Table = dict[str, tuple[str, ...]]

ON_THE_WIRE: Final[Table] = {
    "no connection, timeout, TLS error: keep; full-jitter back-off 5 s to 15 min, the exponent capped": (
        "test_reply_table.py::test_no_connection_timeout_or_tls_error_keeps_everything_and_backs_off",
        "test_client_received.py::test_a_centre_that_never_answers_is_given_up",
        "test_pace.py::test_back_off_doubles_from_five_seconds_and_ends_at_fifteen_minutes",
        "test_pace.py::test_back_off_is_full_jitter_anything_up_to_its_ceiling",
        "test_pace.py::test_a_kiosk_offline_for_months_does_not_overflow",
    ),
    "2xx that is not our reply: nothing acknowledged; captive portal or proxy": (
        "test_reply_table.py::test_a_2xx_that_is_not_our_reply_acknowledges_nothing",
        "test_client_received.py::test_a_200_that_is_not_our_batch_response_acknowledges_nothing",
    ),
    "entry 200/201: sent; 412 on a conditional create: already there, sent": (
        "test_reply_table.py::test_entry_200_or_201_is_sent_and_412_on_a_conditional_create_too",
        "test_decisions.py::test_412_on_a_put_is_no_acknowledgement",
    ),
    "entry 404/405 on PUT: no update-as-create: switch, send again": (
        "test_reply_table.py::test_entry_404_or_405_on_put_switches_to_conditional_create_and_sends_again",
    ),
    "entry 408/409/424/429/5xx: only this one waits": (
        "test_reply_table.py::test_entry_408_409_424_429_or_5xx_waits_alone",
        "test_other_servers.py::test_every_answer_arrives_exactly_once",
    ),
    "entry 400/422: refused after the second try, with the OperationOutcome's words": (
        "test_reply_table.py::test_entry_400_or_422_is_refused_after_the_second_try_with_the_centres_words",
    ),
    "whole 400/413/422: bisect": (
        "test_reply_table.py::test_a_whole_400_413_or_422_is_bisected",
        "test_courier_batches.py::test_a_batch_refused_as_a_whole_is_halved_until_the_bad_one_stands_alone",
        "test_decisions.py::test_other_refusals_make_smaller_batches_until_some_are_taken",
        "test_other_servers.py::test_a_server_that_rejects_a_whole_batch_for_one_entry_gets_all_others_once",
    ),
    "whole 400/413/422, too large: halve": ("test_reply_table.py::test_a_whole_too_large_halves_and_stays_so",),
    "whole 400/415 with gzip: plain": ("test_reply_table.py::test_a_whole_400_or_415_with_gzip_is_sent_plain",),
    "401: one new token, then back-off; data is never dropped": (
        "test_reply_table.py::test_401_gets_one_new_token_then_backs_off_and_drops_nothing",
        "journeys/test_device_and_hub_lose_nothing.py::test_a_revoked_device_keeps_its_answers_and_is_told_to_pair_again",
    ),
    "403: hold the queue, tell staff": ("test_reply_table.py::test_403_holds_the_queue_and_tells_staff",),
    "429/503: Retry-After (seconds or date), plus jitter": (
        "test_reply_table.py::test_429_or_503_waits_as_retry_after_says",
        "test_pace.py::test_retry_after_is_waited_out_and_a_little_more",
    ),
    "a batch of at most 100 entries and 400 KB, one request in flight": (
        "test_reply_table.py::test_a_batch_has_at_most_100_entries_and_400_kb_and_one_is_on_its_way_at_a_time",
        "test_courier_thread.py::test_only_one_request_is_in_flight",
        "test_client_sent.py::test_a_full_batch_stays_within_the_limit_of_the_wire",
    ),
    "updateCreate: PUT, else conditional create; no fullUrl": (
        "test_reply_table.py::test_the_capability_statement_decides_and_no_entry_has_a_full_url",
        "test_other_servers.py::test_what_the_rewriting_server_does_to_others",
    ),
    "only a real batch-response with the same number of entries acknowledges anything": (
        "test_batch.py::test_a_batch_response_counts_only_with_as_many_entries_as_were_sent",
    ),
    "sign-in by a key made on the device; also secret, bearer, basic, none": (
        "test_credentials.py::test_pairing_shows_only_the_public_half_of_the_key",
        "test_credentials.py::test_every_kind_of_sign_in_is_read_as_it_was_saved",
        "test_credentials.py::test_a_client_secret_is_traded_for_a_token",
    ),
    "times in assertions follow the server's Date": (
        "test_credentials.py::test_a_clock_years_off_does_not_keep_the_device_from_signing_in",
    ),
    "no switch that turns certificate checks off": (
        "test_client_safety.py::test_no_setting_in_the_environment_replaces_the_systems_store",
    ),
    "surveys are pulled, ETag honoured, version compared in any case": (
        "test_courier_errands.py::test_surveys_are_brought_once_for_each_version",
        "test_courier_errands.py::test_a_server_that_honours_no_etag_is_compared_by_content",
    ),
}

LOSING_OR_DOUBLING: Final[Table] = {
    "an answer leaves the device only after the centre acknowledged it, plus stated days": (
        "test_outbox.py::test_only_acknowledged_responses_are_purged_and_only_after_their_time",
        "test_courier_errands.py::test_acknowledged_answers_are_purged_after_their_time_and_no_others",
    ),
    "only an acknowledgement for that very response counts": (
        "test_courier_exactly_once.py::test_an_answer_is_sent_only_when_that_very_answer_was_acknowledged",
        "test_client_received.py::test_a_reply_with_fewer_entries_than_were_sent_acknowledges_nothing",
    ),
    "the id is made when the questionnaire opens; the database has a unique key; a repeat is answered as success": (
        "test_desk.py::test_each_session_has_an_id_of_its_own_and_saving_it_twice_doubles_nothing",
        "test_outbox.py::test_the_same_response_twice_is_one_response",
        "test_hub_responses.py::test_a_batch_is_kept_and_a_replay_of_it_counts_nothing_twice",
        "test_hub_responses.py::test_two_devices_that_bring_the_same_responses_at_once_are_both_told_yes_and_they_count_once",
    ),
    "a second tap on an old page changes nothing": (
        "test_flow.py::test_a_second_tap_on_a_page_that_has_gone_changes_nothing",
        "test_window.py::test_a_second_tap_on_a_new_page_does_nothing_for_a_moment",
    ),
    "a refused response is set aside, shown, kept; the rest goes on": (
        "test_courier_replies.py::test_one_bad_answer_is_set_aside_after_its_second_try_and_the_rest_goes_on",
        "test_outbox.py::test_a_refused_response_is_kept_and_shown_with_its_reason",
    ),
    "sent is shown only when acknowledged; health is the age of the oldest waiting response": (
        "test_courier_thread.py::test_health_tells_of_waiting_then_sent_with_the_time_of_the_last_contact",
        "test_outbox.py::test_health_is_the_age_of_the_oldest_waiting_response",
    ),
    "a 200 that is not our reply acknowledges nothing": (
        "test_courier_replies.py::test_a_captive_portal_acknowledges_nothing",
    ),
    "the exponent is capped; a kiosk may be offline for months": (
        "test_pace.py::test_a_kiosk_offline_for_months_does_not_overflow",
    ),
    "sequence, device time and received time; warn when they part; never sort or de-duplicate by time": (
        "test_hub_clocks.py::test_a_response_keeps_when_it_came_what_the_device_said_and_how_its_clock_stood",
        "test_hub_clocks.py::test_a_clock_that_is_off_is_told_in_words_on_the_devices_page_and_at_once",
        "test_hub_clocks.py::test_answers_count_on_the_day_they_come_whatever_the_devices_clock_says",
        "test_outbox.py::test_a_clock_set_back_by_years_delays_nothing",
    ),
    "settings and answers survive a pulled plug": (
        "journeys/test_power_cut.py::test_every_answer_that_was_promised_survives_a_power_cut_at_any_moment",
        "test_plug_pulled.py::test_before_it_is_whole_the_old_one_stays",
        "test_plug_pulled.py::test_what_was_saved_is_on_the_disk_with_its_name",
    ),
    "a broken file is set aside, what can be read is saved, the kiosk goes on, staff are told": (
        "test_outbox_mishaps.py::test_a_broken_file_is_set_aside_and_what_can_be_read_is_saved",
        "test_outbox_mishaps.py::test_a_file_that_is_no_database_does_not_stop_the_kiosk",
        "test_damage_met_by_the_courier.py::test_the_kiosk_sets_it_aside_while_nobody_touches_it",
    ),
}

KIOSK_BEHAVIOUR: Final[Table] = {
    "our own keyboard inside the window": (
        "test_keyboard.py::test_letters_reach_the_box_in_the_order_of_the_touches",
        "test_keyboards_data.py::test_there_is_a_keyboard_for_every_language_of_the_sample",
    ),
    "the field is always visible above it": (
        "test_inputs_text.py::test_the_keyboard_never_covers_the_box",
        "test_inputs_on_the_page.py::test_nothing_is_cut_covered_or_too_small",
    ),
    "every kind of input counts as activity; speech playing too": (
        "test_activity.py::test_every_kind_of_input_starts_the_time_anew",
        "test_window.py::test_every_touch_tells_that_someone_is_there_even_on_nothing",
        "test_shell.py::test_time_does_not_run_while_the_kiosk_speaks",
    ),
    "everything returns to the start: answers, language, text size, contrast, volume, speed": (
        "test_flow.py::test_everything_a_person_set_is_back_to_the_start_for_the_next",
        "test_speech_speaker.py::test_a_session_begins_with_the_usual_rate_and_volume",
        "journeys/test_a_restless_hand.py::test_whatever_a_hand_does_each_person_is_kept_once_and_forgotten",
    ),
    "Start again is always one touch away": (
        "test_flow.py::test_start_again_asks_first_and_then_forgets_everything",
        "test_present.py::test_every_screen_of_a_session_has_the_tools_in_the_same_order",
    ),
    "no default PIN; a forgotten one is reset at the machine by an administrator; a deliberate exit stays an exit": (
        "test_pin.py::test_there_is_no_default_pin",
        "test_cli_device.py::test_a_forgotten_pin_is_set_anew_at_the_next_start",
        "test_supervisor.py::test_a_deliberate_exit_stays_an_exit",
    ),
    "the network is never needed to start": (
        "test_courier_replies.py::test_starting_without_a_network_is_no_error",
        "journeys/test_a_touch_becomes_a_figure.py::test_what_was_touched_while_the_hub_was_down_is_in_the_hub_exactly_once",
    ),
    "the window refuses what a window can refuse; the guide locks the rest per system, and says which is which": (
        "test_window.py::test_keys_that_open_other_doors_are_swallowed",
        "test_window.py::test_it_closes_only_when_the_program_says_so",
        "test_promises.py::test_the_guide_says_for_each_system_how_to_lock_it_and_what_was_tried",
    ),
}

ACCESS: Final[Table] = {
    "speech cannot hang or slow the screen; any touch silences it at once": (
        "test_speech_mishaps.py::test_a_worker_that_hangs_is_replaced_and_the_next_sentence_is_heard",
        "journeys/test_silence_at_once.py::test_a_touch_is_silence_within_a_tenth_of_a_second",
    ),
    "voices are checked per language at start; where there is none, no button pretends": (
        "test_speech_voices.py::test_a_language_whose_only_voice_stays_mute_is_not_offered",
        "test_present.py::test_no_voice_no_button",
    ),
    "everything on the screen can be heard, including what has focus": (
        "test_present.py::test_everything_on_the_screen_is_heard",
        "test_listening.py::test_down_goes_through_everything_that_is_said_and_up_goes_back",
        "test_exploring.py::test_the_tab_key_tells_where_it_comes",
    ),
    "faces always have words, seen and spoken": (
        "test_present.py::test_a_scale_gets_faces_and_every_face_has_words",
        "test_present.py::test_an_answer_is_heard_with_its_position_and_whether_it_is_chosen",
    ),
    "every screen is laid out and looked at at 100, 150 and 200 % in every theme and in a right-to-left language": (
        "test_pages.py::test_nothing_is_cut_or_too_small_or_too_close",
        "test_geometry.py::test_nothing_on_any_screen_falls_short",
        "test_geometry.py::test_the_sample_comes_to_every_screen_size_and_language",
        "test_geometry.py::test_all_text_that_is_drawn_stands_out_seven_to_one",
    ),
    "right-to-left screens mirror as a whole": (
        "test_window.py::test_the_corner_is_large_free_and_at_the_end_side",
        "test_pages.py::test_nothing_is_cut_or_too_small_or_too_close",
        "test_keyboard.py::test_a_right_to_left_board_stands_as_its_file_says",
    ),
}

RECEPTION: Final[Table] = {
    "how many people answered today": ("test_outbox.py::test_reception_sees_how_many_answered_since_midnight",),
    "a clean-the-screen lock": (
        "journeys/test_staff_clean_the_screen.py::test_a_cloth_changes_nothing_and_holds_nothing_up",
        "test_staff.py::test_nothing_that_a_cloth_touches_does_anything",
    ),
    "never a terminal: staff pair, send, save and close by touch": (
        "journeys/test_staff_pair_the_device.py::test_a_code_that_is_approved_at_the_hub_makes_the_answers_leave",
        "journeys/test_answers_leave_on_a_stick.py::test_what_a_patient_answered_is_on_the_stick_and_still_waits",
        "test_staff.py::test_only_staff_can_close_the_kiosk",
    ),
    "a list of devices that have gone quiet": (
        "test_hub_quiet.py::test_a_device_is_quiet_after_the_hours_of_its_organisation",
        "test_hub_quiet.py::test_one_that_was_never_in_touch_is_quiet_too",
        "test_hub_sign_in.py::test_a_report_shows_on_the_devices_page",
    ),
    "the queue leaves by USB stick with the same ids, and the centre still refuses doubles": (
        "journeys/test_answers_leave_on_a_stick.py::test_what_a_patient_answered_is_on_the_stick_and_still_waits",
        "test_hub_handover.py::test_what_came_by_stick_and_then_by_network_is_kept_once",
        "test_hub_handover.py::test_what_came_by_network_and_then_by_stick_is_kept_once",
        "test_hub_handover.py::test_a_changed_byte_anywhere_is_refused_and_nothing_is_stored",
        "test_sealed_handover.py::test_nobody_reads_a_word_in_the_file_and_the_hub_reads_all_of_it",
    ),
    "Excel opens the export right; a cell never runs as a formula, headers included": (
        "test_hub_results.py::test_the_csv_opens_in_excel_and_holds_counts_only",
        "test_hub_results.py::test_a_cell_never_runs_as_a_formula",
    ),
    "the monthly return: counts per answer and method, no free text, unchangeable once sent": (
        "test_hub_returns.py::test_what_the_kiosks_brought_is_in_the_return_and_a_skipped_question_is_not",
        "test_hub_returns.py::test_a_return_that_was_sent_never_changes",
    ),
    "small groups are not recognisable": (
        "test_suppression.py::test_a_small_group_is_never_left_alone_beside_the_total",
        "test_suppression.py::test_no_small_count_follows_from_everything_that_was_ever_shown",
    ),
    "free text may name people": ("test_sample_survey.py::test_a_person_is_asked_not_to_write_names_wherever_they_can_write",),
    "one click starts it": (
        "test_autostart.py::test_the_icon_opens_this_very_kiosk_without_a_terminal",
        "test_autostart.py::test_what_the_icon_starts_is_there_and_answers",
        "test_autostart.py::test_on_writes_an_icon_and_a_start_at_sign_in_and_names_both",
    ),
    "a spoken line to invite people with": (
        "test_staff.py::test_reception_is_given_a_sentence_to_invite_people_with",
        "journeys/test_reception_invites_people.py::test_reception_reads_a_kind_word_and_then_how_many_answered",
    ),
    "told gently when the day's count is zero": (
        "test_staff.py::test_a_day_without_an_answer_is_told_gently",
        "journeys/test_reception_invites_people.py::test_reception_reads_a_kind_word_and_then_how_many_answered",
    ),
}

NOT_YET: Final[tuple[str, ...]] = ()
"""Promises whose feature is not there yet; the list may only become shorter."""

PROMISES: Final[dict[str, Table]] = {
    "On the wire": ON_THE_WIRE,
    "Losing or doubling answers": LOSING_OR_DOUBLING,
    "Kiosk behaviour": KIOSK_BEHAVIOUR,
    "Access": ACCESS,
    "Reception and administration": RECEPTION,
}
