//! The thread inside markup of the page: in a form, in elements that the parser rearranges, in closed elements.

use anyhow::{Context, Result, ensure};
use e2e::hostile_page::{Case, HostilePage, Program, Thread};
use e2e::keyboard::{is_at, presses};
use e2e::shadow_dom::one;
use e2e::{Client, Reader, Server, Site, Trouble, story};
use thirtyfour::prelude::*;

/// A page in whose own form everything stands, as some servers make them.
const FORM: &str = "<form id=order action=/ordered method=post><input name=text value=theirs><!--thread--><button>Order</button></form>";

/// Places in which the parser takes prerendered HTML apart, and how the page's own words around it go on.
const PLACES: [(&str, &str); 3] = [
    ("a form of the page", FORM),
    (
        "a form around the whole page",
        "<form id=order action=/ordered method=post><main><article><!--thread--></article></main></form>",
    ),
    (
        "a link",
        "<form id=order action=/ordered><button>Order</button></form><a name=comments><!--thread--></a>",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn ready_html_that_the_parser_took_apart_is_drawn_anew_and_sends_to_nobody_else() -> Result<()> {
    let server = Server::serve().await?;
    let reader = Reader::new().await?;
    for (number, (name, place)) in PLACES.into_iter().enumerate() {
        for (program, attributes) in [
            (Program::Early, ""),
            (Program::Running, "load=eager"),
            (Program::Blocked, ""),
            (Program::Running, "load=eager isolate"),
        ] {
            let said = || format!("{name}, {program:?} {attributes}");
            let page = format!("page-{number}-{program:?}-{}", attributes.len());
            let client = Client::new(server.url("/api/v1/comments"), &page);
            client.writes("The first comment.", &format!("first-{page}")).await?;
            let site = ready(&server, &page, place, attributes).await?;
            match program {
                Program::Early => site.hold(Some(".wasm")),
                Program::Running => {}
                Program::Blocked => site.set_trouble(Some(NO_PROGRAM)),
            }
            reader.open(site.url()).await?;
            // Until the loader has come, what the parser left of the thread is there.
            reader.counts("dumka-comments[data-state=ready]", 1).await.with_context(said)?;
            reader.counts(".dumka-comment", 1).await.with_context(said)?;
            if program == Program::Running {
                story::is_hydrated(&reader, 1).await.with_context(said)?;
            }
            is_written_by_keys(&reader, &site).await.with_context(said)?;
            reader.finds("Written once.").await.with_context(said)?;
            reader.counts("section.dumka", 1).await.with_context(said)?;
            reader.counts(".dumka-comment", 2).await.with_context(said)?;
            ensure!(client.list().await?.len() == 2, "{}: the comment is there once", said());
            ensure!(
                reader.value("location.href").await? == site.url(),
                "{}: the reader is elsewhere",
                said()
            );
            reader.counts("form#order", 1).await?;
            reader.value("void localStorage.clear()").await?;
        }
    }
    Ok(())
}

const NO_PROGRAM: Trouble = Trouble { address: ".wasm", method: "GET", status: 404, answer: "No" };

async fn ready(server: &Server, page: &str, place: &str, attributes: &str) -> Result<Site> {
    let fragment = server.url(&format!("/api/v1/comments?site=127.0.0.1&page={page}&format=html&lang=en"));
    let fragment = reqwest::get(fragment).await?.text().await?;
    let thread = format!("<dumka-comments page={page} {attributes}>{fragment}</dumka-comments>");
    let body = place.replace("<!--thread-->", &thread) + "<script async src=/embed.js></script>";
    Site::with_body(&body, server.url("")).await
}

/// Writes a comment and sends it by Enter from a field, which sends the form around it.
async fn is_written_by_keys(reader: &Reader, site: &Site) -> Result<()> {
    reader.clicks(".dumka-add").await?;
    reader.types(".dumka-composer .dumka-form [name=text]", "Written once.").await?;
    reader.types(".dumka-composer .dumka-form [name=name]", "Ann").await?;
    presses(reader, Key::Enter + "").await?;
    site.hold(None);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn thread_that_is_drawn_inside_a_form_of_the_page_is_used_as_anywhere() -> Result<()> {
    let hostile = HostilePage::with_body("", &FORM.replace("<!--thread-->", "<!--tag-->")).await?;
    for case in Case::ALL {
        let thread = hostile.opens(case).await?;
        thread.is_used().await.with_context(|| format!("{case:?}"))?;
        thread.is_unharmed().await?;
    }
    Ok(())
}

/// A closed element that holds the thread.
const CLOSED: [(&str, &str); 3] = [
    ("<details>", "<details><summary>Comments</summary><!--tag--></details>"),
    (
        "one in the other",
        "<details><summary>More</summary><p>Words</p><details><summary>Comments</summary><div><!--tag--></div></details></details>",
    ),
    (
        "one whose neighbour is open",
        "<details open name=tabs><summary>Words</summary>Words</details><details name=tabs><summary>Comments</summary><!--tag--></details>",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn permalink_opens_what_its_comment_is_closed_in() -> Result<()> {
    for (name, body) in CLOSED {
        let hostile = HostilePage::with_body("", body).await?;
        for case in Case::ALL {
            let said = || format!("{case:?} {name}");
            // Closed again, so that a link on the page itself opens it too.
            let thread = hostile.opens_with(case, "", "#comment-none").await.with_context(said)?;
            is_opened(&thread, "location.hash = ID").await.with_context(said)?;
            if case.program == Program::Early {
                thread.arrives().await?;
            }
            is_opened(&thread, "location.hash = '', location.hash = ID").await.with_context(said)?;
            hostile.reader.reload().await?;
            sees_it(&thread).await.with_context(said)?;
            thread.is_unharmed().await?;
        }
    }
    Ok(())
}

async fn is_opened(thread: &Thread<'_>, how: &str) -> Result<()> {
    let reader = &thread.hostile.reader;
    let id = thread.last.trim_start_matches("[id=").trim_end_matches(']');
    reader
        .value(
            "void document.querySelectorAll('details:not(.dumka-composer)').forEach(it => (it.open = false))",
        )
        .await?;
    reader.value(&format!("void ({})", how.replace("ID", id))).await?;
    sees_it(thread).await
}

/// The comment is to be seen, in the view, and has the focus.
async fn sees_it(thread: &Thread<'_>) -> Result<()> {
    let reader = &thread.hostile.reader;
    let last = one(&thread.last);
    reader.holds(&format!("{last}?.checkVisibility() && {last}.getBoundingClientRect().top < innerHeight && {last}.getBoundingClientRect().bottom > 0")).await?;
    is_at(reader, &thread.last).await
}
