//! The requests of a newsroom and of its readers, each sent many times, one after another.

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use e2e::Server;
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};

use super::rows::{self, RARE_WORD, SITE};
use super::site::{BigSite, dice};
use crate::figures::Sample;

/// The number of times that a request is sent.
const TIMES: usize = 60;
/// The number of times that a thousand comments are decided on.
const DECIDED_TIMES: usize = 6;
/// Comments that are decided on at once.
const DECIDED: usize = 1_000;
/// Pages that are counted at once.
const COUNTED_PAGES: usize = 100;

/// The path of the newsroom's calls.
const NEWSROOM: &str = "/api/v1/newsroom";
/// The path of the readers' calls.
const COMMENTS: &str = "/api/v1/comments";

/// Words that stand in many comments of a language, and names of authors.
const COMMON_WORDS: [&str; 6] = ["трамваї", "на", "міста", "город", "town", "читач"];
/// Two words, each of which stands in many comments.
const TWO_WORDS: [&str; 4] = ["трамвай вулиця", "город дорога", "town bridge", "читач ремонт"];

/// A server that is asked with a key.
pub(crate) struct Asks<'a> {
    server: &'a Server,
    client: Client,
    key: String,
}

impl<'a> Asks<'a> {
    pub(crate) fn new(server: &'a Server, key: String) -> Self {
        Self { server, client: Client::new(), key }
    }

    /// Sends everything, and returns what each took.
    pub(crate) async fn all(&self, site: &BigSite) -> Result<Vec<(&'static str, Sample)>> {
        let mut rows = Vec::new();
        for (name, path) in Self::newsroom(site) {
            rows.push((name, self.times(TIMES, |number| self.get(&path(number))).await?));
        }
        rows.push(("1,000 decisions", self.decisions().await?));
        for (name, path) in readers(site) {
            rows.push((name, self.times(TIMES, |number| self.get(&path(number))).await?));
        }
        Ok(rows)
    }

    fn newsroom<'s>(site: &'s BigSite) -> Vec<(&'static str, Path<'s>)> {
        let queue =
            |query: &'static str| -> Path<'s> { Box::new(move |_| format!("{NEWSROOM}/comments?{query}")) };
        // A page from somewhere in the middle.
        let far = move |number| site.id(some(site, number));
        let search = |word: &str| format!("{NEWSROOM}/comments?q={word}");
        vec![
            ("queue: new", queue("queue=new")),
            ("queue: new, of the site", queue("queue=new&site=127.0.0.1")),
            ("queue: pending", queue("queue=pending")),
            ("queue: held", queue("queue=held")),
            ("queue: reported", queue("queue=reported")),
            ("queue: rejected", queue("queue=rejected")),
            ("queue: all", queue("queue=all")),
            ("queue: all, of the site", queue("queue=all&site=127.0.0.1")),
            ("queue: all, oldest first", queue("queue=all&sort=oldest")),
            (
                "queue: all, a far page",
                Box::new(move |number| format!("{NEWSROOM}/comments?cursor={}", far(number))),
            ),
            (
                "queue: all of a page",
                Box::new(move |number| format!("{NEWSROOM}/comments?site={SITE}&page=news/{number}")),
            ),
            (
                "search: common word",
                Box::new(move |number| search(COMMON_WORDS[number % COMMON_WORDS.len()])),
            ),
            ("search: rare word", Box::new(move |_| search(RARE_WORD))),
            (
                "search: an author's number",
                Box::new(move |number| search(&format!("{}", site.places[some(site, number)].author))),
            ),
            ("search: two words", Box::new(move |number| search(TWO_WORDS[number % TWO_WORDS.len()]))),
            (
                "search: common word, pending",
                Box::new(move |number| {
                    format!("{}&queue=pending", search(COMMON_WORDS[number % COMMON_WORDS.len()]))
                }),
            ),
            ("counters", Box::new(move |_| format!("{NEWSROOM}/counters"))),
            ("one comment", Box::new(move |number| format!("{NEWSROOM}/comments/{}", far(number)))),
            (
                "comments of an author",
                Box::new(move |number| format!("{NEWSROOM}/comments?author={}", far(number))),
            ),
            ("log", Box::new(move |_| format!("{NEWSROOM}/decisions"))),
            ("log of a person", Box::new(move |_| format!("{NEWSROOM}/decisions?by={}", rows::MODERATOR))),
            ("threads", Box::new(move |_| format!("{NEWSROOM}/threads"))),
        ]
    }

    /// Decides on a thousand comments that are new, rejects and approves them in turn.
    async fn decisions(&self) -> Result<Sample> {
        let mut chosen = Vec::new();
        let mut cursor = String::new();
        while chosen.len() < DECIDED {
            let page = text(self.get(&format!("{NEWSROOM}/comments?queue=new&limit=100{cursor}"))).await?;
            let page: Value = serde_json::from_str(&page)?;
            let comments = page["comments"].as_array().context("a list")?;
            chosen.extend(
                comments.iter().map(|it| json!({"id": it["id"], "text_revision": it["text_revision"]})),
            );
            cursor = format!("&cursor={}", page["next"].as_str().context("there are more")?);
        }
        let mut times = Vec::new();
        for number in 0..DECIDED_TIMES {
            let decision = ["reject", "approve"][number % 2];
            let body = json!({"comments": chosen, "decision": decision, "reason": "spam"});
            let url = self.server.url(&format!("{NEWSROOM}/decisions"));
            let request = self.client.post(url).bearer_auth(&self.key).json(&body);
            let begun = Instant::now();
            let made = text(request).await?;
            times.push(millis(begun));
            let made: Value = serde_json::from_str(&made)?;
            ensure!(made["decided"] == DECIDED, "not all were decided on: {}", made["decided"]);
        }
        Ok(sample(times))
    }

    /// Sends a request many times, another one for each number.
    async fn times(&self, times: usize, ask: impl Fn(usize) -> RequestBuilder) -> Result<Sample> {
        let mut took = Vec::new();
        for number in 0..times {
            let request = ask(number);
            let begun = Instant::now();
            text(request).await?;
            took.push(millis(begun));
        }
        Ok(sample(took))
    }

    fn get(&self, path: &str) -> RequestBuilder {
        let request = self.client.get(self.server.url(path));
        if path.starts_with(NEWSROOM) { request.bearer_auth(&self.key) } else { request }
    }
}

