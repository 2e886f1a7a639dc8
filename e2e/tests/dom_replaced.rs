//! A page replaces, empties or removes the program's elements: the thread is rendered anew and works on by itself,
//! with everything typed.

use anyhow::{Context, Result};
use e2e::hostile_page::{Case, HostilePage, Thread};
use e2e::keyboard::is_at;
use e2e::shadow_dom::{all, one};

const COMPOSED: &str = ".dumka-composer [name=text]";
const SEND: &str = ".dumka-composer .dumka-submit";

/// Changes of pages to the thread's elements; see [`Thread::is_meddled_with`].
const EXCHANGES: [&str; 24] = [
    "copy(find('section'))",
    "root.replaceChildren()",
    "find('section').remove()",
    "root.innerHTML = root.innerHTML",
    "const it = find('section'); root.append(it.cloneNode(true)); it.remove()",
    "find('section').outerHTML = '<section class=dumka></section>'",
    "find('section').replaceChildren()",
    "const it = find('section'); it.innerHTML = it.innerHTML",
    "copy(find('.dumka-composer'))",
    "find('.dumka-composer').remove()",
    "copy(find('.dumka-composer form'))",
    "find('.dumka-composer form').remove()",
    "const it = find('.dumka-composer form'); it.innerHTML = it.innerHTML",
    "copy(find('.dumka-composer [name=text]'))",
    "find('.dumka-composer [name=text]').remove()",
    "find('.dumka-composer [name=text]').parentNode.replaceChildren()",
    "copy(find('.dumka-composer [name=name]')); copy(find('.dumka-composer [name=email]'))",
    "copy(find('.dumka-composer .dumka-submit'))",
    "const it = find('.dumka-composer .dumka-submit'); it.parentNode.innerHTML += '<button>Their own</button>'",
    "copy(find('.dumka-list'))",
    "find('.dumka-list').remove()",
    "find('.dumka-list').replaceChildren()",
    "root.querySelectorAll('.dumka-comment').forEach(copy)",
    "root.querySelectorAll('.dumka-vote-up, .dumka-reply').forEach(copy)",
];

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_exchanged_the_program_begins_anew_and_what_was_typed_is_sent_once() -> Result<()> {
    let hostile = HostilePage::with("").await?;
    for (number, what) in EXCHANGES.into_iter().enumerate() {
        for case in if number < 2 { &Case::RUNNING[..] } else { &Case::RUNNING[..1] } {
            let thread = hostile.opens(*case).await?;
            goes_on(&thread, what).await.with_context(|| format!("{case:?} {what}"))?;
        }
    }
    Ok(())
}

