//! Keyboard shortcuts of the page: typing in a form of the widget triggers none, and elsewhere they work.

use anyhow::{Context, Result, ensure};
use e2e::hostile_page::{Case, HostilePage, Program};
use e2e::keyboard::{is_at, presses};
use e2e::shadow_dom::one;
use thirtyfour::prelude::*;

const TYPED: &str = "See https://a.example/j/k?q=1, n/p!";

/// The shortcut of a page.
const ACT: &str = "tell('key', event.type + ' ' + event.key); event.preventDefault(); \
    if (event.key === '/') document.querySelector('#search').focus(); \
    if (event.key === 'Enter' && event.ctrlKey) document.querySelector('#order').requestSubmit(); \
    if ('jk'.includes(event.key)) scrollBy(0, 100)";

/// A form of the page, with fields as ours has them.
const FORM: &str = "<form id=order action=/ordered><input name=text><button>Order</button></form>";

/// The ways in which pages take keys: at which object, when, and which of them.
fn hotkeys(kinds: &[&str]) -> Vec<String> {
    let polite = "/input|textarea|select/i.test(event.target.tagName) || event.target.isContentEditable";
    let mut ways = Vec::new();
    for target in ["document", "self", "document.body", "document.documentElement"] {
        for kind in kinds {
            ways.push(format!("{target}.addEventListener('{kind}', event => {{ {ACT} }})"));
        }
        ways.push(format!(
            "{target}.addEventListener('keydown', event => {{ if ({polite}) return; {ACT} }})"
        ));
    }
    ways
}

fn head(ways: &[String]) -> String {
    let scripts = ways.join(";");
    format!("<script>addEventListener('DOMContentLoaded', () => {{ {scripts} }})</script>")
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_typed_into_a_form_stay_in_it() -> Result<()> {
    let hostile = HostilePage::with_body(
        &head(&hotkeys(&["keydown", "keypress", "keyup"])),
        &[FORM, "<!--tag-->"].concat(),
    )
    .await?;
    let reader = &hostile.reader;
    for case in Case::ALL {
        let thread = hostile.opens(case).await?;
        reader.clicks(".dumka-add").await?;
        for field in ["text", "name", "email"] {
            let field = format!(".dumka-composer [name={field}]");
            reader.types(&field, TYPED).await?;
            let is_typed = format!("{}.value === {}", one(&field), serde_json::json!(TYPED));
            reader.holds(&is_typed).await.with_context(|| format!("{case:?} {field}"))?;
        }
        // Tab goes from field to field as ever.
        reader.value(&format!("void {}.focus()", one(".dumka-composer [name=name]"))).await?;
        presses(reader, Key::Tab + "").await?;
        is_at(reader, ".dumka-composer [name=email]").await?;
        thread.arrives().await?;
        if case.program != Program::Blocked {
            reader.clicks(&format!("{} .dumka-reply", thread.first)).await?;
            let field = format!("{} [name=text]", thread.first);
            reader.types(&field, TYPED).await?;
            reader.holds(&format!("{}.value === {}", one(&field), serde_json::json!(TYPED))).await?;
        }
        thread.is_unharmed().await.with_context(|| format!("{case:?}"))?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn control_and_enter_send_our_form_and_no_other() -> Result<()> {
    let hostile =
        HostilePage::with_body(&head(&hotkeys(&["keydown"])), &[FORM, "<!--tag-->"].concat()).await?;
    let reader = &hostile.reader;
    for case in Case::ALL {
        let thread = hostile.opens(case).await?;
        reader.writes("Ann", "Written once.").await?;
        reader.value(&format!("void {}.focus()", one(".dumka-composer [name=text]"))).await?;
        // They are let go where the focus is by then.
        let both = reader
            .web()
            .action_chain()
            .key_down(Key::Control)
            .send_keys(Key::Enter + "")
            .key_up(Key::Control);
        both.perform().await?;
        thread.arrives().await?;
        reader.finds("Written once.").await?;
        thread.holds("Written once.", 1).await?;
        thread.is_unharmed().await.with_context(|| format!("{case:?}"))?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_that_are_pressed_elsewhere_are_the_pages() -> Result<()> {
    let ways = ["document.addEventListener('keydown', event => { if (event.key === '/') { event.preventDefault(); document.querySelector('#search').focus() } })".to_owned()];
    let hostile = HostilePage::with(&head(&ways)).await?;
    let reader = &hostile.reader;
    for case in Case::ALL {
        let thread = hostile.opens(case).await?;
        for focused in [thread.first.clone(), format!("{} .dumka-vote-up", thread.first)] {
            reader.value(&format!("void {}.focus()", one(&focused))).await?;
            is_at(reader, &focused).await?;
            presses(reader, "/").await?;
            reader
                .holds("document.activeElement.id === 'search'")
                .await
                .with_context(|| format!("{case:?} {focused}"))?;
        }
        let is_empty = reader.value("document.querySelector('#search').value === ''").await?;
        ensure!(is_empty == true, "the key itself is not typed");
        thread.is_unharmed().await?;
    }
    Ok(())
}
