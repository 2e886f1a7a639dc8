//! The newsroom in a browser: people are invited, sign in, and work there.

use anyhow::{Context, Result};
use serde_json::json;
use thirtyfour::Key;

use crate::keyboard::presses;
use crate::shadow_dom::{FOCUSED, all, one};
use crate::{Reader, Server};

/// The button that makes the typed password, or sends it.
pub const SUBMIT: &str = ":is(.ways, .alone) form .button[type=submit]";

/// The card that keys are for.
pub const CURRENT: &str = ".card.current";

impl Reader {
    /// Clicks the first of the elements that contains `text`.
    pub async fn clicks_text(&self, selector: &str, text: &str) -> Result<()> {
        let found = format!("{}.find(it => it.textContent.includes({}))", all(selector), json!(text));
        self.holds(&format!("({found}?.setAttribute('data-found', ''), {found} !== undefined)")).await?;
        let marked = format!("{selector}[data-found]");
        self.clicks(&marked).await?;
        self.value(&format!("void {}.forEach(it => it.removeAttribute('data-found'))", all(&marked))).await?;
        Ok(())
    }
}

impl Server {
    /// An address of the newsroom. It names the host, since browsers make no passkey for an IP address.
    pub fn newsroom(&self, path: &str) -> String {
        [&self.url("/newsroom").replace("127.0.0.1", "localhost"), path].concat()
    }

    /// Invites a person in a shell, with a role on every site; the address behind which they choose how to sign in.
    pub fn invites(&self, name: &str, role: &str) -> Result<String> {
        self.link(&["staff", "invite", name, "--role", role])
    }

    /// Gives a person another such address.
    pub fn links(&self, name: &str) -> Result<String> {
        self.link(&["staff", "link", name])
    }

    fn link(&self, words: &[&str]) -> Result<String> {
        let said = self.shell(words)?;
        let secret = said.lines().find_map(|line| line.split_once("#invite="));
        let (_, secret) = secret.with_context(|| format!("{said:?} names a link"))?;
        Ok(self.newsroom(&format!("/#invite={secret}")))
    }

    /// Shuts a person out in a shell.
    pub fn revokes(&self, name: &str) -> Result<()> {
        self.shell(&["staff", "revoke", name]).map(drop)
    }

    /// Ends every session of a person in a shell.
    pub fn ends_sessions(&self, name: &str) -> Result<()> {
        self.shell(&["staff", "sessions", name, "--end-all"]).map(drop)
    }
}

/// The password of a person in the stories.
pub fn password(name: &str) -> String {
    format!("{name} has a long password")
}

/// Invites a person, who makes a password and is before the first queue.
pub async fn joins(reader: &Reader, server: &Server, (name, role): (&str, &str)) -> Result<()> {
    reader.web().goto(server.invites(name, role)?).await?;
    makes_password(reader, name).await
}

/// Makes a password behind an invitation that is open.
pub async fn makes_password(reader: &Reader, name: &str) -> Result<()> {
    reader.sees("h1", name).await?;
    reader.types("#password", &password(name)).await?;
    reader.clicks(SUBMIT).await?;
    is_inside(reader).await
}

/// Types the password of a person where a session has ended, and sends it.
pub async fn types_password(reader: &Reader, name: &str) -> Result<()> {
    reader.types("#password", &password(name)).await?;
    reader.clicks(SUBMIT).await
}

/// Signs in by name and password where that is asked for.
pub async fn signs_in(reader: &Reader, name: &str) -> Result<()> {
    if reader.value(&format!("{}.value", one("#name"))).await? == "" {
        reader.types("#name", name).await?;
    }
    types_password(reader, name).await?;
    is_inside(reader).await
}

/// Waits until a screen is there for whoever is signed in, and nothing is asked for.
pub async fn is_inside(reader: &Reader) -> Result<()> {
    reader.holds(&format!("{}.length === 1", all(".frame:not([inert]) main h1"))).await
}

/// Opens an address of the newsroom and waits for its screen.
pub async fn opens(reader: &Reader, server: &Server, path: &str) -> Result<()> {
    reader.web().goto(server.newsroom(path)).await?;
    is_inside(reader).await
}

/// Opens a queue and waits until it shows so many cards.
pub async fn opens_queue(reader: &Reader, server: &Server, (path, cards): (&str, usize)) -> Result<()> {
    opens(reader, server, &format!("/queue/{path}")).await?;
    has_cards(reader, cards).await
}

/// Waits until the list is there and has so many cards.
pub async fn has_cards(reader: &Reader, number: usize) -> Result<()> {
    reader.counts(".cards[aria-busy=true]", 0).await?;
    reader.counts(".card", number).await
}

/// Waits until the stream tells how many comments wait, as some do in the demo.
pub async fn is_live(reader: &Reader) -> Result<()> {
    reader.holds(&format!("{}.length > 0", all(".queue .count"))).await
}

/// Waits until keys are for the list, which is there.
pub async fn is_at_rest(reader: &Reader) -> Result<()> {
    reader.counts(".cards[aria-busy=false]", 1).await?;
    reader.holds(&format!("!{FOCUSED}.matches('input, textarea, select')")).await
}

/// Waits until the card of this text has the focus.
pub async fn is_at(reader: &Reader, text: &str) -> Result<()> {
    let card = format!("{FOCUSED}.closest('.card')");
    reader.holds(&format!("{card}?.textContent.includes({}) === true", json!(text))).await
}

/// Searches the queue for words, by keyboard alone.
pub async fn searches(reader: &Reader, words: &str) -> Result<()> {
    presses(reader, "/").await?;
    reader.holds(&format!("{FOCUSED}.id === 'search'")).await?;
    reader.value("document.activeElement.select()").await?;
    presses(reader, words).await?;
    presses(reader, Key::Enter + "").await
}

/// Forgets every session of the browser.
pub async fn forgets(reader: &Reader) -> Result<()> {
    reader.web().delete_all_cookies().await.context("cookies are deleted")
}

/// Speaks a language and wears a theme from the next page on.
pub async fn prefers(reader: &Reader, (lang, theme): (&str, &str)) -> Result<()> {
    let set = format!(
        "(localStorage.setItem('dumka-newsroom:lang', '{lang}'), localStorage.setItem('dumka-newsroom:theme', '{theme}'))"
    );
    reader.value(&set).await.map(drop)
}
