//! A reader with a browser: opens pages, clicks, types, and sees what there is.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use thirtyfour::prelude::*;
use thirtyfour::{
    ChromeCapabilities, ChromiumLikeCapabilities, LoggingPrefsLogLevel, PageLoadStrategy, WebDriver,
};

use crate::driver::Driver;
use crate::program;
use crate::wait::until;

const ARGUMENTS: [&str; 9] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// One browser session with a profile of its own.
pub struct Reader {
    // Before the driver, since it says goodbye to it when dropped.
    web: WebDriver,
    _driver: Driver,
}

impl Reader {
    /// Opens a browser that has never been anywhere.
    pub async fn new() -> Result<Self> {
        Self::with(DesiredCapabilities::chrome()).await
    }

    /// Opens a browser that also writes down what goes over the network.
    pub async fn recording() -> Result<Self> {
        let mut browser = DesiredCapabilities::chrome();
        browser.set_logging_prefs("performance", LoggingPrefsLogLevel::All)?;
        Self::with(browser).await
    }

    /// Opens a browser whose reader does not wait until a page has all that belongs to it.
    pub async fn impatient() -> Result<Self> {
        let mut browser = DesiredCapabilities::chrome();
        browser.set_page_load_strategy(PageLoadStrategy::None)?;
        Self::with(browser).await
    }

    async fn with(mut browser: ChromeCapabilities) -> Result<Self> {
        let driver = Driver::start()?;
        browser.set_binary(&program::path("CHROME")?.to_string_lossy())?;
        for argument in ARGUMENTS {
            browser.add_arg(argument)?;
        }
        let web = WebDriver::new(driver.url(), browser).await.context("Chromium does not start")?;
        Ok(Self { web, _driver: driver })
    }

    /// The session, for what has no verb here.
    pub fn web(&self) -> &WebDriver {
        &self.web
    }

    /// Opens a page and scrolls to its comments.
    pub async fn open(&self, url: &str) -> Result<()> {
        self.web.goto(url).await.with_context(|| url.to_owned())?;
        self.scroll_to_comments().await
    }

    /// Loads the page again and scrolls to its comments.
    pub async fn reload(&self) -> Result<()> {
        self.web.refresh().await?;
        self.scroll_to_comments().await
    }

    async fn scroll_to_comments(&self) -> Result<()> {
        self.holds("(document.querySelector('dumka-comments')?.scrollIntoView(), document.querySelector('dumka-comments') !== null)").await
    }

    /// Gives the window another size, in CSS pixels.
    pub async fn resize(&self, width: u32, height: u64) -> Result<()> {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.web.cdp().send_raw("Emulation.setDeviceMetricsOverride", size).await?;
        Ok(())
    }

    /// Waits until a JavaScript expression is true.
    pub async fn holds(&self, expression: &str) -> Result<()> {
        let seen =
            until(expression, async || Ok(self.value(expression).await?.as_bool().filter(|&holds| holds)));
        match seen.await {
            Ok(_) => Ok(()),
            Err(failure) => Err(failure.context(self.page_text().await)),
        }
    }

    /// The value of a JavaScript expression.
    pub async fn value(&self, expression: &str) -> Result<Value> {
        let answer = self.web.execute(format!("return ({expression})"), Vec::new()).await?;
        Ok(answer.json().clone())
    }

    /// Waits until an element that `selector` finds contains `text`.
    pub async fn sees(&self, selector: &str, text: &str) -> Result<()> {
        self.holds(&format!(
            "[...document.querySelectorAll({})].some(it => it.textContent.includes({}))",
            json!(selector),
            json!(text)
        ))
        .await
    }

    /// Waits until `selector` finds exactly `number` elements.
    pub async fn counts(&self, selector: &str, number: usize) -> Result<()> {
        self.holds(&format!("document.querySelectorAll({}).length === {number}", json!(selector))).await
    }

    /// How many elements `selector` finds now.
    pub async fn count(&self, selector: &str) -> Result<usize> {
        Ok(self.web.find_all(By::Css(selector)).await?.len())
    }

    /// Waits for the element and clicks it as a hand would.
    pub async fn clicks(&self, selector: &str) -> Result<()> {
        until(&format!("{selector} can be clicked"), async || {
            let element = self.web.find(By::Css(selector)).await?;
            element.scroll_into_view().await?;
            Ok(Some(element.click().await?))
        })
        .await
    }

    /// Waits for the field and types at its end.
    pub async fn types(&self, selector: &str, text: &str) -> Result<()> {
        until(&format!("{selector} takes what is typed"), async || {
            let field = self.web.find(By::Css(selector)).await?;
            Ok(Some(field.send_keys(text).await?))
        })
        .await
    }

    /// Opens the form where there is one widget, and fills it in.
    pub async fn writes(&self, name: &str, text: &str) -> Result<()> {
        self.clicks(".dumka-add").await?;
        self.types(".dumka-form [name=text]", text).await?;
        self.types(".dumka-form [name=name]", name).await
    }

    /// Waits for a comment that contains `text`, and answers what finds it on the page.
    pub async fn finds(&self, text: &str) -> Result<String> {
        let body = format!(
            "[...document.querySelectorAll('.dumka-body')].find(it => it.textContent.includes({}))",
            json!(text)
        );
        let what = format!("there is «{text}»");
        let id = until(&what, async || {
            let id = self.value(&format!("{body}?.closest('.dumka-comment').id")).await?;
            Ok(id.as_str().map(|id| format!("#{id}")))
        });
        match id.await {
            Ok(id) => Ok(id),
            Err(failure) => Err(failure.context(self.page_text().await)),
        }
    }

    /// Answers the comment that `selector` finds.
    pub async fn replies(&self, selector: &str, name: &str, text: &str) -> Result<()> {
        self.clicks(&format!("{selector} .dumka-reply")).await?;
        self.fills(&format!("{selector} .dumka-form"), name, text).await?;
        self.clicks(&format!("{selector} .dumka-submit")).await
    }

    /// Fills in the form that `selector` finds; the name where the browser has kept none.
    pub async fn fills(&self, selector: &str, name: &str, text: &str) -> Result<()> {
        self.types(&format!("{selector} [name=text]"), text).await?;
        let name_field = format!("{selector} [name=name]");
        let is_empty = format!("document.querySelector({}).value === ''", json!(name_field));
        if self.value(&is_empty).await? == true {
            self.types(&name_field, name).await?;
        }
        Ok(())
    }

    /// What the page says, for the report of a failure.
    async fn page_text(&self) -> String {
        let page = self.value("location.href + '\\n' + document.body.innerText.slice(-2000)").await;
        page.map_or_else(|failure| failure.to_string(), |page| page.as_str().unwrap_or_default().to_owned())
    }
}
