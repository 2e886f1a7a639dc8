//! A page removes elements of the thread until the program crashes: it restarts by itself, and the reader
//! goes on as if nothing had been.

use anyhow::{Context, Result};
use e2e::hostile_page::{Case, HostilePage, Thread};
use e2e::keyboard::is_at;
use e2e::program_crash::{AGAIN, Act, DISTURBANCES, Disturbance};
use e2e::shadow_dom::{all, one};

const COMPOSED: &str = ".dumka-composer [name=text]";

#[tokio::test(flavor = "multi_thread")]
async fn whatever_was_taken_away_the_program_begins_anew_and_the_reader_goes_on() -> Result<()> {
    let hostile = HostilePage::with("").await?;
    for (number, disturbance) in DISTURBANCES.into_iter().enumerate() {
        for case in if number == 0 { &Case::RUNNING[..] } else { &Case::RUNNING[..1] } {
            goes_on(&hostile, *case, disturbance)
                .await
                .with_context(|| format!("{case:?} {disturbance:?}"))?;
        }
    }
    Ok(())
}

async fn goes_on(hostile: &HostilePage, case: Case, disturbance: Disturbance) -> Result<()> {
    let reader = &hostile.reader;
    let thread = hostile.opens_with(case, disturbance.sort, "").await?;
    reader.clicks(&format!("{} .dumka-vote-up", thread.first)).await?;
    thread.has_votes(&thread.first, 1).await?;
    reader.writes("Ann", "Written before.").await?;
    reader.clicks(".dumka-composer .dumka-submit").await?;
    let own = reader.finds("Written before.").await?;
    reader.clicks(&format!("{} .dumka-fold", thread.first)).await?;
    reader.writes("", "Half a thought").await?;
    reader.clicks(&format!("{} .dumka-reply", thread.last)).await?;
    let answer = format!("{} .dumka-form [name=text]", thread.last);
    reader.types(&answer, "Half an answer").await?;
    reader.value(&format!("void {}.setSelectionRange(4, 4)", one(&answer))).await?;

    thread.stumbles(disturbance).await?;
    thread.began_anew(1).await?;
    if disturbance.act == Act::Own {
        thread.holds("Half a thought", 1).await?;
    }
    thread.is_whole().await?;
    if disturbance.act == Act::Own {
        reader.finds("Half a thought").await?;
        thread.holds("Half a thought", 1).await?;
    } else {
        reader.holds(&format!("{}.value === 'Half a thought'", one(COMPOSED))).await?;
        reader.counts("dumka-comments[data-composer=open]", 1).await?;
    }
    reader
        .holds(&format!("{}.value === 'Half an answer'", one(&answer)))
        .await
        .context("the answer's words")?;
    // Where all comments are taken away, the program begins anew before the reader presses what shows the new one, and
    // that is where the press leads.
    let is_emptied = disturbance.removal.contains("replaceChildren");
    if !is_emptied && !disturbance.removal.contains("LAST") && disturbance.act != Act::Own {
        is_at(reader, &answer).await?;
        reader.holds(&format!("{}.selectionStart === 4", one(&answer))).await?;
    }
    reader.counts(&format!("{} .dumka-vote-up[aria-pressed=true]", thread.first), 1).await?;
    reader.counts(&format!("{} .dumka-fold[aria-expanded=false]", thread.first), 1).await?;
    reader.counts(&format!("{}[hidden]", thread.answer), 1).await?;
    lives_on(&thread, &own, &answer).await
}

