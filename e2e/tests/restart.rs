//! A page takes elements of the thread away until the program cannot go on: it begins anew by itself, and the reader
//! goes on as if nothing had been.

use anyhow::{Context, Result, ensure};
use e2e::around::{Around, Case, Thread};
use e2e::inside::{all, one};
use e2e::keyboard::is_at;
use e2e::{Client, Reader};

/// What happens once something was taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    /// Somebody answers the first comment.
    AnswerToFirst,
    /// Somebody answers the last comment.
    AnswerToLast,
    /// Somebody writes another comment.
    New,
    /// Somebody adds a line to a comment.
    Edit,
    /// The reader writes another comment.
    Own,
}

/// What a page takes away, in which order the thread is shown, and what the program cannot do then.
#[derive(Clone, Copy, Debug)]
struct Disturbance {
    removal: &'static str,
    sort: &'static str,
    act: Act,
}

const DISTURBANCES: [Disturbance; 7] = [
    disturbance("root.querySelector(LAST).remove()", "", Act::AnswerToFirst),
    disturbance(
        "root.querySelector(LAST).replaceWith(document.createElement('aside'))",
        "",
        Act::AnswerToFirst,
    ),
    disturbance("root.querySelectorAll('.dumka-votes').forEach(it => it.remove())", "", Act::AnswerToLast),
    disturbance("root.querySelector('.dumka-list').firstElementChild.remove()", "&sort=newest", Act::New),
    disturbance("root.querySelector('.dumka-list').replaceChildren()", "&sort=newest", Act::New),
    disturbance("root.querySelector('.dumka-list').replaceChildren()", "&sort=newest", Act::Own),
    disturbance("root.querySelectorAll('.dumka-body p').forEach(it => it.replaceChildren())", "", Act::Edit),
];

const fn disturbance(removal: &'static str, sort: &'static str, act: Act) -> Disturbance {
    Disturbance { removal, sort, act }
}

const COMPOSED: &str = ".dumka-composer [name=text]";

/// Takes something away and has the program stumble over it.
async fn stumbles(
    thread: &Thread<'_>,
    made: &e2e::Made,
    Disturbance { removal, act, .. }: Disturbance,
) -> Result<()> {
    let reader = &thread.around.reader;
    thread.suffers(&removal.replace("LAST", &serde_json::json!(thread.last).to_string())).await?;
    let key = format!("{}-{}", thread.page, thread.client.list().await?.len());
    let id = |selector: &str| selector.trim_start_matches("[id='comment-").trim_end_matches("']").to_owned();
    match act {
        Act::AnswerToFirst => drop(thread.client.reply(&id(&thread.first), "Ben", "Meanwhile.", &key).await?),
        Act::AnswerToLast => drop(thread.client.reply(&id(&thread.last), "Ben", "Meanwhile.", &key).await?),
        Act::New => drop(thread.client.post("Ben", "Meanwhile.", &key).await?),
        Act::Edit => thread.client.edits(made, "To be changed.\nChanged.").await?,
        Act::Own => reader.clicks(".dumka-composer .dumka-submit").await?,
    }
    if act != Act::Edit && act != Act::Own {
        // Once it has been told of it, the program shows it.
        let shown = format!("({}?.click(), sessionStorage.restarts > 0)", one(".dumka-new"));
        reader.holds(&shown).await?;
    }
    Ok(())
}

