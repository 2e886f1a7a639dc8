//! Readers report a comment.

use anyhow::Result;
use e2e::{Client, Reader, Server, Site, story};

const TAG: &str =
    "<script async src=/embed.js></script><dumka-comments page=story load=eager></dumka-comments>";

async fn reported(server: &Server) -> Result<()> {
    let client = Client::new(server.url("/api/v1/comments"), "story");
    for (key, text) in [("fine", "A fine comment."), ("pills", "Buy my pills!")] {
        client.post("Ann", text, key).await?;
    }
    Ok(())
}

async fn open(reader: &Reader, site: &Site) -> Result<String> {
    reader.open(site.url()).await?;
    story::is_hydrated(reader, 1).await?;
    reader.finds("Buy my pills").await
}

/// Opens the form, is told to choose a reason, chooses one, and sends it.
async fn reports(reader: &Reader, comment: &str) -> Result<()> {
    reader.clicks(&format!("{comment} .dumka-report")).await?;
    reader.sees(&format!("{comment} .dumka-form"), "What is wrong with this comment?").await?;
    reader.clicks(&format!("{comment} .dumka-submit")).await?;
    reader.sees(&format!("{comment} .dumka-form .dumka-error"), "Choose a reason.").await?;
    reader.types(&format!("{comment} [name=reason]"), "advert").await?;
    reader.types(&format!("{comment} [name=text]"), "Pills, again").await?;
    reader.clicks(&format!("{comment} .dumka-submit")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn reader_is_thanked_for_a_report_and_told_that_one_is_enough() -> Result<()> {
    let server = Server::serve().await?;
    reported(&server).await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    let reader = Reader::new().await?;
    let comment = open(&reader, &site).await?;
    reports(&reader, &comment).await?;
    reader.sees(".dumka-notice", "Thank you! The moderators will look at this comment.").await?;
    reader.counts(&format!("{comment} .dumka-form"), 0).await?;

    open(&reader, &site).await?;
    reports(&reader, &comment).await?;
    reader
        .sees(&format!("{comment} .dumka-form .dumka-error"), "You have already reported this comment.")
        .await?;
    reader.counts(".dumka-comment", 2).await
}

#[tokio::test(flavor = "multi_thread")]
async fn held_comment_goes_from_everybodys_screen() -> Result<()> {
    let server = Server::with(&[("DUMKA_LIMITS__REPORTS_TO_HOLD", "1")]).await?;
    reported(&server).await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    let (one, other) = (Reader::new().await?, Reader::new().await?);
    let comment = open(&one, &site).await?;
    open(&other, &site).await?;
    reports(&one, &comment).await?;
    for reader in [&other, &one] {
        reader.counts(&comment, 0).await?;
        reader.sees(".dumka-body", "A fine comment.").await?;
        reader.sees(".dumka-count", "(1)").await?;
    }
    one.sees(".dumka-notice", "Thank you!").await?;
    other.reload().await?;
    other.counts(".dumka-comment", 1).await
}
