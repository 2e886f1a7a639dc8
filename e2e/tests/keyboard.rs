//! The whole story by keyboard alone.

use anyhow::{Context, Result, ensure};
use e2e::keyboard::{is_at, is_kept, is_ringed, presses, tabs_back_to, tabs_to};
use e2e::story::{discussed, opens};
use e2e::{Reader, until};
use thirtyfour::prelude::*;

const PAGE: &str = "<script async src=/embed.js></script><a href=#end id=before>Skip</a>\
    <dumka-comments page=story load=eager limit=5></dumka-comments>";

#[tokio::test(flavor = "multi_thread")]
async fn comment_is_written_previewed_sent_edited_and_deleted() -> Result<()> {
    let (_server, site) = discussed(PAGE, 1).await?;
    let reader = Reader::new().await?;
    opens(&reader, &site).await?;
    tabs_to(&reader, ".dumka-add").await?;
    presses(&reader, Key::Enter + "").await?;
    is_at(&reader, "[name=text]").await?;
    presses(&reader, Key::Escape + "").await?;
    is_at(&reader, ".dumka-add").await?;
    presses(&reader, " ").await?;
    is_at(&reader, "[name=text]").await?;
    tabs_to(&reader, ".dumka-composer .dumka-submit").await?;
    presses(&reader, Key::Enter + "").await?;
    is_at(&reader, "[name=text][aria-invalid=true]").await?;
    presses(&reader, "Trams are *quiet*.").await?;
    tabs_to(&reader, "[name=name]").await?;
    presses(&reader, "Olha").await?;
    tabs_to(&reader, ".dumka-preview").await?;
    presses(&reader, Key::Enter + "").await?;
    reader.sees(".dumka-preview-body em", "quiet").await?;
    is_at(&reader, ".dumka-preview[aria-pressed=true]").await?;
    tabs_back_to(&reader, ".dumka-composer .dumka-submit").await?;
    presses(&reader, Key::Enter + "").await?;
    let own = reader.finds("Trams are quiet").await?;
    is_at(&reader, &own).await?;

    tabs_to(&reader, &format!("{own} .dumka-edit")).await?;
    presses(&reader, Key::Enter + "").await?;
    is_at(&reader, &format!("{own} [name=text]")).await?;
    presses(&reader, Key::Escape + "").await?;
    is_at(&reader, &format!("{own} .dumka-edit")).await?;
    presses(&reader, " ").await?;
    is_at(&reader, &format!("{own} [name=text]")).await?;
    presses(&reader, " And cheap.").await?;
    let send =
        reader.web().action_chain().key_down(Key::Control).send_keys(Key::Enter + "").key_up(Key::Control);
    send.perform().await?;
    reader.sees(&format!("{own} .dumka-body"), "And cheap.").await?;
    is_at(&reader, &own).await?;

    tabs_to(&reader, &format!("{own} .dumka-delete")).await?;
    presses(&reader, Key::Enter + "").await?;
    is_at(&reader, &format!("{own} .dumka-submit")).await?;
    presses(&reader, Key::Enter + "").await?;
    reader.counts(&own, 0).await?;
    is_kept(&reader).await
}

