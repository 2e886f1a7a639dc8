//! `/embed.js` and `/assets/{hash}/{file}`

use dumka_api::ProblemKind;
use dumka_server::assets::{Asset, HOW_TO_BUILD, Widget};
use dumka_server::server::ServerParts;
use reqwest::StatusCode;

use crate::running::{Running, header, problem_of, refused, start};

static WIDGET: Widget = Widget {
    hash: "0123456789ab",
    assets: &[
        asset("embed.js", "text/javascript; charset=utf-8"),
        asset("assets/dumka_bg.wasm", "application/wasm"),
    ],
};

static NO_WIDGET: Widget = Widget { hash: "", assets: &[] };

const fn asset(name: &'static str, content_type: &'static str) -> Asset {
    Asset { name, content_type, plain: b"plain", brotli: b"brotli", gzip: b"gzip" }
}

async fn with(widget: &'static Widget) -> Running {
    start(ServerParts { widget, ..ServerParts::default() }, |_| ()).await
}

#[tokio::test]
async fn loader_is_cached_for_minutes_and_any_page_may_load_it() {
    let server = with(&WIDGET).await;
    let response = server.get("/embed.js").header("origin", "https://any.example").send().await.unwrap();
    assert_eq!(header(&response, "content-type"), "text/javascript; charset=utf-8");
    assert_eq!(header(&response, "cache-control"), "max-age=300, stale-while-revalidate=86400");
    assert_eq!(header(&response, "access-control-allow-origin"), "*");
    assert_eq!(header(&response, "cross-origin-resource-policy"), "cross-origin");
    assert_eq!(header(&response, "x-content-type-options"), "nosniff");
    assert_eq!(response.text().await.unwrap(), "plain");
}

#[tokio::test]
async fn loader_that_is_held_is_not_sent_again() {
    let server = with(&WIDGET).await;
    for accepted in ["br", "gzip", "identity"] {
        let get = || server.get("/embed.js").header("accept-encoding", accepted);
        let first = get().send().await.unwrap();
        let second = get().header("if-none-match", header(&first, "etag")).send().await.unwrap();
        assert_eq!(second.status(), StatusCode::NOT_MODIFIED, "{accepted}");
        assert_eq!(header(&second, "etag"), header(&first, "etag"));
    }
}

#[tokio::test]
async fn smallest_encoding_the_client_takes_is_sent() {
    let server = with(&WIDGET).await;
    let cases =
        [("gzip, deflate, br, zstd", "br", "brotli"), ("gzip", "gzip", "gzip"), ("br;q=0", "", "plain")];
    let mut tags = Vec::new();
    for (accepted, encoding, text) in cases {
        let response = server.get("/embed.js").header("accept-encoding", accepted).send().await.unwrap();
        assert_eq!(header(&response, "content-encoding"), encoding);
        assert_eq!(header(&response, "vary"), "accept-encoding");
        tags.push(header(&response, "etag").to_owned());
        assert_eq!(response.text().await.unwrap(), text);
    }
    tags.dedup();
    assert_eq!(tags.len(), 3);
}

#[tokio::test]
async fn files_under_the_present_hash_are_kept_for_ever() {
    let response = with(&WIDGET).await.get("/assets/0123456789ab/dumka_bg.wasm").send().await.unwrap();
    assert_eq!(header(&response, "content-type"), "application/wasm");
    assert_eq!(header(&response, "cache-control"), "max-age=31536000, immutable");
}

#[tokio::test]
async fn loader_from_before_an_upgrade_gets_the_present_files() {
    let response = with(&WIDGET).await.get("/assets/ba9876543210/dumka_bg.wasm").send().await.unwrap();
    assert_eq!((response.status(), header(&response, "cache-control")), (StatusCode::OK, "no-cache"));
}

#[tokio::test]
async fn nothing_outside_the_table_is_served() {
    let server = with(&WIDGET).await;
    for file in ["nothing.js", "..%2Fembed.js", "%2e%2e%2f%2e%2e%2fetc%2fpasswd"] {
        let problem = refused(server.get(&format!("/assets/0123456789ab/{file}"))).await;
        assert_eq!(problem.kind, ProblemKind::NotFound, "{file}");
    }
}

#[tokio::test]
async fn program_without_the_widget_says_how_to_build_it() {
    let server = with(&NO_WIDGET).await;
    let problem = problem_of(server.get("/embed.js").send().await.unwrap()).await;
    assert_eq!((problem.status, problem.detail.as_str()), (404, HOW_TO_BUILD));
}
