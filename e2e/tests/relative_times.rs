//! A thread and the sidebar tell the same time in the same words.

use anyhow::{Context, Result};
use axum::http::{HeaderName, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use e2e::{Reader, Server, Site};
use serde_json::{Value, json};

/// Noon of a day in May: what the endpoint's clock shows. The reader's shows another day.
const NOON: [(HeaderName, &str); 1] = [(header::DATE, "Mon, 04 May 2026 12:00:00 GMT")];

/// Moments before that noon, and their words.
const MOMENTS: [(&str, [&str; 3]); 12] = [
    ("2026-05-04T12:00:00Z", ["зараз", "сейчас", "now"]),
    ("2026-05-04T11:59:01Z", ["зараз", "сейчас", "now"]),
    ("2026-05-04T11:00:00Z", ["1 годину тому", "1 час назад", "1 hour ago"]),
    ("2026-05-03T13:00:00Z", ["23 години тому", "23 часа назад", "23 hours ago"]),
    ("2026-05-03T11:00:00Z", ["учора", "вчера", "yesterday"]),
    ("2026-04-28T12:00:00Z", ["6 днів тому", "6 дней назад", "6 days ago"]),
    ("2026-04-27T12:00:00Z", ["минулого тижня", "на прошлой неделе", "last week"]),
    ("2026-04-24T12:00:00Z", ["минулого тижня", "на прошлой неделе", "last week"]),
    ("2026-04-05T12:00:00Z", ["4 тижні тому", "4 недели назад", "4 weeks ago"]),
    ("2026-04-04T12:00:00Z", ["минулого місяця", "в прошлом месяце", "last month"]),
    ("2025-05-05T12:00:00Z", ["12 місяців тому", "12 месяцев назад", "12 months ago"]),
    ("2025-05-04T12:00:00Z", ["минулого року", "в прошлом году", "last year"]),
];

/// A comment of every moment, as a thread and the sidebar get it.
fn comments() -> Vec<Value> {
    let comment = |(number, (created_at, _)): (usize, &(&str, _))| {
        json!({
            "id": number.to_string(), "author": { "name": "Оля" }, "created_at": created_at, "body": "Думка",
            "page": "p", "title": null, "url": null, "excerpt": "Думка",
        })
    };
    MOMENTS.iter().enumerate().map(comment).collect()
}

async fn thread() -> Response {
    (NOON, Json(json!({ "thread": { "total": MOMENTS.len() }, "comments": comments() }))).into_response()
}

async fn latest() -> Response {
    (NOON, Json(json!({ "comments": comments() }))).into_response()
}

/// A page with both, in a language.
async fn page(server: &Server, lang: &str) -> Result<Site> {
    let page = format!(
        "<!doctype html><html lang={lang}><meta charset=utf-8><link rel=icon href=data:,>\
         <script async src={}></script><dumka-latest endpoint=/comments limit=20></dumka-latest>\
         <dumka-comments endpoint=/comments page=p load=eager></dumka-comments>",
        server.url("/embed.js")
    );
    let router = Router::new()
        .route("/", get(async || Html(page)))
        .route("/comments", get(thread))
        .route("/comments/latest", get(latest));
    Site::with_router(router).await
}

/// The moments under an element: each with its words and its date.
async fn times(reader: &Reader, element: &str) -> Result<Vec<[String; 3]>> {
    let times = format!("{element} time");
    reader.counts(&times, MOMENTS.len()).await?;
    let told = format!(
        "[...document.querySelectorAll('{times}')].map(it => [it.dateTime, it.textContent, it.title])"
    );
    serde_json::from_value(reader.value(&told).await?).context("texts, three by three")
}

#[tokio::test(flavor = "multi_thread")]
async fn same_moment_reads_the_same_in_the_thread_and_in_the_sidebar() -> Result<()> {
    let server = Server::serve().await?;
    let reader = Reader::new().await?;
    for (number, lang) in ["uk", "ru", "en"].into_iter().enumerate() {
        let site = page(&server, lang).await?;
        reader.open(site.url()).await?;
        let (thread, sidebar) =
            (times(&reader, "dumka-comments").await?, times(&reader, "dumka-latest").await?);
        assert_eq!(thread, sidebar, "{lang}");
        for ([moment, words, title], (expected, told)) in thread.iter().zip(MOMENTS) {
            assert_eq!((moment.as_str(), words.as_str()), (expected, told[number]), "{lang}");
            assert!(title.contains(&expected[..4]), "{lang}: {title}");
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn digits_of_dates_are_the_same_in_the_thread_and_in_the_sidebar() -> Result<()> {
    let server = Server::serve().await?;
    let reader = Reader::new().await?;
    // Egypt writes other digits than the widget's phrases have.
    let site = page(&server, "ar-EG").await?;
    reader.open(site.url()).await?;
    let thread = times(&reader, "dumka-comments").await?;
    let sidebar = times(&reader, "dumka-latest").await?;
    for ([_, words, title], [_, other_words, other_title]) in thread.iter().zip(&sidebar) {
        for text in [words, title, other_words, other_title] {
            assert!(!text.chars().any(|char| char.is_numeric() && !char.is_ascii_digit()), "{text}");
        }
    }
    Ok(())
}
