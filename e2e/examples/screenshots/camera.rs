//! A browser whose window, colours and clock are set, and what it sees as a file.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use e2e::{Reader, Server};
use serde_json::{Value, json};

/// Milliseconds by which the pages' clock is ahead of the demo's first minute. With it standing still, «38 minutes
/// ago» is the same in every run.
const AFTER_START_MILLIS: u32 = 20_000;

/// The room around what is taken, in CSS pixels.
const MARGIN: f64 = 16.0;

/// The format of a picture.
#[derive(Clone, Copy)]
pub(crate) enum Format {
    /// To be looked at closely.
    Png,
    /// Small enough for a document.
    Webp,
}

/// The window, colours and clock of the browser.
#[derive(Clone, Copy)]
pub(crate) struct Setting {
    /// Of the window, in CSS pixels.
    pub(crate) width: u32,
    /// `light` or `dark`.
    pub(crate) scheme: &'static str,
    /// Pixels of the picture for one CSS pixel.
    pub(crate) scale: f64,
}

/// A part of a page, in CSS pixels.
#[derive(Clone, Copy)]
pub(crate) struct Part<'a> {
    /// The element.
    pub(crate) selector: &'a str,
    /// The height that is visible above it.
    pub(crate) above: f64,
    /// At most this is taken.
    pub(crate) height: f64,
}

/// A reader who takes pictures.
pub(crate) struct Camera {
    /// The reader.
    pub(crate) reader: Reader,
    folder: PathBuf,
    format: Format,
}

impl Camera {
    /// Opens a browser whose clock stands still from now on; the demo was started a moment ago.
    pub(crate) async fn new(folder: &Path, format: Format) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let reader = Reader::new().await?;
        let now = reader.value(&format!("Date.now() + {AFTER_START_MILLIS}")).await?;
        let source = json!({ "source": format!("Date.now = () => {now}") });
        cdp(&reader, "Page.addScriptToEvaluateOnNewDocument", source).await?;
        // They go while a part beyond the window is taken, and everything would move.
        cdp(&reader, "Emulation.setScrollbarsHidden", json!({ "hidden": true })).await?;
        Ok(Self { reader, folder: folder.to_owned(), format })
    }

    /// Sets window and colours.
    pub(crate) async fn sets(&self, setting: Setting) -> Result<()> {
        let Setting { width, scheme, scale } = setting;
        let scheme = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        cdp(&self.reader, "Emulation.setEmulatedMedia", scheme).await?;
        let size = json!({ "width": width, "height": 800, "deviceScaleFactor": scale, "mobile": false });
        cdp(&self.reader, "Emulation.setDeviceMetricsOverride", size).await.map(drop)
    }

    /// Sets window and colours, then opens a page of `server` and waits for its comments.
    pub(crate) async fn opens(&self, server: &Server, page: &str, setting: Setting) -> Result<()> {
        self.sets(setting).await?;
        self.reader.open(&server.url(page)).await?;
        self.reader.counts(".dumka-count", 1).await?;
        // As after any key: the program comes, and the room that is kept for what is still to come goes.
        self.reader.value("void dispatchEvent(new KeyboardEvent('keydown'))").await?;
        // Until the program is there, times are dates.
        self.reader.holds("!document.querySelector('.dumka-time').textContent.includes(':')").await
    }

    /// Takes a picture of the window.
    pub(crate) async fn takes_window(&self, name: &str) -> Result<()> {
        self.keep(name, json!({})).await
    }

    /// A part of the page, wherever it is.
    pub(crate) async fn takes(&self, name: &str, part: Part<'_>) -> Result<()> {
        let Part { selector, above, height } = part;
        let place = format!(
            "(at => ({{ x: at.x + scrollX, y: at.y + scrollY, width: at.width, height: at.height, \
            page: document.documentElement.clientWidth }}))(document.querySelector({}).getBoundingClientRect())",
            json!(selector)
        );
        let place = self.reader.value(&place).await?;
        let of = |side: &str| place[side].as_f64().unwrap_or_default();
        let (x, y) = ((of("x") - MARGIN).max(0.0), (of("y") - above).max(0.0));
        let width = (of("width") + 2.0 * MARGIN).min(of("page") - x);
        let height = (of("height") + above + MARGIN).min(height);
        let clip = json!({ "x": x, "y": y, "width": width, "height": height, "scale": 1 });
        self.keep(name, json!({ "clip": clip, "captureBeyondViewport": true })).await
    }

    async fn keep(&self, name: &str, mut how: Value) -> Result<()> {
        // Letters of a font that has just come, a transition, a caret: two frames later all stand still.
        let frames = "await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))";
        self.reader.web().execute(format!("return (async () => {{ {frames} }})()"), vec![]).await?;
        let ending = match self.format {
            Format::Png => "png",
            Format::Webp => {
                (how["format"], how["quality"]) = ("webp".into(), 72.into());
                "webp"
            }
        };
        let taken = cdp(&self.reader, "Page.captureScreenshot", how).await?;
        let data = taken["data"].as_str().context("there is no picture")?;
        let path = self.folder.join(format!("{name}.{ending}"));
        fs::write(&path, BASE64_STANDARD.decode(data)?).with_context(|| path.display().to_string())
    }
}

async fn cdp(reader: &Reader, command: &str, how: Value) -> Result<Value> {
    Ok(reader.web().cdp().send_raw(command, how).await?)
}
