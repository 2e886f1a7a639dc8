//! A moderator's decision reaches readers at once.

use anyhow::Result;
use e2e::{Reader, Server, story};

async fn open(reader: &Reader, server: &Server) -> Result<()> {
    reader.open(&server.url("/demo/en/")).await?;
    reader.counts("section.dumka", 1).await?;
    // Without the act the program would come later, and with it what follows the thread.
    reader
        .value("void document.querySelector('section.dumka').dispatchEvent(new Event('pointerdown'))")
        .await?;
    story::is_live(reader).await
}

/// Writes a comment, or an answer to one, that is held; its id.
async fn writes(reader: &Reader, text: &str) -> Result<String> {
    reader.clicks(".dumka-add").await?;
    reader.fills(".dumka-composer .dumka-form", "Ann", text).await?;
    reader.clicks(".dumka-composer .dumka-submit").await?;
    is_held(reader, text).await
}

async fn is_held(reader: &Reader, text: &str) -> Result<String> {
    let comment = reader.finds(text).await?;
    reader.sees(&format!("{comment} .dumka-pending"), "waiting for a moderator").await?;
    Ok(comment.replace("#comment-", ""))
}

#[tokio::test(flavor = "multi_thread")]
async fn held_comment_is_its_authors_alone_until_it_is_approved() -> Result<()> {
    let server = Server::moderated_demo().await?;
    let (ann, ben) = (Reader::new().await?, Reader::new().await?);
    open(&ann, &server).await?;
    open(&ben, &server).await?;
    let id = writes(&ann, "Is anybody there?").await?;
    let comment = format!("[id='comment-{id}']");
    ann.sees(".dumka-count", "(0)").await?;
    ann.counts(&format!("{comment} :is(.dumka-reply, .dumka-vote-up, .dumka-report)"), 0).await?;
    ann.clicks(&format!("{comment} .dumka-edit")).await?;
    ann.types(&format!("{comment} [name=text]"), " Hello!").await?;
    ann.clicks(&format!("{comment} .dumka-submit")).await?;
    ann.sees(&format!("{comment} .dumka-body"), "Is anybody there? Hello!").await?;
    is_held(&ann, "Hello!").await?;
    ben.counts(".dumka-comment, .dumka-new", 0).await?;
    // It is its author's after a reload too.
    open(&ann, &server).await?;
    is_held(&ann, "Hello!").await?;
    ann.counts(&format!("{comment} .dumka-edit"), 1).await?;

    server.moderate("approve", &id)?;
    ann.counts(".dumka-pending", 0).await?;
    ann.counts(&format!("{comment} .dumka-reply"), 1).await?;
    ben.sees(".dumka-new", "1 new comment").await?;
    ben.clicks(".dumka-new").await?;
    ben.sees(&format!("{comment} .dumka-body"), "Hello!").await?;
    for reader in [&ann, &ben] {
        reader.sees(".dumka-count", "(1)").await?;
        reader.counts(".dumka-new", 0).await?;
    }

    ben.replies(&comment, "Ben", "I am.").await?;
    let reply = is_held(&ben, "I am.").await?;
    server.moderate("approve", &reply)?;
    ben.holds("document.querySelector('.dumka > [role=status]').textContent === ''").await?;
    ann.clicks(".dumka-new").await?;
    ann.counts(&format!("{comment} + [id='comment-{reply}']"), 1).await?;
    server.moderate("reject", &id)?;
    for reader in [&ann, &ben] {
        reader.sees(&format!("{comment} .dumka-notice"), "This comment was deleted.").await?;
        reader.counts(".dumka-body", 1).await?;
    }
    server.moderate("approve", &id)?;
    for reader in [&ann, &ben] {
        reader.sees(&format!("{comment} .dumka-body"), "Hello!").await?;
        reader.sees(&format!("{comment} .dumka-author"), "Ann").await?;
        reader.sees(&format!("[id='comment-{reply}'] .dumka-parent"), "Ann").await?;
        reader.counts(".dumka-comment", 2).await?;
        reader.counts(".dumka-new", 0).await?;
        reader.sees(".dumka-count", "(2)").await?;
    }
    Ok(())
}
