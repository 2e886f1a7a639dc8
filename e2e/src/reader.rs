//! A reader with a browser: opens pages, clicks, types, and sees what there is.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use thirtyfour::prelude::*;
use thirtyfour::{Capabilities, WebDriver};

use crate::click;
use crate::driver::Driver;
use crate::engine::{Engine, Extent};
use crate::shadow_dom::{all, one};
use crate::wait::until;

/// Keys, as a driver takes them.
const ENTER: &str = "\u{E007}";
const PASTE: &str = "\u{E009}v";

/// One browser session with a profile of its own.
pub struct Reader {
    // Before the driver, since it says goodbye to it when dropped.
    web: WebDriver,
    driver: Driver,
    engine: Engine,
}

impl Reader {
    /// Opens a browser that has never been anywhere. It may be one that only draws pages, quickly.
    pub async fn new() -> Result<Self> {
        Self::with(Extent::Pages, |_, _| {}).await
    }

    /// Opens a browser with all that readers' browsers have around a page: it keeps pages for the way back, has a
    /// clipboard, and searches.
    pub async fn with_whole_browser() -> Result<Self> {
        Self::with(Extent::Whole, |_, _| {}).await
    }

    /// Opens a browser that also writes down what goes over the network, as only Chromium does.
    pub async fn recording() -> Result<Self> {
        Self::with(Extent::Pages, |_, session| session["goog:loggingPrefs"] = json!({ "performance": "ALL" }))
            .await
    }

    /// Opens a browser whose reader does not wait until a page has all that belongs to it.
    pub async fn impatient() -> Result<Self> {
        Self::with(Extent::Pages, |_, session| session["pageLoadStrategy"] = json!("none")).await
    }

    /// Opens a browser whose reader prefers dark pages.
    pub async fn in_the_dark() -> Result<Self> {
        Self::with(Extent::Pages, Engine::prefer_dark).await
    }

    /// Opens a browser whose reader likes these languages, the best one first, with commas between them.
    pub async fn preferring(languages: &str) -> Result<Self> {
        Self::with(Extent::Whole, |engine, session| engine.prefer_languages(session, languages)).await
    }

    async fn with(extent: Extent, wish: impl FnOnce(Engine, &mut Value)) -> Result<Self> {
        let engine = Engine::chosen()?;
        let mut session = engine.session(&engine.browser(extent)?);
        wish(engine, &mut session);
        let session: Capabilities = serde_json::from_value(session)?;
        let driver = Driver::start(engine).await?;
        let web = WebDriver::new(driver.url(), session).await.context("the browser does not start")?;
        Ok(Self { web, driver, engine })
    }

    /// The session, for what has no verb here.
    pub fn web(&self) -> &WebDriver {
        &self.web
    }

    /// The browser's engine.
    pub(crate) fn engine(&self) -> Engine {
        self.engine
    }

    /// The driver's address, for commands that its session lacks.
    pub(crate) fn driver_url(&self) -> String {
        self.driver.url()
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
        let host = one("dumka-comments");
        self.holds(&format!("({host}?.scrollIntoView(), {host} !== undefined)")).await
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
        self.holds(&format!("{}.some(it => it.textContent.includes({}))", all(selector), json!(text))).await
    }

    /// Waits until `selector` finds exactly `number` elements.
    pub async fn counts(&self, selector: &str, number: usize) -> Result<()> {
        self.holds(&format!("{}.length === {number}", all(selector))).await
    }

    /// The number of elements that `selector` finds now.
    pub async fn count(&self, selector: &str) -> Result<usize> {
        Ok(serde_json::from_value(self.value(&format!("{}.length", all(selector))).await?)?)
    }

    /// Waits for the element and clicks it as a hand would.
    pub async fn clicks(&self, selector: &str) -> Result<()> {
        until(&format!("{selector} can be clicked"), async || {
            let element = self.element(selector).await?;
            Ok(click::hits(&self.web, &element).await?.then_some(()))
        })
        .await
    }

    /// Waits for the field and types at its end.
    pub async fn types(&self, selector: &str, text: &str) -> Result<()> {
        until(&format!("{selector} takes what is typed"), async || {
            let field = self.element(selector).await?;
            // The end of a line is a key, which not every driver knows by itself; nor does every one type nothing.
            let keys = text.replace('\n', ENTER);
            if keys.is_empty() {
                field.focus().await?;
            } else {
                field.send_keys(keys).await?;
            }
            Ok(Some(()))
        })
        .await
    }

    /// Waits for the field and types what the clipboard holds.
    pub async fn pastes(&self, selector: &str) -> Result<()> {
        self.types(selector, PASTE).await
    }

    /// Opens the form where there is one widget, and fills it in.
    pub async fn writes(&self, name: &str, text: &str) -> Result<()> {
        self.clicks(".dumka-add").await?;
        self.types(".dumka-form [name=text]", text).await?;
        self.types(".dumka-form [name=name]", name).await
    }

    /// Waits for a comment that contains `text`, and answers what finds it on the page.
    pub async fn finds(&self, text: &str) -> Result<String> {
        let body = format!("{}.find(it => it.textContent.includes({}))", all(".dumka-body"), json!(text));
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
        let is_empty = format!("{}.value === ''", one(&name_field));
        if self.value(&is_empty).await? == true {
            self.types(&name_field, name).await?;
        }
        Ok(())
    }

    /// The first element that `selector` finds, also inside a shadow root.
    async fn element(&self, selector: &str) -> Result<WebElement> {
        let found = self.web.execute(format!("return {}", one(selector)), Vec::new()).await?;
        found.element().with_context(|| format!("there is no {selector}"))
    }

    /// The text of the page, for the report of a failure.
    async fn page_text(&self) -> String {
        let page = self.value("location.href + '\\n' + document.body.innerText.slice(-2000)").await;
        page.map_or_else(|failure| failure.to_string(), |page| page.as_str().unwrap_or_default().to_owned())
    }
}
