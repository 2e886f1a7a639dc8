//! The traffic of a page, from the browser's own record.

use std::collections::HashSet;

use anyhow::Result;
use e2e::Reader;
use serde_json::Value;

/// The traffic since the page was requested, without the article itself.
#[derive(Default)]
pub(crate) struct Traffic {
    /// Seconds on the record's clock when the article was asked for.
    started: f64,
    /// The article's own request.
    document: String,
    /// Requests that a cache answered.
    cached: HashSet<String>,
    /// Id, milliseconds after the start, bytes with headers of every answer.
    answers: Vec<(String, f64, f64)>,
}

impl Traffic {
    /// Takes what the browser has recorded since it was last asked.
    pub(crate) async fn since_last_time(reader: &Reader) -> Result<Self> {
        let mut traffic = Self::default();
        for entry in reader.web().get_log("performance").await? {
            let entry: Value = serde_json::from_str(&entry.message)?;
            traffic.take(&entry["message"]);
        }
        Ok(traffic)
    }

    fn take(&mut self, event: &Value) {
        let details = &event["params"];
        let id = details["requestId"].as_str().unwrap_or_default().to_owned();
        match event["method"].as_str().unwrap_or_default() {
            "Network.requestWillBeSent" if details["type"] == "Document" => {
                self.started = details["timestamp"].as_f64().unwrap_or_default();
                self.document = id;
            }
            "Network.requestServedFromCache" => drop(self.cached.insert(id)),
            "Network.responseReceived" if details["response"]["fromDiskCache"] == true => {
                self.cached.insert(id);
            }
            "Network.loadingFinished" if id != self.document => {
                let number = |name: &str| details[name].as_f64().unwrap_or_default();
                let after = (number("timestamp") - self.started) * 1000.0;
                self.answers.push((id, after, number("encodedDataLength")));
            }
            _ => {}
        }
    }

    /// Requests that reached the wire, answered within so many milliseconds.
    pub(crate) fn requests(&self, within: f64) -> f64 {
        self.until(within).fold(0.0, |count, _| count + 1.0)
    }

    /// KiB of their answers, as compressed and with headers.
    pub(crate) fn kib(&self, within: f64) -> f64 {
        self.until(within).fold(0.0, |sum, (.., bytes)| sum + bytes) / 1024.0
    }

    fn until(&self, within: f64) -> impl Iterator<Item = &(String, f64, f64)> {
        let counts =
            move |answer: &&(String, f64, f64)| answer.1 <= within && !self.cached.contains(&answer.0);
        self.answers.iter().filter(counts)
    }
}
