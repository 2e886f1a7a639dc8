//! Routes for the widget and other programs.

pub(crate) mod comment;
pub(crate) mod comments;
pub(crate) mod counts;
pub(crate) mod discussed;
pub(crate) mod health;
pub(crate) mod latest;
pub(crate) mod live;
pub(crate) mod openapi;
pub(crate) mod preview;
pub(crate) mod reports;
pub(crate) mod votes;
