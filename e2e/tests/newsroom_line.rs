//! Trouble while somebody moderates: the session ends, the server is gone for a while. Nothing that was typed is lost.

use anyhow::Result;
use e2e::keyboard::presses;
use e2e::{Client, Reader, Server, newsroom};

fn english(server: &Server) -> Client {
    Client::new(server.url("/api/v1/comments"), "news/44")
}

#[tokio::test(flavor = "multi_thread")]
async fn answer_outlives_the_session_and_is_sent_after_the_sign_in() -> Result<()> {
    let server = Server::moderated_demo().await?;
    server.moderate("approve", &english(&server).post("Ann", "When does it open?", "one").await?)?;
    let reader = Reader::new().await?;
    newsroom::joins(&reader, &server, ("Olha", "moderator")).await?;
    newsroom::opens_queue(&reader, &server, ("all?page=news%2F44", 1)).await?;
    presses(&reader, "e").await?;
    reader.types("#reply-text", "On Saturday.").await?;
    server.ends_sessions("Olha")?;
    reader.clicks(".reply [type=submit]").await?;
    reader.sees(".dialog", "All on the screen stays").await?;
    reader.holds("document.querySelector('#reply-text').value === 'On Saturday.'").await?;
    newsroom::signs_in(&reader, "Olha").await?;
    reader.sees(".card .note", "The reply was sent.").await?;
    presses(&reader, "o").await?;
    reader.sees(".context .brief", "On Saturday.").await
}

#[tokio::test(flavor = "multi_thread")]
async fn note_outlives_the_session_and_the_decision_is_made_after_the_sign_in() -> Result<()> {
    let server = Server::moderated_demo().await?;
    english(&server).post("Ann", "Buy cheap shoes.", "one").await?;
    let reader = Reader::new().await?;
    newsroom::joins(&reader, &server, ("Olha", "moderator")).await?;
    newsroom::opens_queue(&reader, &server, ("pending?page=news%2F44", 1)).await?;
    presses(&reader, "r").await?;
    reader.clicks(".choice summary").await?;
    reader.types(".choice textarea", "The third time this week.").await?;
    server.ends_sessions("Olha")?;
    reader.clicks_text(".choice .reasons .button", "advertising").await?;
    reader.counts(".dialog #password", 1).await?;
    newsroom::signs_in(&reader, "Olha").await?;
    reader.sees(".undo-bar", "rejected").await?;
    newsroom::opens(&reader, &server, "/log").await?;
    reader.sees(".row", "The third time this week.").await
}

#[tokio::test(flavor = "multi_thread")]
async fn server_that_is_gone_for_a_while_costs_no_decision_and_no_word() -> Result<()> {
    let mut server = Server::moderated_demo().await?;
    for (name, text) in [("Ann", "First of all."), ("Ben", "Second to none.")] {
        // Those that wait are not answered.
        server.moderate("approve", &english(&server).post(name, text, name).await?)?;
    }
    let reader = Reader::new().await?;
    newsroom::joins(&reader, &server, ("Olha", "moderator")).await?;
    newsroom::opens_queue(&reader, &server, ("all?page=news%2F44&sort=oldest", 2)).await?;
    newsroom::is_live(&reader).await?;
    presses(&reader, "e").await?;
    reader.types("#reply-text", "Thank you").await?;
    server.kill()?;
    reader.counts(".line-lost", 1).await?;
    reader.clicks(".reply [type=submit]").await?;
    reader.counts(".reply .failure", 1).await?;
    reader.holds("document.querySelector('#reply-text').value === 'Thank you'").await?;
    presses(&reader, "\u{E00C}").await?;
    presses(&reader, "d").await?;
    reader.sees(".card .note", "connection").await?;
    newsroom::has_cards(&reader, 2).await?;

    server.restart().await?;
    reader.counts(".line-lost", 0).await?;
    presses(&reader, "e").await?;
    reader.holds("document.querySelector('#reply-text')?.value === 'Thank you'").await?;
    reader.clicks(".reply [type=submit]").await?;
    reader.sees(".card .note", "The reply was sent.").await?;
    presses(&reader, "d").await?;
    newsroom::has_cards(&reader, 1).await
}
