//! A news site whose pages meddle with the comments in them, as site scripts, translators and extensions do.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::Html;
use axum::routing::get;
use serde_json::json;

use crate::hostile_page::NOTES;
use crate::shadow_dom::all;
use crate::{Reader, Server, Site, binaries};

/// The page's script, a function of a seed.
const MEDDLING: &str = include_str!("meddling.js");

/// The rounds of an ordinary run.
const ROUNDS: u32 = 10;

/// The seeds of this run: as many as `MEDDLING_ROUNDS` says, or the one that `MEDDLING_SEED` names.
pub fn seeds() -> Result<Vec<u32>> {
    let number = |name| binaries::variable(name).map(|text| text.parse::<u32>().context(name)).transpose();
    if let Some(seed) = number("MEDDLING_SEED")? {
        return Ok(vec![seed]);
    }
    Ok((1..=number("MEDDLING_ROUNDS")?.unwrap_or(ROUNDS)).collect())
}

/// The demo's articles on a site of their own, whose pages meddle by the seed in their address; the comments come from
/// another host.
pub struct Meddlesome {
    /// The site.
    pub site: Site,
    /// The network between the readers and the comments' server.
    pub network: Site,
    opened: Arc<AtomicUsize>,
}

/// The articles as the demo has them, and how often they were opened.
#[derive(Clone)]
struct Articles {
    demo: String,
    network: String,
    opened: Arc<AtomicUsize>,
}

impl Meddlesome {
    /// Puts the articles of the demo at `server` on such a site.
    pub async fn serve(server: &Server) -> Result<Self> {
        let network = Site::with_pages(Router::new(), server.url("")).await?;
        let opened = Arc::new(AtomicUsize::new(0));
        let articles =
            Articles { demo: server.url(""), network: network.url().to_owned(), opened: opened.clone() };
        let article = |path: &'static str| {
            get(async move |State(articles): State<Articles>, RawQuery(query): RawQuery| {
                articles.meddled(path, &query.unwrap_or_default()).await
            })
        };
        let pages = ["/demo/", "/demo/uk/", "/demo/en/"]
            .into_iter()
            .fold(Router::new(), |pages, path| pages.route(path, article(path)))
            .with_state(articles);
        Ok(Self { site: Site::with_pages(pages, server.url("")).await?, network, opened })
    }

    /// The address of an article that meddles by this seed; `attributes` are the tag's, with `&` between them.
    pub fn address(&self, path: &str, seed: u32, attributes: &str) -> String {
        format!("{}{}?{seed}&{attributes}", self.site.url(), path.trim_start_matches('/'))
    }

    /// From now on the program takes so long to come.
    pub fn holds_the_program_back(&self, how_long: Option<Duration>) {
        self.network.delay(how_long.map(|how_long| (".wasm", how_long)));
    }

    /// The number of times an article was opened.
    pub fn opened(&self) -> usize {
        self.opened.load(Ordering::Relaxed)
    }
}

impl Articles {
    async fn meddled(&self, path: &str, query: &str) -> Html<String> {
        self.opened.fetch_add(1, Ordering::Relaxed);
        let (seed, attributes) = query.split_once('&').unwrap_or((query, ""));
        let article = async { reqwest::get(format!("{}{path}", self.demo)).await?.text().await };
        let article = article.await.unwrap_or_default();
        // Wherever its own tag leads: to the network, and to another host than the page's.
        let (before, after) = article.split_once("embed.js\"").expect("an article of the demo has a tag");
        let (before, _) = before.rsplit_once("src=\"").expect("a tag has an address");
        let attributes = attributes.replace('&', " ");
        let before = before.replacen(
            "<head>",
            &format!("<head><script>{NOTES}</script><script>({MEDDLING})({seed})</script>"),
            1,
        );
        Html(format!("{before}src=\"{}embed.js\" {attributes} {after}", self.network))
    }
}

/// Texts of controls that stand there twice, since both the page and the program have written them.
const DOUBLED: &str = "CONTROLS.map(it => it.textContent.trim()).filter(it => /^(.+)\\1$/.test(it))";

/// Nothing was thrown, no key heard and no link followed since the last time, and nothing stands there twice; what the
/// browser keeps is forgotten.
pub async fn is_well(reader: &Reader) -> Result<()> {
    let controls = all(".dumka :is(a, button, summary)");
    let doubled = reader.value(&DOUBLED.replace("CONTROLS", &controls)).await?;
    ensure!(doubled == json!([]), "{doubled}: {}", account(reader).await);
    let seen = reader.value("[sessionStorage.seen, sessionStorage.restarts]").await?;
    ensure!(seen == json!([null, null]), "{}", account(reader).await);
    reader.value("void (localStorage.clear(), sessionStorage.clear())").await?;
    Ok(())
}

/// A record of the page's changes and their effects, for the report of a failure.
pub async fn account(reader: &Reader) -> String {
    let account =
        "`${sessionStorage.seen ?? 'nothing seen'} on a page that ${self.meddling?.done.join(' ')}`";
    reader.value(account).await.map_or_else(|_| "another page".into(), |account| account.to_string())
}
