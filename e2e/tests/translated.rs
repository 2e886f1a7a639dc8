//! Translators, dictionaries and decorators replace text by elements; the thread still works.

use anyhow::{Context, Result, ensure};
use e2e::hostile_page::{Case, HostilePage, Thread};
use e2e::shadow_dom::{all, one};
use e2e::story;

/// Lets a story turn the clock forward: `lateBy` milliseconds, noticed by what runs every so often.
const CLOCK: &str = "<script>self.lateBy = 0; self.ticks = []; const now = Date.now, every = setInterval; \
    Date.now = () => now() + lateBy; \
    self.setInterval = (act, ms, ...given) => (ms > 5000 && ticks.push(act), every(act, ms, ...given))</script>";

/// Changes of pages to the texts of a thread, each `text` of all of them.
const TRANSLATORS: [(&str, &str); 10] = [
    (
        "Chrome's translator",
        "const inner = Object.assign(document.createElement('font'), { textContent: text.data }), outer = document.createElement('font'); \
         outer.style.verticalAlign = inner.style.verticalAlign = 'inherit'; outer.append(inner); text.replaceWith(outer)",
    ),
    (
        "a decorator of words",
        "text.replaceWith(...text.data.split(/(?<= )/).map(word => Object.assign(document.createElement('span'), { textContent: word })))",
    ),
    (
        "emoji as pictures",
        "const picture = Object.assign(document.createElement('img'), { alt: '', src: 'data:,', className: 'emoji' }); text.after(picture)",
    ),
    (
        "a marker of what was searched for",
        "const mark = document.createElement('mark'); text.replaceWith(mark); mark.append(text)",
    ),
    ("a hyphenator", "text.data = text.data.replace(/(?<=\\w{3})(?=\\w{3})/g, '\\u00ad')"),
    ("a splitter of texts", "if (text.length > 1) text.splitText(1)"),
    ("one that empties texts", "const same = text.data; text.data = ''; text.before(same)"),
    (
        "one that takes texts away",
        "if (text.parentNode.closest('.dumka-body, time, .dumka-score, .dumka-count, .dumka-new')) text.remove()",
    ),
    (
        "a wrapper of contents",
        "const around = text.parentNode, inner = document.createElement('span'); inner.append(...around.childNodes); around.append(inner)",
    ),
    ("one that copies texts", "text.replaceWith(text.cloneNode())"),
];

/// Each of them where the program has the thread; Chrome's, which most readers meet, also everywhere else.
fn cases(among: &[Case]) -> impl Iterator<Item = (&'static str, &'static str, Case)> {
    let is_usual = |case: &Case| *case == Case::RUNNING[0];
    TRANSLATORS.into_iter().enumerate().flat_map(move |(number, (name, what))| {
        among
            .iter()
            .copied()
            .filter(move |case| number == 0 || is_usual(case))
            .map(move |case| (name, what, case))
    })
}

/// Does it to every text that is not in a field.
fn each_text(what: &str) -> String {
    format!(
        "const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), all = []; while (texts.nextNode()) all.push(texts.currentNode); \
         for (const text of all) if (text.data.trim() && !text.parentNode.closest('textarea, option, style')) {{ {what} }}"
    )
}

async fn translated(thread: &Thread<'_>, what: &str) -> Result<()> {
    thread.suffers(&each_text(what)).await
}