async fn goes_on(thread: &Thread<'_>, what: &str) -> Result<()> {
    let reader = &thread.hostile.reader;
    let folded = format!("{} .dumka-fold[aria-expanded=false]", thread.first);
    reader.clicks(&format!("{} .dumka-fold", thread.first)).await?;
    reader.counts(&folded, 1).await?;
    reader.writes("Ann", "Half a thought").await?;
    reader.types(".dumka-composer [name=email]", "ann@example.org").await?;
    reader.types(COMPOSED, ", to be").await?;
    reader.value(&format!("void {}.setSelectionRange(4, 4)", one(COMPOSED))).await?;

    thread.is_meddled_with(what).await?;
    thread.began_anew(1).await?;
    thread.is_whole().await?;
    reader.holds(&format!("!!{}.parentNode.querySelector('link')", one("section.dumka"))).await?;
    is_at(reader, COMPOSED).await?;
    let held = "(it => [it.value, it.selectionStart].join())";
    reader.holds(&format!("{held}({}) === 'Half a thought, to be,4'", one(COMPOSED))).await?;
    reader.holds(&format!("{}.value === 'ann@example.org'", one(".dumka-composer [name=email]"))).await?;
    reader.counts(&folded, 1).await?;

    reader.clicks(SEND).await?;
    reader.finds("Half a thought, to be").await?;
    reader.holds(&format!("{}.value === ''", one(COMPOSED))).await?;
    reader.clicks(&format!("{} .dumka-vote-up", thread.first)).await?;
    thread.has_votes(&thread.first, 1).await?;
    reader.replies(&thread.last, "Ann", "And an answer.").await?;
    thread.holds("And an answer.", 1).await?;
    thread.holds("Half a thought", 1).await?;
    thread.began_anew(0).await?;
    reader.value("void (localStorage.clear(), sessionStorage.clear())").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn answer_that_is_being_written_stays_where_its_form_or_its_comment_is_exchanged() -> Result<()> {
    let hostile = HostilePage::with("").await?;
    let reader = &hostile.reader;
    for what in [
        "copy(find(LAST + ' form.dumka-form'))",
        "find(LAST + ' form.dumka-form').remove()",
        "copy(find(LAST))",
        "const it = find(LAST); it.innerHTML = it.innerHTML",
    ] {
        let thread = hostile.opens(Case::RUNNING[0]).await?;
        let answer = format!("{} .dumka-form [name=text]", thread.last);
        reader.clicks(&format!("{} .dumka-reply", thread.last)).await?;
        reader.types(&answer, "Half an answer").await?;
        reader.types(&format!("{} .dumka-form [name=name]", thread.last), "Ann").await?;
        thread.is_meddled_with(&what.replace("LAST", &format!("\"{}\"", thread.last))).await?;
        thread.began_anew(1).await.context(what)?;
        reader.holds(&format!("{}?.value === 'Half an answer'", one(&answer))).await.context(what)?;
        reader.clicks(&format!("{} .dumka-form .dumka-submit", thread.last)).await?;
        thread.holds("Half an answer", 1).await.context(what)?;
        reader.finds("Half an answer").await?;
        thread.is_whole().await?;
        thread.began_anew(0).await?;
        reader.value("void (localStorage.clear(), sessionStorage.clear())").await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn comment_on_its_way_while_the_page_exchanges_the_thread_is_there_once() -> Result<()> {
    let hostile = HostilePage::with("").await?;
    let (reader, network) = (&hostile.reader, &hostile.network);
    for what in
        ["copy(find('section'))", "copy(find('.dumka-composer [name=text]'))", "root.replaceChildren()"]
    {
        let thread = hostile.opens(Case::RUNNING[0]).await?;
        thread.receives("Written before.").await?;
        reader.sees(".dumka-new", "1 new comment").await?;
        reader.writes("Ann", "Written once.").await?;
        network.lose_answers(Some("POST"));
        reader.clicks(SEND).await?;
        thread.holds("Written once.", 1).await?;
        thread.is_meddled_with(what).await?;
        thread.began_anew(1).await.context(what)?;
        network.lose_answers(None);
        let press = one(".dumka-composer .dumka-submit:not([aria-busy=true])");
        let shown = all(".dumka-body");
        let is_there = format!("{shown}.filter(it => it.textContent.includes('Written once.')).length === 1");
        reader.holds(&format!("({}.value && {press}?.click(), {is_there})", one(COMPOSED))).await?;
        thread.is_whole().await?;
        thread.holds("Written once.", 1).await.context(what)?;
        reader.value("void (localStorage.clear(), sessionStorage.clear())").await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn page_that_takes_the_whole_element_or_asks_for_another_thread_ends_the_program() -> Result<()> {
    const ENDINGS: [&str; 5] = [
        "document.querySelector('dumka-comments').remove()",
        "document.querySelector('dumka-comments').replaceWith('Another route')",
        "const it = document.querySelector('dumka-comments'); it.remove(); it.replaceChildren()",
        "document.querySelector('dumka-comments').page = 'other'; document.querySelector('dumka-comments').setAttribute('page', 'other')",
        "const it = document.querySelector('dumka-comments'); it.load()",
    ];
    let hostile = HostilePage::with("").await?;
    let reader = &hostile.reader;
    for what in ENDINGS {
        let thread = hostile.opens(Case::RUNNING[0]).await?;
        thread.suffers(what).await?;
        reader.holds("document.querySelector('section.dumka') !== self.shown").await?;
        if what.contains("emove()") || what.contains("route") {
            reader.counts("section.dumka", 0).await.context(what)?;
        } else {
            reader.counts("dumka-comments[data-state=ready], dumka-comments[data-state=empty]", 1).await?;
        }
        // Another whole thread is drawn before anybody could have begun anew.
        let next = hostile.opens(Case::RUNNING[0]).await?;
        next.began_anew(0).await.with_context(|| what.to_owned())?;
        next.is_unharmed().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn element_that_is_only_moved_goes_on_without_a_new_beginning() -> Result<()> {
    let hostile = HostilePage::with("").await?;
    let thread = hostile.opens(Case::RUNNING[0]).await?;
    let reader = &hostile.reader;
    reader.writes("Ann", "Half a thought").await?;
    thread.suffers("const it = root.closest('dumka-comments'), to = document.createElement('div'); document.body.append(to); to.append(it)").await?;
    thread.suffers("for (const it of root.querySelectorAll('.dumka-composer [name=text], .dumka-vote-up')) { const to = document.createElement('div'); it.replaceWith(to); to.append(it) }").await?;
    reader.clicks(SEND).await?;
    reader.finds("Half a thought").await?;
    thread.has_votes(&thread.first, 0).await?;
    reader.clicks(&format!("{} .dumka-vote-up", thread.first)).await?;
    thread.has_votes(&thread.first, 1).await?;
    thread.began_anew(0).await?;
    thread.is_unharmed().await
}

#[tokio::test(flavor = "multi_thread")]
async fn page_that_exchanges_the_thread_again_and_again_is_given_way_with_what_was_typed() -> Result<()> {
    let hostile = HostilePage::with("").await?;
    let reader = &hostile.reader;
    let thread = hostile.opens(Case::RUNNING[0]).await?;
    reader.writes("Ann", "Half a thought").await?;
    for _ in 0..3 {
        thread.is_meddled_with("copy(find('section'))").await?;
        thread.began_anew(1).await?;
        thread.is_whole().await?;
        reader.holds(&format!("{}.value === 'Half a thought'", one(COMPOSED))).await?;
    }
    thread.is_meddled_with("copy(find('section'))").await?;
    reader.holds(&format!("{}.some(it => it.checkVisibility())", all(".dumka-error"))).await?;
    thread.began_anew(0).await?;
    reader.clicks(SEND).await?;
    thread.holds("Half a thought", 1).await?;
    reader.value("void (localStorage.clear(), sessionStorage.clear())").await?;
    Ok(())
}
