//! A page replaces, empties or removes elements of the thread before the program is there, or where it never comes: what
//! was typed stays and is sent once.

use anyhow::{Context, Result};
use e2e::hostile_page::{Case, HostilePage, Thread};
use e2e::shadow_dom::one;
use e2e::story_thread::asked_for;

const COMPOSED: &str = ".dumka-composer [name=text]";
const SEND: &str = ".dumka-composer .dumka-submit";

/// Changes that leave something to write in, or after which that is put back.
const EARLY_EXCHANGES: [&str; 11] = [
    "copy(find('section'))",
    "root.replaceChildren()",
    "find('section').remove()",
    "root.innerHTML = root.innerHTML",
    "const it = find('section'); root.append(it.cloneNode(true)); it.remove()",
    "find('section').outerHTML = '<section class=dumka></section>'",
    "const it = find('section'); it.innerHTML = it.innerHTML",
    "copy(find('.dumka-composer'))",
    "copy(find('.dumka-composer form'))",
    "copy(find('.dumka-composer [name=text]')); copy(find('.dumka-composer [name=name]'))",
    "copy(find('.dumka-composer .dumka-submit'))",
];

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_exchanged_before_the_program_is_there_what_was_typed_is_sent_once() -> Result<()> {
    let hostile = HostilePage::with("").await?;
    for (number, what) in EARLY_EXCHANGES.into_iter().enumerate() {
        for case in [&Case::EARLY[..], &Case::BLOCKED[..]].concat() {
            if number > 1 && case.is_isolated {
                continue;
            }
            let thread = hostile.opens(case).await?;
            is_sent(&thread, what).await.with_context(|| format!("{case:?} {what}"))?;
        }
    }
    Ok(())
}

async fn is_sent(thread: &Thread<'_>, what: &str) -> Result<()> {
    let reader = &thread.hostile.reader;
    reader.holds(&asked_for("/more.js")).await?;
    reader.writes("Ann", "Half a thought").await?;
    thread.is_meddled_with(what).await?;
    reader.counts("section.dumka", 1).await?;
    reader.holds(&format!("!!{}.parentNode.querySelector('link')", one("section.dumka"))).await?;
    reader.holds(&format!("{}.value === 'Half a thought'", one(COMPOSED))).await?;
    reader.types(COMPOSED, ", to be").await?;
    reader.clicks(SEND).await?;
    reader.finds("Half a thought, to be").await?;
    thread.arrives().await?;
    reader.finds("Half a thought, to be").await?;
    thread.holds("Half a thought, to be", 1).await?;
    thread.is_unharmed().await?;
    reader.value("void (localStorage.clear(), sessionStorage.clear())").await?;
    Ok(())
}
