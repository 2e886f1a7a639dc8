//! The list does not load: the form keeps what was typed, and a comment is stored once.

use anyhow::{Context, Result, ensure};
use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, put};
use axum::{Json, response::Response};
use e2e::hostile_page::{Case, HostilePage, Thread};
use e2e::shadow_dom::{all, one};
use e2e::{Breach, Reader, Site, Trouble, until};
use serde_json::{Value, json};

/// The fault of the list.
#[derive(Clone, Copy, Debug)]
enum Failure {
    Answered(u16, &'static str),
    Broken(Breach),
    Silent,
}

const FAILURES: [Failure; 6] = [
    Failure::Answered(500, ""),
    Failure::Answered(200, "<h1>Please log in to the hotel's network</h1>"),
    Failure::Answered(404, "{\"error\": \"not here\"}"),
    Failure::Broken(Breach::Cut),
    Failure::Broken(Breach::Reset),
    Failure::Silent,
];

const LIST: &str = "/api/v1/comments?";
const ENDPOINT: &str = "/comments";
const TEXT: &str = ".dumka-composer [name=text]";

/// Lets it happen to requests whose address contains this, of this method where that matters.
fn fail(network: &Site, failure: Option<Failure>, address: &'static str) {
    network.set_trouble(None);
    network.break_off(None);
    network.hold(None);
    match failure {
        None => {}
        Some(Failure::Answered(status, answer)) => {
            network.set_trouble(Some(Trouble { address, method: "GET", status, answer }));
        }
        Some(Failure::Broken(breach)) => network.break_off(Some((address, breach))),
        Some(Failure::Silent) => network.hold(Some(address)),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn form_and_draft_are_there_while_the_list_fails_and_what_is_sent_is_taken_once() -> Result<()> {
    let hostile = HostilePage::with("").await?;
    for (number, failure) in FAILURES.into_iter().enumerate() {
        for case in if number == 0 { &Case::ALIVE[..] } else { &Case::RUNNING[..1] } {
            let thread = hostile.opens(*case).await?;
            writes_without_a_list(&thread, failure).await.with_context(|| format!("{case:?} {failure:?}"))?;
            ensure!(thread.client.list().await?.len() == 4, "{failure:?}: one comment has come");
            hostile.reader.value("void (localStorage.clear(), sessionStorage.clear())").await?;
        }
    }
    Ok(())
}

async fn writes_without_a_list(thread: &Thread<'_>, failure: Failure) -> Result<()> {
    let (reader, network) = (&thread.hostile.reader, &thread.hostile.network);
    reader.writes("Ann", "Half a thought").await?;
    fail(network, Some(failure), LIST);
    reader.web().refresh().await?;
    opens_the_form(reader).await?;
    reader.holds(&format!("{}.value === 'Half a thought'", one(TEXT))).await?;
    reader.types(TEXT, ", and the other half").await?;
    reader.clicks(".dumka-composer .dumka-submit").await?;
    thread.holds("Half a thought, and the other half", 1).await?;
    fail(network, None, LIST);
    // The rest comes by itself or when it is asked for, and the reader's own comment is among it.
    let retry = one(".dumka-retry");
    reader.holds(&format!("({retry}?.click(), {}.length === 4)", all(".dumka-comment"))).await?;
    reader.holds(&format!("{}.value === ''", one(TEXT))).await
}

async fn opens_the_form(reader: &Reader) -> Result<()> {
    reader.counts(TEXT, 1).await?;
    reader
        .holds(&format!(
            "({0}.checkVisibility() || {1}.click(), {0}.checkVisibility())",
            one(TEXT),
            one(".dumka-add")
        ))
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_while_the_whole_endpoint_fails_is_kept_until_it_is_there() -> Result<()> {
    let hostile = HostilePage::with("").await?;
    let (reader, network) = (&hostile.reader, &hostile.network);
    for case in Case::ALIVE {
        for breach in [Breach::Cut, Breach::Reset] {
            let thread = hostile.opens(case).await?;
            fail(network, Some(Failure::Broken(breach)), ENDPOINT);
            reader.web().refresh().await?;
            opens_the_form(reader).await.with_context(|| format!("{case:?} {breach:?}"))?;
            reader.types(TEXT, "Written once.").await?;
            reader.types(".dumka-composer [name=name]", "Ann").await?;
            reader.clicks(".dumka-composer .dumka-submit").await?;
            reader.sees(".dumka-composer .dumka-error", "your text has been kept").await?;
            reader.holds(&format!("{}.value === 'Written once.'", one(TEXT))).await?;
            fail(network, None, ENDPOINT);
            // It may go by itself, or at the next press.
            until("it is sent", async || {
                reader
                    .value(&format!(
                        "void {}?.click()",
                        one(".dumka-composer .dumka-submit:not([aria-busy=true])")
                    ))
                    .await?;
                Ok((thread.client.list().await?.len() == 4).then_some(()))
            })
            .await?;
            reader.reload().await?;
            reader.counts(".dumka-comment", 4).await?;
            ensure!(thread.client.list().await?.len() == 4, "{case:?} {breach:?}: it has come once");
            reader.value("void (localStorage.clear(), sessionStorage.clear())").await?;
        }
    }
    Ok(())
}

/// An endpoint that somebody else wrote, which answers whatever is sent with `problem`.
async fn refuses(problem: Value) -> Result<Site> {
    let comment = json!({ "id": "one", "author": { "name": "Ann" }, "created_at": "2026-11-01T08:00:00Z", "body": "A comment." });
    let features = ["reply", "vote", "report"];
    let list = json!({ "thread": { "site": "127.0.0.1", "page": "own", "total": 1, "state": "open", "features": features },
        "comments": [comment], "next": null });
    let refused = async move || -> Response {
        let kind = [(header::CONTENT_TYPE, "application/problem+json")];
        (StatusCode::UNPROCESSABLE_ENTITY, kind, problem.to_string()).into_response()
    };
    let comments = get(async move || Json(list)).post(refused.clone());
    Site::with_router(
        Router::new()
            .route("/comments", comments)
            .route("/comments/one/vote", put(refused.clone()))
            .route("/comments/one/report", axum::routing::post(refused))
            .layer(axum::middleware::map_response(async |mut response: Response| {
                for name in [
                    "access-control-allow-origin",
                    "access-control-allow-headers",
                    "access-control-allow-methods",
                ] {
                    response.headers_mut().insert(name, header::HeaderValue::from_static("*"));
                }
                response.headers_mut().insert(
                    "access-control-allow-headers",
                    header::HeaderValue::from_static("authorization, content-type, idempotency-key"),
                );
                if response.status() == StatusCode::METHOD_NOT_ALLOWED {
                    *response.status_mut() = StatusCode::OK;
                }
                response
            })),
    )
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn reason_that_the_widget_does_not_know_is_said_in_the_endpoints_own_words() -> Result<()> {
    let hostile = HostilePage::with("").await?;
    let reader = &hostile.reader;
    let detail = "The comment has a forbidden link.";
    for (problem, expected) in [
        (json!({ "kind": "link_forbidden", "title": "Not valid", "detail": detail, "status": 422 }), detail),
        (json!({ "kind": "mood", "title": "Not now", "detail": "", "status": 422 }), "Not now"),
        (json!({ "kind": "mood", "title": "Not now", "status": 422 }), "Not now"),
        (json!({ "title": "Not valid", "detail": detail, "status": 422 }), detail),
        (
            json!({ "kind": "link_forbidden", "title": "Not valid", "detail": detail, "field": "text", "status": 422 }),
            detail,
        ),
    ] {
        let endpoint = refuses(problem.clone()).await?;
        let said = || problem.to_string();
        let address =
            format!("{}article/?page=own&load=eager&endpoint={}comments", hostile.site.url(), endpoint.url());
        reader.open(&address).await?;
        reader.counts(".dumka-comment", 1).await?;
        reader.writes("Ann", "Written in vain.").await?;
        reader.clicks(".dumka-composer .dumka-submit").await?;
        reader.sees(".dumka-composer .dumka-error", expected).await.with_context(said)?;
        reader.holds(&format!("{}.value === 'Written in vain.'", one(TEXT))).await?;
        reader.clicks(".dumka-vote-up").await?;
        reader.sees(".dumka-actions .dumka-error", expected).await.with_context(said)?;
        reader.clicks(".dumka-report").await?;
        reader.types(".dumka-comment [name=reason]", "advert").await?;
        reader.clicks(".dumka-comment .dumka-submit").await?;
        reader.sees(".dumka-comment .dumka-form .dumka-error", expected).await.with_context(said)?;
        if expected == detail {
            let is_titled = "document.querySelector('dumka-comments').textContent.includes('Not valid')";
            ensure!(reader.value(is_titled).await? == false, "{}: the title is said too", said());
        }
        reader.value("void (localStorage.clear(), sessionStorage.clear())").await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn fragment_that_can_be_no_comments_id_is_not_sent_and_harms_nothing() -> Result<()> {
    let hostile = HostilePage::with("").await?;
    let reader = &hostile.reader;
    let fragments = [
        ("50,000 letters", "a".repeat(50_000)),
        ("2,000 letters", "b".repeat(2000)),
        ("2,000 escaped bytes", "%D0%B0".repeat(333)),
        ("a selector", "x'] , [id=y".to_owned()),
        ("nothing", String::new()),
    ];
    for (number, (name, fragment)) in fragments.into_iter().enumerate() {
        for case in Case::of_example(number).iter().copied() {
            let thread = hostile
                .opens_with(case, "", &["#comment-", &fragment].concat())
                .await
                .with_context(|| format!("{case:?} {name}"))?;
            thread.arrives().await?;
            reader.counts(".dumka-comment", 3).await?;
            reader.counts("dumka-comments[data-state=ready]", 1).await?;
            // Followed on the page, too.
            reader
                .value(&format!(
                    "void (location.hash = '', location.hash = {})",
                    json!(["comment-", &fragment].concat())
                ))
                .await?;
            reader.counts(".dumka-comment", 3).await.with_context(|| format!("{case:?} {name}, followed"))?;
            let longest = "Math.max(...performance.getEntriesByType('resource').map(it => it.name.length))";
            let longest = reader.value(longest).await?;
            ensure!(
                longest.as_u64().is_some_and(|it| it < 1000),
                "{case:?} {name}: {longest} characters were sent"
            );
            reader.counts(".dumka-error", 0).await?;
            thread.is_unharmed().await?;
        }
    }
    Ok(())
}
