//! The latest comments of a site in a sidebar.

use anyhow::Result;
use axum::extract::Query;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use e2e::{Reader, Server, Site};
use serde_json::{Value, json};

/// Noon of a day in May: what the endpoint's clock shows. The reader's shows another day.
const NOON: [(HeaderName, &str); 1] = [(header::DATE, "Mon, 04 May 2026 12:00:00 GMT")];
const EVIL: &str = "<img src=x onerror=alert(1)>\u{202E}";
const ITEMS: &str = "[...document.querySelectorAll('.dumka-latest-item')].map(it => it.textContent)";
const STATE: &str = "document.querySelector('dumka-latest').dataset.state";

/// Six comments of the site `full`, as somebody else's endpoint answers them; none of others.
async fn latest(Query(asked): Query<Vec<(String, String)>>) -> Response {
    let asked = |name| asked.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value);
    let limit: usize = asked("limit").parse().unwrap_or_default();
    let comments = match asked("site") {
        "full" => comments().into_iter().take(limit).collect(),
        "broken" => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        "rubbish" => return Html("<p>Not what was asked for").into_response(),
        _ => Vec::new(),
    };
    (NOON, Json(json!({ "comments": comments }))).into_response()
}

fn comments() -> Vec<Value> {
    let comment = |id: u32, url: Option<&str>, created_at: &str| {
        json!({
            "id": id.to_string(), "page": "p", "title": "Трамвай", "url": url, "created_at": created_at,
            "author": { "name": format!("Оля {id}"), "badge": null, "avatar": null }, "excerpt": format!("Думка {id}"),
        })
    };
    let mut comments = vec![
        comment(0, Some("https://news.example/42?a=b#top"), "2026-05-04T11:55:00Z"),
        comment(1, None, "2026-05-04T10:00:00Z"),
        comment(2, Some("javascript:alert(1)"), "2026-05-03T11:00:00Z"),
        comment(3, Some("https://news.example/43"), "2026-03-20T12:00:00Z"),
        comment(4, Some("https://news.example/44"), "2024-03-20T12:00:00Z"),
        comment(5, Some("https://news.example/45"), "2026-05-04T12:05:00Z"),
    ];
    comments[2]["excerpt"] = EVIL.into();
    comments[2]["author"]["name"] = EVIL.into();
    comments[3]["title"] = Value::Null;
    comments
}

