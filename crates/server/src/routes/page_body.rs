//! The bodies of pages, and the policies that browsers apply to them.

use axum::http::HeaderValue;
use axum::http::header::{CONTENT_SECURITY_POLICY, REFERRER_POLICY};
use axum::response::Response;

use crate::render::{self, CONTENT_POLICY, ThreadView};

pub(crate) const JSON: &str = "application/json; charset=utf-8";
pub(crate) const HTML: &str = "text/html; charset=utf-8";

/// The body of a page.
pub(crate) struct PageBody {
    /// The media type.
    pub(crate) content_type: &'static str,
    /// The text.
    pub(crate) text: String,
}

impl PageBody {
    /// A document of HTML.
    pub(crate) fn html(text: String) -> Self {
        Self { content_type: HTML, text }
    }

    /// Renders a thread for a script.
    pub(crate) async fn tree(view: ThreadView) -> Self {
        Self { content_type: JSON, text: render::tree(view).await }
    }
}

/// Sets the policies of a page instead of those of responses for programs.
pub(crate) fn set_page_policy(response: &mut Response) {
    let policy = HeaderValue::from_static(&CONTENT_POLICY);
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    // With `no-referrer` a browser would name no origin when it sends the form.
    response.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
}
