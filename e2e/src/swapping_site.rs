//! A news site of two pages, whose links replace the page's content.

use anyhow::Result;
use axum::Router;
use axum::extract::Path;
use axum::http::header;
use axum::response::Html;
use axum::routing::get;
use tokio::sync::watch;

use crate::{Server, Site, packages};

/// The script that replaces the pages of a news site, and the content of the pages.
#[derive(Debug, Clone)]
pub struct SwappingSite {
    /// The file of a package.
    pub program: &'static str,
    /// Further content of the head, or of the end of the body.
    pub head: &'static str,
    /// The content below the article.
    pub comments: &'static str,
}

impl SwappingSite {
    /// Serves the pages `one` and `two`.
    pub async fn serve(self, server: &Server) -> Result<Site> {
        self.serve_when(server, watch::channel(true).1).await
    }

    /// The same; a page is answered as soon as `is_open` says so.
    pub async fn serve_when(self, server: &Server, is_open: watch::Receiver<bool>) -> Result<Site> {
        let program = packages::text(self.program)?;
        let script = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")];
        let pages = Router::new().route("/program.js", get(async move || (script, program))).route(
            "/pages/{name}",
            get(async move |Path(name): Path<String>| {
                // One whose sender is gone stays as it is.
                let _ = is_open.clone().wait_for(|is_open| *is_open).await;
                Html(self.page(&name))
            }),
        );
        Site::with_pages(pages, server.url("")).await
    }

    fn page(&self, name: &str) -> String {
        let (head, comments) = (self.head, self.comments.replace("{page}", name));
        format!(
            "<!doctype html><html lang=en><head><meta charset=utf-8><title>{name}</title><link rel=icon href=data:,>{head}</head>\
             <body><nav><a href=/pages/one>One</a> <a href=/pages/two>Two</a></nav><article>About {name}</article>{comments}</body></html>"
        )
    }
}
