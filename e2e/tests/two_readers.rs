//! Two readers argue: each sees what the other does, and nothing on the screen moves.

use anyhow::Result;
use e2e::{Client, Reader, Server, Site, story};
use serde_json::Value;

/// The positions of all elements on the page.
const PLACES: &str = "[scrollY, document.documentElement.scrollHeight, \
    ...Array.from(document.querySelectorAll('h1, h2, .dumka-comment, #end'), it => it.getBoundingClientRect().top)]";

/// A page of another origin than the server's, as a newspaper's is, long enough to be scrolled.
async fn newspaper(server: &Server) -> Result<Site> {
    let body = format!(
        "<p style='height:60vh'>The article</p><script async src={}></script>\
         <dumka-comments page=story load=eager></dumka-comments><p style='height:150vh'>",
        server.url("/embed.js")
    );
    Site::with_body(&body, server.url("")).await
}

fn client(server: &Server) -> Client {
    Client::new(server.url("/api/v1/comments"), "story")
}

/// Opens the page and waits until the widget begins to listen.
async fn open(reader: &Reader, site: &Site) -> Result<()> {
    story::opens(reader, site).await
}

async fn writes(reader: &Reader, name: &str, text: &str) -> Result<String> {
    reader.clicks(".dumka-add").await?;
    reader.fills(".dumka-composer .dumka-form", name, text).await?;
    reader.clicks(".dumka-composer .dumka-submit").await?;
    reader.finds(text).await
}

/// Sees that so many comments came, presses that, and finds `text` among them.
async fn shows_new(reader: &Reader, text: &str) -> Result<String> {
    reader.counts(".dumka-new", 1).await?;
    reader.clicks(".dumka-new").await?;
    let comment = reader.finds(text).await?;
    reader.counts(".dumka-new", 0).await?;
    Ok(comment)
}

