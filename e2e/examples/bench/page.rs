//! One reader opens one page, first with an empty cache, then once more.

use std::fmt;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use e2e::Reader;
use serde_json::{Value, json};

use crate::contestant::{Composer, Contestant};
use crate::figures::Sample;
use crate::network::Traffic;

const PROBE: &str = include_str!("probe.js");

/// A page that has not settled by then never will.
const DEADLINE: Duration = Duration::from_mins(2);

/// Milliseconds without a change, a long task or an answer after which a page has settled.
const QUIET_MS: u32 = 2_000;

/// The moment at which a reader writes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum When {
    /// As soon as the comments are painted.
    AtOnce,
    /// Once the page has settled.
    Settled,
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AtOnce => "at once",
            Self::Settled => "settled",
        })
    }
}

/// A browser of its own, on one line, before one contestant's thread.
pub(crate) struct Visit<'a> {
    reader: Reader,
    contestant: &'a Contestant,
    url: String,
    expected: usize,
}

impl<'a> Visit<'a> {
    /// Opens a browser that has never been anywhere, for the thread of `size` comments.
    pub(crate) async fn new(contestant: &'a Contestant, size: usize, line: &str) -> Result<Self> {
        let (reader, expected) = (Reader::recording().await?, (contestant.shown)(size));
        let probe = format!("const COMMENT = {}, EXPECTED = {expected}\n{PROBE}", json!(contestant.comment));
        tell(&reader, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": format!("{{{probe}}}") }))
            .await?;
        if line == "slow" {
            slow_down(&reader).await?;
        }
        let url = format!("{}{size}", contestant.site.url());
        Ok(Self { reader, contestant, url, expected })
    }

    /// Loads the page and measures it until it has settled.
    pub(crate) async fn load(&self) -> Result<Sample> {
        Traffic::since_last_time(&self.reader).await?;
        self.reader.web().goto(&self.url).await?;
        self.settles().await?;
        let probe = self.reader.value("window.bench").await?;
        let traffic = Traffic::since_last_time(&self.reader).await?;
        let number = |name: &str| probe[name].as_f64();
        let read = number("allPainted").unwrap_or(f64::INFINITY);
        Ok(Sample::new([
            ("KiB to read", Some(traffic.kib(read))),
            ("KiB in all", Some(traffic.kib(f64::INFINITY))),
            ("requests to read", Some(traffic.requests(read))),
            ("requests in all", Some(traffic.requests(f64::INFINITY))),
            ("first paint ms", number("firstPaint")),
            ("first comment ms", number("first")),
            ("first painted ms", number("firstPainted")),
            ("all initial ms", number("all")),
            ("all painted ms", number("allPainted")),
            ("blocking ms", number("blocking")),
            ("layout shift", number("shift")),
            ("heap MiB", Some(self.heap().await?)),
        ]))
    }

    /// Writes a comment and measures from the click to its first frame.
    pub(crate) async fn post(&self, composer: Composer, when: When, text: &str) -> Result<Sample> {
        match when {
            When::AtOnce => {
                self.reader.web().goto(&self.url).await?;
                self.comes("window.bench.allPainted !== null").await?;
            }
            When::Settled => drop(self.load().await?),
        }
        if let Some(open) = composer.open {
            self.reader.clicks(open).await?;
        }
        let (fields, words) = (json!([composer.text, composer.name]), json!([text, "Reader"]));
        self.reader.value(&format!("window.bench.fill({fields}, {words})")).await?;
        self.reader.value(&format!("window.bench.expect({})", json!(text))).await?;
        self.reader.clicks(composer.submit).await?;
        self.reader.holds("window.bench.posted !== null").await?;
        Ok(Sample::new([("own comment ms", self.reader.value("window.bench.posted").await?.as_f64())]))
    }

    /// Shows all comments of the thread and measures until the last is there. A task of 50 ms and less is none that
    /// anybody feels, and counts as 0.
    pub(crate) async fn show_all(&self, all: &str, size: usize) -> Result<Sample> {
        self.load().await?;
        self.reader.value(&format!("window.bench.showAll({}, {size})", json!(all))).await?;
        let (shown, quiet) =
            ("window.bench.allShown !== null", "performance.now() - window.bench.moved > 1000");
        self.comes(&format!("{shown} && {quiet}")).await?;
        let probe = self.reader.value("window.bench").await?;
        Ok(Sample::new([
            ("longest task ms", probe["longest"].as_f64()),
            ("all shown ms", probe["allShown"].as_f64()),
            ("heap MiB", Some(self.heap().await?)),
        ]))
    }

    async fn settles(&self) -> Result<()> {
        let shown = if self.expected > 0 { "window.bench.allPainted !== null" } else { "true" };
        let settled = format!(
            "document.readyState === 'complete' && document.querySelector({}) !== null && {shown} \
             && performance.now() - window.bench.moved > {QUIET_MS}",
            json!(self.contestant.ready)
        );
        self.comes(&settled).await
    }

    /// Waits until an expression is true of the page.
    async fn comes(&self, expression: &str) -> Result<()> {
        let started = Instant::now();
        // A page too busy to answer has not settled either.
        while self.reader.value(expression).await.ok() != Some(Value::Bool(true)) {
            ensure!(started.elapsed() < DEADLINE, "{} did not settle in {} s", self.url, DEADLINE.as_secs());
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        Ok(())
    }

    /// MiB of JavaScript objects, of the DOM, and of buffers and WebAssembly memory after a collection.
    async fn heap(&self) -> Result<f64> {
        tell(&self.reader, "HeapProfiler.collectGarbage", json!({})).await?;
        let usage = tell(&self.reader, "Runtime.getHeapUsage", json!({})).await?;
        let parts = ["usedSize", "embedderHeapUsedSize", "backingStorageSize"];
        let bytes: f64 = parts.iter().filter_map(|&part| usage[part].as_f64()).sum();
        Ok(bytes / f64::from(1 << 20))
    }
}

/// 1.6 Mbit/s, 150 ms there and back, and a processor four times slower.
async fn slow_down(reader: &Reader) -> Result<()> {
    let bytes_per_second = 1_600_000 / 8;
    let line = json!({
        "offline": false, "latency": 150, "downloadThroughput": bytes_per_second, "uploadThroughput": bytes_per_second,
    });
    tell(reader, "Network.enable", json!({})).await?;
    tell(reader, "Network.emulateNetworkConditions", line).await?;
    tell(reader, "Emulation.setCPUThrottlingRate", json!({ "rate": 4 })).await?;
    Ok(())
}

async fn tell(reader: &Reader, method: &str, details: Value) -> Result<Value> {
    Ok(reader.web().cdp().send_raw(method, details).await?)
}
