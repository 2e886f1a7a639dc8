//! A thread on a page whose scripts change it, at any stage of its program.

use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Result, ensure};
use axum::Router;
use axum::extract::RawQuery;
use axum::response::Html;
use axum::routing::get;

pub use crate::case::{Case, Program};
use crate::shadow_dom::one;
use crate::{Client, Made, Reader, Server, Site, Trouble, story, until};

/// Keeps in `sessionStorage` what scripts threw, and how often the program began anew.
pub(crate) const NOTES: &str = include_str!("hostile_page.js");

const PROGRAM: &str = ".wasm";

/// A site, the comments on another host with a network before it, and a reader.
pub struct HostilePage {
    /// The comments' server.
    pub server: Server,
    /// The network between the server and the reader.
    pub network: Site,
    /// The site.
    pub site: Site,
    /// The reader.
    pub reader: Reader,
    opened: AtomicUsize,
}

/// A thread of three comments that stands open before the reader.
pub struct Thread<'a> {
    /// The page it stands on.
    pub hostile: &'a HostilePage,
    /// Another program at it.
    pub client: Client,
    /// Its id.
    pub page: String,
    /// The selector of the first comment, which has a reply.
    pub first: String,
    /// The selector of that reply.
    pub answer: String,
    /// The selector of the last comment.
    pub last: String,
    /// The case it is.
    pub case: Case,
}

impl HostilePage {
    /// A site whose page has `head` in its head.
    pub async fn with(head: &str) -> Result<Self> {
        Self::with_body(head, "<!--tag-->").await
    }

    /// A site whose page has `body`, in which `<!--tag-->` stands for the comments.
    pub async fn with_body(head: &str, body: &str) -> Result<Self> {
        let server = Server::with(&[("DUMKA_LIMITS__VOTES_PER_MINUTE", "0")]).await?;
        let network = Site::with_pages(Router::new(), server.url("")).await?;
        let tag = format!("<script async src={}embed.js></script><dumka-comments", network.url());
        let page = format!(
            "<!doctype html><html lang=en><head><meta charset=utf-8><title>A page</title><link rel=icon href=data:,>\
             <script>{NOTES}</script>{head}</head><body><h1>News</h1><input id=search><p>The article</p>{body}\
             <p id=end style='min-height: 100vh'>End of the page</body></html>"
        );
        let page = get(async move |RawQuery(query): RawQuery| {
            let attributes = query.unwrap_or_default().replace('&', " ");
            Html(page.replace("<!--tag-->", &format!("{tag} {attributes}></dumka-comments>")))
        });
        let site = Site::with_pages(Router::new().route("/article/", page), server.url("")).await?;
        Ok(Self { server, network, site, reader: Reader::new().await?, opened: AtomicUsize::new(0) })
    }

    /// Has three comments written in a thread of its own, and opens it.
    pub async fn opens(&self, case: Case) -> Result<Thread<'_>> {
        self.opens_with(case, "", "").await
    }

    /// The same where the element has these attributes besides, with `&` between them, and the address this fragment.
    pub async fn opens_with(&self, case: Case, attributes: &str, fragment: &str) -> Result<Thread<'_>> {
        let page = format!("thread-{}", self.opened.fetch_add(1, Ordering::Relaxed));
        let client = Client::new(self.server.url("/api/v1/comments"), &page);
        let first = client.post("Olha", "The first comment.", &format!("{page}-first")).await?;
        let answer = client.reply(&first, "Taras", "An answer to it.", &format!("{page}-answer")).await?;
        let last = client.post("Iryna", "The last comment.", &format!("{page}-last")).await?;
        self.network.set_trouble(None);
        self.network.hold(None);
        let mut address = format!("{}article/?page={page}", self.site.url());
        match case.program {
            Program::Early => self.network.hold(Some(PROGRAM)),
            Program::Running => address += "&load=eager",
            Program::Blocked => self.network.set_trouble(Some(NO_PROGRAM)),
        }
        address += if case.is_isolated { "&isolate" } else { "" };
        self.reader.open(&[&address, attributes, fragment].concat()).await?;
        let [first, answer, last] = [first, answer, last].map(|id| format!("[id='comment-{id}']"));
        let thread = Thread { hostile: self, client, page, first, answer, last, case };
        thread.is_shown().await?;
        Ok(thread)
    }
}

