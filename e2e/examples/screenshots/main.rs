//! Takes every picture of the README and the documents, and many more of the widget's states.
//!
//! `cargo xtask screenshots [folder]` builds what this needs and says where it is.

mod camera;
mod documents;
mod newsroom;
mod states;

use std::path::PathBuf;

use anyhow::{Context, Result};

#[tokio::main]
async fn main() -> Result<()> {
    let mut folders = std::env::args_os().skip(1).map(PathBuf::from);
    let states = folders.next().context("which folder shall the states go to?")?;
    let documents = folders.next().context("which folder shall the documents' pictures go to?")?;
    documents::take_all(&documents).await?;
    newsroom::take_all(&documents).await?;
    states::take_all(&states).await
}
