//! Dumka, as `cargo xtask build` leaves it.

use anyhow::Result;
use e2e::Server;
use serde_json::{Value, json};

use super::{Composer, Contestant, Post, Service};
use crate::{newspaper, threads};

const COMPOSER: Composer = Composer {
    open: Some(".dumka-add"),
    text: ".dumka-form [name=text]",
    name: ".dumka-form [name=name]",
    submit: ".dumka-submit",
};

const POST: Post =
    Post { path: |_| "/api/v1/comments".to_owned(), body, id: |answer| &answer["comment"]["id"] };

/// Starts the server on an empty database and fills its threads.
pub(crate) async fn start(sizes: &[usize]) -> Result<Contestant> {
    let server = Server::serve().await?;
    let script = server.url("/embed.js");
    let site = newspaper::open(move |size| format!("<script async src={script} data-page=/{size}></script>"));
    let service = Service { address: server.address(), pid: Some(server.pid()), list, post: Some(POST) };
    threads::fill(&service, sizes).await?;
    Ok(Contestant {
        name: "Dumka",
        site: site.await?,
        comment: "dumka-comment",
        ready: ".dumka-count",
        shown: threads::with_twenty_on_top,
        all: Some(".dumka-all"),
        composer: Some(COMPOSER),
        service: Some(service),
        _alive: Box::new(server),
    })
}

fn list(page: &str) -> String {
    format!("/api/v1/comments?site=127.0.0.1&page={page}&sort=oldest&limit=20")
}

fn body(page: &str, parent: &Value, number: usize) -> Value {
    let (name, text) = (threads::author(number), threads::text(number));
    json!({ "site": "127.0.0.1", "page": page, "parent": parent, "author": { "name": name }, "text": text })
}
