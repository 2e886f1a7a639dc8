//! Links of the thread on pages whose scripts count or replace links, and with `<base>`: the reader stays in the article.

use anyhow::{Context, Result, ensure};
use axum::Router;
use axum::http::{HeaderMap, Uri};
use axum::response::Html;
use axum::routing::get;
use e2e::hostile_page::{Case, HostilePage, Program, Thread};
use e2e::shadow_dom::one;
use e2e::{Client, Reader, Server, Site};
use serde_json::json;

/// Handlers of pages for a press on a link; `link` is what was pressed.
const FOLLOW: &str = "const link = event.composedPath().find(it => it.localName === 'a' && it.href); \
    if (link && link.host !== location.host) { event.preventDefault(); tell('followed', link.href); \
      setTimeout(() => (location = link.href), 80) }";

/// Changes of pages to the links that lead to other hosts.
const DECORATIONS: [&str; 3] = [
    "it.target = '_blank'",
    "it.href += (it.href.includes('?') ? '&' : '?') + '_gl=1*abc'",
    "it.href = '/leaving?to=' + encodeURIComponent(it.href)",
];

#[tokio::test(flavor = "multi_thread")]
async fn tracker_of_links_that_lead_elsewhere_hears_of_no_press_that_was_handled() -> Result<()> {
    let targets = [
        ("document", false),
        ("document", true),
        ("self", false),
        ("document.documentElement", false),
        ("document.body.parentNode", true),
    ];
    for (number, (target, captures)) in targets.into_iter().enumerate() {
        let listen = format!("{target}.addEventListener('click', event => {{ {FOLLOW} }}, {captures})");
        let head = format!("<script>addEventListener('DOMContentLoaded', () => {{ {listen} }})</script>");
        let hostile = HostilePage::with(&head).await?;
        for case in Case::of_example(number).iter().copied() {
            let thread = hostile.opens(case).await?;
            thread.is_used().await.with_context(|| format!("{case:?} {target}"))?;
            thread.is_unharmed().await?;
            shows_all(&hostile, case).await.with_context(|| format!("{case:?} {target}"))?;
        }
    }
    Ok(())
}

/// Presses what leads to the rest of the thread.
async fn shows_all(hostile: &HostilePage, case: Case) -> Result<()> {
    let thread = hostile.opens_with(case, "&limit=1", "").await?;
    hostile.reader.clicks(".dumka-all").await?;
    thread.arrives().await?;
    hostile.reader.counts(".dumka-comment", 3).await?;
    thread.is_unharmed().await
}

