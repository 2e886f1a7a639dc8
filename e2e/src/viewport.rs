//! The reader's viewport: its size, and whether it is visible.

use anyhow::{Context, Result};
use serde_json::json;

use crate::Reader;
use crate::engine::Engine;
use crate::virtual_display;

/// A window as it is on a desk.
const USUAL_PX: [u32; 2] = [1280, 900];

impl Reader {
    /// Gives the page a view of this size, in CSS pixels.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        if self.engine() == Engine::Chromium {
            let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
            self.web().cdp().send_raw("Emulation.setDeviceMetricsOverride", size).await?;
        } else {
            self.has_view(width, height).await?;
        }
        self.holds(&format!("innerWidth === {width} && innerHeight === {height}")).await
    }

    /// Gives the reader's system a light or a dark scheme before a page is opened, as only Chromium can.
    pub async fn prefers(&self, scheme: &str) -> Result<()> {
        let scheme = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.web().cdp().send_raw("Emulation.setEmulatedMedia", scheme).await?;
        Ok(())
    }

    /// The same under an open page. Waits until the page has heard of it: that is in its next frame, and an empty window
    /// need not have one.
    pub async fn wears(&self, scheme: &str) -> Result<()> {
        self.prefers(scheme).await?;
        let framed =
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))";
        self.web().execute_async(framed, Vec::new()).await?;
        Ok(())
    }

    /// Looks at something else: the page goes on, unseen.
    pub async fn looks_away(&self) -> Result<()> {
        self.web().minimize_window().await?;
        self.holds("document.visibilityState === 'hidden'").await
    }

    /// Looks at the page again.
    pub async fn looks_back(&self) -> Result<()> {
        let [width, height] = USUAL_PX;
        self.has_window(width, height).await?;
        self.holds("document.visibilityState === 'visible'").await
    }

    /// `true` where the browser keeps a page with an open stream for the way back, instead of loading it anew.
    pub fn keeps_followed_pages(&self) -> bool {
        self.engine() != Engine::Firefox
    }

    /// `true` where elements are found also on a page that has added a function to all objects: the driver of `WebKitGTK`
    /// takes it for a part of its answer, which it then cannot give.
    pub fn finds_elements_beside_functions() -> Result<bool> {
        Ok(Engine::chosen()? != Engine::WebKit)
    }

    /// Sizes the window by what its bars leave for the page.
    async fn has_view(&self, width: u32, height: u32) -> Result<()> {
        if self.engine() == Engine::Firefox {
            self.is_narrowed_at_will().await?;
        }
        let bars = self.value("[outerWidth - innerWidth, outerHeight - innerHeight]").await?;
        let bars = serde_json::from_value(bars).context("the window says how large it is")?;
        let [beside, above]: [u32; 2] = bars;
        self.has_window(width + beside, height + above).await
    }

    /// In the middle of the screen, where the pointer is and with it the focus.
    async fn has_window(&self, width: u32, height: u32) -> Result<()> {
        let [x, y] = [(virtual_display::WIDTH_PX, width), (virtual_display::HEIGHT_PX, height)]
            .map(|(screen, window)| i64::from(screen.saturating_sub(window) / 2));
        self.web().set_window_rect(x, y, width, height).await?;
        Ok(())
    }

    /// Takes away the least width that Firefox gives its windows, by a script in its own part.
    async fn is_narrowed_at_will(&self) -> Result<()> {
        self.in_context("chrome").await?;
        let style = "void document.documentElement.style.setProperty('min-width', '0', 'important')";
        let narrowed = self.value(style).await;
        self.in_context("content").await?;
        narrowed.map(drop)
    }

    /// Says whether scripts run in the page or in Firefox itself.
    async fn in_context(&self, context: &str) -> Result<()> {
        let url = format!("{}/session/{}/moz/context", self.driver_url(), self.web().session_id());
        let request = reqwest::Client::new().post(url).json(&json!({ "context": context }));
        request.send().await?.error_for_status()?;
        Ok(())
    }
}
