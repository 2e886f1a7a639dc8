//! `/embed.js?site=…&page=…`: the loader with the ready thread in it; and the style sheet of a fragment

use std::sync::Arc;

use dumka_api::ProblemKind;
use dumka_server::assets::{Asset, Widget};
use dumka_server::config::Settings;
use dumka_server::server::ServerParts;
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};

use crate::running::{Running, comment, comment_with, header, refused, running, site, start, start_over};
use crate::store_failures::Trouble;

pub static WIDGET: Widget = Widget {
    hash: "0123456789ab",
    assets: &[
        file("embed.js", b"plain loader"),
        file("assets/embed.ready.js", b"show(__READY__);"),
        file("assets/widget.css", b".dumka { color: red }"),
        file("assets/reading.css", b".dumka { content: \"\xd0\xb4\" }"),
    ],
};

static WITHOUT_READY: Widget = Widget { hash: "0123456789ab", assets: &[file("embed.js", b"plain loader")] };

pub const fn file(name: &'static str, plain: &'static [u8]) -> Asset {
    Asset { name, content_type: "text/javascript; charset=utf-8", plain, brotli: plain, gzip: plain }
}

pub async fn with(widget: &'static Widget, change: impl FnOnce(&mut Settings)) -> Running {
    start(ServerParts { widget, ..ServerParts::default() }, change).await
}

/// A server with a loader that a thread can be put into.
pub async fn with_widget() -> Running {
    with(&WIDGET, |_| ()).await
}

pub async fn loader(server: &Running, query: &str) -> Response {
    let response = server.get(&format!("/embed.js?{query}")).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK, "{query}");
    assert_eq!(header(&response, "content-type"), "text/javascript; charset=utf-8", "{query}");
    assert_eq!(header(&response, "cross-origin-resource-policy"), "cross-origin", "{query}");
    assert_eq!(header(&response, "access-control-allow-origin"), "*", "{query}");
    response
}

/// The thread that the loader is given.
pub async fn ready(server: &Running, query: &str) -> Value {
    let script = loader(server, query).await.text().await.unwrap();
    let ready = script.strip_prefix("show(").and_then(|rest| rest.strip_suffix(");"));
    serde_json::from_str(ready.unwrap_or_else(|| panic!("{query}: {script}"))).unwrap()
}

async fn is_plain(server: &Running, query: &str) {
    let response = loader(server, query).await;
    assert_eq!(header(&response, "cache-control"), "no-store", "{query}");
    assert_eq!(response.text().await.unwrap(), "plain loader", "{query}");
}

/// Every text of a tree, in order.
fn words(tree: &Value) -> String {
    match tree {
        Value::String(text) => text.clone(),
        Value::Array(node) => node.iter().skip(2).map(words).collect(),
        other => panic!("{other} is no node"),
    }
}

/// The thread, which stands behind the controls of all comments, where there are any.
fn section(ready: &Value) -> &Value {
    ready["thread"].as_array().unwrap().last().unwrap()
}

#[tokio::test]
async fn thread_comes_along_as_a_tree_of_nodes() {
    let server = with(&WIDGET, |_| ()).await;
    let text = "<script>alert(1)</script> __READY__ a\u{2028}b\n\n*так*";
    let id = server.accepted("1", &comment_with("text", text)).await.comment.id;
    let ready = ready(&server, "site=s&page=p&lang=uk&limit=7&sort=newest").await;
    for (name, value) in [
        ("site", json!("s")),
        ("page", json!("p")),
        ("lang", json!("uk")),
        ("sort", json!("newest")),
        ("limit", json!(7)),
        ("css", json!(".dumka { content: \"д\" }")),
    ] {
        assert_eq!(ready[name], value, "{name}");
    }
    let section = section(&ready);
    assert_eq!(section[0], "section");
    assert_eq!(section[1], json!({"class": "dumka", "dir": "ltr", "lang": "uk"}));
    assert_eq!(section[2], json!(["h2", {"class": "dumka-count"}, "Коментарі (1)"]));
    let words = words(section);
    assert!(words.contains("<script>alert(1)</script> __READY__ a\u{2028}bтак"), "{words}");
    assert!(
        section
            .to_string()
            .contains(&format!("{{\"class\":\"dumka-comment\",\"data-depth\":\"0\",\"id\":\"comment-{id}\""))
    );
}

#[tokio::test]
async fn heading_stands_at_the_level_that_was_asked_for() {
    let server = with(&WIDGET, |_| ()).await;
    for (query, level, heading, form) in [
        ("", Value::Null, "h2", "h3"),
        ("&heading-level=3", json!(3), "h3", "h4"),
        ("&heading-level=6", json!(6), "h6", "h6"),
    ] {
        let ready = ready(&server, &format!("site=s&page=p{query}")).await;
        assert_eq!(ready["heading-level"], level, "{query}");
        assert_eq!(section(&ready)[2][0], heading, "{query}");
        assert!(
            ready["thread"]
                .to_string()
                .contains(&format!("[\"{form}\",{{\"class\":\"dumka-form-heading\"}}"))
        );
    }
    is_plain(&server, "site=s&page=p&heading-level=7").await;
}

