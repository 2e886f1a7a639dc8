//! The story of a long thread: shown to its end, stopped on the way, searched, and begun in its middle.

use anyhow::Result;
use e2e::{Client, Reader, Server, Site, Trouble, story};

const THREAD: &str = "/long";
const NUMBER: usize = 1_000;
const AT_ONCE: usize = 8;

const NO_PROGRAM: Trouble = Trouble { address: ".wasm", method: "GET", status: 404, answer: "No" };

/// The texts on the page, in its order.
const TEXTS: &str =
    "[...document.querySelectorAll('.dumka-list > .dumka-comment .dumka-body')].map(it => it.textContent)";

/// A server with a thread of so many comments.
async fn long_thread() -> Result<(Server, Client)> {
    let server = Server::serve().await?;
    let client = Client::new(server.url("/api/v1/comments"), THREAD);
    let writers = (0..AT_ONCE).map(|writer| {
        let client = client.clone();
        tokio::spawn(async move {
            for number in (writer..NUMBER).step_by(AT_ONCE) {
                client.post("Оля", &format!("comment number{number}."), &number.to_string()).await?;
            }
            anyhow::Ok(())
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await??;
    }
    Ok((server, client))
}

async fn page(server: &Server) -> Result<Site> {
    let script = server.url("/embed.js");
    Site::with_body(&format!("<script async src={script} data-page={THREAD}></script>"), server.url("")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn long_thread_is_stopped_shown_to_its_end_and_searched() -> Result<()> {
    let (server, client) = long_thread().await?;
    let (site, reader) = (page(&server).await?, Reader::with_whole_browser().await?);
    reader.open(site.url()).await?;
    reader.counts(".dumka-comment", 20).await?;
    // Without the program all come at once, as far as one page holds them.
    story::is_hydrated(&reader, 1).await?;

    reader.clicks(".dumka-all").await?;
    reader.holds("document.querySelectorAll('.dumka-comment').length > 20").await?;
    // By script: a hand would have to be faster than the last step.
    reader.holds("(document.querySelector('.dumka-stop').click(), true)").await?;
    reader.counts(".dumka-stop", 0).await?;
    reader.holds("document.activeElement.matches('.dumka-all')").await?;
    let shown = reader.count(".dumka-comment").await?;
    assert!(shown < NUMBER, "{shown} are shown");

    reader.clicks(".dumka-all").await?;
    reader.counts(".dumka-comment", NUMBER).await?;
    reader.counts(".dumka-loading, .dumka-all", 0).await?;
    let first_new =
        format!("document.activeElement === document.querySelectorAll('.dumka-comment')[{shown}]");
    reader.holds(&first_new).await?;

    let texts: Vec<String> = client.list().await?.iter().map(text).collect();
    assert_eq!(reader.value(TEXTS).await?, serde_json::json!(texts));
    let late = texts[NUMBER - 2].trim_start_matches("comment ");
    reader.holds(&format!("window.find({late:?})")).await?;
    reader.holds("getSelection().anchorNode.parentElement.closest('.dumka-comment') !== null").await
}

#[tokio::test(flavor = "multi_thread")]
async fn long_thread_is_shown_to_its_end_before_the_program_is_there_and_without_it() -> Result<()> {
    let (server, client) = long_thread().await?;
    let texts: Vec<String> = client.list().await?.iter().map(text).collect();
    let body = format!("<script async src=/embed.js data-page={THREAD}></script>");
    for comes in [true, false] {
        let site = Site::with_body(&body, server.url("")).await?;
        if comes {
            site.hold(Some(".wasm"));
        } else {
            site.set_trouble(Some(NO_PROGRAM));
        }
        let reader = Reader::new().await?;
        reader.open(site.url()).await?;
        reader.counts(".dumka-comment", 20).await?;
        reader.clicks(".dumka-all").await?;
        reader.holds("document.querySelectorAll('.dumka-comment').length > 20").await?;
        reader.holds("document.activeElement === document.querySelectorAll('.dumka-comment')[20]").await?;
        // What is pressed meanwhile is done, and the rest comes all the same.
        reader.clicks(".dumka-comment .dumka-vote-up").await?;
        reader.counts("[aria-pressed=true]", 1).await?;
        reader.value("void document.querySelector('.dumka-vote-down').focus()").await?;
        site.hold(None);
        reader.counts(".dumka-comment", NUMBER).await?;
        reader.counts(".dumka-loading, .dumka-all", 0).await?;
        if comes {
            story::is_hydrated(&reader, 1).await?;
            reader.counts(".dumka-comment", NUMBER).await?;
        }
        assert_eq!(reader.value(TEXTS).await?, serde_json::json!(texts), "it comes: {comes}");
        reader.holds("document.activeElement === document.querySelector('.dumka-vote-down')").await?;
        reader.counts("[aria-pressed=true]", 1).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn piece_that_does_not_come_is_told_and_asked_for_again() -> Result<()> {
    const NO_PIECE: Trouble = Trouble { address: "cursor=", method: "GET", status: 503, answer: "No" };
    let (server, _client) = long_thread().await?;
    let body = format!("<script async src=/embed.js data-page={THREAD}></script>");
    let site = Site::with_body(&body, server.url("")).await?;
    site.hold(Some(".wasm"));
    site.set_trouble(Some(NO_PIECE));
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.counts(".dumka-comment", 20).await?;
    reader.clicks(".dumka-all").await?;
    reader.counts("p.dumka-error", 1).await?;
    reader.counts(".dumka-all:not([aria-busy=true])", 1).await?;
    assert!(reader.count(".dumka-comment").await? > 20, "what came stays");
    site.set_trouble(None);
    reader.clicks(".dumka-all").await?;
    reader.counts(".dumka-comment", NUMBER).await?;
    reader.counts(".dumka-all, p.dumka-error", 0).await
}

/// A comment's text: one paragraph of one text.
fn text(comment: &serde_json::Value) -> String {
    comment["body"][0]["paragraph"][0].as_str().unwrap_or_default().to_owned()
}
