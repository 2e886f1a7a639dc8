//! Routes for browsers: the thread's own page with its forms, failures as pages, the widget's files.

pub(crate) mod assets;
pub(crate) mod failure;
mod form_outcome;
mod form_target;
mod open_form;
mod page_request;
mod personal_page;
mod private_page;
mod scripted_answer;
mod scripted_fields;
mod sent_form;
pub(crate) mod thread;
pub(crate) mod thread_form;
