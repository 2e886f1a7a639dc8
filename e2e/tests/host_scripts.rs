//! Scripts of the page, translators and extensions change the widget's elements, and it still works.

use anyhow::{Context, Result, ensure};
use e2e::hostile_page::{Case, HostilePage, Program, Thread};
use e2e::keyboard::is_at;
use e2e::shadow_dom::{FOCUSED, one};
use e2e::{Client, Reader, Site, Trouble};
use serde_json::json;

/// Decorates what there is, and what comes later; `it` is each element.
fn decorates(what: &str) -> String {
    format!(
        "const decorate = () => {{ for (const it of root.querySelectorAll('*')) {{ {what} }} }}; decorate(); \
         new MutationObserver(decorate).observe(root, {{ childList: true, subtree: true }})"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_done_to_the_thread_is_the_case_that_all_others_are_measured_by() -> Result<()> {
    let hostile = HostilePage::with("").await?;
    for case in Case::ALL {
        let thread = hostile.opens(case).await?;
        thread.is_used().await.with_context(|| format!("{case:?}"))?;
        thread.is_unharmed().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn controls_are_known_by_their_own_class_whatever_classes_stand_beside_it() -> Result<()> {
    let hostile = HostilePage::with("").await?;
    let examples = [
        "it.classList.add('x')",
        // Before ours, as some write them.
        "if (!it.matches('.focus-visible-added')) it.className = 'focus-visible-added ' + it.className",
        // With letters that a selector takes for something else, and with names that begin as ours do.
        "it.classList.add('md:hover', '1st', 'a.b', `${it.className.split(' ')[0]}-ripple`, 'dumka-button')",
        // Taken away again.
        "it.classList.toggle('hovered', Math.random() < 0.5)",
    ];
    for (number, what) in examples.into_iter().enumerate() {
        for case in Case::of_example(number).iter().copied() {
            let thread = hostile.opens(case).await?;
            thread.suffers(&decorates(what)).await?;
            thread.is_used().await.with_context(|| format!("{case:?} {what}"))?;
            thread.is_unharmed().await?;
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn extensions_beside_the_fields_take_neither_caret_nor_press_nor_mark() -> Result<()> {
    const EXTENSIONS: [(&str, &str); 5] = [
        ("a password manager", "root.querySelector('textarea').before(document.createElement('div'))"),
        (
            "a grammar checker at every field",
            "for (const it of root.querySelectorAll('textarea, input')) it.before(document.createElement('grammarly-extension'), document.createElement('span'))",
        ),
        (
            "one that marks people",
            "for (const it of root.querySelectorAll('.dumka-author')) it.before(document.createElement('button'), document.createElement('b'))",
        ),
        (
            "one that puts something between the comments",
            "for (const it of root.querySelectorAll('.dumka-comment')) it.before(document.createElement('li'))",
        ),
        (
            "one that puts a form and a field of its own before ours",
            "root.querySelector('section').prepend(Object.assign(document.createElement('div'), { innerHTML: '<form><textarea name=text>no</textarea><input name=name></form>' }))",
        ),
    ];
    const FIELDS: [&str; 3] = ["text", "name", "email"];
    let hostile = HostilePage::with("").await?;
    let reader = &hostile.reader;
    for (number, (name, script)) in EXTENSIONS.into_iter().enumerate() {
        for (at, case) in Case::EARLY.into_iter().enumerate() {
            let thread = hostile.opens(case).await?;
            let said = || format!("{case:?} {name}");
            let field = format!(".dumka-composer .dumka-form [name={}]", FIELDS[(number + at) % 3]);
            reader.clicks(&format!("{} .dumka-vote-up", thread.first)).await?;
            reader.writes("Ann", "Half a thought").await?;
            reader.types(&field, "abcdef").await?;
            // Nobody asks an address for its caret.
            let is_text = !field.contains("email");
            if is_text {
                reader.value(&format!("void {}.setSelectionRange(2, 4, 'backward')", one(&field))).await?;
            }
            thread.suffers(script).await?;
            let value = reader.value(&format!("{}.value", one(&field))).await?;
            thread.arrives().await?;

            is_at(reader, &field).await.with_context(said)?;
            let caret = "(it => [it.value, it.selectionStart, it.selectionEnd, it.selectionDirection])";
            let caret = reader.value(&format!("{caret}({FOCUSED})")).await?;
            let expected =
                if is_text { json!([value, 2, 4, "backward"]) } else { json!([value, null, null, null]) };
            ensure!(caret == expected, "{}: {caret}, not {expected}", said());
            reader.sees(&format!("{} .dumka-score", thread.first), "1").await.with_context(said)?;
            reader.counts("[aria-pressed=true]", 1).await.with_context(said)?;
            thread.has_votes(&thread.first, 1).await.with_context(said)?;
            thread.is_unharmed().await?;
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn button_or_comment_that_has_the_focus_keeps_it_when_the_program_comes() -> Result<()> {
    const SCRIPTS: [&str; 2] = [
        "for (const it of root.querySelectorAll('.dumka-author')) it.before(document.createElement('b'))",
        "for (const it of root.querySelectorAll('.dumka-comment')) it.before(document.createElement('li')); \
         root.querySelector('section').prepend(document.createElement('p'))",
    ];
    let hostile = HostilePage::with("").await?;
    let reader = &hostile.reader;
    for script in SCRIPTS {
        for case in Case::EARLY {
            let thread = hostile.opens(case).await?;
            for control in [" .dumka-vote-down", " .dumka-permalink", "", " .dumka-report"] {
                let focused = thread.last.clone() + control;
                reader.value(&format!("void {}.focus()", one(&focused))).await?;
                is_at(reader, &focused).await?;
            }
            thread.suffers(script).await?;
            thread.arrives().await?;
            is_at(reader, &format!("{} .dumka-report", thread.last))
                .await
                .with_context(|| format!("{case:?} {script}"))?;
            thread.is_unharmed().await?;
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn marked_words_stay_marked_where_a_dictionary_has_wrapped_them() -> Result<()> {
    const WRAP: &str = "for (const it of root.querySelectorAll('.dumka-body p')) { const words = it.textContent.split(/(?<= )/); \
        it.replaceChildren(...words.map(word => Object.assign(document.createElement('span'), { textContent: word }))) } \
        root.querySelector('section').prepend(document.createElement('p')); \
        const spans = root.querySelectorAll('.dumka-body span'), last = spans[spans.length - 1]; \
        getSelection().setBaseAndExtent(last.previousSibling.firstChild, 1, last.firstChild, 3)";
    let hostile = HostilePage::with("").await?;
    let thread = hostile.opens(Case::EARLY[0]).await?;
    thread.suffers(WRAP).await?;
    let marked = hostile.reader.value("getSelection().toString()").await?;
    ensure!(marked == "ast com", "{marked}");
    thread.arrives().await?;
    hostile.reader.holds("getSelection().toString() === 'ast com'").await?;
    thread.is_unharmed().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_guard_against_sending_twice_disables_is_enabled_as_the_state_says() -> Result<()> {
    const DISABLE: &str = "for (const it of [document, ...Array.from(document.querySelectorAll('dumka-comments'), it => it.shadowRoot)]) \
        it?.querySelectorAll('[type=submit], button:not([type])').forEach(it => (it.disabled = true))";
    let guards = [
        format!("document.addEventListener('submit', () => {{ {DISABLE} }})"),
        format!("document.addEventListener('submit', () => {{ {DISABLE} }}, true)"),
        format!("addEventListener('submit', () => setTimeout(() => {{ {DISABLE} }}), true)"),
        format!("document.addEventListener('click', event => event.composedPath()[0].closest('[type=submit]') && setTimeout(() => {{ {DISABLE} }}, 13), true)"),
        // At each form, as it is found.
        "addEventListener('focusin', event => { const form = event.composedPath()[0].closest('form'); if (!form || form.isGuarded) return; \
         form.isGuarded = true; form.addEventListener('submit', () => (form.querySelector('[type=submit]').disabled = true)) }, true)".into(),
    ];
    for (number, guard) in guards.into_iter().enumerate() {
        let hostile = HostilePage::with(&format!("<script>{guard}</script>")).await?;
        for case in Case::of_example(number).iter().copied() {
            let thread = hostile.opens(case).await?;
            let said = || format!("{case:?} {guard}");
            is_sent_again(&thread).await.with_context(said)?;
            thread.is_unharmed().await.with_context(said)?;
        }
    }
    Ok(())
}

/// Sends a form with nothing in it, then with everything over a line that is down, and then again.
async fn is_sent_again(thread: &Thread<'_>) -> Result<()> {
    let (reader, network) = (&thread.hostile.reader, &thread.hostile.network);
    let send = ".dumka-composer .dumka-submit:enabled";
    reader.clicks(".dumka-add").await?;
    reader.clicks(send).await?;
    reader.counts(".dumka-composer .dumka-error", 1).await?;
    // What went wrong stays until the reader goes on.
    reader.types(".dumka-composer [name=text]", "Written once.").await?;
    thread.arrives().await?;
    reader.types(".dumka-composer [name=name]", "Ann").await?;
    if thread.case.program == Program::Blocked {
        reader.clicks(send).await?;
    } else {
        network.set_trouble(Some(Trouble { address: "", method: "POST", status: 502, answer: "" }));
        reader.clicks(send).await?;
        reader.sees(".dumka-composer .dumka-error", "your text has been kept").await?;
        network.set_trouble(None);
        reader.clicks(send).await?;
    }
    reader.finds("Written once.").await?;
    thread.holds("Written once.", 1).await?;
    // And another one, without a reload.
    reader.writes("", "Written after that.").await?;
    reader.clicks(send).await?;
    reader.finds("Written after that.").await?;
    thread.holds("Written after that.", 1).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_pages_add_to_the_prototypes_of_all_objects_is_none_of_ours() -> Result<()> {
    const ADDED: [&str; 4] = [
        "Object.prototype.extend = function () { return this }",
        "Object.prototype.size = 7; Object.prototype.data = 'no'; Object.prototype.kind = null",
        "Array.prototype.contains = function () {}; Array.prototype.first = 1; String.prototype.trimAll = () => ''",
        "Object.prototype.text = 'no'; Object.prototype.href = 'javascript:1'; Function.prototype.bindAsEventListener = 1",
    ];
    let told = if Reader::finds_elements_beside_functions()? { &ADDED[..] } else { &ADDED[1..] };
    for (number, added) in told.iter().copied().enumerate() {
        let hostile = HostilePage::with(&format!("<script>{added}</script>")).await?;
        for case in Case::of_example(number).iter().copied() {
            let thread = hostile.opens(case).await.with_context(|| format!("{case:?} {added}"))?;
            thread.is_used().await.with_context(|| format!("{case:?} {added}"))?;
            thread.is_unharmed().await.with_context(|| format!("{case:?} {added}"))?;
        }
        comes_with_the_script(&hostile, added).await?;
    }
    Ok(())
}

/// A tag that places the element, and the thread that comes in the script's own answer, with numbers beside it.
async fn comes_with_the_script(hostile: &HostilePage, added: &str) -> Result<()> {
    let client = Client::new(hostile.server.url("/api/v1/comments"), "ready");
    let id = client.writes("A comment.", "ready").await?.id;
    for address in ["/embed.js", "/embed.js?site=127.0.0.1&page=ready&lang=en"] {
        let body = format!(
            "<script>{added}</script><script async src='{}' data-page=ready></script><span data-dumka-count=ready data-dumka-count-words></span>",
            hostile.server.url(address)
        );
        let site = Site::with_body(&body, hostile.server.url("")).await?;
        hostile.reader.open(site.url()).await?;
        let said = || format!("{added} {address}");
        hostile.reader.counts(&format!("[id='comment-{id}']"), 1).await.with_context(said)?;
        hostile.reader.sees("[data-dumka-count]", "1 comment").await.with_context(said)?;
    }
    Ok(())
}
