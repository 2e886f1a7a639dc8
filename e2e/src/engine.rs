//! The engines that the stories run on, and what each of them is started with.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use serde_json::{Value, json};

use crate::binaries;

/// Flags of Chromium: no window, no sandbox (which wants more rights than a container has), no request to
/// anybody but the pages.
const CHROMIUM_ARGUMENTS: [&str; 9] = [
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

/// The environment variable that says where Chromium without windows, profiles and all that is around pages is.
const SHELL: &str = "CHROME_SHELL";

/// The part of a browser that a story needs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Everything: pages are kept for the way back, there is a clipboard, and a search.
    Whole,
    /// The part that draws pages, which takes two thirds of the time where it can be had alone.
    Pages,
}

/// An engine with its driver.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    /// Chromium or Chrome, by chromedriver.
    Chromium,
    /// Firefox, by geckodriver.
    Firefox,
    /// `WebKitGTK` in its `MiniBrowser`, by `WebKitWebDriver`.
    WebKit,
}

/// The way in which a driver gets its port.
pub(crate) enum Port {
    /// It chooses one and says so after these words.
    Said(&'static str),
    /// It wants to be told.
    Given,
}

impl Engine {
    /// The one that `ENGINE` names; without a name, Chromium.
    pub(crate) fn chosen() -> Result<Self> {
        Ok(match binaries::variable("ENGINE").as_deref() {
            None | Some("" | "chromium") => Self::Chromium,
            Some("firefox") => Self::Firefox,
            Some("webkit") => Self::WebKit,
            Some(other) => bail!("ENGINE is chromium, firefox or webkit, not {other}"),
        })
    }

    /// The environment variables that say where its browser and its driver are.
    fn programs(self) -> [&'static str; 2] {
        match self {
            Self::Chromium => ["CHROME", "CHROMEDRIVER"],
            Self::Firefox => ["FIREFOX", "GECKODRIVER"],
            Self::WebKit => ["MINIBROWSER", "WEBKITDRIVER"],
        }
    }

    /// The path of its browser.
    pub(crate) fn browser(self, extent: Extent) -> Result<PathBuf> {
        let [browser, _] = self.programs();
        let is_shell =
            (self, extent) == (Self::Chromium, Extent::Pages) && binaries::variable(SHELL).is_some();
        binaries::path(if is_shell { SHELL } else { browser })
    }

    /// The path of its driver.
    pub(crate) fn driver(self) -> Result<PathBuf> {
        let [_, driver] = self.programs();
        binaries::path(driver)
    }

    /// `true` where it renders only on a display.
    pub(crate) fn wants_display(self) -> bool {
        self == Self::WebKit
    }

    /// The way in which its driver gets its port.
    pub(crate) fn port(self) -> Port {
        match self {
            Self::Chromium => Port::Said("was started successfully on port "),
            Self::Firefox => Port::Said("Listening on 127.0.0.1:"),
            Self::WebKit => Port::Given,
        }
    }

    /// The arguments of its driver, but for the port.
    pub(crate) fn driver_arguments(self) -> &'static [&'static str] {
        match self {
            // Another port than the usual one, which the driver beside it has; and the right to make windows narrow.
            Self::Firefox => &["--websocket-port=0", "--allow-system-access"],
            Self::Chromium | Self::WebKit => &[],
        }
    }

    /// Lets the reader of a session prefer dark pages.
    pub(crate) fn prefer_dark(self, session: &mut Value) {
        let (options, argument) = match self {
            Self::Chromium => ("goog:chromeOptions", "--blink-settings=preferredColorScheme=0"),
            Self::WebKit => ("webkitgtk:browserOptions", "--dark-mode"),
            Self::Firefox => {
                session["moz:firefoxOptions"]["prefs"]["layout.css.prefers-color-scheme.content-override"] =
                    json!(0);
                return;
            }
        };
        session[options]["args"].as_array_mut().expect("each has arguments").push(argument.into());
    }

    /// Has the reader like these languages, the best one first. `WebKitGTK` goes by the system's own.
    pub(crate) fn prefer_languages(self, session: &mut Value, languages: &str) {
        let options = match self {
            Self::Chromium => "goog:chromeOptions",
            Self::Firefox => "moz:firefoxOptions",
            Self::WebKit => return,
        };
        session[options]["prefs"]["intl.accept_languages"] = json!(languages);
    }

    /// The capabilities of a session.
    pub(crate) fn session(self, browser: &Path) -> Value {
        match self {
            Self::Chromium => json!({
                "browserName": "chrome",
                "goog:chromeOptions": { "binary": browser, "args": CHROMIUM_ARGUMENTS },
            }),
            Self::Firefox => json!({
                "browserName": "firefox",
                "moz:firefoxOptions": { "binary": browser, "args": ["-headless"], "prefs": {
                    // A page may read the clipboard without asking.
                    "dom.events.testing.asyncClipboard": true,
                } },
            }),
            Self::WebKit => json!({
                "browserName": "MiniBrowser",
                "webkitgtk:browserOptions": { "binary": browser, "args": ["--automation"] },
            }),
        }
    }
}
