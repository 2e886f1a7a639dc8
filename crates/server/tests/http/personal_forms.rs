//! The forms on a thread's page without scripts: where they stand, and what is said where their comment is gone.

use dumka_api::Listing;
use reqwest::StatusCode;

use crate::browser::{Browser, PAGE};
use crate::running::running;

/// The alert on a page.
fn alert(page: &str) -> &str {
    let (_, rest) = page.split_once("role=\"alert\"").unwrap_or_else(|| panic!("no alert: {page}"));
    rest.split_once('>').unwrap().1.split_once("</").unwrap().0
}

#[tokio::test]
async fn what_is_done_to_a_comment_that_is_gone_is_answered_in_words() {
    let server = running().await;
    let mut ann = Browser::default();
    let id = ann.writes(&server, "First").await;
    ann.writes(&server, "Second").await;
    ann.is_led(&server, &format!("delete={id}")).await;
    let mut ben = Browser::default();
    for form in ["vote=ID&value=1", "report=ID&reason=spam&text=my+note", "delete=ID"] {
        let answer = ben.sends(&server, &form.replace("ID", &id)).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{form}");
        let page = answer.text().await.unwrap();
        assert_eq!(alert(&page), "That did not work. This comment is no longer there.", "{form}");
        assert!(
            !page.contains("my note") && !page.contains("<details open"),
            "nothing to be published: {page}"
        );
        assert!(page.contains("Second"), "{page}");
    }
    for link in ["reply", "report", "edit", "delete"] {
        let page = server.get(&format!("{PAGE}&{link}={id}")).send().await.unwrap().text().await.unwrap();
        assert_eq!(alert(&page), "That did not work. This comment is no longer there.", "{link}");
    }
    // What was written is not lost.
    for (form, reason) in [
        ("parent=ID&name=Ben&text=my+words", "The comment you are answering is no longer there."),
        ("edit=ID&text=my+words", "This comment is no longer there."),
    ] {
        let page = ben.sends(&server, &form.replace("ID", &id)).await.text().await.unwrap();
        assert_eq!(
            alert(&page),
            format!("Your comment was not sent; your text has been kept. {reason}"),
            "{form}"
        );
        assert!(page.contains("my words</textarea>"), "{page}");
    }
}

#[tokio::test]
async fn page_begins_at_the_form_that_is_open_on_it() {
    let server = running().await;
    let mut ann = Browser::default();
    let id = ann.writes(&server, "First").await;
    let page = ann.sees(&server, "").await;
    for link in ["reply", "edit", "delete"] {
        assert!(page.contains(&format!("&amp;{link}={id}#form\"")), "{page}");
    }
    assert!(!page.contains("id=\"form\"") && !page.contains("autofocus"), "nothing is open: {page}");
    let refused = ann.sends(&server, "name=&text=words").await.text().await.unwrap();
    for page in [ann.sees(&server, &format!("&edit={id}")).await, refused] {
        assert_eq!(
            (page.matches("id=\"form\"").count(), page.matches("autofocus").count()),
            (1, 1),
            "{page}"
        );
    }
}

#[tokio::test]
async fn same_words_after_their_deletion_are_said_to_be_deleted() {
    let server = running().await;
    let mut ann = Browser::default();
    let id = ann.writes(&server, "First").await;
    ann.is_led(&server, &format!("delete={id}")).await;
    let place = ann.is_led(&server, "name=Ann&email=&text=First").await;
    assert!(place.ends_with("&posted=deleted"), "{place}");
    let listing: Listing = server.list("site=s&page=p").send().await.unwrap().json().await.unwrap();
    assert_eq!(listing.comments.len(), 0);
}