#[tokio::test(flavor = "multi_thread")]
async fn reader_replies_votes_folds_reports_and_takes_a_link() -> Result<()> {
    let (_server, site) = discussed(PAGE, 2).await?;
    let reader = Reader::new().await?;
    opens(&reader, &site).await?;
    let first = reader.finds("Comment number 1").await?;
    tabs_to(&reader, &format!("{first} .dumka-permalink")).await?;
    presses(&reader, Key::Enter + "").await?;
    reader.holds("location.hash.startsWith('#comment-')").await?;
    is_kept(&reader).await?;
    tabs_to(&reader, &format!("{first} .dumka-reply")).await?;
    presses(&reader, Key::Enter + "").await?;
    is_at(&reader, &format!("{first} [name=text]")).await?;
    presses(&reader, "An answer.").await?;
    tabs_to(&reader, &format!("{first} [name=name]")).await?;
    presses(&reader, "Olha").await?;
    presses(&reader, Key::Enter + "").await?;
    let reply = reader.finds("An answer").await?;
    is_at(&reader, &reply).await?;

    tabs_back_to(&reader, &format!("{first} .dumka-vote-up")).await?;
    presses(&reader, " ").await?;
    is_at(&reader, &format!("{first} .dumka-vote-up[aria-pressed=true]")).await?;
    is_at(&reader, "[aria-label='agree (1): Ann']").await?;
    tabs_back_to(&reader, &format!("{first} .dumka-fold")).await?;
    presses(&reader, Key::Enter + "").await?;
    is_at(&reader, &format!("{first} .dumka-fold[aria-expanded=false]")).await?;
    presses(&reader, Key::Enter + "").await?;
    is_at(&reader, &format!("{first} .dumka-fold[aria-expanded=true]")).await?;

    tabs_to(&reader, &format!("{first} .dumka-report")).await?;
    presses(&reader, Key::Enter + "").await?;
    is_at(&reader, &format!("{first} [name=reason]")).await?;
    is_ringed(&reader).await?;
    // Another form takes its place.
    tabs_back_to(&reader, &format!("{first} .dumka-reply")).await?;
    presses(&reader, Key::Enter + "").await?;
    is_at(&reader, &format!("{first} [name=text]")).await?;
    presses(&reader, Key::Escape + "").await?;
    is_at(&reader, &format!("{first} .dumka-reply")).await?;
    tabs_to(&reader, &format!("{first} .dumka-report")).await?;
    presses(&reader, Key::Enter + "").await?;
    is_at(&reader, &format!("{first} [name=reason]")).await?;
    presses(&reader, Key::Down + "").await?;
    tabs_to(&reader, &format!("{first} .dumka-submit")).await?;
    presses(&reader, Key::Enter + "").await?;
    reader.sees(".dumka-notice", "The moderators will look").await?;
    is_at(&reader, &format!("{first} .dumka-report")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn focus_goes_over_to_the_program_and_every_stop_follows_the_reading_order() -> Result<()> {
    let (_server, site) = discussed(PAGE, 3).await?;
    site.hold(Some(".wasm"));
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.counts(".dumka-comment", 3).await?;
    let second = reader.finds("Comment number 2").await?;
    tabs_to(&reader, &format!("{second} .dumka-reply")).await?;
    reader.value("void (window.shown = document.querySelector('section.dumka'))").await?;
    site.hold(None);
    reader.holds("document.querySelector('section.dumka') !== window.shown").await?;
    is_at(&reader, &format!("{second} .dumka-reply")).await?;

    // From before the thread to behind it: each stop stands behind the one before, and there is a way out.
    reader.value("void (document.querySelector('#before').focus(), window.stops = [])").await?;
    until("the way leads out of the thread", async || {
        presses(&reader, Key::Tab + "").await?;
        let is_inside = "document.querySelector('dumka-comments').contains(document.activeElement) \
            && window.stops.push(document.activeElement) > 0";
        Ok((reader.value(is_inside).await? == false).then_some(()))
    })
    .await?;
    let in_order = "window.stops.every((it, n) => !n || window.stops[n - 1].compareDocumentPosition(it) & 4)";
    assert_eq!(reader.value(in_order).await?, true);
    // What opens the form, three orders, and of each comment its link, reply, two votes, report.
    assert_eq!(reader.value("window.stops.length").await?, 1 + 3 + 3 * 5);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn ring_stands_out_from_the_page_in_both_themes() -> Result<()> {
    let (_server, site) = discussed(PAGE, 1).await?;
    // By WCAG's formula, against white and against what the dark theme has behind it.
    let contrast = "(() => { const light = ([r, g, b]) => [r, g, b].map(it => (it /= 255) <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4)\
        .reduce((sum, it, n) => sum + it * [0.2126, 0.7152, 0.0722][n], 0); \
        const of = (selector, name) => getComputedStyle(document.querySelector(selector))[name].match(/[\\d.]+/g).map(Number); \
        const back = of('dumka-comments', 'backgroundColor'); \
        const [one, other] = [of('.dumka-add', 'outlineColor'), back[3] === 0 ? [255, 255, 255] : back].map(light).sort((a, b) => b - a); \
        return (one + 0.05) / (other + 0.05) })()";
    for (theme, reader) in [("light", Reader::new().await?), ("dark", Reader::in_the_dark().await?)] {
        opens(&reader, &site).await?;
        tabs_to(&reader, ".dumka-add").await?;
        let contrast = reader.value(contrast).await?.as_f64().context("a number")?;
        ensure!(contrast >= 3.0, "{theme}: {contrast}");
    }
    Ok(())
}