#[tokio::test]
async fn it_is_the_thread_of_now_and_asked_about_by_its_tag() {
    let server = with(&WIDGET, |_| ()).await;
    for n in 1..=3 {
        server.accepted(&n.to_string(), &comment()).await;
        assert_eq!(words(section(&ready(&server, "site=s&page=p").await)).matches("Привіт").count(), n);
    }
    for accepted in ["br", "gzip", "identity"] {
        let get = || server.get("/embed.js?site=s&page=p").header("accept-encoding", accepted);
        let first = get().send().await.unwrap();
        let encoding = if accepted == "identity" { "" } else { accepted };
        assert_eq!(header(&first, "content-encoding"), encoding);
        assert_eq!(header(&first, "cache-control"), "no-cache, no-transform");
        assert_eq!(header(&first, "cdn-cache-control"), "max-age=1, stale-while-revalidate=10");
        assert_eq!(header(&first, "vary"), "accept-encoding, accept-language");
        let second = get().header("if-none-match", header(&first, "etag")).send().await.unwrap();
        assert_eq!(second.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(header(&second, "cross-origin-resource-policy"), "cross-origin");
    }
}

#[tokio::test]
async fn language_and_beginning_are_those_asked_for() {
    let server = with(&WIDGET, |settings| {
        let russian =
            dumka_server::config::SiteSettings { lang: Some("ru".into()), ..site("s", "https://s.example") };
        settings.sites = vec![russian];
    })
    .await;
    server.accepted("1", &comment()).await;
    let second = server.accepted("2", &comment_with("text", "другий")).await.comment.id;
    let whole = ready(&server, "site=s&page=p").await;
    assert_eq!(whole["lang"], "ru");
    assert!(words(section(&whole)).contains("Привіт"));
    let part = ready(&server, &format!("site=s&page=p&lang=en&comment={second}")).await;
    let words = words(section(&part));
    assert!(
        words.contains("Comments (2)") && words.contains("другий") && !words.contains("Привіт"),
        "{words}"
    );
}

#[tokio::test]
async fn whatever_is_wrong_the_loader_alone_comes_and_is_not_kept() {
    let server = with(&WIDGET, |settings| settings.sites = vec![site("s", "https://s.example")]).await;
    for query in [
        "site=other&page=p",
        "site=s",
        "page=p",
        "site=s&page=",
        "site=s&page=%FF",
        "site=s&page=p&limit=0",
        "site=s&page=p&sort=x",
        "site=s&page=p&cursor=x",
    ] {
        is_plain(&server, query).await;
    }
    is_plain(&with(&WITHOUT_READY, |_| ()).await, "site=s&page=p").await;
    for trouble in [Trouble::Gone, Trouble::Silent, Trouble::Panicking] {
        let parts = ServerParts { widget: &WIDGET, ..ServerParts::default() };
        let server = start_over(Arc::new(trouble), parts, |settings| settings.limits.request_secs = 1).await;
        is_plain(&server, "site=s&page=p").await;
    }
}

#[tokio::test]
async fn it_counts_as_a_read() {
    let server = with(&WIDGET, |settings| settings.limits.reads_per_minute = Some(1)).await;
    ready(&server, "site=s&page=p").await;
    is_plain(&server, "site=s&page=p").await;
    assert_eq!(
        header(&loader(&server, "").await, "cache-control"),
        "max-age=300, stale-while-revalidate=86400"
    );
}

#[tokio::test]
async fn other_queries_do_not_change_the_loader() {
    let server = with(&WIDGET, |_| ()).await;
    for query in ["", "v=3"] {
        let response = loader(&server, query).await;
        assert_eq!(header(&response, "cache-control"), "max-age=300, stale-while-revalidate=86400");
        assert_eq!(response.text().await.unwrap(), "plain loader");
    }
}

#[tokio::test]
async fn fragment_brings_its_style_sheet_where_there_is_one() {
    let fragment = async |server: &Running| {
        server.list("site=s&page=p&format=html").send().await.unwrap().text().await.unwrap()
    };
    let reached = with(&WIDGET, |settings| settings.public_url = Some("https://c.example".into())).await;
    let link = "<link rel=\"stylesheet\" href=\"https://c.example/assets/0123456789ab/widget.css\"><section ";
    assert!(fragment(&reached).await.starts_with(link));
    let link = "<link rel=\"stylesheet\" href=\"../../assets/0123456789ab/widget.css\"><section ";
    assert!(fragment(&with(&WIDGET, |_| ()).await).await.starts_with(link));
    assert!(fragment(&running().await).await.starts_with("<section "));

    let widget = with(&WIDGET, |_| ()).await;
    let inline = widget.list("site=s&page=p&format=html&style=inline");
    let inline = inline.send().await.unwrap().text().await.unwrap();
    assert!(inline.starts_with("<style>.dumka { color: red }</style><section "), "{inline}");
    let problem = refused(widget.list("site=s&page=p&format=html&style=x")).await;
    assert_eq!((problem.kind, problem.field.as_deref()), (ProblemKind::QueryInvalid, Some("style")));
}
