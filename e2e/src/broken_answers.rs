//! Responses that break off, or are held back on their way.

use std::io;
use std::panic;

use axum::body::Body;
use axum::response::{Html, IntoResponse, Response};
use futures_util::{StreamExt, stream};
use tokio::sync::watch;

/// The way in which a response breaks off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breach {
    /// In the middle.
    Cut,
    /// Before it begins.
    Reset,
}

impl Breach {
    /// The bytes that a client gets.
    pub(crate) fn answer(self) -> Response {
        match self {
            Self::Cut => {
                let chunks = [Ok("<section class=dumka><h2>Comm"), Err(io::ErrorKind::ConnectionReset)];
                Html(Body::from_stream(stream::iter(chunks.map(|it| it.map_err(io::Error::from)))))
                    .into_response()
            }
            // The task of the connection ends with it, and the connection with the task; no word on the screen.
            Self::Reset => panic::resume_unwind(Box::new("the connection is reset")),
        }
    }
}

/// A body of which nothing is handed on while `is_held`, but all of it when it ends.
pub(crate) fn buffered(body: Body, is_held: watch::Receiver<bool>) -> Body {
    let start = (body.into_data_stream(), is_held);
    Body::from_stream(stream::unfold(start, async |(mut chunks, is_held)| {
        let mut held = Vec::new();
        while let Some(chunk) = chunks.next().await {
            match chunk {
                Ok(chunk) => held.extend(chunk),
                Err(error) => return Some((Err(error), (chunks, is_held))),
            }
            if !*is_held.borrow() {
                break;
            }
        }
        (!held.is_empty()).then_some((Ok(held), (chunks, is_held)))
    }))
}
