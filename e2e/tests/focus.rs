//! The focus is never lost: an element that is moved, removed or fails leaves it nearby.

use anyhow::Result;
use e2e::keyboard::{is_at, is_kept, presses, tabs_back_to, tabs_to};
use e2e::story::{client, discussed, opens};
use e2e::{Reader, Trouble};
use thirtyfour::prelude::*;

const PAGE: &str = "<script async src=/embed.js></script><a href=#end id=before>Skip</a>\
    <dumka-comments page=story load=eager limit=5></dumka-comments>";

#[tokio::test(flavor = "multi_thread")]
async fn other_order_leaves_the_focus_in_the_form_and_on_the_order() -> Result<()> {
    let (server, site) = discussed(PAGE, 4).await?;
    let reader = Reader::new().await?;
    opens(&reader, &site).await?;
    let second = reader.finds("Comment number 2").await?;
    tabs_to(&reader, ".dumka-newest").await?;
    presses(&reader, Key::Enter + "").await?;
    reader.holds("document.querySelector('.dumka-body').textContent.includes('number 4')").await?;
    is_at(&reader, ".dumka-newest[aria-current=true]").await?;

    tabs_to(&reader, &format!("{second} .dumka-reply")).await?;
    presses(&reader, Key::Enter + "").await?;
    is_at(&reader, &format!("{second} [name=text]")).await?;
    presses(&reader, "Half a wor").await?;
    // Asked for before, it comes while the reader writes.
    reader.value("void document.querySelector('.dumka-oldest').click()").await?;
    reader.holds("document.querySelector('.dumka-body').textContent.includes('number 1')").await?;
    is_at(&reader, &format!("{second} [name=text]")).await?;
    presses(&reader, "d.").await?;
    reader.holds(&format!("document.querySelector('{second} [name=text]').value === 'Half a word.'")).await?;

    // What is read meanwhile comes as new when the thread is asked for again.
    client(&server).post("Ben", "Another.", "another").await?;
    reader.value("void document.querySelector('dumka-comments').refresh()").await?;
    reader.sees(".dumka-body", "Another.").await?;
    is_at(&reader, &format!("{second} [name=text]")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn showing_all_stopping_and_what_is_new_keep_the_focus() -> Result<()> {
    let (server, site) = discussed(PAGE, 180).await?;
    let reader = Reader::new().await?;
    opens(&reader, &site).await?;
    tabs_to(&reader, ".dumka-all").await?;
    site.hold(Some("cursor="));
    presses(&reader, Key::Enter + "").await?;
    is_at(&reader, ".dumka-stop").await?;
    presses(&reader, Key::Enter + "").await?;
    is_at(&reader, ".dumka-all").await?;
    presses(&reader, Key::Enter + "").await?;
    is_at(&reader, ".dumka-stop").await?;
    site.hold(None);
    // The first of those that come has it, and then the reader is on the way to «stop» as the last one comes.
    let sixth = reader.finds("Comment number 6.").await?;
    is_at(&reader, &sixth).await?;
    reader.value("void document.querySelector('.dumka-stop')?.focus()").await?;
    reader.counts(".dumka-comment", 180).await?;
    reader.counts(".dumka-loading", 0).await?;
    is_kept(&reader).await?;

    client(&server).post("Ben", "News.", "news").await?;
    reader.counts(".dumka-new", 1).await?;
    reader.value("void [...document.querySelectorAll('.dumka-report')].pop().focus()").await?;
    tabs_to(&reader, ".dumka-new").await?;
    presses(&reader, Key::Enter + "").await?;
    let news = reader.finds("News.").await?;
    is_at(&reader, &news).await
}

#[tokio::test(flavor = "multi_thread")]
async fn comment_that_goes_under_the_readers_hands_leaves_the_focus_beside_it() -> Result<()> {
    let (server, site) = discussed(PAGE, 1).await?;
    let made = client(&server).writes("Soon gone.", "gone").await?;
    client(&server).post("Ann", "What follows.", "follows").await?;
    let reader = Reader::new().await?;
    opens(&reader, &site).await?;
    let gone = reader.finds("Soon gone").await?;
    let follows = reader.finds("What follows").await?;
    tabs_to(&reader, &format!("{gone} .dumka-reply")).await?;
    client(&server).deletes(&made).await?;
    reader.counts(&gone, 0).await?;
    is_at(&reader, &follows).await?;
    tabs_to(&reader, &format!("{follows} .dumka-reply")).await?;
    // Who has left the thread is left alone.
    reader.value("void document.activeElement.blur()").await?;
    let last = client(&server).writes("One more.", "more").await?;
    reader.counts(".dumka-new", 1).await?;
    client(&server).deletes(&last).await?;
    reader.counts(".dumka-new", 0).await?;
    reader.holds("document.activeElement === document.body").await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_and_is_tried_again_keeps_the_focus() -> Result<()> {
    let (_server, site) = discussed(PAGE, 8).await?;
    let reader = Reader::new().await?;
    let trouble = |address, method| Some(Trouble { address, method, status: 502, answer: "Bad" });
    site.set_trouble(trouble("/api/v1/comments", "GET"));
    reader.open(site.url()).await?;
    reader.counts(".dumka-retry", 1).await?;
    tabs_to(&reader, ".dumka-retry").await?;
    presses(&reader, Key::Enter + "").await?;
    is_kept(&reader).await?;
    reader.counts(".dumka-retry", 1).await?;
    site.set_trouble(None);
    tabs_to(&reader, ".dumka-retry").await?;
    presses(&reader, Key::Enter + "").await?;
    reader.counts(".dumka-comment", 5).await?;
    is_kept(&reader).await?;

    site.set_trouble(trouble("cursor=", "GET"));
    tabs_to(&reader, ".dumka-all").await?;
    presses(&reader, Key::Enter + "").await?;
    reader.counts(".dumka-retry", 1).await?;
    is_kept(&reader).await?;
    site.set_trouble(trouble("/api/v1/comments", "POST"));
    tabs_back_to(&reader, ".dumka-add").await?;
    presses(&reader, Key::Enter + "").await?;
    is_at(&reader, "[name=text]").await?;
    presses(&reader, "Words").await?;
    tabs_to(&reader, "[name=name]").await?;
    presses(&reader, "Olha").await?;
    presses(&reader, Key::Enter + "").await?;
    is_at(&reader, ".dumka-form > .dumka-error").await?;
    site.set_trouble(None);
    tabs_to(&reader, ".dumka-composer .dumka-submit").await?;
    presses(&reader, Key::Enter + "").await?;
    let own = reader.finds("Words").await?;
    is_at(&reader, &own).await
}
