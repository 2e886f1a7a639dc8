//! A reader who uses the keyboard alone.

use anyhow::{Context, Result, ensure};
use thirtyfour::prelude::*;

use crate::reader::Reader;
use crate::shadow_dom::FOCUSED;

/// Presses these keys, wherever the focus is.
pub async fn presses(reader: &Reader, keys: impl Into<TypingData>) -> Result<()> {
    reader.web().action_chain().send_keys(keys).perform().await.context("a key is pressed")
}

/// Waits until what `selector` finds has the focus.
pub async fn is_at(reader: &Reader, selector: &str) -> Result<()> {
    reader.holds(&format!("{FOCUSED}.matches({selector:?})")).await
}

/// Presses Tab until what `selector` finds has the focus; the way there is never off the page's controls.
pub async fn tabs_to(reader: &Reader, selector: &str) -> Result<()> {
    for _ in 0..80 {
        presses(reader, Key::Tab + "").await?;
        if reader.value(&format!("{FOCUSED}.matches({selector:?})")).await? == true {
            return is_ringed(reader).await;
        }
    }
    anyhow::bail!("no way by Tab to {selector}")
}

/// Likewise, backwards.
pub async fn tabs_back_to(reader: &Reader, selector: &str) -> Result<()> {
    for _ in 0..80 {
        let back =
            reader.web().action_chain().key_down(Key::Shift).send_keys(Key::Tab + "").key_up(Key::Shift);
        back.perform().await?;
        if reader.value(&format!("{FOCUSED}.matches({selector:?})")).await? == true {
            return Ok(());
        }
    }
    anyhow::bail!("no way back by Tab to {selector}")
}

/// The element with the focus has a ring of two pixels around it.
pub async fn is_ringed(reader: &Reader) -> Result<()> {
    let ring = "(it => [getComputedStyle(it).outlineStyle, parseFloat(getComputedStyle(it).outlineWidth) >= 2].join())";
    let ring = reader.value(&format!("{ring}({FOCUSED})")).await?;
    ensure!(ring == "solid,true", "the ring is {ring}");
    Ok(())
}

/// The focus is on something of the thread, and stays there while the browser draws.
pub async fn is_kept(reader: &Reader) -> Result<()> {
    reader.holds("document.querySelector('dumka-comments').contains(document.activeElement)").await
}
