//! How a reader looks at the page: through a window of a certain size, or not at all.

use anyhow::{Context, Result};
use serde_json::json;

use crate::Reader;
use crate::engine::Engine;
use crate::wait::until;

/// Room beside the page that a window may have: bars, and the frame that some draw.
const MAX_BARS_PX: u64 = 400;

impl Reader {
    /// Gives the page a view of this size, in CSS pixels. Before a page is opened: `WebKitGTK` has such a window only
    /// as another one.
    pub async fn resizes(&self, width: u32, height: u32) -> Result<()> {
        match self.engine() {
            Engine::Chromium => {
                let size =
                    json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
                self.web().cdp().send_raw("Emulation.setDeviceMetricsOverride", size).await?;
            }
            Engine::Firefox => {
                self.is_narrowed_at_will().await?;
                self.has_view(width, height).await?;
            }
            Engine::WebKit => self.opens_bare_window(width, height).await?,
        }
        self.holds(&format!("innerWidth === {width} && innerHeight === {height}")).await
    }

    /// Looks at something else: the page goes on, unseen.
    pub async fn looks_away(&self) -> Result<()> {
        self.web().minimize_window().await?;
        self.holds("document.visibilityState === 'hidden'").await
    }

    /// Looks at the page again.
    pub async fn looks_back(&self) -> Result<()> {
        self.web().set_window_rect(0, 0, 1280, 900).await?;
        self.holds("document.visibilityState === 'visible'").await
    }

    /// Takes away the least width that Firefox gives its windows, by a script in its own part.
    async fn is_narrowed_at_will(&self) -> Result<()> {
        self.in_context("chrome").await?;
        let narrowed = self
            .value("void document.documentElement.style.setProperty('min-width', '0', 'important')")
            .await;
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

    /// Sizes the window by what is left of it for the page.
    async fn has_view(&self, width: u32, height: u32) -> Result<()> {
        let bars = self.value("[outerWidth - innerWidth, outerHeight - innerHeight]").await?;
        let bar = |side: usize| -> Result<u32> {
            let px = bars[side].as_u64().filter(|&px| px < MAX_BARS_PX);
            Ok(u32::try_from(px.context("the window says how large it is")?)?)
        };
        self.web().set_window_rect(0, 0, width + bar(0)?, height + bar(1)?).await?;
        Ok(())
    }

    /// Goes on in a window that a page opened: it has no bar, and so none of the width that the bar wants.
    async fn opens_bare_window(&self, width: u32, height: u32) -> Result<()> {
        // Where the screen has its pointer, and the pointer gives the focus. Its frame wants 334 pixels.
        let features =
            format!("toolbar=no,location=no,menubar=no,left=500,top=50,width={width},height={height}");
        let script = format!(
            "(() => {{
                const button = document.createElement('button')
                button.textContent = 'open'
                button.onclick = () => open('', '', '{features}')
                document.body.replaceChildren(button)
                return true
            }})()"
        );
        self.holds(&script).await?;
        let before = self.web().windows().await?;
        self.clicks("button").await?;
        let opened = until("there is another window", async || {
            Ok(self.web().windows().await?.into_iter().find(|window| !before.contains(window)))
        });
        self.web().switch_to_window(opened.await?).await?;
        Ok(())
    }
}
