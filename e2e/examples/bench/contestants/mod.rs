//! Who is measured: each a way to have comments under the same article.

mod article;
mod dumka;
mod floor;
mod isso;

use std::any::Any;
use std::net::SocketAddr;
use std::path::Path;

use anyhow::Result;
use e2e::Site;
use serde_json::Value;

use crate::plan::Plan;

/// The thread that takes what is posted under load.
pub(crate) const POSTS: &str = "/posts";

/// One way to have comments, up and running.
pub(crate) struct Contestant {
    /// Its name in the table.
    pub(crate) name: &'static str,
    /// The newspaper whose page `/<n>` has the thread of n comments.
    pub(crate) site: Site,
    /// The class of a comment's element.
    pub(crate) comment: &'static str,
    /// What is there once it has drawn itself, even without a comment.
    pub(crate) ready: &'static str,
    /// How many comments of so many it shows at first.
    pub(crate) shown: fn(usize) -> usize,
    /// The largest thread it has.
    pub(crate) most: usize,
    /// What shows all the others.
    pub(crate) all: Option<&'static str>,
    /// Where a reader writes.
    pub(crate) composer: Option<Composer>,
    /// What answers behind it.
    pub(crate) service: Option<Service>,
    /// Processes and sites that live as long as it does.
    _alive: Box<dyn Any>,
}

/// The form, as selectors.
#[derive(Clone, Copy)]
pub(crate) struct Composer {
    /// Shows the form, where it is not there from the start.
    pub(crate) open: Option<&'static str>,
    /// The field of the comment's text.
    pub(crate) text: &'static str,
    /// The field of the author's name.
    pub(crate) name: &'static str,
    /// Sends the comment.
    pub(crate) submit: &'static str,
}

/// A server that can be asked without a browser.
#[derive(Clone)]
pub(crate) struct Service {
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// Its process, where that is not the bench itself.
    pub(crate) pid: Option<u32>,
    /// The path that lists the thread of a page.
    pub(crate) list: fn(&str) -> String,
    /// How it takes a comment, if it does.
    pub(crate) post: Option<Post>,
}

/// How a server takes a comment.
#[derive(Clone, Copy)]
pub(crate) struct Post {
    /// The path for a page's thread.
    pub(crate) path: fn(&str) -> String,
    /// The body, from the page, the parent's id and the comment's number.
    pub(crate) body: fn(&str, &Value, usize) -> Value,
    /// The id in its answer.
    pub(crate) id: fn(&Value) -> &Value,
}

/// Starts those that the plan names and fills their threads.
pub(crate) async fn start(plan: &Plan, folder: &Path) -> Result<Vec<Contestant>> {
    let (mut contestants, sizes) = (Vec::new(), plan.threads());
    if plan.wants("article") {
        contestants.push(article::start().await?);
    }
    if plan.wants("floor") {
        contestants.push(floor::start(&sizes).await?);
    }
    if plan.wants("dumka") {
        contestants.extend(dumka::start(&sizes).await?);
    }
    if plan.wants("isso") {
        contestants.extend(isso::start(&sizes, folder).await?);
    }
    Ok(contestants)
}
