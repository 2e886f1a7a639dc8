//! The title and address of a thread: who says them, and who sees them.

use dumka_api::paths;
use dumka_server::domain::comment::Status;
use dumka_server::storage;
use reqwest::StatusCode;
use serde_json::Value;

use crate::comment::pre_moderated;
use crate::moderators::decide;
use crate::page_ids::{listing, text};
use crate::running::{Running, comment, running_with, site};
use crate::test_store::TestStore;

/// A comment that says what its page is called and where it is.
fn naming(title: &str, url: &str) -> Value {
    let mut comment = comment();
    comment["title"] = title.into();
    comment["url"] = url.into();
    comment
}

async fn posted(server: &Running, key: &str, comment: &Value, origin: Option<&str>) -> String {
    let mut request = server.post(key, comment);
    if let Some(origin) = origin {
        request = request.header("origin", origin);
    }
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), StatusCode::CREATED);
    response.json::<Value>().await.unwrap()["comment"]["id"].as_str().unwrap().into()
}

async fn named(server: &Running) -> (Option<String>, Option<String>) {
    let thread = listing(server, "site=s&page=p").await.thread;
    (thread.title, thread.url)
}

fn told(title: &str, url: &str) -> (Option<String>, Option<String>) {
    (Some(title.into()), Some(url.into()))
}

#[tokio::test]
async fn name_follows_the_sites_own_word_without_what_is_not_the_pages() {
    let server = running_with(|settings| settings.sites = vec![site("s", "https://s.example")]).await;
    let own = Some("https://s.example");
    posted(&server, "1", &comment(), None).await;
    assert_eq!(named(&server).await, (None, None));
    posted(
        &server,
        "2",
        &naming("\u{202E}Перша", "https://s.example/p?utm_source=x&id=7&fbclid=y#frag"),
        None,
    )
    .await;
    assert_eq!(named(&server).await, told("Перша", "https://s.example/p?id=7"));
    posted(&server, "3", &naming("Чужа", "https://s.example/other"), None).await;
    assert_eq!(
        named(&server).await,
        told("Перша", "https://s.example/p?id=7"),
        "no page of the site said so"
    );
    posted(&server, "4", &naming("Виправлена", "https://evil.example/?gclid=1"), own).await;
    assert_eq!(
        named(&server).await,
        told("Виправлена", "https://s.example/p?id=7"),
        "a page elsewhere is no article's"
    );
    posted(&server, "5", &naming("Виправлена", "https://s.example/moved?yclid=1&mc_eid=2&_openstat=3"), own)
        .await;
    assert_eq!(named(&server).await, told("Виправлена", "https://s.example/moved"));
}

#[tokio::test]
async fn stranger_names_nothing_before_a_moderator_has_read_it() {
    let kept = TestStore::create().await;
    let database = kept.url();
    let server = running_with(|settings| {
        pre_moderated(settings);
        settings.database.clone_from(&database);
    })
    .await;
    let moderators = storage::open(&database).await.unwrap();
    let mine = naming("Casino777", "https://s.example/casino777");
    let id = posted(&server, "1", &mine, Some("https://s.example")).await;
    let shows = async || {
        let mut shown = String::new();
        for path in [
            format!("{}?site=s&page=p", paths::COMMENTS),
            format!("{}?site=s&page=p&format=html", paths::COMMENTS),
            "/thread?site=s&page=p".to_owned(),
            format!("{}?site=s", paths::LATEST),
        ] {
            shown += &text(&server, &path).await;
        }
        shown.to_lowercase().contains("casino777")
    };
    assert!(!shows().await);
    for (status, is_shown) in [(Status::Rejected, false), (Status::Published, true), (Status::Deleted, false)]
    {
        decide(&*moderators, &id, status).await;
        assert_eq!(shows().await, is_shown, "{status:?}");
    }
}
