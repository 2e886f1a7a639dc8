//! Further ways to crash the program: one of two, before it is there, and by errors thrown into its step.

use anyhow::{Context, Result, ensure};
use e2e::hostile_page::{Case, HostilePage};
use e2e::program_crash::DISTURBANCES;
use e2e::shadow_dom::one;
use e2e::{Client, Reader};

const COMPOSED: &str = ".dumka-composer [name=text]";

#[tokio::test(flavor = "multi_thread")]
async fn all_threads_of_the_page_go_on_after_one_has_stumbled() -> Result<()> {
    let hostile = HostilePage::with_body(
        "",
        "<!--tag--><dumka-comments id=other page=other load=eager></dumka-comments>",
    )
    .await?;
    let reader = &hostile.reader;
    let other = Client::new(hostile.server.url("/api/v1/comments"), "other");
    other.writes("Elsewhere.", "elsewhere").await?;
    let thread = hostile.opens(Case::RUNNING[0]).await?;
    reader.sees("#other .dumka-body", "Elsewhere.").await?;
    reader.clicks("#other .dumka-add").await?;
    reader.types("#other .dumka-composer [name=text]", "Half a thought").await?;
    reader.types("#other .dumka-composer [name=name]", "Ann").await?;
    thread.stumbles(DISTURBANCES[2]).await?;
    reader.holds("sessionStorage.restarts >= 1").await?;
    reader
        .holds(&format!("{}.value === 'Half a thought'", one("#other .dumka-composer [name=text]")))
        .await?;
    reader.clicks("#other .dumka-composer .dumka-submit").await?;
    reader.sees("#other .dumka-body", "Half a thought").await?;
    other.writes("Elsewhere, later.", "later").await?;
    reader.clicks("#other .dumka-new").await?;
    reader.counts("#other .dumka-comment", 3).await?;
    reader.counts("[page^=thread] .dumka-comment", 4).await?;
    reader.sees("[page^=thread] .dumka-body", "Meanwhile.").await?;
    reader.counts(".dumka-error, [role=alert]", 0).await?;
    ensure!(other.list().await?.len() == 3, "each comment is there once");
    let thrown = reader.value("(sessionStorage.seen ?? '').match(/^thrown.*/gm)").await?;
    ensure!(thrown.is_null(), "{thrown}");
    Ok(())
}

/// Elements that a page removes before the program is there.
const EARLY: [&str; 9] = [
    "root.querySelector('.dumka-count').remove()",
    "root.querySelector('.dumka-list').remove()",
    "root.querySelector('.dumka-list').replaceChildren()",
    "root.querySelector('.dumka-sort').remove()",
    "root.querySelector('.dumka-composer').remove()",
    "root.querySelector('.dumka-composer .dumka-form').remove()",
    "root.querySelector('.dumka-composer [name=email]').parentNode.remove()",
    "root.querySelectorAll('.dumka-comment')[1].remove()",
    "root.querySelectorAll('.dumka-actions, .dumka-meta').forEach(it => it.remove())",
];

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_taken_away_before_the_program_is_there_it_draws_the_whole_thread() -> Result<()> {
    let hostile = HostilePage::with("").await?;
    for removal in EARLY {
        for case in Case::EARLY {
            let thread = hostile.opens(case).await?;
            hostile.reader.writes("Ann", "Half a thought").await?;
            is_kept(&hostile.reader).await?;
            thread.suffers(removal).await?;
            thread.arrives().await.with_context(|| format!("{case:?} {removal}"))?;
            thread.is_whole().await.with_context(|| format!("{case:?} {removal}"))?;
            let text = format!("{}.value === 'Half a thought'", one(COMPOSED));
            hostile.reader.holds(&text).await.with_context(|| format!("{case:?} {removal}, the words"))?;
            thread.is_unharmed().await?;
        }
    }
    Ok(())
}

/// Early typing is known to the browser, too, from the moment in which the file for that is there.
async fn is_kept(reader: &Reader) -> Result<()> {
    reader.holds("Object.values(localStorage).some(it => it.includes('Half a thought'))").await
}

#[tokio::test(flavor = "multi_thread")]
async fn program_that_a_page_has_thrown_out_of_its_step_begins_anew() -> Result<()> {
    const ONCE: &str = "const { insertBefore } = Node.prototype; Node.prototype.insertBefore = function (...given) { \
        if (self.fails && this.closest?.('section.dumka')) { self.fails = false; throw new DOMException('no', 'HierarchyRequestError') } \
        return insertBefore.apply(this, given) }";
    let hostile = HostilePage::with(&format!("<script>{ONCE}</script>")).await?;
    let reader = &hostile.reader;
    for case in Case::RUNNING {
        let thread = hostile.opens(case).await?;
        reader.writes("Ann", "Half a thought").await?;
        reader.value("void (self.fails = true)").await?;
        reader.clicks(&format!("{} .dumka-reply", thread.first)).await?;
        reader.holds("self.fails === false").await?;
        thread.began_anew(1).await?;
        thread.is_whole().await?;
        reader.holds(&format!("{}.value === 'Half a thought'", one(COMPOSED))).await?;
        reader.value("void localStorage.clear()").await?;
    }
    Ok(())
}
