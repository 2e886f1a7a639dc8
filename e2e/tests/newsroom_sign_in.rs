//! A person who is invited comes into the newsroom, leaves it, and comes back.

use anyhow::Result;
use e2e::newsroom::{self, SUBMIT};
use e2e::{Reader, Server};

#[tokio::test(flavor = "multi_thread")]
async fn invited_person_makes_a_password_leaves_and_comes_back() -> Result<()> {
    let server = Server::serve().await?;
    let reader = Reader::new().await?;
    let link = server.invites("Olha", "moderator")?;
    reader.web().goto(&link).await?;
    reader.sees("h1", "Olha").await?;
    // Whoever looks over a shoulder or into the history finds no secret.
    reader.holds("location.hash === '' && !document.body.innerHTML.includes('invite=')").await?;
    reader.types("#password", "short").await?;
    reader.clicks(SUBMIT).await?;
    reader.holds("document.querySelector('#password:invalid') !== null").await?;
    reader.types("#password", " and then long enough").await?;
    reader.clicks(SUBMIT).await?;
    newsroom::is_inside(&reader).await?;
    reader.holds("location.pathname === '/newsroom/queue/pending'").await?;
    reader.web().refresh().await?;
    newsroom::is_inside(&reader).await?;

    reader.clicks("a.section[href$='/me']").await?;
    reader.sees(".row", "this one").await?;
    reader.clicks("main .button.reject").await?;
    reader.counts("#name", 1).await?;
    reader.counts(".frame", 0).await?;
    reader.types("#name", "Olha").await?;
    reader.types("#password", "not this one at all").await?;
    reader.clicks(SUBMIT).await?;
    reader.sees(".failure", "not right").await?;
    reader.value("void (document.querySelector('#password').value = '')").await?;
    reader.types("#password", "short and then long enough").await?;
    reader.clicks(SUBMIT).await?;
    newsroom::is_inside(&reader).await?;

    let another = Reader::new().await?;
    another.web().goto(&link).await?;
    another.sees(".failure", "This link was used").await?;
    another.clicks(".alone .button").await?;
    another.counts("#name", 1).await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_shut_out_is_asked_to_sign_in_at_the_next_step() -> Result<()> {
    let server = Server::serve().await?;
    let reader = Reader::new().await?;
    newsroom::joins(&reader, &server, ("Olha", "moderator")).await?;
    server.revokes("Olha")?;
    reader.clicks("a.section[href$='/log']").await?;
    reader.counts(".dialog #password", 1).await?;
    newsroom::types_password(&reader, "Olha").await?;
    reader.sees(".dialog .failure", "not right").await?;
    reader.web().refresh().await?;
    reader.counts("#name", 1).await?;
    reader.counts(".frame", 0).await
}

/// Authenticators are made by Chromium's own protocol.
mod chromium_alone {
    use super::*;
    use serde_json::json;

    /// Gives the browser a device that makes passkeys and always finds its owner.
    async fn has_authenticator(reader: &Reader) -> Result<()> {
        let cdp = reader.web().cdp();
        cdp.send_raw("WebAuthn.enable", json!({})).await?;
        let options = json!({ "protocol": "ctap2", "transport": "internal", "hasResidentKey": true,
            "hasUserVerification": true, "isUserVerified": true, "automaticPresenceSimulation": true });
        cdp.send_raw("WebAuthn.addVirtualAuthenticator", json!({ "options": options })).await?;
        Ok(())
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn invited_person_makes_a_passkey_and_comes_back_with_it() -> Result<()> {
        let server = Server::serve().await?;
        let reader = Reader::with_whole_browser().await?;
        has_authenticator(&reader).await?;
        reader.web().goto(server.invites("Olha", "owner")?).await?;
        reader.sees("h1", "Olha").await?;
        reader.clicks(".button.strong").await?;
        newsroom::is_inside(&reader).await?;
        reader.clicks("a.section[href$='/staff']").await?;
        reader.sees(".member", "1 passkey").await?;
        reader.clicks("a.section[href$='/me']").await?;
        reader.clicks("main .button.reject").await?;
        reader.clicks(".ways .button.strong").await?;
        newsroom::is_inside(&reader).await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn session_that_ended_goes_on_by_passkey() -> Result<()> {
        let server = Server::serve().await?;
        let reader = Reader::with_whole_browser().await?;
        has_authenticator(&reader).await?;
        reader.web().goto(server.invites("Olha", "owner")?).await?;
        reader.clicks(".button.strong").await?;
        newsroom::is_inside(&reader).await?;
        server.ends_sessions("Olha")?;
        reader.clicks("a.section[href$='/staff']").await?;
        reader.clicks(".dialog .button.strong").await?;
        newsroom::is_inside(&reader).await?;
        reader.sees(".member", "1 passkey").await
    }
}
