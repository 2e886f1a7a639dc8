//! Problem responses that many routes share, for the OpenAPI description.

use std::collections::BTreeMap;

use dumka_api::problem::MEDIA_TYPE;
use utoipa::IntoResponses;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};

/// Declares a type for each run of responses, to be named among a route's `responses`.
macro_rules! problem_responses {
    ($($(#[$doc:meta])+ $name:ident { $($status:literal: $description:literal,)+ })+) => {
        $(
            $(#[$doc])+
            pub(crate) enum $name {}

            impl IntoResponses for $name {
                fn responses() -> BTreeMap<String, RefOr<Response>> {
                    BTreeMap::from([$(($status.into(), problem($description).into()),)+])
                }
            }
        )+
    };
}

problem_responses! {
    /// The query of a list is wrong.
    ListQueryInvalid { "400": "`limit_invalid`, `sort_invalid`, `cursor_invalid`, `query_invalid`", }

    /// The body is no JSON.
    JsonInvalid { "400": "`json_invalid`", }

    /// The body is too large, or not of the type that the route takes.
    BodyUnsupported {
        "413": "`body_too_large`: over 64 KiB",
        "415": "`content_type_unsupported`",
    }

    /// The body came too slowly.
    BodyTooSlow { "408": "`request_timeout`: the body did not arrive in time", }

    /// The request brings no token, or none that is valid.
    TokenRequired { "401": "`token_missing`, `token_invalid`", }

    /// The page is of an origin that the site does not know.
    OriginNotAllowed { "403": "`origin_not_allowed`", }

    /// The comment is not the author's to change any more.
    ChangeRefused {
        "401": "`token_missing`, `token_invalid`",
        "403": "`not_yours`, `edit_window_over`, `origin_not_allowed`",
    }

    /// There is no such comment for the one who asks.
    CommentNotFound { "404": "`not_found`: hidden or not there", }

    /// Nobody is signed in, or the role does not allow it.
    NewsroomRefused {
        "401": "`sign_in_required`",
        "403": "`role_insufficient`, `origin_not_allowed`",
    }

    /// Nothing is there, or it is on a site where the caller has no role.
    NewsroomNotFound { "404": "`not_found`, `site_unknown`: not there, or on a site without a role", }

    /// The link is of no use any more.
    LinkSpent { "410": "`link_spent`: used, withdrawn, or too old", }

    /// The site is not served.
    SiteUnknown { "404": "`site_unknown`", }

    /// The query names no thread.
    ThreadInvalid { "422": "`site_empty`, `page_empty`, `page_too_long`, `control_characters`", }

    /// Too many requests came from the address.
    RateLimited { "429": "`rate_limited`, with `Retry-After`", }

    /// The store cannot be read.
    StoreUnavailable { "503": "`store_unavailable`, with `Retry-After`", }

    /// The store cannot be written.
    WriteFailed {
        "503": "`store_unavailable`, with `Retry-After`",
        "507": "`store_full`, with `Retry-After`",
    }
}

fn problem(description: &str) -> Response {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new().description(description).content(MEDIA_TYPE, content).build()
}
