//! A way to have comments under the article, up and running.

use std::any::Any;

use e2e::Site;

use crate::service::Service;

/// One way to have comments, up and running.
pub(crate) struct Contestant {
    /// Its name in the table.
    pub(crate) name: &'static str,
    /// The newspaper whose page `/<n>` has the thread of n comments.
    pub(crate) site: Site,
    /// The class of a comment's element.
    pub(crate) comment: &'static str,
    /// The selector of an element that is there once it has drawn itself, even without a comment.
    pub(crate) ready: &'static str,
    /// The number of comments of so many that it shows at first.
    pub(crate) shown: fn(usize) -> usize,
    /// The largest thread it has.
    pub(crate) most: usize,
    /// The selector of the control that shows all others.
    pub(crate) all: Option<&'static str>,
    /// Its form.
    pub(crate) composer: Option<Composer>,
    /// Its server.
    pub(crate) service: Option<Service>,
    /// Processes and sites that live as long as it does.
    pub(crate) _alive: Box<dyn Any>,
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
