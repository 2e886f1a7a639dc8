//! Draws the state and turns what the reader does into actions; knows no network.
//!
//! The same functions draw on the server, so nothing here asks the browser anything
//! outside an event listener.

mod action_row;
mod actions;
mod body;
mod comment;
mod composer;
mod context;
mod control;
mod element;
mod field;
mod form;
mod heading;
mod notice;
mod pagination;
#[cfg(feature = "ssr")]
mod row_template;
mod sort;
mod thread;

#[cfg(feature = "ssr")]
pub use self::row_template::row_template;
pub use self::thread::widget;