/// Waits until the comment's text is drawn so and no otherwise.
async fn reads(thread: &Thread<'_>, comment: &str, html: &str) -> Result<()> {
    let body = one(&format!("{comment} .dumka-body"));
    thread.hostile.reader.holds(&format!("{body}?.innerHTML === {}", serde_json::json!(html))).await
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_can_be_done_in_a_thread_whose_texts_are_exchanged() -> Result<()> {
    let hostile = HostilePage::with("").await?;
    for (name, what, case) in cases(&Case::ALL) {
        let thread = hostile.opens(case).await?;
        translated(&thread, what).await?;
        thread.is_used().await.with_context(|| format!("{case:?} {name}"))?;
        thread.is_unharmed().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn edited_text_is_drawn_anew_as_a_whole() -> Result<()> {
    let hostile = HostilePage::with("").await?;
    let reader = &hostile.reader;
    for (name, what, case) in cases(&Case::ALIVE) {
        let thread = hostile.opens(case).await?;
        let made = thread.receives("Written elsewhere.").await?;
        reader.reload().await?;
        thread.is_shown().await?;
        let theirs = format!("[id='comment-{}']", made.id);
        reader.counts(&theirs, 1).await?;
        translated(&thread, what).await?;
        thread.arrives().await?;
        reader.writes("Ann", "Written once.").await?;
        reader.clicks(".dumka-composer .dumka-submit").await?;
        let own = reader.finds("Written once.").await?;
        translated(&thread, what).await?;

        thread.edits(&own, "\nAnd a second line.").await.with_context(|| format!("{case:?} {name}"))?;
        let html = "<p>Written once.<br>And a second line.</p>";
        reads(&thread, &own, html).await.with_context(|| format!("{case:?} {name}, an own edit"))?;
        translated(&thread, what).await?;
        thread.client.edits(&made, "One line\nand another.\n\n> Quoted.").await?;
        let html = "<p>One line<br>and another.</p><blockquote><p>Quoted.</p></blockquote>";
        reads(&thread, &theirs, html).await.with_context(|| format!("{case:?} {name}, a live edit"))?;
        reader.sees(&format!("{theirs} .dumka-edited"), "edited").await?;
        translated(&thread, what).await?;
        thread.client.deletes(&made).await?;
        reader.counts(&theirs, 0).await?;
        thread.is_unharmed().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_and_times_go_on_whatever_stands_in_their_place() -> Result<()> {
    let hostile = HostilePage::with(CLOCK).await?;
    let reader = &hostile.reader;
    for (name, what, case) in cases(&Case::ALIVE) {
        let thread = hostile.opens(case).await?;
        translated(&thread, what).await?;
        thread.arrives().await?;
        story::is_hydrated(reader, 1).await?;
        translated(&thread, what).await?;
        let said = |what: &str| format!("{case:?} {name}: {what}");

        thread.receives("Written meanwhile.").await?;
        reader.sees(".dumka-new", "1 new comment").await.with_context(|| said("what is new"))?;
        translated(&thread, what).await?;
        thread.receives("Written after that.").await?;
        says(&thread, ".dumka-new", "2 new comments").await.with_context(|| said("what is new, again"))?;
        says(&thread, ".dumka-count", "Comments (5)").await.with_context(|| said("the heading"))?;
        let id = thread.last.trim_start_matches("[id='comment-").trim_end_matches("']");
        thread.client.votes(id, -1).await?;
        let score = format!("{} .dumka-score", thread.last);
        says(&thread, &score, "\u{2212}1").await.with_context(|| said("a vote"))?;

        reader.value("void (self.lateBy = 3 * 3600 * 1000, ticks.forEach(tick => tick()))").await?;
        let time = format!("{} .dumka-permalink", thread.first);
        says(&thread, &time, "3 hours ago").await.with_context(|| said("the time"))?;
        reader.clicks(".dumka-new").await?;
        reader.sees(".dumka-body", "Written after that.").await?;
        thread.is_unharmed().await?;
    }
    Ok(())
}

/// Waits until an element says this and nothing else.
async fn says(thread: &Thread<'_>, selector: &str, words: &str) -> Result<()> {
    let text = format!("{}?.textContent.replaceAll('\\u00ad', '').trim()", one(selector));
    thread.hostile.reader.holds(&format!("{text} === {}", serde_json::json!(words))).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_form_says_comes_and_goes_where_its_words_are_exchanged() -> Result<()> {
    let hostile = HostilePage::with("").await?;
    let reader = &hostile.reader;
    for (name, what, case) in cases(&Case::RUNNING) {
        let thread = hostile.opens(case).await?;
        reader.clicks(".dumka-add").await?;
        translated(&thread, what).await?;
        reader.clicks(".dumka-composer .dumka-submit").await?;
        reader.counts(".dumka-form [aria-invalid]", 1).await?;
        reader.sees(".dumka-form .dumka-error", "Write a comment.").await?;
        translated(&thread, what).await?;
        reader.types(".dumka-composer [name=text]", "Written once.").await?;
        reader.counts(".dumka-form .dumka-error", 0).await.with_context(|| format!("{case:?} {name}"))?;
        reader.clicks(".dumka-composer .dumka-preview").await?;
        reader.sees(".dumka-preview-body", "Written once.").await?;
        translated(&thread, what).await?;
        reader.clicks(".dumka-composer .dumka-submit").await?;
        reader.counts(".dumka-form [aria-invalid]", 1).await?;
        translated(&thread, what).await?;
        reader.types(".dumka-composer [name=name]", "Ann").await?;
        reader.clicks(".dumka-composer .dumka-submit").await?;
        reader.finds("Written once.").await.with_context(|| format!("{case:?} {name}"))?;
        let is_left = reader.value(&format!("{}.value", one(".dumka-composer [name=text]"))).await?;
        ensure!(is_left == "", "{case:?} {name}: {is_left} is left in the form");
        thread.holds("Written once.", 1).await?;
        thread.is_unharmed().await?;
    }
    Ok(())
}

const CONTROLS: &str = ".dumka :is(a, button, summary)";
const ORDER: &str = ".dumka-sort a";

#[tokio::test(flavor = "multi_thread")]
async fn what_one_does_after_the_other_is_read_once() -> Result<()> {
    let hostile = HostilePage::with("").await?;
    let reader = &hostile.reader;
    let far = TRANSLATORS.into_iter().cycle();
    for step in [1, 3, 8] {
        for ((one_name, first), (other_name, second)) in TRANSLATORS.into_iter().zip(far.clone().skip(step)) {
            let thread = hostile.opens(Case::RUNNING[0]).await?;
            let said = |what: &str| format!("{one_name}, then {other_name}: {what}");
            let before = texts(reader, CONTROLS).await?;
            translated(&thread, first).await?;
            translated(&thread, second).await?;
            let after = texts(reader, CONTROLS).await?;
            let is_emptied = [one_name, other_name].contains(&"one that takes texts away");
            ensure!(is_emptied || before == after, "{}: {after}", said("read at once"));
            let order = texts(reader, ORDER).await?;
            thread.receives("Written meanwhile.").await?;
            says(&thread, ".dumka-count", "Comments (4)").await.with_context(|| said("the heading"))?;
            let id = thread.last.trim_start_matches("[id='comment-").trim_end_matches("']");
            thread.client.votes(id, -1).await?;
            let score = format!("{} .dumka-score", thread.last);
            says(&thread, &score, "\u{2212}1").await.with_context(|| said("a vote"))?;
            ensure!(texts(reader, ORDER).await? == order, said("the order, once the program has drawn"));
            reader.clicks(".dumka-new").await?;
            reader.counts(".dumka-comment", 4).await?;
            reader.clicks(&format!("{} .dumka-fold", thread.first)).await?;
            says(&thread, &format!("{} .dumka-fold", thread.first), "show 1 reply")
                .await
                .with_context(|| said("a fold"))?;
            thread.is_unharmed().await?;
        }
    }
    Ok(())
}

/// The texts of all that the selector finds.
async fn texts(reader: &e2e::Reader, selector: &str) -> Result<serde_json::Value> {
    reader
        .value(&format!("{}.map(it => it.textContent.replaceAll('\\u00ad', '')).join('|')", all(selector)))
        .await
}