/// Reads a whole answer; its parsing would be the client's own time.
async fn text(request: RequestBuilder) -> Result<String> {
    let answer = request.send().await?;
    let (status, url) = (answer.status(), answer.url().to_string());
    let text = answer.text().await?;
    ensure!(status.is_success(), "{url}: {status}: {text}");
    Ok(text)
}

/// The path of the request with a number.
type Path<'s> = Box<dyn Fn(usize) -> String + 's>;

/// The requests of readers, of another thread each time, so that no answer is cached.
fn readers(site: &BigSite) -> Vec<(&'static str, Path<'_>)> {
    let pages = site.pages();
    // Fuller ones and emptier ones, far apart from those of the other rows.
    let page = move |number: usize, row: usize| rows::page(pages[(number * 8 + row) % pages.len()].0);
    let [first, best] = [0, 1].map(|row| {
        let page = page.clone();
        move |number| page(number, row)
    });
    let permalink = move |number| {
        let comment = some(site, number);
        let (page, id) = (rows::page(site.places[comment].page), site.id(comment));
        format!("{COMMENTS}?site={SITE}&page={page}&comment={id}")
    };
    let counts = move |number: usize| {
        let pages = (0..COUNTED_PAGES).map(|place| page(number * COUNTED_PAGES + place, 2));
        let pages = pages.fold(String::new(), |query, page| format!("{query}&page={page}"));
        format!("{COMMENTS}/counts?site={SITE}{pages}")
    };
    vec![
        (
            "readers: first part",
            Box::new(move |number| format!("{COMMENTS}?site={SITE}&page={}", first(number))),
        ),
        ("readers: far permalink", Box::new(permalink)),
        (
            "readers: sort=best",
            Box::new(move |number| format!("{COMMENTS}?site={SITE}&page={}&sort=best", best(number))),
        ),
        ("readers: 100 counts", Box::new(counts)),
    ]
}

/// The number of some comment that everybody may see.
fn some(site: &BigSite, number: usize) -> usize {
    let count = site.places.len() as u64;
    let numbers = (0..).map(|more| dice(number + more * 1_000, 6) % count);
    let mut numbers = numbers.filter_map(|number| usize::try_from(number).ok());
    numbers.find(|&number| site.places[number].standing == super::site::Standing::New).expect("most are")
}

fn millis(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1_000.0
}

fn sample(mut times: Vec<f64>) -> Sample {
    times.sort_by(f64::total_cmp);
    let at = |percent: usize| times.get(times.len() * percent / 100).copied();
    Sample::new([("p50 ms", at(50)), ("p95 ms", at(95)), ("most ms", times.last().copied())])
}