/// A page with `body` and a strict policy beside such an endpoint, opened.
async fn opened(server: &Server, body: &str) -> Result<(Site, Reader)> {
    let own = server.url("");
    let policy = format!(
        "default-src 'none'; script-src {own} 'self'; connect-src 'self'; base-uri 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    );
    let page = format!(
        "<!doctype html><html lang=ru><meta charset=utf-8><link rel=icon href=data:,>\
         <script async src={own}/embed.js data-endpoint=/comments></script>{body}"
    );
    let policy = [(header::CONTENT_SECURITY_POLICY, policy)];
    let router =
        Router::new().route("/", get(async || (policy, Html(page)))).route("/comments/latest", get(latest));
    let (site, reader) = (Site::with_router(router).await?, Reader::new().await?);
    reader.web().goto(site.url()).await?;
    Ok((site, reader))
}

#[tokio::test(flavor = "multi_thread")]
async fn latest_comments_are_text_with_links_to_their_places() -> Result<()> {
    let server = Server::serve().await?;
    let body = "<aside><dumka-latest site=full><h2>Обсуждают</h2></dumka-latest></aside>";
    let (_site, reader) = opened(&server, body).await?;
    reader.counts("dumka-latest[data-state=ready] > ul.dumka-latest-list > li.dumka-latest-item", 5).await?;
    let items = json!([
        "Оля 0 Думка 0 Трамвай 5 минут назад",
        "Оля 1 Думка 1 Трамвай 2 часа назад",
        format!("{EVIL} {EVIL} Трамвай вчера"),
        "Оля 3 Думка 3 2 месяца назад",
        "Оля 4 Думка 4 Трамвай 2 года назад",
    ]);
    assert_eq!(reader.value(ITEMS).await?, items);
    let links = "[...document.querySelectorAll('.dumka-latest-link')].map(it => it.href)";
    let places =
        ["42?a=b#comment-0", "43#comment-3", "44#comment-4"].map(|it| format!("https://news.example/{it}"));
    assert_eq!(reader.value(links).await?, json!(places));
    reader.counts("time.dumka-time[datetime='2026-05-04T11:55:00Z'][title*='2026']", 1).await?;
    reader.counts("dumka-latest > h2", 1).await?;
    // No thread of its own is put on such a page.
    reader.counts("dumka-comments, img", 0).await
}

#[tokio::test(flavor = "multi_thread")]
async fn elements_are_added_moved_changed_and_removed_by_script() -> Result<()> {
    let server = Server::serve().await?;
    let body = "<aside><dumka-latest site=full limit=1></dumka-latest></aside><main></main>";
    let (_site, reader) = opened(&server, body).await?;
    reader.counts(".dumka-latest-item", 1).await?;

    let asked = "performance.getEntriesByType('resource').filter(it => it.name.includes('/latest?')).length";
    let before = reader.value(asked).await?.as_u64();
    // In a task of the page's own: WebKit ends one after each attribute that its driver sets.
    let changed = "void setTimeout(() => ['limit', 'lang'].forEach((name, n) =>
        document.querySelector('dumka-latest').setAttribute(name, [6, 'en'][n])))";
    reader.value(changed).await?;
    reader.counts(".dumka-latest-item", 6).await?;
    // A comment from the future was written just now.
    reader.sees(".dumka-latest-item:last-child", "Оля 5 Думка 5 Трамвай now").await?;
    assert_eq!(reader.value(asked).await?.as_u64(), before.map(|before| before + 1), "both at once");

    let moved = "void document.querySelector('main').append(document.querySelector('dumka-latest'))";
    reader.value(moved).await?;
    reader.counts("main dumka-latest[data-state=ready] .dumka-latest-item", 6).await?;
    let added =
        "void document.querySelector('aside').append(document.querySelector('main > *').cloneNode(true))";
    reader.value(added).await?;
    reader.counts("dumka-latest[data-state=ready] > .dumka-latest-list", 2).await?;
    reader.value("void document.querySelector('main > *').remove()").await?;
    reader.counts("dumka-latest[data-state=ready] .dumka-latest-item", 6).await
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_drawn_where_there_is_none_or_it_does_not_come() -> Result<()> {
    let server = Server::serve().await?;
    let (_site, reader) = opened(&server, "<dumka-latest site=full lang=en></dumka-latest>").await?;
    for (site, state) in [("none", "empty"), ("broken", "failed"), ("rubbish", "failed")] {
        reader.value("void document.querySelector('dumka-latest').setAttribute('site', 'full')").await?;
        reader.counts("[data-state=ready] .dumka-latest-item", 5).await?;
        let other = format!("void document.querySelector('dumka-latest').setAttribute('site', '{site}')");
        reader.value(&other).await?;
        reader.holds(&format!("{STATE} === '{state}'")).await?;
        reader.holds("document.querySelector('dumka-latest').textContent === ''").await?;
    }
    // A wrong limit is the usual one.
    let wrong = "void ['limit', 'site'].forEach((name, n) =>
        document.querySelector('dumka-latest').setAttribute(name, [21, 'full'][n]))";
    reader.value(wrong).await?;
    reader.counts("[data-state=ready] .dumka-latest-item", 5).await
}

#[tokio::test(flavor = "multi_thread")]
async fn first_element_may_be_added_long_after_the_page() -> Result<()> {
    let server = Server::serve().await?;
    let (_site, reader) = opened(&server, "<dumka-comments load=manual></dumka-comments>").await?;
    let added = "(() => {
        if (!customElements.get('dumka-comments')) return false
        const latest = document.createElement('dumka-latest')
        latest.setAttribute('site', 'full')
        document.body.append(latest)
        document.dispatchEvent(new Event('dumka:count'))
        return true
    })()";
    reader.holds(added).await?;
    reader.counts("dumka-latest[data-state=ready] .dumka-latest-item", 5).await
}

#[tokio::test(flavor = "multi_thread")]
async fn comment_is_found_in_the_sidebar_and_its_link_leads_to_it() -> Result<()> {
    let server = Server::serve().await?;
    let body = "<script async src=/embed.js data-page=story></script><dumka-latest limit=1></dumka-latest>";
    let site = Site::with_body(body, server.url("")).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.counts("dumka-latest[data-state=empty]", 1).await?;
    reader.writes("Ann", "The *first* one\nof all").await?;
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-body", "The first one").await?;

    reader.reload().await?;
    reader.sees(".dumka-latest-item", "Ann The first one of all A page").await?;
    reader.clicks(".dumka-latest-link").await?;
    reader.holds("location.hash === '#' + document.querySelector('.dumka-comment').id").await
}
