//! The floor: a script of a few lines and ready fragments, kept compressed in memory.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::Result;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use e2e::Site;

use crate::contestant::Contestant;
use crate::newspaper;
use crate::service::Service;
use crate::texts::{Texts, Written};

const SCRIPT: &str = include_str!("floor.js");

/// Compresses a fragment for each thread and serves them.
pub(crate) async fn start(sizes: &[usize], texts: Texts) -> Result<Contestant> {
    let threads: HashMap<usize, Vec<u8>> =
        sizes.iter().map(|&size| Ok((size, brotli(&fragment(size, texts))?))).collect::<Result<_>>()?;
    let script = brotli(SCRIPT)?;
    let router = Router::new()
        .route("/floor.js", get(async || answer("text/javascript", "public, max-age=86400", script)))
        .route("/threads/{size}", get(thread))
        .with_state(Arc::new(threads));
    let server = Site::with_router(router).await?;
    let address = server.address();
    let tag = move |size| format!("<script async src=http://{address}/floor.js data-thread={size}></script>");
    Ok(Contestant {
        name: "floor",
        site: newspaper::open(tag).await?,
        comment: "comment",
        ready: ".comments",
        shown: |size| size,
        most: usize::MAX,
        all: None,
        composer: None,
        service: Some(Service {
            address,
            reads: address,
            pid: None,
            list: |page| format!("/threads{page}"),
            texts,
            post: None,
        }),
        _alive: Box::new(server),
    })
}

async fn thread(
    State(threads): State<Arc<HashMap<usize, Vec<u8>>>>,
    Path(size): Path<usize>,
    headers: HeaderMap,
) -> Response {
    // The number of comments is the version of a thread that never changes.
    let tag = format!("\"{size}\"");
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return ([(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")], StatusCode::NOT_MODIFIED).into_response();
    }
    let Some(fragment) = threads.get(&size) else { return StatusCode::NOT_FOUND.into_response() };
    ([(header::ETAG, tag)], answer("text/html; charset=utf-8", "no-cache", fragment.clone())).into_response()
}

fn answer(
    kind: &'static str,
    cache: &'static str,
    body: Vec<u8>,
) -> ([(HeaderName, &'static str); 4], Vec<u8>) {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, cache),
        (header::CONTENT_ENCODING, "br"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    (headers, body)
}

fn fragment(size: usize, texts: Texts) -> String {
    let comment = |number: usize| {
        let (Written { author, text }, minute) = (texts.written(number), number * 7 % 60);
        format!("<article class=comment><b>{author}</b> <time>12:{minute:02}</time><p>{text}</p></article>")
    };
    (0..size).map(comment).collect()
}

fn brotli(text: &str) -> Result<Vec<u8>> {
    let mut compressed = Vec::new();
    brotli::BrotliCompress(
        &mut text.as_bytes(),
        &mut compressed,
        &brotli::enc::BrotliEncoderParams::default(),
    )?;
    Ok(compressed)
}