/// Waits until there is on the screen what there is in the store, and nothing is said to be wrong.
async fn is_whole(thread: &Thread<'_>) -> Result<()> {
    let comments = thread.client.list().await?.len();
    let reader = &thread.around.reader;
    let shown = format!("({}?.click(), {}.length === {comments})", one(".dumka-new"), all(".dumka-comment"));
    reader.holds(&shown).await?;
    reader.counts(".dumka-error, [role=alert]", 0).await?;
    reader.counts("section.dumka", 1).await?;
    reader.sees(".dumka-count", &format!("({comments})")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_was_taken_away_the_program_begins_anew_and_the_reader_goes_on() -> Result<()> {
    let around = Around::with("").await?;
    for (number, disturbance) in DISTURBANCES.into_iter().enumerate() {
        for case in if number == 0 { &Case::RUNNING[..] } else { &Case::RUNNING[..1] } {
            goes_on(&around, *case, disturbance)
                .await
                .with_context(|| format!("{case:?} {disturbance:?}"))?;
        }
    }
    Ok(())
}

async fn goes_on(around: &Around, case: Case, disturbance: Disturbance) -> Result<()> {
    let reader = &around.reader;
    let thread = around.opens_with(case, disturbance.sort, "").await?;
    let made = thread.receives("To be changed.").await?;
    reader.clicks(".dumka-new").await?;
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

    stumbles(&thread, &made, disturbance).await?;
    thread.began_anew(1).await?;
    is_whole(&thread).await?;
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
    if !disturbance.removal.contains("LAST") && disturbance.act != Act::Own {
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
    let reader = &thread.around.reader;
    reader.types(answer, " and the rest").await?;
    reader.clicks(&format!("{} .dumka-form .dumka-submit", thread.last)).await?;
    thread
        .holds("Half", if reader.value(&format!("{}.value", one(COMPOSED))).await? == "" { 2 } else { 1 })
        .await?;
    thread.edits(own, " And edited.").await?;
    thread.holds("Written before. And edited.", 1).await?;
    thread.receives("Written at last.").await?;
    reader.sees(".dumka-new", "1 new comment").await?;
    is_whole(thread).await?;
    thread.began_anew(0).await?;
    reader.value("void localStorage.clear()").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn press_that_the_program_stumbled_over_is_done() -> Result<()> {
    let around = Around::with("").await?;
    let reader = &around.reader;
    for case in Case::RUNNING {
        let thread = around.opens_with(case, "&limit=1", "").await?;
        reader.writes("Ann", "Half a thought").await?;
        thread.suffers("root.querySelector('.dumka-meanwhile').remove()").await?;
        reader.clicks(".dumka-all").await?;
        thread.began_anew(1).await?;
        // What is shown may be what was asked for, or can be asked for again.
        reader
            .holds(&format!("({}?.click(), {}.length === 3)", one(".dumka-all"), all(".dumka-comment")))
            .await?;
        is_whole(&thread).await?;
        reader.holds(&format!("{}.value === 'Half a thought'", one(COMPOSED))).await?;
        reader.value("void localStorage.clear()").await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn comment_that_is_being_sent_when_the_program_stumbles_is_there_once() -> Result<()> {
    let around = Around::with("").await?;
    let (reader, network) = (&around.reader, &around.network);
    // On its way still, or taken without a word of it having come back.
    for is_lost in [false, true] {
        for case in Case::RUNNING {
            let thread = around.opens(case).await?;
            let made = thread.receives("To be changed.").await?;
            reader.clicks(".dumka-new").await?;
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
            stumbles(&thread, &made, DISTURBANCES[6]).await?;
            thread.began_anew(1).await?;
            network.hold(None);
            network.lose_answers(None);
            // It goes by itself, or its words are in the form and go at the next press.
            let press = one(".dumka-composer .dumka-submit:not([aria-busy=true])");
            reader.holds(&format!("({}.value && {press}?.click(), {}.filter(it => it.textContent.includes('Written once.')).length === 1)", one(COMPOSED), all(".dumka-body"))).await?;
            thread.holds("Written once.", 1).await?;
            is_whole(&thread).await?;
            reader.reload().await?;
            thread.is_shown().await?;
            reader.counts(".dumka-comment", 5).await?;
            thread.holds("Written once.", 1).await?;
            reader.value("void (localStorage.clear(), sessionStorage.clear())").await?;
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn after_three_new_beginnings_in_a_minute_the_thread_stays_with_a_plain_word_and_what_was_typed()
-> Result<()> {
    let around = Around::with("").await?;
    let reader = &around.reader;
    for case in Case::RUNNING {
        let thread = around.opens(case).await?;
        let made = thread.receives("To be changed.").await?;
        reader.clicks(".dumka-new").await?;
        reader.writes("Ann", "Half a thought").await?;
        for _ in 0..3 {
            stumbles(&thread, &made, DISTURBANCES[0]).await?;
            thread.began_anew(1).await?;
            is_whole(&thread).await?;
            reader.holds(&format!("{}.value === 'Half a thought'", one(COMPOSED))).await?;
        }
        reader.types(COMPOSED, ", and more").await?;
        thread.suffers(&format!("root.querySelector({}).remove()", serde_json::json!(thread.last))).await?;
        let first = thread.first.trim_start_matches("[id='comment-").trim_end_matches("']");
        thread.client.reply(first, "Ben", "Once too often.", &format!("{}-often", thread.page)).await?;
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

#[tokio::test(flavor = "multi_thread")]
async fn all_threads_of_the_page_go_on_after_one_has_stumbled() -> Result<()> {
    let around =
        Around::with_body("", "<!--tag--><dumka-comments id=other page=other load=eager></dumka-comments>")
            .await?;
    let reader = &around.reader;
    let other = Client::new(around.server.url("/api/v1/comments"), "other");
    other.writes("Elsewhere.", "elsewhere").await?;
    let thread = around.opens(Case::RUNNING[0]).await?;
    let made = thread.receives("To be changed.").await?;
    reader.clicks("[page^=thread] .dumka-new").await?;
    reader.sees("#other .dumka-body", "Elsewhere.").await?;
    reader.clicks("#other .dumka-add").await?;
    reader.types("#other .dumka-composer [name=text]", "Half a thought").await?;
    reader.types("#other .dumka-composer [name=name]", "Ann").await?;
    stumbles(&thread, &made, DISTURBANCES[6]).await?;
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
    reader.sees("[page^=thread] .dumka-body", "Changed.").await?;
    reader.counts(".dumka-error, [role=alert]", 0).await?;
    ensure!(other.list().await?.len() == 3, "each comment is there once");
    let thrown = reader.value("(sessionStorage.seen ?? '').match(/^thrown.*/gm)").await?;
    ensure!(thrown.is_null(), "{thrown}");
    Ok(())
}

/// What a page takes away before the program is there.
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
    let around = Around::with("").await?;
    for removal in EARLY {
        for case in Case::EARLY {
            let thread = around.opens(case).await?;
            around.reader.writes("Ann", "Half a thought").await?;
            is_kept(&around.reader).await?;
            thread.suffers(removal).await?;
            thread.arrives().await.with_context(|| format!("{case:?} {removal}"))?;
            is_whole(&thread).await.with_context(|| format!("{case:?} {removal}"))?;
            let text = format!("{}.value === 'Half a thought'", one(COMPOSED));
            around.reader.holds(&text).await.with_context(|| format!("{case:?} {removal}, the words"))?;
            thread.is_unharmed().await?;
        }
    }
    Ok(())
}

/// What is typed early is the browser's too, from the moment in which the file is there that sees to it.
async fn is_kept(reader: &Reader) -> Result<()> {
    reader.holds("Object.values(localStorage).some(it => it.includes('Half a thought'))").await
}

#[tokio::test(flavor = "multi_thread")]
async fn program_that_a_page_has_thrown_out_of_its_step_begins_anew() -> Result<()> {
    const ONCE: &str = "const { insertBefore } = Node.prototype; Node.prototype.insertBefore = function (...given) { \
        if (self.fails && this.closest?.('section.dumka')) { self.fails = false; throw new DOMException('no', 'HierarchyRequestError') } \
        return insertBefore.apply(this, given) }";
    let around = Around::with(&format!("<script>{ONCE}</script>")).await?;
    let reader = &around.reader;
    for case in Case::RUNNING {
        let thread = around.opens(case).await?;
        reader.writes("Ann", "Half a thought").await?;
        reader.value("void (self.fails = true)").await?;
        reader.clicks(&format!("{} .dumka-reply", thread.first)).await?;
        reader.holds("self.fails === false").await?;
        thread.began_anew(1).await?;
        is_whole(&thread).await?;
        reader.holds(&format!("{}.value === 'Half a thought'", one(COMPOSED))).await?;
        reader.value("void localStorage.clear()").await?;
    }
    Ok(())
}
