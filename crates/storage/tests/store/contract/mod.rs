//! The contract that every engine keeps: promises by chapter, each a function over any store.

pub(crate) mod changes;
pub(crate) mod comments;
pub(crate) mod decision_history;
pub(crate) mod decisions;
pub(crate) mod latest;
pub(crate) mod marks;
pub(crate) mod moderation;
pub(crate) mod order;
pub(crate) mod own;
pub(crate) mod pages;
pub(crate) mod paging;
pub(crate) mod queues;
pub(crate) mod reports;
pub(crate) mod sessions;
pub(crate) mod staff;
pub(crate) mod steering;
pub(crate) mod thread_list;
pub(crate) mod thread_names;
pub(crate) mod votes;

/// Makes every promise a test of one engine. `$open` is a function that opens a fresh store and returns with it whatever
/// must live as long; the attributes are each test's.
macro_rules! contract {
    ($open:path $(, $(#[$attribute:meta])*)?) => {
        $crate::contract::chapters! { ($open $(, $(#[$attribute])*)?)
            order {
                replies_follow_their_parent_oldest_first
                sorting_orders_top_level_comments_only
                cursor_continues_where_the_last_page_ended
                cursor_of_another_thread_is_unknown
                thread_without_comments_is_empty
            }
            paging {
                nothing_comes_twice_or_is_missed_while_others_vote_and_write
                comment_that_changes_places_with_another_comes_once
                page_that_began_at_a_comment_continues_below_it
                tree_hidden_while_it_is_read_by_score_is_skipped
                cursor_without_returned_positions_continues_by_present_scores
                cursor_by_score_of_another_thread_is_unknown
            }
            pages {
                page_continues_inside_a_tree_where_the_last_one_was_full
                page_is_bounded_by_text_and_holds_one_comment_at_least
                cursor_inside_a_tree_outlives_its_comment
                cursor_inside_another_threads_tree_is_unknown
                page_begins_at_the_tree_of_the_comment_asked_for
                page_begins_inside_the_tree_where_it_would_end_before
                comment_that_is_not_visible_here_leads_to_the_start_of_the_thread
                chain_of_ten_thousand_replies_is_read_page_by_page
                ten_thousand_replies_side_by_side_are_read_page_by_page
            }
            decision_history {
                log_of_a_random_history_adds_up_to_what_is_stored
            }
            decisions {
                every_change_is_a_row_of_the_log
                outdated_decision_changes_that_comment_alone_not
                second_moderator_finds_what_the_first_did
                decision_is_taken_back_once_and_not_below_another
                reports_are_open_again_when_their_decision_is_taken_back
                set_of_decisions_is_taken_back_as_one
                decision_by_query_is_made_while_the_number_is_the_one_seen
            }
            queues {
                queue_holds_what_its_name_says
                pages_of_a_queue_repeat_and_lose_nothing_while_comments_come
                words_are_found_in_any_form_in_texts_and_names
                search_knows_the_present_text_alone
                pages_of_a_search_are_in_order
                comments_missing_in_the_index_are_put_there
                what_stands_around_a_comment_is_found
                comments_of_one_author_are_found_by_one_of_them
                queue_is_bounded_by_time
            }
            comments {
                stored_comment_comes_back_as_it_was_sent
                same_key_gives_the_same_comment_once
                same_key_with_another_request_is_refused
                parent_must_be_published_and_in_this_thread
                closed_thread_takes_no_comment
                counts_come_in_the_order_asked
                version_is_later_after_every_write_and_the_same_between
                revision_is_the_threads_own
                revisions_come_in_the_order_asked
                first_comments_at_once_open_one_thread
                concurrent_comments_are_all_stored
                secret_is_stored_the_first_time
                store_that_works_answers_a_ping
                closed_store_says_that_it_is_unavailable
            }
            own {
                comment_of_any_status_is_found_with_its_text
                edited_comment_has_its_new_text_and_time
                later_of_two_edits_of_one_text_is_a_conflict
                same_text_again_changes_nothing
                edited_comment_that_is_held_leaves_the_thread
                pending_comment_stays_pending_when_edited
                removed_comment_is_not_edited
                comment_deleted_by_its_author_leaves_a_tombstone_above_its_replies
                comment_deleted_by_its_author_is_not_moderated
                key_of_a_deleted_comment_makes_no_second_one
                authors_are_read_from_a_time_on
            }
            votes {
                reader_has_one_vote_and_may_change_it
                same_vote_again_changes_nothing
                votes_of_many_readers_at_once_are_all_counted
                only_published_comments_are_voted_on
                best_scored_come_first
                votes_go_with_the_deleted_comment
                votes_of_one_reader_are_read
                address_has_so_many_readers_for_each_comment
                address_is_forgotten_after_a_day
            }
            moderation {
                pending_comment_is_neither_listed_nor_counted
                total_follows_every_decision
                hidden_comment_is_a_tombstone_while_published_replies_hang_from_it
                hidden_top_level_comments_do_not_count_towards_the_limit
                retry_after_a_decision_returns_the_present_status
                queue_is_filtered_and_newest_first
                decision_on_a_missing_comment_says_so
            }
            marks {
                marks_fit_published_comments
                featured_comments_are_listed_alone_in_the_order_of_their_arrival
                featured_comments_are_read_page_by_page
                pinned_comments_stand_first_in_every_order_and_come_once
                pinned_tree_that_fills_a_page_goes_on_before_the_others
                comment_pinned_or_unpinned_between_two_pages_comes_once
                only_published_top_level_comments_are_pinned
                changed_marks_are_a_change_of_the_comment
            }
            steering {
                thread_without_comments_can_be_steered
                closed_thread_takes_comments_again_after_its_end
                slow_thread_takes_one_comment_of_an_author_at_a_time
                refused_comment_does_not_make_its_author_wait
                two_comments_of_an_author_at_once_are_one_too_many
                changed_settings_are_a_change_of_the_thread_for_those_who_have_not_seen_it
                phases_that_spoke_are_kept_with_the_text
            }
            thread_list {
                thread_with_the_latest_comment_comes_first
                words_are_found_in_titles_and_pages_in_any_letters
            }
            thread_names {
                thread_is_named_by_published_comments_alone
                later_value_from_the_site_replaces_an_earlier_one
                title_goes_with_its_comment_and_another_replaces_it
                missing_title_removes_nothing
                thread_closes_by_the_age_of_its_published_comments
            }
            changes {
                every_comment_is_listed_once_in_the_order_of_its_last_change
                kind_of_a_change_depends_on_the_revision_seen
                comment_that_was_never_published_is_no_change
                tombstone_goes_with_its_last_reply
                many_changes_are_read_in_several_reads
                changes_of_one_revision_are_all_read_though_a_read_ends_between
                missing_thread_has_no_changes
                next_version_comes_with_the_next_write
            }
            latest {
                newest_of_all_pages_come_first
                only_published_comments_of_the_site_are_listed
                pages_with_the_most_published_comments_since_a_time_come_first
            }
            reports {
                report_is_stored_with_its_reason_note_and_time
                reader_reports_a_comment_once
                only_published_comments_are_reported
                comment_is_held_when_enough_addresses_reported_it
                decision_resolves_the_reports_before_it
                approved_text_is_not_held_by_reports_and_its_next_one_is
                comment_deleted_by_its_author_has_no_open_reports
                queue_counts_open_reports
            }
            staff {
                invited_person_is_listed_with_the_role
                name_is_of_one_person
                link_is_used_once_and_within_its_time
                credential_ends_the_persons_other_links
                link_used_many_times_at_once_is_used_once
                role_is_given_changed_and_taken_away
                last_owner_who_can_sign_in_is_kept
                revoked_person_keeps_nothing_and_may_be_invited_again
                sites_with_threads_are_listed
            }
            sessions {
                session_ends_when_it_is_idle_and_in_any_case
                session_has_the_roles_of_the_moment
                session_is_ended_by_its_id
                passkey_is_made_by_a_link_and_used
                ceremony_is_taken_once_and_in_time
                sweep_deletes_nothing_that_is_good
                key_is_known_until_it_is_withdrawn
            }
        }
    };
}
pub(crate) use contract;

/// Makes tests of the promises of these chapters.
macro_rules! chapters {
    ($open:tt $($chapter:ident { $($promise:ident)* })*) => {
        $(mod $chapter {
            $($crate::contract::promise! { $open $chapter $promise })*
        })*
    };
}
pub(crate) use chapters;

/// Makes a test of one promise.
macro_rules! promise {
    (($open:path $(, $(#[$attribute:meta])*)?) $chapter:ident $promise:ident) => {
        #[tokio::test]
        $($(#[$attribute])*)?
        async fn $promise() {
            let (store, _resources) = $open().await;
            $crate::contract::$chapter::$promise(&store).await;
            store.close().await;
        }
    };
}
pub(crate) use promise;
