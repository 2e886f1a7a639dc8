//! Two moderators at once, each in a browser of their own: the second learns what the first did, and nothing is decided
//! that nobody has seen.

use anyhow::Result;
use e2e::keyboard::presses;
use e2e::{Client, Reader, Server, newsroom};

struct Desk {
    server: Server,
    first: Reader,
    second: Reader,
}

fn english(server: &Server) -> Client {
    Client::new(server.url("/api/v1/comments"), "news/44")
}

/// Two moderators before the pending comments of the English article, the oldest first.
async fn desk(cards: usize) -> Result<Desk> {
    let server = Server::moderated_demo().await?;
    let (first, second) = (Reader::new().await?, Reader::new().await?);
    for (reader, name) in [(&first, "Olha"), (&second, "Petro")] {
        newsroom::joins(reader, &server, (name, "moderator")).await?;
        newsroom::opens_queue(reader, &server, ("pending?page=news%2F44&sort=oldest", cards)).await?;
        newsroom::is_live(reader).await?;
    }
    Ok(Desk { server, first, second })
}

/// The number beside the open queue, once there is one.
async fn has_count(reader: &Reader, number: usize) -> Result<()> {
    let shown = "(document.querySelector('.queue[aria-current] .count')?.textContent ?? '0')";
    reader.holds(&format!("{shown} === '{number}'")).await
}

async fn count(reader: &Reader) -> Result<usize> {
    let shown =
        reader.value("+(document.querySelector('.queue[aria-current] .count')?.textContent ?? 0)").await?;
    Ok(serde_json::from_value(shown)?)
}

#[tokio::test(flavor = "multi_thread")]
async fn second_learns_what_the_first_did_and_the_counters_follow() -> Result<()> {
    let Desk { server, first, second } = desk(0).await?;
    let before = count(&first).await?;
    for (name, text) in [("Ann", "First of all."), ("Ben", "Second to none.")] {
        english(&server).post(name, text, name).await?;
    }
    for reader in [&first, &second] {
        has_count(reader, before + 2).await?;
        reader.clicks(".newcomers").await?;
        newsroom::has_cards(reader, 2).await?;
    }
    // Olha decides on the second card, which Petro does not have before him.
    presses(&first, "j").await?;
    newsroom::is_at(&first, "Second to none.").await?;
    presses(&first, "a").await?;
    newsroom::has_cards(&first, 1).await?;
    second.sees(".card.elsewhere .note", "Olha: approved").await?;
    for reader in [&first, &second] {
        has_count(reader, before + 1).await?;
    }
    // It leaves by itself after a moment.
    newsroom::has_cards(&second, 1).await?;

    // The one that Petro has before him stays until he goes on, and says who was there first.
    presses(&second, "j").await?;
    newsroom::is_at(&second, "First of all.").await?;
    newsroom::is_at_rest(&first).await?;
    presses(&first, "d").await?;
    second.sees(".card.elsewhere .note", "Olha: deleted").await?;
    newsroom::is_at(&second, "First of all.").await?;
    has_count(&second, before).await
}

#[tokio::test(flavor = "multi_thread")]
async fn text_that_its_author_changed_is_not_decided_unseen() -> Result<()> {
    let server = Server::moderated_demo().await?;
    let made = english(&server).writes("A harmless sentence.", "one").await?;
    let first = Reader::new().await?;
    newsroom::joins(&first, &server, ("Olha", "moderator")).await?;
    newsroom::opens_queue(&first, &server, ("pending?page=news%2F44", 1)).await?;
    newsroom::is_live(&first).await?;
    // The stream tells nothing of it: it breaks, and the moderator is quick.
    first.value("void (window.fetch = (real => (...all) => real(...all))(window.fetch))").await?;
    english(&server).edits(&made, "Quite another sentence.").await?;
    first.sees(".card .text", "Quite another sentence.").await?;
    first.sees(".card .note", "The author changed the text.").await?;
    newsroom::is_at_rest(&first).await?;
    presses(&first, "j").await?;
    presses(&first, "a").await?;
    newsroom::has_cards(&first, 0).await
}

#[tokio::test(flavor = "multi_thread")]
async fn comment_that_its_author_deletes_says_so_and_is_decided_by_nobody() -> Result<()> {
    let server = Server::moderated_demo().await?;
    let made = english(&server).writes("I shall regret this.", "one").await?;
    english(&server).post("Ben", "I never regret.", "two").await?;
    let first = Reader::new().await?;
    newsroom::joins(&first, &server, ("Olha", "moderator")).await?;
    newsroom::opens_queue(&first, &server, ("pending?page=news%2F44&sort=oldest", 2)).await?;
    newsroom::is_live(&first).await?;
    presses(&first, "k").await?;
    newsroom::is_at(&first, "I shall regret this.").await?;
    english(&server).deletes(&made).await?;
    first.sees(".card.current .note", "the author: deleted").await?;
    presses(&first, "a").await?;
    first.sees(".said", "1 was not decided").await?;
    presses(&first, "j").await?;
    newsroom::is_at(&first, "I never regret.").await?;
    newsroom::has_cards(&first, 1).await
}

/// A stream that is held back is Chromium's own protocol's.
mod chromium_alone {
    use super::*;
    use serde_json::json;

    #[tokio::test(flavor = "multi_thread")]
    async fn decision_on_a_text_that_changed_unseen_is_refused_and_asked_again() -> Result<()> {
        let server = Server::moderated_demo().await?;
        let made = english(&server).writes("A harmless sentence.", "one").await?;
        let first = Reader::new().await?;
        let cdp = first.web().cdp();
        cdp.send_raw("Network.enable", json!({})).await?;
        cdp.send_raw("Network.setBlockedURLs", json!({ "urls": ["*/newsroom/live*"] })).await?;
        newsroom::joins(&first, &server, ("Olha", "moderator")).await?;
        newsroom::opens_queue(&first, &server, ("pending?page=news%2F44", 1)).await?;
        english(&server).edits(&made, "Quite another sentence.").await?;
        presses(&first, "a").await?;
        first.sees(".card .note", "The author changed the text.").await?;
        first.sees(".card .text", "Quite another sentence.").await?;
        newsroom::is_at(&first, "Quite another sentence.").await?;
        presses(&first, "a").await?;
        newsroom::has_cards(&first, 0).await
    }
}
