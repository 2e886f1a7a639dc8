//! Takes pictures of the demo pages: two widths, light and dark, form closed and open.
//!
//! `cargo xtask screenshots [folder]` builds what this needs and says where it is.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use e2e::{Reader, Server};
use serde_json::json;

const PAGES: [(&str, &str); 3] = [("ru", "/demo/"), ("uk", "/demo/uk/"), ("en", "/demo/en/")];
const WIDTHS: [u32; 2] = [360, 1280];
const SCHEMES: [&str; 2] = ["light", "dark"];

#[tokio::main]
async fn main() -> Result<()> {
    let folder = PathBuf::from(std::env::args_os().nth(1).context("which folder shall they go to?")?);
    let server = Server::demo().await?;
    let reader = Reader::new().await?;
    for (language, page) in PAGES {
        for scheme in SCHEMES {
            for width in WIDTHS {
                set_up(&reader, scheme, width).await?;
                reader.open(&server.url(page)).await?;
                reader.counts(".dumka-count", 1).await?;
                // As after any key: without the room that is kept for what is still to come.
                reader.value("void dispatchEvent(new KeyboardEvent('keydown'))").await?;
                let name = |form: &str| folder.join(format!("{language}-{width}-{scheme}-{form}.png"));
                take(&reader, width, &name("closed")).await?;
                reader.clicks(".dumka-add").await?;
                reader.counts("dumka-comments[data-composer=open]", 1).await?;
                take(&reader, width, &name("open")).await?;
                reader.clicks(".dumka-add").await?;
            }
        }
    }
    Ok(())
}

async fn set_up(reader: &Reader, scheme: &str, width: u32) -> Result<()> {
    let scheme = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
    reader.web().cdp().send_raw("Emulation.setEmulatedMedia", scheme).await?;
    resize(reader, width, 800).await
}

async fn resize(reader: &Reader, width: u32, height: u64) -> Result<()> {
    let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    reader.web().cdp().send_raw("Emulation.setDeviceMetricsOverride", size).await?;
    Ok(())
}

/// The whole page, however long.
async fn take(reader: &Reader, width: u32, path: &Path) -> Result<()> {
    let height = reader.value("document.documentElement.scrollHeight").await?.as_u64().unwrap_or(800);
    resize(reader, width, height).await?;
    reader.web().screenshot(path).await?;
    resize(reader, width, 800).await
}
