//! A page changes the program's controls, which stay what they are, and its button that sends, which sends.

use anyhow::{Context, Result, ensure};
use e2e::hostile_page::{Case, HostilePage};
use e2e::shadow_dom::one;

const COMPOSED: &str = ".dumka-composer [name=text]";
const SEND: &str = ".dumka-composer .dumka-submit";

/// Changes of pages to the widget's controls; `form` is the composer's, `send` its button, `text` its field.
const ATTRIBUTES: [&str; 14] = [
    "send.type = 'button'",
    "send.setAttribute('type', 'reset')",
    "send.setAttribute('form', 'search'); text.setAttribute('form', 'nowhere')",
    "text.name = 'comment[body]'; text.id = 'x'",
    "text.removeAttribute('name'); form.querySelector('[name=name]').removeAttribute('name')",
    "text.readOnly = true",
    "text.maxLength = 3; text.required = true; text.setAttribute('minlength', 100)",
    "for (const it of [send, text, form]) it.hidden = true",
    "for (const it of [send, text, form]) it.inert = true",
    "form.noValidate = false; form.querySelector('[name=email]').required = true",
    "form.querySelector('[name=name]').type = 'number'",
    "form.querySelector('[name=name]').pattern = '[0-9]+'; form.noValidate = false",
    "form.className = 'theirs'; send.className = 'btn'; send.type = 'button'",
    "for (const it of form.elements) for (const { name } of [...it.attributes]) it.removeAttribute(name)",
];

const OF_FORM: &str = "const form = root.querySelector('.dumka-composer form'), send = form.querySelector('.dumka-submit'), text = form.querySelector('textarea');";

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_page_makes_of_the_controls_they_stay_what_the_program_has_drawn() -> Result<()> {
    let hostile = HostilePage::with("").await?;
    let reader = &hostile.reader;
    for (number, what) in ATTRIBUTES.into_iter().enumerate() {
        for case in if number == 0 { &Case::RUNNING[..] } else { &Case::RUNNING[..1] } {
            let thread = hostile.opens(*case).await?;
            let said = || format!("{case:?} {what}");
            thread.suffers(&format!("{OF_FORM} {what}")).await?;
            reader.writes("Ann", "Written once.").await.with_context(said)?;
            thread.suffers(&format!("{OF_FORM} {what}")).await?;
            reader.clicks(SEND).await.with_context(said)?;
            reader.finds("Written once.").await.with_context(said)?;
            thread.holds("Written once.", 1).await?;
            reader.holds(&format!("{}.value === ''", one(COMPOSED))).await.with_context(said)?;
            // The program itself goes on to say what its controls are.
            reader.clicks(&format!("{} .dumka-vote-up", thread.first)).await?;
            thread.has_votes(&thread.first, 1).await?;
            thread.began_anew(0).await?;
            thread.is_unharmed().await?;
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn page_that_insists_on_its_attributes_stops_neither_the_browser_nor_the_thread() -> Result<()> {
    const INSISTS: &str = "const insist = () => { self.insisted = (self.insisted ?? 0) + 1; for (const it of root.querySelectorAll('textarea')) { if (it.maxLength !== 999) it.maxLength = 999; if (!it.disabled) it.disabled = true } }; \
        new MutationObserver(insist).observe(root, { subtree: true, attributes: true }); insist()";
    let hostile = HostilePage::with("").await?;
    let reader = &hostile.reader;
    let thread = hostile.opens(Case::RUNNING[0]).await?;
    thread.suffers(INSISTS).await?;
    reader.clicks(&format!("{} .dumka-vote-up", thread.first)).await?;
    thread.has_votes(&thread.first, 1).await?;
    let times = reader.value("self.insisted").await?;
    ensure!(times.as_u64().is_some_and(|times| times < 1000), "{times} times");
    thread.is_unharmed().await
}

/// Changes of pages to «Send», after which it sends.
const SENDS: [&str; 9] = [
    "send.type = 'button'",
    "send.setAttribute('type', 'reset')",
    "send.setAttribute('form', 'search')",
    "const to = document.createElement('span'); send.replaceWith(to); to.append(send); send.type = 'button'",
    "const copy = send.cloneNode(true); copy.type = 'button'; send.replaceWith(copy)",
    "send.outerHTML = '<a class=\"btn dumka-submit\" role=button>Send</a>'",
    "send.outerHTML = '<div class=\"dumka-submit\" tabindex=0><b>Send</b></div>'",
    "send.type = 'button'; form.after(send)",
    "new MutationObserver(() => send.type === 'button' || (send.type = 'button')).observe(send, { attributes: true }); send.type = 'button'",
];

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_page_makes_of_the_button_that_sends_it_sends_once() -> Result<()> {
    let hostile = HostilePage::with("").await?;
    let reader = &hostile.reader;
    for (number, what) in SENDS.into_iter().enumerate() {
        for case in Case::of_example(number) {
            let thread = hostile.opens(*case).await?;
            let said = || format!("{case:?} {what}");
            reader.writes("Ann", "Written once.").await?;
            thread.suffers(&format!("{OF_FORM} {what}")).await?;
            reader.clicks(SEND).await.with_context(said)?;
            thread.arrives().await?;
            reader.finds("Written once.").await.with_context(said)?;
            thread.holds("Written once.", 1).await.with_context(said)?;
            reader.value("void (localStorage.clear(), sessionStorage.clear())").await?;
        }
    }
    Ok(())
}
