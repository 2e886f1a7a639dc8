//! Dumka, as `cargo xtask build` leaves it.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::Result;
use e2e::{Server, Site};
use serde_json::{Value, json};

use crate::contestant::{Composer, Contestant};
use crate::plan::USUAL_SIZE;
use crate::service::{Post, Service};
use crate::texts::{Texts, Written};
use crate::{newspaper, threads};

const COMPOSER: Composer = Composer {
    open: Some(".dumka-add"),
    text: ".dumka-form [name=text]",
    name: ".dumka-form [name=name]",
    submit: ".dumka-submit",
};

const POST: Post =
    Post { path: |_| "/api/v1/comments".to_owned(), body, id: |answer| &answer["comment"]["id"] };

/// Keeps the place of the comments on a page whose foot is in view, as the documentation says.
const ROOM: &str = "<style>dumka-comments:not([data-state]){display:block;min-block-size:100vh}</style>";

/// Starts the server once, on an empty database, and fills its threads, for three ways to have them on a page: by the
/// loader, in the loader's own answer, and in the article.
pub(crate) async fn start(sizes: &[usize], texts: Texts) -> Result<Vec<Contestant>> {
    let server = Arc::new(Server::public().await?);
    let service = service(&server, &server, texts);
    threads::fill(&service, sizes).await?;
    let script = server.url("/embed.js");
    let (by_loader, in_one) = (script.clone(), script.clone());
    let by_loader = newspaper::open(move |size| {
        format!("{ROOM}<script async src={by_loader}></script><dumka-comments page=/{size}></dumka-comments>")
    });
    let in_one = newspaper::open(move |size| {
        let query = format!("site=127.0.0.1&page=%2F{size}&lang=en");
        format!(
            "{ROOM}<script async src='{in_one}?{query}'></script><dumka-comments page=/{size}></dumka-comments>"
        )
    });
    let drawn = drawn(&server, sizes).await?;
    let in_article = newspaper::open(move |size| {
        let thread = drawn.get(&size).map(String::as_str).unwrap_or_default();
        format!("<dumka-comments page=/{size}>{thread}</dumka-comments><script async src={script}></script>")
    });
    let dumka = contestant("Dumka", by_loader.await?, &server);
    Ok(vec![
        Contestant { all: Some(".dumka-all"), composer: Some(COMPOSER), service: Some(service), ..dumka },
        contestant("Dumka, one request", in_one.await?, &server),
        contestant("Dumka, in the article", in_article.await?, &server),
    ])
}

/// Starts servers on PostgreSQL: one that is asked by itself, and two on one database, written to through one and read
/// through the other.
pub(crate) async fn start_on_postgres(texts: Texts) -> Result<Vec<Contestant>> {
    let alone = Arc::new(Server::on_postgres().await?);
    let written = Arc::new(Server::on_postgres().await?);
    let read = Arc::new(written.beside().await?);
    Ok(vec![
        on_postgres("Dumka on PostgreSQL", &alone, &alone, texts).await?,
        on_postgres("Dumka, two servers", &written, &read, texts).await?,
    ])
}

async fn on_postgres(
    name: &'static str,
    written: &Arc<Server>,
    read: &Arc<Server>,
    texts: Texts,
) -> Result<Contestant> {
    let service = service(written, read, texts);
    threads::fill(&service, &[USUAL_SIZE]).await?;
    let script = written.url("/embed.js");
    let site = newspaper::open(move |size| {
        format!("{ROOM}<script async src={script}></script><dumka-comments page=/{size}></dumka-comments>")
    });
    let alive = Box::new((Arc::clone(written), Arc::clone(read)));
    let contestant = contestant(name, site.await?, written);
    Ok(Contestant { service: Some(service), most: 0, _alive: alive, ..contestant })
}

/// A server that is written to, and one on the same database, perhaps itself, that is read.
fn service(written: &Server, read: &Server, texts: Texts) -> Service {
    let (address, reads) = (written.address(), read.address());
    Service { address, reads, pid: Some(written.pid()), list, texts, post: Some(POST) }
}

fn contestant(name: &'static str, site: Site, server: &Arc<Server>) -> Contestant {
    Contestant {
        name,
        site,
        comment: "dumka-comment",
        ready: ".dumka-count",
        shown: threads::with_twenty_on_top,
        most: usize::MAX,
        all: None,
        composer: None,
        service: None,
        _alive: Box::new(Arc::clone(server)),
    }
}

/// The thread of each size as the server draws it.
async fn drawn(server: &Server, sizes: &[usize]) -> Result<HashMap<usize, String>> {
    let mut threads = HashMap::new();
    for &size in sizes {
        let query = format!("site=127.0.0.1&page=%2F{size}&format=html&style=inline&lang=en");
        let answer =
            reqwest::get(server.url(&format!("/api/v1/comments?{query}"))).await?.error_for_status()?;
        threads.insert(size, answer.text().await?);
    }
    Ok(threads)
}

fn list(page: &str) -> String {
    format!("/api/v1/comments?site=127.0.0.1&page={page}&sort=oldest&limit=20")
}

fn body(page: &str, parent: &Value, Written { author: name, text }: Written) -> Value {
    json!({ "site": "127.0.0.1", "page": page, "parent": parent, "author": { "name": name }, "text": text })
}