/// Nothing has moved since `places`.
async fn nothing_moved(reader: &Reader, places: &Value) -> Result<()> {
    assert_eq!(&reader.value(PLACES).await?, places);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn each_sees_what_the_other_one_writes_and_votes() -> Result<()> {
    let server = Server::serve().await?;
    let site = newspaper(&server).await?;
    let (ann, ben) = (Reader::new().await?, Reader::new().await?);
    open(&ann, &site).await?;
    open(&ben, &site).await?;

    let places = ben.value(PLACES).await?;
    let claim = writes(&ann, "Ann", "Trams are better than buses.").await?;
    ben.sees(".dumka-new", "1 new comment").await?;
    ben.sees(".dumka-count", "(1)").await?;
    nothing_moved(&ben, &places).await?;
    assert_eq!(shows_new(&ben, "Trams are better").await?, claim);
    ben.holds(&format!("document.activeElement.matches('{claim}')")).await?;

    ben.replies(&claim, "Ben", "Buses go where no rails are.").await?;
    let reply = shows_new(&ann, "Buses go where").await?;
    ann.sees(&format!("{claim} + {reply} .dumka-parent"), "Ann").await?;
    ann.replies(&reply, "Ann", "Rails can be laid.").await?;
    let answer = shows_new(&ben, "Rails can be laid").await?;
    ben.counts(&format!("{claim} + {reply} + {answer}[data-depth='2']"), 1).await?;
    for reader in [&ann, &ben] {
        reader.sees(".dumka-count", "(3)").await?;
        reader.counts(".dumka-comment", 3).await?;
    }

    let places = ann.value(PLACES).await?;
    ben.clicks(&format!("{claim} .dumka-vote-up")).await?;
    ann.sees(&format!("{claim} .dumka-score"), "1").await?;
    ben.clicks(&format!("{claim} .dumka-vote-down")).await?;
    ann.sees(&format!("{claim} .dumka-score"), "−1").await?;
    nothing_moved(&ann, &places).await?;
    ann.counts("[aria-pressed=true]", 0).await?;

    ben.reload().await?;
    ben.counts(&format!("{claim} .dumka-vote-down[aria-pressed=true]"), 1).await?;
    ben.counts("[aria-pressed=true]", 1).await?;
    ben.sees(&format!("{claim} .dumka-score"), "−1").await
}

#[tokio::test(flavor = "multi_thread")]
async fn each_sees_what_the_other_one_edits_and_deletes() -> Result<()> {
    let server = Server::serve().await?;
    let site = newspaper(&server).await?;
    let (ann, ben) = (Reader::new().await?, Reader::new().await?);
    open(&ann, &site).await?;
    let answered = writes(&ann, "Ann", "Trams are better.").await?;
    let lonely = writes(&ann, "Ann", "Cars are worse.").await?;
    open(&ben, &site).await?;
    ben.counts(".dumka-comment", 2).await?;

    edits(&ann, &answered, " And cheaper.").await?;
    ben.sees(&format!("{answered} .dumka-body"), "Trams are better. And cheaper.").await?;
    ben.sees(&format!("{answered} .dumka-edited"), "edited").await?;
    // It is hers after a reload too.
    open(&ann, &site).await?;
    edits(&ann, &answered, " And quieter.").await?;
    ben.sees(&format!("{answered} .dumka-body"), "And cheaper. And quieter.").await?;
    ben.counts(".dumka-edit, .dumka-delete", 0).await?;

    ben.replies(&answered, "Ben", "Not on a hill.").await?;
    let reply = shows_new(&ann, "Not on a hill").await?;
    for comment in [&answered, &lonely] {
        ann.clicks(&format!("{comment} .dumka-delete")).await?;
        ann.clicks(&format!("{comment} .dumka-submit")).await?;
        ann.counts(&format!("{comment} .dumka-form"), 0).await?;
    }
    for reader in [&ben, &ann] {
        reader.counts(&lonely, 0).await?;
        reader.sees(&format!("{answered} .dumka-notice"), "This comment was deleted.").await?;
        reader
            .counts(&format!("{answered} :is(.dumka-body, .dumka-reply, .dumka-vote-up, .dumka-edit)"), 0)
            .await?;
        reader.counts(&format!("{answered} + {reply}"), 1).await?;
        reader.sees(".dumka-count", "(1)").await?;
        // Nor is the name of whoever deleted it told by the reply.
        reader.holds("!document.querySelector('.dumka-list').textContent.includes('Ann')").await?;
    }
    open(&ben, &site).await?;
    ben.counts(".dumka-comment", 2).await?;
    ben.holds("!document.querySelector('.dumka-list').textContent.includes('Ann')").await
}

#[tokio::test(flavor = "multi_thread")]
async fn answer_to_what_is_deleted_meanwhile_keeps_its_words_and_says_why() -> Result<()> {
    let server = Server::serve().await?;
    let site = newspaper(&server).await?;
    let made = client(&server).writes("Trams are better.", "trams").await?;
    let reader = Reader::new().await?;
    open(&reader, &site).await?;
    let comment = reader.finds("Trams are better").await?;
    reader.clicks(&format!("{comment} .dumka-reply")).await?;
    reader.sees(&format!("{comment} .dumka-form-heading"), "Your reply to Ann").await?;
    reader.fills(&format!("{comment} .dumka-form"), "Ben", "Not on a hill").await?;

    client(&server).deletes(&made).await?;
    reader.sees(&format!("{comment} .dumka-notice"), "This comment was deleted.").await?;
    reader.sees(&format!("{comment} .dumka-form-heading"), "Add a comment").await?;
    reader.holds("!document.querySelector('.dumka-list').textContent.includes('Ann')").await?;
    reader
        .holds(&format!("document.querySelector('{comment} [name=text]').value === 'Not on a hill'"))
        .await?;
    reader.clicks(&format!("{comment} .dumka-submit")).await?;
    reader.sees(&format!("{comment} .dumka-form .dumka-error"), "answering is no longer there").await?;
    reader
        .holds(&format!("document.querySelector('{comment} [name=text]').value === 'Not on a hill'"))
        .await?;
    reader.sees(".dumka-count", "(0)").await
}

async fn edits(reader: &Reader, comment: &str, more: &str) -> Result<()> {
    reader.clicks(&format!("{comment} .dumka-edit")).await?;
    reader.types(&format!("{comment} [name=text]"), more).await?;
    reader.clicks(&format!("{comment} .dumka-submit")).await?;
    reader.counts(&format!("{comment} .dumka-form"), 0).await?;
    reader.sees(&format!("{comment} .dumka-body"), more).await
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_comments_move_nothing_for_who_reads_in_the_middle() -> Result<()> {
    let server = Server::serve().await?;
    for number in 0..20 {
        client(&server).post("Ann", &format!("Comment number {number}."), &format!("key-{number}")).await?;
    }
    let site = newspaper(&server).await?;
    let reader = Reader::new().await?;
    open(&reader, &site).await?;
    reader.counts(".dumka-comment", 20).await?;
    reader.value("void document.querySelectorAll('.dumka-comment')[10].scrollIntoView()").await?;

    let places = reader.value(PLACES).await?;
    let first = reader.value("document.querySelector('.dumka-comment').id.replace('comment-', '')").await?;
    let first = first.as_str().unwrap_or_default();
    for number in 0..25 {
        client(&server).post("Ben", &format!("News {number}."), &format!("news-{number}")).await?;
        client(&server).reply(first, "Ben", &format!("Reply {number}."), &format!("reply-{number}")).await?;
    }
    reader.sees(".dumka-new", "50 new comments").await?;
    reader.sees(".dumka-count", "(70)").await?;
    nothing_moved(&reader, &places).await?;

    reader.clicks(".dumka-new").await?;
    reader.counts(".dumka-comment", 70).await?;
    reader.counts(&format!("[id='comment-{first}'] ~ [data-depth='1']"), 25).await
}

#[tokio::test(flavor = "multi_thread")]
async fn argument_goes_on_when_the_server_comes_back() -> Result<()> {
    let mut server = Server::serve().await?;
    let site = newspaper(&server).await?;
    let (ann, ben) = (Reader::new().await?, Reader::new().await?);
    open(&ann, &site).await?;
    open(&ben, &site).await?;
    let claim = writes(&ann, "Ann", "Trams are better.").await?;
    shows_new(&ben, "Trams are better").await?;

    server.kill()?;
    ben.replies(&claim, "Ben", "Buses go on.").await?;
    ben.sees(&format!("{claim} .dumka-form .dumka-error"), "your text has been kept").await?;
    ann.clicks(&format!("{claim} .dumka-vote-up")).await?;
    ann.sees(&format!("{claim} .dumka-error"), "That did not work").await?;
    ann.counts("[aria-pressed=true]", 0).await?;
    server.restart().await?;

    ben.clicks(&format!("{claim} .dumka-submit")).await?;
    let reply = ben.finds("Buses go on").await?;
    assert_eq!(shows_new(&ann, "Buses go on").await?, reply);
    ann.clicks(&format!("{claim} .dumka-vote-up")).await?;
    ben.sees(&format!("{claim} .dumka-score"), "1").await?;
    ann.replies(&reply, "Ann", "So do trams.").await?;
    shows_new(&ben, "So do trams").await?;
    for reader in [&ann, &ben] {
        reader.counts(".dumka-comment", 3).await?;
        reader.sees(".dumka-count", "(3)").await?;
        reader.counts(".dumka-new, .dumka-error", 0).await?;
    }
    assert_eq!(client(&server).list().await?.len(), 3);
    Ok(())
}
