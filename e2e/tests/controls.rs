//! A page replaces the program's controls, or hides by names what scripts ask for: everything still works.

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

/// Has the page show images that are called as what scripts ask a document for; what this story's own ask for is left out.
const HIDES: &str = "for (const name of ['createElement', 'createElementNS', 'createTextNode', 'createRange', 'createTreeWalker']) \
    document.body.append(Object.assign(new Image, { name }))";

/// The same in each form of ours, among the fields that scripts have added there.
const HIDES_IN_FORMS: &str = "const hide = () => { for (const form of root.querySelectorAll('form')) { if (form.children.namedItem('hides')) continue; \
    for (const name of ['hides', 'action', 'method', 'submit', 'elements', 'id', 'closest', 'querySelector', 'querySelectorAll', 'contains', 'children', 'parentNode', 'insertBefore', 'firstChild', 'addEventListener']) { \
        const it = document.createElement('input'); it.type = 'hidden'; it.name = name; HTMLElement.prototype.append.call(form, it) } } }; \
    root.querySelectorAll('form').length && hide()";

#[tokio::test(flavor = "multi_thread")]
async fn images_called_as_what_a_document_has_hide_nothing() -> Result<()> {
    is_used_under(HIDES).await
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_that_scripts_add_called_as_what_a_form_has_hide_nothing() -> Result<()> {
    is_used_under(HIDES_IN_FORMS).await
}

async fn is_used_under(script: &str) -> Result<()> {
    let hostile = HostilePage::with("").await?;
    for case in Case::RUNNING {
        let thread = hostile.opens(case).await?;
        thread.suffers(script).await?;
        thread.is_used().await.with_context(|| format!("{case:?} {script}"))?;
        thread.began_anew(0).await?;
        thread.is_unharmed().await?;
    }
    Ok(())
}
