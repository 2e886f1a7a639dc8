//! The contract that every engine keeps: promises by chapter, each a function over any store.

pub(crate) mod changes;
pub(crate) mod comments;
pub(crate) mod latest;
pub(crate) mod moderation;
pub(crate) mod order;
pub(crate) mod own;
pub(crate) mod pages;
pub(crate) mod paging;
pub(crate) mod reports;
pub(crate) mod thread_names;
pub(crate) mod votes;

/// Makes every promise a test of one engine. `$open` is a function that opens a fresh store and returns with it whatever
/// must live as long.
macro_rules! contract {
    ($open:path) => {
        $crate::contract::chapters! { ($open)
            order {
                replies_follow_their_parent_oldest_first
                sorting_orders_top_level_comments_only
                cursor_goes_on_where_the_last_answer_ended
                cursor_of_another_thread_is_unknown
                thread_nobody_wrote_in_is_empty
            }
            paging {
                nothing_comes_twice_or_is_missed_while_others_vote_and_write
                comment_that_changes_places_with_another_comes_once
                answer_that_began_at_a_comment_goes_on_below_it
                tree_that_goes_while_it_is_read_by_score_is_passed_over
                cursor_without_what_was_given_goes_on_by_the_scores_there_are
                cursor_by_score_of_another_thread_is_unknown
            }
            pages {
                answer_goes_on_inside_a_tree_where_the_last_one_was_full
                answer_is_full_of_text_too_and_holds_one_comment_at_least
                cursor_inside_a_tree_outlives_its_comment
                cursor_inside_another_threads_tree_is_unknown
                answer_begins_at_the_tree_of_the_comment_asked_for
                answer_begins_inside_the_tree_where_it_would_end_before
                comment_that_does_not_stand_here_leads_to_the_threads_start
                chain_of_ten_thousand_replies_is_read_part_by_part
                ten_thousand_replies_side_by_side_are_read_part_by_part
            }
            comments {
                kept_comment_comes_back_as_it_was_sent
                same_key_gives_the_same_comment_once
                same_key_with_another_request_is_refused
                parent_must_be_published_and_in_this_thread
                closed_thread_takes_no_comment
                counts_come_in_the_order_asked
                version_is_later_after_every_write_and_the_same_between
                revision_is_the_threads_own
                revisions_come_in_the_order_asked
                first_comments_at_once_open_one_thread
                concurrent_comments_are_all_kept
                secret_is_kept_the_first_time
                store_that_works_answers_a_ping
                closed_store_says_that_it_is_unavailable
            }
            own {
                comment_is_found_with_its_words_whatever_its_status
                edited_comment_has_its_new_text_and_tells_when
                later_of_two_edits_from_one_text_is_told
                same_text_again_changes_nothing
                edited_comment_that_is_held_leaves_the_thread
                pending_comment_stays_pending_when_edited
                removed_comment_is_not_edited
                comment_taken_back_leaves_a_blank_mark_above_its_replies
                comment_taken_back_is_no_moderators_matter_any_more
                key_of_a_comment_taken_back_makes_no_second_one
                authors_are_told_from_a_moment_on
            }
            votes {
                reader_has_one_vote_and_may_change_it
                same_vote_again_changes_nothing
                votes_of_many_readers_at_once_are_all_counted
                only_published_comments_are_voted_on
                best_judged_come_first
                votes_go_with_the_comment_that_is_taken_back
                votes_of_one_reader_are_told
                address_has_so_many_readers_for_each_comment
                address_is_forgotten_after_a_day
            }
            moderation {
                pending_comment_is_neither_listed_nor_counted
                total_follows_every_decision
                hidden_comment_stands_while_published_ones_hang_from_it
                hidden_roots_are_no_part_of_the_limit
                replay_after_a_decision_tells_how_it_stands
                queue_is_filtered_and_newest_first
                decision_on_a_missing_comment_says_so
            }
            thread_names {
                thread_is_named_by_published_comments_alone
                sites_own_later_word_counts
                name_goes_with_its_comment_and_another_takes_its_place
                word_that_is_missing_takes_nothing_away
                thread_closes_by_the_age_of_its_published_comments
            }
            changes {
                every_comment_is_told_once_in_the_order_of_its_last_change
                what_a_change_is_depends_on_what_was_seen
                what_nobody_ever_saw_is_nobodys_news
                mark_that_stood_above_a_reply_goes_with_it
                much_news_is_read_part_by_part
                changes_of_one_revision_are_all_told_though_a_part_ends_between
                thread_that_is_not_there_has_no_news
                next_version_comes_with_the_next_write
            }
            latest {
                newest_of_all_pages_come_first
                only_published_comments_of_the_site_are_listed
            }
            reports {
                report_is_kept_with_its_reason_note_and_time
                reader_reports_a_comment_once
                only_published_comments_are_reported
                comment_is_held_when_enough_addresses_reported_it
                decision_settles_the_reports_before_it
                approved_text_is_not_held_by_reports_and_its_next_one_is
                comment_taken_back_leaves_no_open_reports
                queue_tells_what_is_reported
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
    (($open:path) $chapter:ident $promise:ident) => {
        #[tokio::test]
        async fn $promise() {
            let (store, _resources) = $open().await;
            $crate::contract::$chapter::$promise(&store).await;
            store.close().await;
        }
    };
}
pub(crate) use promise;
