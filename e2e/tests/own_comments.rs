//! A reader's own comments and drafts, when things do not go well.

use anyhow::Result;
use e2e::{Client, Reader, Server, Site, story};

async fn newspaper(server: &Server) -> Result<Site> {
    let tag = "<script async src=EMBED></script><dumka-comments page=story load=eager></dumka-comments>";
    Site::with_body(&tag.replace("EMBED", &server.url("/embed.js")), server.url("")).await
}

fn client(server: &Server) -> Client {
    Client::new(server.url("/api/v1/comments"), "story")
}

async fn is_drawn(reader: &Reader) -> Result<()> {
    story::is_hydrated(reader, 1).await
}

#[tokio::test(flavor = "multi_thread")]
async fn comment_that_can_no_longer_be_changed_says_so_and_keeps_what_was_typed() -> Result<()> {
    let mut server = Server::serve().await?;
    let site = newspaper(&server).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    is_drawn(&reader).await?;
    reader.writes("Ann", "Written in haste").await?;
    reader.clicks(".dumka-composer .dumka-submit").await?;
    let comment = reader.finds("Written in haste").await?;
    reader.clicks(&format!("{comment} .dumka-edit")).await?;
    reader.types(&format!("{comment} [name=text]"), ", with a mistake").await?;

    // The window was a quarter of an hour as the comment was written; now there is none.
    server.kill()?;
    server.set("DUMKA_LIMITS__EDIT_WINDOW_SECS", "0");
    server.restart().await?;
    reader.clicks(&format!("{comment} .dumka-submit")).await?;
    reader.sees(&format!("{comment} .dumka-error"), "can be changed is over").await?;
    reader
        .holds(&format!(
            "document.querySelector(\"{comment} [name=text]\").value === 'Written in haste, with a mistake'"
        ))
        .await?;

    reader.clicks(&format!("{comment} .dumka-cancel")).await?;
    reader.clicks(&format!("{comment} .dumka-delete")).await?;
    reader.clicks(&format!("{comment} .dumka-submit")).await?;
    reader.sees(&format!("{comment} .dumka-error"), "can be changed is over").await?;
    reader.clicks(&format!("{comment} .dumka-cancel")).await?;
    reader.sees(&format!("{comment} .dumka-body"), "Written in haste").await?;
    reader.counts(&format!("{comment} .dumka-edited"), 0).await
}

#[tokio::test(flavor = "multi_thread")]
async fn draft_of_a_reply_survives_a_reload_and_is_no_other_comments_draft() -> Result<()> {
    let server = Server::serve().await?;
    for text in ["First.", "Second."] {
        client(&server).post("Ann", text, text).await?;
    }
    let site = newspaper(&server).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    is_drawn(&reader).await?;
    let [first, second] = [reader.finds("First").await?, reader.finds("Second").await?];
    reader.clicks(&format!("{first} .dumka-reply")).await?;
    reader.fills(&format!("{first} .dumka-form"), "Ben", "Half an answer").await?;

    reader.reload().await?;
    is_drawn(&reader).await?;
    let text = |comment: &str| format!("document.querySelector('{comment} [name=text]')?.value");
    reader.clicks(&format!("{second} .dumka-reply")).await?;
    reader.holds(&format!("{} === ''", text(&second))).await?;
    reader.clicks(&format!("{first} .dumka-reply")).await?;
    reader.holds(&format!("{} === 'Half an answer'", text(&first))).await?;
    reader.holds("document.querySelector('.dumka-composer [name=text]').value === ''").await?;

    reader.types(&format!("{first} [name=text]"), " and the other half").await?;
    reader.clicks(&format!("{first} .dumka-submit")).await?;
    let reply = reader.finds("Half an answer and the other half").await?;
    reader.counts(&format!("{first} + {reply}"), 1).await?;
    reader.clicks(&format!("{first} .dumka-reply")).await?;
    reader.holds(&format!("{} === ''", text(&first))).await
}

#[tokio::test(flavor = "multi_thread")]
async fn reply_that_was_lost_is_sent_again_after_a_reload_and_stands_once() -> Result<()> {
    let mut server = Server::serve().await?;
    client(&server).post("Ann", "Trams are better.", "key").await?;
    let site = newspaper(&server).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    is_drawn(&reader).await?;
    let comment = reader.finds("Trams").await?;
    reader.clicks(&format!("{comment} .dumka-reply")).await?;
    reader.fills(&format!("{comment} .dumka-form"), "Ben", "Not on a hill").await?;
    server.kill()?;
    reader.clicks(&format!("{comment} .dumka-submit")).await?;
    reader.sees(&format!("{comment} .dumka-form .dumka-error"), "your text has been kept").await?;

    server.restart().await?;
    reader.reload().await?;
    is_drawn(&reader).await?;
    reader.clicks(&format!("{comment} .dumka-reply")).await?;
    reader
        .holds(&format!("document.querySelector('{comment} [name=text]').value === 'Not on a hill'"))
        .await?;
    reader.clicks(&format!("{comment} .dumka-submit")).await?;
    reader.finds("Not on a hill").await?;
    assert_eq!(client(&server).list().await?.len(), 2);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn reply_whose_answer_was_lost_is_not_posted_twice() -> Result<()> {
    let server = Server::serve().await?;
    client(&server).post("Ann", "Trams are better.", "key").await?;
    let tag = "<script async src=/embed.js></script><dumka-comments page=story load=eager></dumka-comments>";
    let site = Site::with_body(tag, server.url("")).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    is_drawn(&reader).await?;
    let comment = reader.finds("Trams").await?;
    site.lose_answers(Some("POST"));
    reader.replies(&comment, "Ben", "Not on a hill").await?;
    reader.sees(&format!("{comment} .dumka-form .dumka-error"), "your text has been kept").await?;
    assert_eq!(client(&server).list().await?.len(), 2, "it is there all the same");

    site.lose_answers(None);
    reader.reload().await?;
    is_drawn(&reader).await?;
    reader.clicks(&format!("{comment} .dumka-reply")).await?;
    reader
        .holds(&format!("document.querySelector('{comment} [name=text]').value === 'Not on a hill'"))
        .await?;
    reader.clicks(&format!("{comment} .dumka-submit")).await?;
    reader.counts(&format!("{comment} .dumka-form"), 0).await?;
    reader.counts(".dumka-comment", 2).await?;
    reader.sees(".dumka-count", "(2)").await?;
    assert_eq!(client(&server).list().await?.len(), 2);
    Ok(())
}