const NO_PROGRAM: Trouble = Trouble { address: PROGRAM, method: "GET", status: 404, answer: "No" };

impl Thread<'_> {
    /// Waits until it is there, as far as the case wants it.
    pub async fn is_shown(&self) -> Result<()> {
        let reader = &self.hostile.reader;
        reader.counts(&self.first, 1).await?;
        if self.case.program == Program::Running {
            story::is_live(reader).await?;
        }
        reader.value(&format!("void (self.shown = {})", one("section.dumka"))).await?;
        Ok(())
    }

    /// Somebody else writes a comment.
    pub async fn receives(&self, text: &str) -> Result<Made> {
        self.client.writes(text, &[&self.page, text].concat().replace(' ', "-")).await
    }

    /// Lets the program come, if it is on its way, and waits until it has the thread.
    pub async fn arrives(&self) -> Result<()> {
        if self.case.program != Program::Early {
            return Ok(());
        }
        self.hostile.network.hold(None);
        self.hostile.reader.holds(&format!("{} !== self.shown", one("section.dumka"))).await
    }

    /// Has the page's script do something; `root` is what the thread is drawn into.
    pub async fn suffers(&self, script: &str) -> Result<()> {
        let root = format!("(it => it.shadowRoot ?? it)({})", one("dumka-comments"));
        self.hostile.reader.value(&format!("void (root => {{ {script} }})({root})")).await?;
        Ok(())
    }

    /// Has the page's script change elements of the thread: `find` finds one, and `copy` replaces one by its copy.
    pub async fn is_meddled_with(&self, script: &str) -> Result<()> {
        const TOOLS: &str = "const find = selector => root.querySelector(selector), copy = it => it.replaceWith(it.cloneNode(true))";
        self.suffers(&format!("{TOOLS}; {script}")).await
    }

    /// Nothing was thrown, nothing of ours said on the console, and the reader is still on the page.
    pub async fn is_unharmed(&self) -> Result<()> {
        let reader = &self.hostile.reader;
        let (seen, place) =
            (reader.value("sessionStorage.seen ?? ''").await?, reader.value("location.href").await?);
        let is_here = place.as_str().is_some_and(|place| place.starts_with(self.hostile.site.url()));
        ensure!(seen == "" && is_here, "{:?}: {seen} at {place}", self.case);
        reader.value("void (localStorage.clear(), sessionStorage.clear())").await?;
        Ok(())
    }

    /// The program began so many times anew since the last look; scripts threw nothing, and the reader is still here.
    pub async fn began_anew(&self, times: usize) -> Result<()> {
        let reader = &self.hostile.reader;
        reader.holds(&format!("+(sessionStorage.restarts ?? 0) === {times}")).await?;
        // A library may have said on the console why; nobody else should have heard of it.
        let thrown = reader.value("(sessionStorage.seen ?? '').match(/^thrown.*/gm)").await?;
        ensure!(thrown.is_null(), "{:?}: {thrown}", self.case);
        let place = reader.value("location.href").await?;
        ensure!(place.as_str().is_some_and(|place| place.starts_with(self.hostile.site.url())), "at {place}");
        reader.value("void sessionStorage.clear()").await?;
        Ok(())
    }

    /// Waits until so many of its comments say this in the store.
    pub async fn holds(&self, text: &str, number: usize) -> Result<()> {
        until(&format!("{number} comments say «{text}»"), async || {
            let comments = self.client.list().await?;
            let saying = comments.iter().filter(|it| it["body"].to_string().contains(text)).count();
            Ok((saying == number).then_some(()))
        })
        .await
    }

    /// Waits until the comment that `selector` finds has so many votes for it in the store.
    pub async fn has_votes(&self, selector: &str, number: u64) -> Result<()> {
        until(&format!("{selector} has {number} votes"), async || {
            let comments = self.client.list().await?;
            let voted = comments.iter().find(|it| it["id"].as_str().is_some_and(|id| selector.contains(id)));
            Ok(voted.is_some_and(|it| it["votes"]["up"] == number).then_some(()))
        })
        .await
    }
}
