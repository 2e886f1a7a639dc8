//! `/demo/`

use dumka_server::server::{DemoMode, ServerParts};
use reqwest::StatusCode;
use serde_json::Value;

use crate::running::{demo, header, running, start};
use crate::test_store::TestStore;

#[tokio::test]
async fn articles_are_served_with_a_policy_the_widget_can_work_under() {
    let server = demo().await;
    for path in ["/demo/", "/demo/uk/", "/demo/en/"] {
        let response = server.get(path).send().await.unwrap();
        assert_eq!(header(&response, "content-type"), "text/html; charset=utf-8");
        let policy = header(&response, "content-security-policy");
        assert!(policy.contains("'wasm-unsafe-eval'") && policy.contains("form-action 'self'"), "{policy}");
        assert_eq!(header(&response, "referrer-policy"), "same-origin");
        let page = response.text().await.unwrap();
        assert!(page.contains("/embed.js") && !page.contains("trunk"), "{path}");
    }
    for look in ["", "newspaper/", "dark/", "forum/", "cards/", "large/"] {
        let page = server.get(&format!("/demo/styles/{look}")).send().await.unwrap().text().await.unwrap();
        let sheet = look.strip_suffix('/').map(|name| format!("/demo/styles/{name}.css"));
        for sheet in sheet.into_iter().chain(["/demo/styles/gallery.css".to_owned()]) {
            assert!(page.contains(&sheet), "{look}");
            let response = server.get(&sheet).send().await.unwrap();
            assert_eq!(header(&response, "content-type"), "text/css; charset=utf-8");
        }
    }
    assert_eq!(server.get("/").send().await.unwrap().url().path(), "/demo/");
}

#[tokio::test]
async fn discussions_have_their_sizes() {
    let server = demo().await;
    for (page, total) in [("news/42", 60), ("news/43", 17), ("news/44", 0)] {
        for site in ["localhost", "127.0.0.1"] {
            let query = format!("site={site}&page={page}");
            let listing: Value = server.list(&query).send().await.unwrap().json().await.unwrap();
            assert_eq!(listing["thread"]["total"], total, "{site} {page}");
        }
    }
}

#[tokio::test]
async fn discussion_is_written_once() {
    let kept = TestStore::create().await;
    let database = kept.url();
    for _ in 0..2 {
        let server = start(ServerParts { demo: DemoMode::On, ..ServerParts::default() }, |settings| {
            settings.database.clone_from(&database);
        })
        .await;
        let listing: Value =
            server.list("site=localhost&page=news/43").send().await.unwrap().json().await.unwrap();
        assert_eq!(listing["thread"]["total"], 17);
        server.stop().await;
    }
}

#[tokio::test]
async fn ordinary_server_has_no_demo() {
    assert_eq!(running().await.get("/demo/").send().await.unwrap().status(), StatusCode::NOT_FOUND);
}
