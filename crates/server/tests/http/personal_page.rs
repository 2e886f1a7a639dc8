//! A reader's own on a thread's page, where no script runs: votes, and the comments that they sent from there.

use dumka_api::{Comment, Listing};
use reqwest::StatusCode;

use crate::browser::{Browser, FORM, PAGE};
use crate::running::{Running, by_a_clock, comment_with, header, running, running_with};

async fn comments(server: &Running) -> Vec<Comment> {
    let listing: Listing = server.list("site=s&page=p").send().await.unwrap().json().await.unwrap();
    listing.comments
}

fn text_of(comment: &Comment) -> String {
    serde_json::to_string(&comment.body).unwrap()
}

#[tokio::test]
async fn writer_changes_and_deletes_what_they_sent() {
    let server = running().await;
    let mut ann = Browser::default();
    let id = ann.writes(&server, "First").await;
    let page = ann.sees(&server, "").await;
    assert!(
        page.contains(&format!("&amp;edit={id}#form\""))
            && page.contains(&format!("&amp;delete={id}#form\"")),
        "{page}"
    );
    assert!(page.contains("class=\"dumka-countdown\">15 minutes"), "{page}");

    let form = ann.sees(&server, &format!("&edit={id}")).await;
    let hidden = [
        format!("<input value=\"{id}\" type=\"hidden\" name=\"edit\">"),
        "<input value=\"\" type=\"hidden\" name=\"edited_at\">".into(),
    ];
    assert!(hidden.iter().all(|input| form.contains(input)) && form.contains(">First</textarea>"), "{form}");
    let place = ann.is_led(&server, &format!("edit={id}&edited_at=&text=Second")).await;
    assert!(place.ends_with(&format!("&comment={id}&posted=saved#comment-{id}")), "{place}");
    let now = comments(&server).await;
    assert!(text_of(&now[0]).contains("Second") && now[0].edited_at.is_some());

    let form = ann.sees(&server, &format!("&delete={id}")).await;
    assert!(form.contains(&format!("value=\"{id}\" type=\"hidden\" name=\"delete\"")), "{form}");
    let place = ann.is_led(&server, &format!("delete={id}")).await;
    assert!(place.ends_with("&posted=deleted"), "{place}");
    assert_eq!(comments(&server).await, []);
}

#[tokio::test]
async fn nobody_else_is_offered_it_or_allowed_to() {
    let server = running().await;
    let id = Browser::default().writes(&server, "First").await;
    let mut ben = Browser::default();
    ben.writes(&server, "Other").await;
    for mut other in [Browser::default(), ben] {
        assert!(!other.sees(&server, "").await.contains(&format!("&amp;edit={id}\"")));
        let page = other.sees(&server, &format!("&edit={id}")).await;
        assert!(page.contains("role=\"alert\"") && !page.contains("name=\"edit\""), "{page}");
        for form in [format!("edit={id}&text=Theirs"), format!("delete={id}")] {
            let refused = other.sends(&server, &form).await;
            assert_eq!(refused.status(), StatusCode::FORBIDDEN, "{form}");
            assert!(refused.text().await.unwrap().contains("dumka-error"), "{form}");
        }
    }
    assert!(text_of(&comments(&server).await[0]).contains("First"));
}

#[tokio::test]
async fn same_words_from_the_same_address_give_nobody_the_comment() {
    let server = running().await;
    let mut ann = Browser::default();
    let id = ann.writes(&server, "First").await;
    let mut ben = Browser::default();
    assert_eq!(ben.writes(&server, "First").await, id, "the button was pressed twice, for all that is known");
    assert_eq!(ben.cookie, None);
    ben.writes(&server, "Other").await;
    ben.writes(&server, "First").await;
    assert_eq!(ben.sends(&server, &format!("delete={id}")).await.status(), StatusCode::FORBIDDEN);
    ann.is_led(&server, &format!("delete={id}")).await;
}

