//! A comments server that is asked without a browser.

use std::net::SocketAddr;

use serde_json::Value;

use crate::texts::{Texts, Written};

/// The thread that takes what is posted under load.
pub(crate) const POSTS: &str = "/posts";

/// The thread that is read while it takes comments.
pub(crate) const BURNING: &str = "/burning";

/// A server that can be asked without a browser.
#[derive(Clone)]
pub(crate) struct Service {
    /// Its address.
    pub(crate) address: SocketAddr,
    /// The address at which its threads are read under load: another server's on the same database, or its own.
    pub(crate) reads: SocketAddr,
    /// Its process, where that is not the bench itself.
    pub(crate) pid: Option<u32>,
    /// The path that lists the thread of a page.
    pub(crate) list: fn(&str) -> String,
    /// The texts of the comments that it keeps.
    pub(crate) texts: Texts,
    /// Its request that posts a comment, if it has one.
    pub(crate) post: Option<Post>,
}

/// A server's request that posts a comment.
#[derive(Clone, Copy)]
pub(crate) struct Post {
    /// The path for a page's thread.
    pub(crate) path: fn(&str) -> String,
    /// The body, from the page, the parent's id and the comment.
    pub(crate) body: fn(&str, &Value, Written) -> Value,
    /// The id in the response.
    pub(crate) id: fn(&Value) -> &Value,
}
