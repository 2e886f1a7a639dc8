//! Tests of the widget's states as rendered HTML, letter by letter.

use std::sync::Arc;

use dumka_api::{
    Author, Badge, Block, Body, Comment, CommentState, Listing, ProblemKind, Sort, Span, Thread, ThreadState,
};

use jiff::tz::TimeZone;

use super::thread_view::section;
use super::*;
use crate::http::problem::ApiError;

fn view(comments: Vec<Comment>) -> ThreadView {
    let thread = Thread { site: "s".into(), page: "p".into(), total: 2, ..Thread::default() };
    ThreadView {
        listing: Listing { thread, comments, next: None, earlier: false },
        lang: Lang::english(),
        phrases: Arc::default(),
        zone: TimeZone::UTC,
        heading_level: None,
        sort: Sort::Oldest,
        limit: 20,
        address: "/thread?site=s&page=p".into(),
        article: None,
        announcement: None,
        form_response: None,
        mode: Mode::Script,
        session: None,
        submitted: None,
    }
}

fn comment(id: &str, parent: Option<&str>, text: &str) -> Comment {
    Comment {
        id: id.into(),
        parent: parent.map(Into::into),
        author: Author { name: "Оля".into(), badge: None, avatar: None },
        created_at: dumka_api::Timestamp("2026-05-01T09:30:00.000Z".into()),
        edited_at: None,
        state: CommentState::Published,
        body: Body::Blocks(vec![Block::Paragraph(vec![Span::Text(text.into())])]),
        featured: false,
        pinned: false,
        votes: dumka_api::Votes::default(),
    }
}

/// The HTML between the live region and the end of the section.
async fn drawn_list(view: ThreadView) -> String {
    let html = section(view).await;
    let (_, list) = html.split_once("<p class=\"dumka-notice\" role=\"status\"></p>").unwrap();
    list.strip_suffix("</section>").unwrap().into()
}

#[tokio::test]
async fn reply_stands_under_what_it_answers_and_says_so() {
    let list = drawn_list(view(vec![comment("1", None, "a\nb"), comment("2", Some("1"), "<b>")])).await;
    let expected = "<ol role=\"list\" class=\"dumka-list\">\
        <li id=\"comment-1\" data-depth=\"0\" tabindex=\"-1\" class=\"dumka-comment\"><div class=\"dumka-meta\">\
        <bdi class=\"dumka-author\">Оля</bdi><a href=\"#comment-1\" class=\"dumka-permalink\">\
        <time datetime=\"2026-05-01T09:30:00.000Z\" class=\"dumka-time\">May 1, 2026, 9:30 AM</time></a></div>\
        <div class=\"dumka-body\"><p>a<br>b</p></div><div class=\"dumka-actions\">\
        <button type=\"button\" aria-label=\"hide replies: Оля\" aria-expanded=\"true\" class=\"dumka-fold\">hide replies</button></div></li>\
        <li id=\"comment-2\" data-depth=\"1\" aria-level=\"2\" tabindex=\"-1\" class=\"dumka-comment\"><div class=\"dumka-meta\">\
        <bdi class=\"dumka-author\">Оля</bdi>\
        <a href=\"#comment-1\" aria-label=\"in reply to Оля\" class=\"dumka-parent\"><bdi>Оля</bdi></a>\
        <a href=\"#comment-2\" class=\"dumka-permalink\">\
        <time datetime=\"2026-05-01T09:30:00.000Z\" class=\"dumka-time\">May 1, 2026, 9:30 AM</time></a></div>\
        <div class=\"dumka-body\"><p>&lt;b&gt;</p></div></li></ol>";
    assert_eq!(list, expected);
}

#[tokio::test]
async fn deleted_comment_leaves_its_place_and_a_badge_is_shown() {
    let deleted = Comment { state: CommentState::Deleted, ..comment("1", None, "gone") };
    let mut staff = comment("2", None, "here");
    staff.author.badge = Some(Badge::Staff);
    let list = drawn_list(view(vec![deleted, staff])).await;
    assert!(list.contains("<p class=\"dumka-notice\">This comment was deleted.</p></li>"), "{list}");
    assert!(list.contains("</bdi><span class=\"dumka-badge\">staff</span><a "), "{list}");
    assert!(!list.contains("gone"), "{list}");
}

#[tokio::test]
async fn closed_thread_has_no_form() {
    let mut closed = view(vec![]);
    closed.listing.thread.state = ThreadState::Closed;
    let html = section(closed).await;
    let expected = "<p class=\"dumka-notice\">The discussion is closed: no new comments are accepted.</p>";
    assert!(html.contains(expected) && !html.contains("<form"), "{html}");
}

#[tokio::test]
async fn rest_of_the_thread_is_a_link() {
    let mut long = view(vec![comment("1", None, "a")]);
    long.listing.next = Some("c1".into());
    let html = drawn_list(long).await;
    let link =
        "<a href=\"/thread?site=s&amp;page=p&amp;limit=all\" class=\"dumka-all\">show all comments</a>";
    assert!(html.ends_with(link), "{html}");
}

#[tokio::test]
async fn thread_that_begins_at_a_comment_has_a_link_to_its_beginning() {
    let mut far = view(vec![comment("2", None, "b")]);
    far.listing.earlier = true;
    let list = drawn_list(far).await;
    let link = "<a href=\"/thread?site=s&amp;page=p\" class=\"dumka-show-earlier\">show the discussion from its beginning</a><ol ";
    assert!(list.starts_with(link), "{list}");
}

#[tokio::test]
async fn every_comment_of_a_long_answer_is_drawn() {
    let comments = (0..300).map(|number| comment(&number.to_string(), None, "a"));
    let list = drawn_list(view(comments.collect())).await;
    assert_eq!(list.matches("<li id=").count(), 300);
    assert!(list.ends_with("</li></ol>"), "{list}");
}

#[tokio::test]
async fn page_that_cannot_hold_all_leads_on_from_where_it_ends() {
    let mut long = ThreadView { limit: 500, ..view(vec![comment("1", None, "a")]) };
    long.listing.next = Some("c1".into());
    let html = drawn_list(long).await;
    assert!(html.contains("limit=all&amp;cursor=c1\""), "{html}");
}

#[tokio::test]
async fn failure_without_a_field_stands_above_the_form() {
    let problem = ApiError::new(ProblemKind::RateLimited, "").retry_after(21).into_problem();
    let fields = vec![(Field::Text, "kept".into())];
    let form_response = Some(FormResponse::Form(OpenForm {
        kind: FormKind::Comment,
        fields,
        problem: Some(problem),
        preview: None,
    }));
    let html =
        section(ThreadView { lang: Lang::from_tag("ru").unwrap(), form_response, ..view(vec![]) }).await;
    let alert = "<p role=\"alert\" tabindex=\"-1\" class=\"dumka-error\">Комментарий не отправлен";
    assert!(html.contains(alert) && html.contains("21 секунду"), "{html}");
    assert!(html.contains(">kept</textarea>") && html.contains("<details open=\"open\""), "{html}");
}