#[tokio::test(flavor = "multi_thread")]
async fn decorated_links_do_what_they_did() -> Result<()> {
    let hostile = HostilePage::with("").await?;
    for (number, decoration) in DECORATIONS.into_iter().enumerate() {
        let script = format!(
            "const decorate = () => root.querySelectorAll('a').forEach(it => {{ if (it.host === location.host || it.isDecorated) return; \
             it.isDecorated = true; {decoration} }}); decorate(); \
             new MutationObserver(decorate).observe(root, {{ childList: true, subtree: true }})"
        );
        for case in Case::of_example(number).iter().copied() {
            let thread = hostile.opens(case).await?;
            thread.suffers(&script).await?;
            thread.is_used().await.with_context(|| format!("{case:?} {decoration}"))?;
            thread.is_unharmed().await?;
            ensure!(
                hostile.reader.web().windows().await?.len() == 1,
                "{case:?} {decoration}: another window"
            );
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn router_of_the_page_takes_no_link_of_ours() -> Result<()> {
    const ROUTER: &str = "<script>document.addEventListener('click', event => { const link = event.composedPath().find(it => it.localName === 'a'); \
        if (!link || link.host !== location.host) return; event.preventDefault(); history.pushState(null, '', link.href); \
        document.querySelector('h1').textContent = 'Another page' })</script>";
    let server = Server::serve().await?;
    let client = Client::new(server.url("/api/v1/comments"), "story");
    for number in 1..=3 {
        client.writes(&format!("Comment number {number}."), &format!("key-{number}")).await?;
    }
    let reader = Reader::new().await?;
    for attributes in ["", "load=eager", "isolate", "isolate load=eager"] {
        let body = format!(
            "{ROUTER}<script async src=/embed.js></script><dumka-comments page=story limit=2 {attributes}></dumka-comments>"
        );
        let site = Site::with_body(&body, server.url("")).await?;
        reader.open(site.url()).await?;
        reader.clicks(".dumka-all").await?;
        reader.counts(".dumka-comment", 3).await.with_context(|| attributes.to_owned())?;
        reader.clicks(".dumka-newest").await?;
        reader.counts(".dumka-newest[aria-current]", 1).await.with_context(|| attributes.to_owned())?;
        let comment = reader.finds("Comment number 2.").await?;
        reader.clicks(&format!("{comment} .dumka-reply")).await?;
        reader.counts(&format!("{comment} .dumka-form"), 1).await.with_context(|| attributes.to_owned())?;
        ensure!(reader.value("location.href").await? == site.url(), "{attributes}: the reader is elsewhere");
        reader.sees("h1", "News").await?;
    }
    Ok(())
}

/// `<base>` as pages have it.
const BASES: [&str; 4] = [
    "<base href='/'>",
    "<base href='/another/place/'>",
    "<base href='https://static.example/'>",
    "<base href='/' target=_blank>",
];

#[tokio::test(flavor = "multi_thread")]
async fn permalinks_and_names_of_those_who_are_answered_stay_in_the_article_under_any_base() -> Result<()> {
    for (number, base) in BASES.into_iter().enumerate() {
        let hostile = HostilePage::with(base).await?;
        for case in Case::of_example(number).iter().copied() {
            let thread = hostile.opens(case).await?;
            stay_here(&thread).await.with_context(|| format!("{case:?} {base}"))?;
            if case.program == Program::Early {
                thread.arrives().await?;
                stay_here(&thread).await.with_context(|| format!("{case:?} {base}, later"))?;
            }
            thread.is_unharmed().await?;
        }
    }
    Ok(())
}

/// Presses both kinds of links: the address is the article's own, and what it leads to is marked.
async fn stay_here(thread: &Thread<'_>) -> Result<()> {
    let reader = &thread.hostile.reader;
    let here = reader.value("location.href.split('#')[0]").await?;
    for (link, leads_to) in [
        (format!("{} .dumka-permalink", thread.last), &thread.last),
        (format!("{} .dumka-parent", thread.answer), &thread.first),
    ] {
        reader.clicks(&link).await?;
        reader.counts(&format!("{leads_to}[aria-current=location]"), 1).await?;
        let place = reader.value("location.href.split('#')").await?;
        let id = one(leads_to) + ".id";
        ensure!(place == json!([here, reader.value(&id).await?]), "{link} led to {place}");
        ensure!(reader.web().windows().await?.len() == 1, "{link} opened another window");
    }
    // What copies an address copies this one.
    let copied = reader
        .value(&format!("{}.href.split('#')[0]", one(&format!("{} .dumka-permalink", thread.last))))
        .await?;
    ensure!(copied == here, "the link's own address is {copied}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_done_under_any_base() -> Result<()> {
    for (number, base) in BASES.into_iter().enumerate() {
        let hostile = HostilePage::with(base).await?;
        for case in Case::of_example(number).iter().copied() {
            let thread = hostile.opens(case).await?;
            thread.is_used().await.with_context(|| format!("{case:?} {base}"))?;
            thread.is_unharmed().await?;
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn thread_that_stands_in_the_article_without_any_script_stays_there_under_a_base() -> Result<()> {
    let server = Server::public().await?;
    let client = Client::new(server.url("/api/v1/comments"), "/article");
    let first = client.post("Olha", "The first comment.", "first").await?;
    client.reply(&first, "Taras", "An answer to it.", "answer").await?;
    let fragment = server.url("/api/v1/comments?site=127.0.0.1&page=/article&format=html&lang=en");
    let fragment = reqwest::get(fragment).await?.text().await?;
    let reader = Reader::new().await?;
    for base in ["<base href='/'>", "<base href='/another/place/'>"] {
        let page = format!(
            "<!doctype html><html lang=en>{base}<title>A page</title><dumka-comments>{fragment}</dumka-comments>"
        );
        let pages = Router::new().route("/article", get(async move || Html(page)));
        let site = Site::with_pages(pages, server.url("")).await?;
        reader.open(&format!("{}article", site.url())).await?;
        for link in [".dumka-parent", ".dumka-permalink"] {
            reader.clicks(link).await?;
            reader
                .counts(&format!("[id='comment-{first}']:target"), 1)
                .await
                .with_context(|| format!("{base} {link}"))?;
            ensure!(reader.value("location.pathname").await? == "/article", "{base} {link}");
        }
    }
    Ok(())
}

/// Puts a thread into an article of another id, as the site's server does.
async fn include(server: &Server, head: String) -> Result<Site> {
    let collection = server.url("/api/v1/comments");
    let article = async move |headers: HeaderMap, uri: Uri| {
        let host = headers["host"].to_str().unwrap_or_default();
        let thread = included(&collection, &format!("http://{host}{uri}")).await.unwrap_or_default();
        Html(format!(
            "<!doctype html><html lang=en><head><title>A page</title>{head}</head>\
             <dumka-comments page=story-42 load=eager>{thread}</dumka-comments>"
        ))
    };
    Site::with_pages(Router::new().route("/article", get(article)), server.url("")).await
}

async fn included(collection: &str, article: &str) -> Result<String> {
    let query =
        [("site", "127.0.0.1"), ("page", "story-42"), ("format", "html"), ("lang", "en"), ("url", article)];
    let answer = reqwest::Client::new().get(collection).query(&query).send().await?;
    Ok(answer.error_for_status()?.text().await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn thread_of_an_include_that_names_its_article_stays_there_under_a_base_of_any_kind() -> Result<()> {
    let server = Server::public().await?;
    let client = Client::new(server.url("/api/v1/comments"), "story-42");
    let first = client.post("Olha", "The first comment.", "first").await?;
    let answer = client.reply(&first, "Taras", "An answer to it.", "answer").await?;
    let reader = Reader::new().await?;
    // What is left to the browser opens another window where `<base>` says so.
    let without = BASES.iter().filter(|base| !base.contains("_blank")).map(|base| (*base).to_owned());
    let with = BASES.iter().map(|base| ["<script async src=/embed.js></script>", base].concat());
    for head in without.chain(with) {
        let site = include(&server, head.clone()).await?;
        let here = format!("{}article?id=7", site.url());
        reader.open(&here).await?;
        reader.counts(".dumka-comment", 2).await?;
        for (link, id) in [
            (".dumka-parent".to_owned(), &first),
            (format!("[id='comment-{answer}'] .dumka-permalink"), &answer),
        ] {
            reader.clicks(&link).await?;
            let is_here = format!("location.href === '{here}#comment-{id}'");
            reader.holds(&is_here).await.with_context(|| format!("{head} {link}"))?;
        }
        ensure!(reader.web().windows().await?.len() == 1, "{head}: another window");
    }
    Ok(())
}
