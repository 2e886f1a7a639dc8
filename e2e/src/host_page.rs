//! Pages of other sites to put the widget into: with style sheets that many sites wear, and with rules that are
//! against everybody.

use anyhow::Result;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use crate::{Server, Site, packages, sample_thread};

/// The path at which the server takes comments.
const COMMENTS: &str = "/api/v1/comments";

/// A page the widget stands in.
#[derive(Clone, Copy, Debug)]
pub struct HostPage {
    /// Its path, and the id of its thread.
    pub name: &'static str,
    template: &'static str,
    rules: &'static str,
}

/// Pages as sites have them: a framework's or a theme's own style sheet, used as its makers mean it.
pub const HONEST: [HostPage; 10] = [
    honest("bootstrap", include_str!("../hosts/bootstrap.html")),
    honest("bulma", include_str!("../hosts/bulma.html")),
    honest("tailwind", include_str!("../hosts/tailwind.html")),
    honest("foundation", include_str!("../hosts/foundation.html")),
    honest("pico", include_str!("../hosts/pico.html")),
    honest("uikit", include_str!("../hosts/uikit.html")),
    honest("materialize", include_str!("../hosts/materialize.html")),
    honest("normalize", include_str!("../hosts/normalize.html")),
    honest("wordpress", include_str!("../hosts/wordpress.html")),
    honest("dle", include_str!("../hosts/dle.html")),
];

/// Pages whose one peculiarity the widget bears in the page's own DOM.
pub const PECULIAR: [HostPage; 4] = [
    peculiar("small-root", "html { font-size: 10px } body { font-size: 16px }"),
    peculiar("large-root", "html { font-size: 24px }"),
    peculiar("content-box", "*, *::before, *::after { box-sizing: content-box }"),
    peculiar("rtl", "html { direction: rtl }"),
];

/// Pages in which only `isolate` helps.
pub const HOSTILE: [HostPage; 4] = [
    peculiar(
        "all-unset",
        "* { all: unset } style, head { display: none } body, article, p, h1 { display: block }",
    ),
    peculiar("no-buttons", "button, summary, form, input, textarea { display: none }"),
    peculiar(
        "counters",
        "ol { counter-reset: item } li::before { counter-increment: item; content: counter(item) '. '; \
         position: absolute; font-size: 60px }",
    ),
    peculiar(
        "important",
        "* { color: #333 !important; background: #fff !important; font-size: 7px !important; \
         line-height: 0.5 !important; letter-spacing: 1em !important; text-transform: uppercase !important; \
         text-indent: -99px !important; white-space: nowrap !important; visibility: hidden !important; \
         cursor: none !important; word-spacing: 3em !important; text-align: right !important; \
         pointer-events: none !important; margin: 0 !important; padding: 0 !important }",
    ),
];

const fn honest(name: &'static str, template: &'static str) -> HostPage {
    HostPage { name, template, rules: "" }
}

const fn peculiar(name: &'static str, rules: &'static str) -> HostPage {
    HostPage { name, template: include_str!("../hosts/hostile.html"), rules }
}

/// Posts a discussion under each page, serves the pages, and from then on holds what is written until a moderator has
/// seen it.
pub async fn discussed(pages: impl IntoIterator<Item = &HostPage>) -> Result<(Server, Site)> {
    let mut server = Server::with(&[("DUMKA_LIMITS__VOTES_PER_MINUTE", "0")]).await?;
    for page in pages {
        sample_thread::lively(server.url(COMMENTS), page.name).await?;
    }
    let site = site(&server.url("")).await?;
    let origin = site.url().trim_end_matches('/');
    let held = format!("[{{id=\"127.0.0.1\", origins=[\"{origin}\"], moderation=\"before\"}}]");
    server.set("DUMKA_SITES", &held);
    server.stop().await?;
    server.restart().await?;
    Ok((server, site))
}

/// Serves all pages: each under its name, and with `isolated/` before it in a shadow root.
async fn site(server_url: &str) -> Result<Site> {
    let pages = Router::new()
        .route("/{name}", get(in_the_page))
        .route("/isolated/{name}", get(isolated))
        .route("/npm/{*file}", get(style_sheet))
        .route("/hosts/dle.css", get(async || css(include_str!("../hosts/dle.css").to_owned())))
        .with_state(server_url.to_owned());
    Site::with_router(pages).await
}

async fn in_the_page(State(server): State<String>, Path(name): Path<String>) -> Response {
    page(&server, &name, "")
}

async fn isolated(State(server): State<String>, Path(name): Path<String>) -> Response {
    page(&server, &name, " isolate")
}

fn page(server: &str, name: &str, attribute: &str) -> Response {
    let mut pages = HONEST.iter().chain(&PECULIAR).chain(&HOSTILE);
    let Some(page) = pages.find(|page| page.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let tag = format!(
        "<script async src={server}/embed.js></script>\
         <dumka-comments page={name} load=eager limit=6{attribute}></dumka-comments>"
    );
    let html = page.template.replace("<!--rules-->", page.rules).replace("<!--comments-->", &tag);
    Html(html).into_response()
}

async fn style_sheet(Path(file): Path<String>) -> Response {
    packages::text(&file).map_or_else(|_| StatusCode::NOT_FOUND.into_response(), css)
}

fn css(text: String) -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], text).into_response()
}
