//! Everybody in the newsroom sees and does what their role allows, and no more.

use anyhow::Result;
use e2e::keyboard::presses;
use e2e::{Client, Reader, Server, newsroom};

const DECIDES: &str = ".acts > :is(.approve, .reject, .delete)";

/// A server with one comment on the page, which readers see.
async fn discussed() -> Result<Server> {
    let server = Server::moderated_demo().await?;
    let client = Client::new(server.url("/api/v1/comments"), "news/44");
    let id = client.post_with_address(("Ann", "ann@mail.example"), "When does it open?", "one").await?;
    server.moderate("approve", &id)?;
    Ok(server)
}

async fn comes(reader: &Reader, server: &Server, (name, role): (&str, &str)) -> Result<()> {
    newsroom::joins(reader, server, (name, role)).await?;
    newsroom::opens_queue(reader, server, ("all?page=news%2F44", 1)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn moderator_sees_the_domain_of_an_address_and_never_the_address() -> Result<()> {
    let server = discussed().await?;
    let reader = Reader::new().await?;
    comes(&reader, &server, ("Marta", "moderator")).await?;
    reader.sees(".card-head", "@mail.example").await?;
    reader.holds("!document.documentElement.innerHTML.includes('ann@')").await?;
    reader.counts(DECIDES, 3).await?;
    reader.counts("a.section[href$='/staff']", 0).await?;
    newsroom::opens(&reader, &server, "/staff").await?;
    reader.sees(".failure", "role does not allow").await?;
    reader.counts(".member", 0).await
}

#[tokio::test(flavor = "multi_thread")]
async fn author_answers_and_decides_nothing() -> Result<()> {
    let server = discussed().await?;
    let reader = Reader::new().await?;
    comes(&reader, &server, ("Iva", "author")).await?;
    reader.counts(&format!("{DECIDES}, .tick"), 0).await?;
    reader.holds("!document.body.textContent.includes('mail.example')").await?;
    for key in ["a", "d", "f", "r"] {
        presses(&reader, key).await?;
    }
    reader.counts(".choice, .undo-bar", 0).await?;
    presses(&reader, "e").await?;
    reader.types("#reply-text", "On Saturday.").await?;
    reader.clicks(".reply [type=submit]").await?;
    reader.sees(".card .note", "The reply was sent.").await?;
    newsroom::has_cards(&reader, 1).await
}

#[tokio::test(flavor = "multi_thread")]
async fn observer_reads_and_does_nothing() -> Result<()> {
    let server = discussed().await?;
    let reader = Reader::new().await?;
    comes(&reader, &server, ("Oleh", "observer")).await?;
    reader.counts(&format!("{DECIDES}, .tick"), 0).await?;
    reader.holds("!document.body.textContent.includes('mail.example')").await?;
    for key in ["a", "x", "e", "r"] {
        presses(&reader, key).await?;
    }
    reader.counts(".choice, .undo-bar, .reply, .selection", 0).await?;
    presses(&reader, "o").await?;
    reader.counts(".context", 1).await?;
    newsroom::opens(&reader, &server, "/thread?site=127.0.0.1&page=news%2F44").await?;
    reader.counts("main form", 0).await?;
    newsroom::opens(&reader, &server, "/log").await?;
    reader.counts("main .row .button", 0).await
}

#[tokio::test(flavor = "multi_thread")]
async fn owner_invites_changes_roles_and_shuts_out() -> Result<()> {
    let server = discussed().await?;
    let (owner, invited) = (Reader::new().await?, Reader::new().await?);
    comes(&owner, &server, ("Olha", "owner")).await?;
    owner.clicks("a.section[href$='/staff']").await?;
    owner.types("#invite-name", "Ivan").await?;
    owner.clicks("form .button.strong").await?;
    owner.sees("#staff-link h2", "Ivan").await?;
    let link = owner.value("document.querySelector('.link-shown').value").await?;
    invited.web().goto(link.as_str().unwrap_or_default()).await?;
    newsroom::makes_password(&invited, "Ivan").await?;
    newsroom::opens_queue(&invited, &server, ("all?page=news%2F44", 1)).await?;
    invited.counts(DECIDES, 3).await?;

    // Taken away during a session: at the next request.
    let of_ivan = "[...document.querySelectorAll('.member')].find(it => it.textContent.includes('Ivan'))";
    owner.value(&format!("void (it => {{ it.value = 'observer'; it.dispatchEvent(new Event('change', {{ bubbles: true }})) }})({of_ivan}.querySelector('select'))")).await?;
    owner.sees(".said", "Saved.").await?;
    presses(&invited, "a").await?;
    invited.sees(".card .note", "role does not allow").await?;

    owner.value(&format!("void [...{of_ivan}.querySelectorAll('.button')].at(-1).click()")).await?;
    owner.clicks(".member .button.reject").await?;
    owner.sees(".member .chip", "shut out").await?;
    invited.clicks("a.section[href$='/log']").await?;
    invited.counts(".dialog #password", 1).await
}