/// Everything is done as before: sent, edited, told.
async fn lives_on(thread: &Thread<'_>, own: &str, answer: &str) -> Result<()> {
    let reader = &thread.hostile.reader;
    reader.types(answer, " and the rest").await?;
    reader.clicks(&format!("{} .dumka-form .dumka-submit", thread.last)).await?;
    thread
        .holds("Half", if reader.value(&format!("{}.value", one(COMPOSED))).await? == "" { 2 } else { 1 })
        .await?;
    thread.edits(own, " And edited.").await?;
    thread.holds("Written before. And edited.", 1).await?;
    thread.receives("Written at last.").await?;
    reader.sees(".dumka-new", "1 new comment").await?;
    thread.is_whole().await?;
    thread.began_anew(0).await?;
    reader.value("void localStorage.clear()").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn press_that_the_program_stumbled_over_is_done() -> Result<()> {
    let hostile = HostilePage::with("").await?;
    let reader = &hostile.reader;
    for case in Case::RUNNING {
        let thread = hostile.opens_with(case, "&limit=1", "").await?;
        reader.writes("Ann", "Half a thought").await?;
        thread.suffers("root.querySelector('.dumka-new-bar').remove()").await?;
        reader.clicks(".dumka-all").await?;
        thread.began_anew(1).await?;
        // What is shown may be what was asked for, or can be asked for again.
        reader
            .holds(&format!("({}?.click(), {}.length === 3)", one(".dumka-all"), all(".dumka-comment")))
            .await?;
        thread.is_whole().await?;
        reader.holds(&format!("{}.value === 'Half a thought'", one(COMPOSED))).await?;
        reader.value("void localStorage.clear()").await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn comment_that_is_being_sent_when_the_program_stumbles_is_there_once() -> Result<()> {
    let hostile = HostilePage::with("").await?;
    let (reader, network) = (&hostile.reader, &hostile.network);
    // On its way still, or taken without a word of it having come back.
    for is_lost in [false, true] {
        for case in Case::RUNNING {
            let thread = hostile.opens(case).await?;
            // The stream is open before anything is held.
            thread.receives("Written before.").await?;
            reader.sees(".dumka-new", "1 new comment").await?;
            // What was closed holds up nothing.
            reader.clicks(&format!("{} .dumka-reply", thread.first)).await?;
            reader.types(&format!("{} [name=text]", thread.first), "Half an answer").await?;
            reader.clicks(&format!("{} .dumka-cancel", thread.first)).await?;
            reader.counts(".dumka-comment .dumka-form", 0).await?;
            reader.writes("Ann", "Written once.").await?;
            if is_lost {
                network.lose_answers(Some("POST"));
            } else {
                network.hold(Some("/comments"));
            }
            reader.clicks(".dumka-composer .dumka-submit").await?;
            if is_lost {
                thread.holds("Written once.", 1).await?;
            } else {
                reader.counts("dumka-comments[data-composer=sending]", 1).await?;
            }
            thread.stumbles(DISTURBANCES[2]).await?;
            thread.began_anew(1).await?;
            network.hold(None);
            network.lose_answers(None);
            // It goes by itself, or its words are in the form and go at the next press.
            let press = one(".dumka-composer .dumka-submit:not([aria-busy=true])");
            reader.holds(&format!("({}.value && {press}?.click(), {}.filter(it => it.textContent.includes('Written once.')).length === 1)", one(COMPOSED), all(".dumka-body"))).await?;
            thread.holds("Written once.", 1).await?;
            thread.is_whole().await?;
            reader.reload().await?;
            thread.is_shown().await?;
            reader.counts(".dumka-comment", 6).await?;
            thread.holds("Written once.", 1).await?;
            reader.value("void (localStorage.clear(), sessionStorage.clear())").await?;
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn after_three_new_beginnings_in_a_minute_the_thread_stays_with_a_plain_word_and_what_was_typed()
-> Result<()> {
    let hostile = HostilePage::with("").await?;
    let reader = &hostile.reader;
    for case in Case::RUNNING {
        let thread = hostile.opens(case).await?;
        reader.writes("Ann", "Half a thought").await?;
        for _ in 0..3 {
            thread.stumbles(AGAIN).await?;
            thread.began_anew(1).await?;
            thread.is_whole().await?;
            reader.holds(&format!("{}.value === 'Half a thought'", one(COMPOSED))).await?;
        }
        reader.types(COMPOSED, ", and more").await?;
        thread.is_disturbed(AGAIN).await?;
        let said = format!(
            "({}?.click(), {}.some(it => it.checkVisibility() && it.textContent.length > 10))",
            one(".dumka-new"),
            all(".dumka-error, [role=alert]")
        );
        reader.holds(&said).await.context("a plain word")?;
        thread.began_anew(0).await?;
        reader.counts(&thread.first, 1).await?;
        reader
            .holds(&format!(
                "{0}.value === 'Half a thought, and more' && {0}.checkVisibility()",
                one(COMPOSED)
            ))
            .await?;
        // What follows is as safe.
        reader.types(COMPOSED, " still").await?;
        reader.reload().await?;
        thread.is_shown().await?;
        reader.holds(&format!("{}.value.startsWith('Half a thought, and more')", one(COMPOSED))).await?;
        reader.value("void (localStorage.clear(), sessionStorage.clear())").await?;
    }
    Ok(())
}