#[tokio::test]
async fn what_the_widget_sent_is_not_the_forms_to_change() {
    let server = running().await;
    let submitted = server.accepted("key-of-the-widget", &comment_with("text", "First")).await;
    let id = submitted.comment.id;
    for token in ["key-of-the-widget", &submitted.edit_token.unwrap()] {
        let mut ann = Browser { cookie: Some(format!("dumka-reader={token}")) };
        assert_eq!(ann.sends(&server, &format!("delete={id}")).await.status(), StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn reader_has_one_vote_and_sees_it() {
    let server = running().await;
    let id = server.accepted("key", &comment_with("text", "First")).await.comment.id;
    let mut ann = Browser::default();
    let up = "aria-pressed=\"true\" class=\"dumka-vote-up\" name=\"value\" value=\"0\">";
    assert!(!ann.sees(&server, "").await.contains(up));
    let place = ann.is_led(&server, &format!("vote={id}&value=1")).await;
    assert!(place.ends_with(&format!("&comment={id}#comment-{id}")), "{place}");
    ann.is_led(&server, &format!("vote={id}&value=1")).await;
    assert_eq!(comments(&server).await[0].votes.up, 1);
    let page = ann.sees(&server, "").await;
    assert!(page.contains(up), "{page}");
    assert!(
        !Browser::default().sees(&server, "").await.contains(up),
        "a reader's own is nobody else's to see"
    );

    let mut ben = Browser::default();
    ben.is_led(&server, &format!("vote={id}&value=-1")).await;
    ann.is_led(&server, &format!("vote={id}&value=0")).await;
    let votes = comments(&server).await[0].votes;
    assert_eq!((votes.up, votes.down), (0, 1));
}

#[tokio::test]
async fn reader_who_has_nothing_of_their_own_in_a_thread_gets_the_page_of_all() {
    let server = running().await;
    let mut ann = Browser::default();
    ann.writes(&server, "First").await;
    server.accepted("1", &comment_with("page", "other")).await;
    let other = "/thread?site=s&page=other&lang=en&limit=all";
    let everybodys = server.get(other).send().await.unwrap();
    assert!(header(&everybodys, "cache-control").starts_with("no-cache"));
    let tag = header(&everybodys, "etag").to_owned();
    let hers = ann.asks(server.get(other)).header("if-none-match", tag).send().await.unwrap();
    assert_eq!((hers.status(), header(&hers, "cache-control")), (StatusCode::OK, "no-store, no-transform"));
    assert_eq!((header(&hers, "etag"), header(&hers, "cdn-cache-control")), ("", ""));
    assert!(header(&hers, "content-security-policy").contains("form-action 'self'"));
    assert_eq!(hers.text().await.unwrap(), everybodys.text().await.unwrap());
}

#[tokio::test]
async fn vote_that_is_refused_is_said_at_its_comment() {
    let server = running_with(|settings| settings.limits.votes_per_address = 1).await;
    let id = server.accepted("key", &comment_with("text", "First")).await.comment.id;
    Browser::default().is_led(&server, &format!("vote={id}&value=1")).await;
    let mut ben = Browser::default();
    let refused = ben.sends(&server, &format!("vote={id}&value=1")).await;
    assert_eq!((refused.status(), ben.cookie), (StatusCode::TOO_MANY_REQUESTS, None));
    let page = refused.text().await.unwrap();
    let (_, comment) = page.split_once("<li id=\"comment-").unwrap();
    assert!(comment.contains("<p class=\"dumka-error\" role=\"alert\">"), "{page}");

    let mut ann = Browser::default();
    for form in [format!("vote={id}&value=2"), format!("vote={id}"), format!("vote={id}&value=up")] {
        assert_eq!(ann.sends(&server, &form).await.status(), StatusCode::UNPROCESSABLE_ENTITY, "{form}");
    }
    assert_eq!(ann.sends(&server, "vote=none&value=1").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn edit_that_comes_too_late_keeps_its_words_and_says_so() {
    let (server, clock) = by_a_clock(|settings| settings.limits.edit_window_secs = 60).await;
    let mut ann = Browser::default();
    let id = ann.writes(&server, "First").await;
    clock.advance_secs(61);
    assert!(!ann.sees(&server, "").await.contains("class=\"dumka-edit\""));
    let refused = ann.sends(&server, &format!("edit={id}&text=Too+late")).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    let page = refused.text().await.unwrap();
    assert!(page.contains(">Too late</textarea>") && page.contains("class=\"dumka-error\""), "{page}");
}

#[tokio::test]
async fn later_of_two_edits_is_told_once() {
    let server = running().await;
    let mut ann = Browser::default();
    let id = ann.writes(&server, "First").await;
    ann.is_led(&server, &format!("edit={id}&edited_at=&text=Second")).await;
    let refused = ann.sends(&server, &format!("edit={id}&edited_at=&text=Third")).await;
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    let page = refused.text().await.unwrap();
    assert!(page.contains(">Third</textarea>") && !page.contains("name=\"edited_at\""), "{page}");
    ann.is_led(&server, &format!("edit={id}&text=Third")).await;
    assert!(text_of(&comments(&server).await[0]).contains("Third"));
}

#[tokio::test]
async fn script_that_puts_the_thread_in_place_gets_what_a_script_hears() {
    let server = running().await;
    let id = server.accepted("key", &comment_with("text", "First")).await.comment.id;
    let page = Browser::default().sees(&server, "&scripted").await;
    assert!(
        page.starts_with("[[") && page.contains("\"dumka-votes\"") && !page.contains("\"name\":\"vote\""),
        "{page}"
    );
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let request = server.request("POST", &format!("{PAGE}&scripted")).header("content-type", FORM);
    let request = request.body(format!("parent={id}&name=Ann&text=Second")).build().unwrap();
    let response = client.execute(request).await.unwrap();
    assert_eq!(header(&response, "set-cookie"), "", "a request without credentials keeps none");
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(header(&response, "cache-control"), "no-store, no-transform");
    let answer = response.text().await.unwrap();
    assert!(answer.contains("\"data-submitted\":") && answer.contains("\"dumka-edit\""), "{answer}");
    assert!(answer.contains(r#"["p",{},"Second"]"#), "{answer}");
}
