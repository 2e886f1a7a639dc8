//! Problem responses that many routes share, for the OpenAPI description.

use std::collections::BTreeMap;

use dumka_api::problem::MEDIA_TYPE;
use utoipa::IntoResponses;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};

/// Declares a type for each response, to be named among a route's `responses`.
macro_rules! problem_responses {
    ($($name:ident = $status:literal $description:literal,)+) => {
        $(
            #[doc = concat!("Status ", $status, ": ", $description, ".")]
            pub(crate) enum $name {}

            impl IntoResponses for $name {
                fn responses() -> BTreeMap<String, RefOr<Response>> {
                    BTreeMap::from([($status.into(), problem($description).into())])
                }
            }
        )+
    };
}

problem_responses! {
    JsonInvalid = "400" "`json_invalid`",
    SiteUnknown = "404" "`site_unknown`",
    BodyTooSlow = "408" "`request_timeout`: the body did not arrive in time",
    BodyTooLarge = "413" "`body_too_large`: over 64 KiB",
    ContentTypeUnsupported = "415" "`content_type_unsupported`",
    RateLimited = "429" "`rate_limited`, with `Retry-After`",
    StoreUnavailable = "503" "`store_unavailable`, with `Retry-After`",
    StoreFull = "507" "`store_full`, with `Retry-After`",
}

fn problem(description: &str) -> Response {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new().description(description).content(MEDIA_TYPE, content).build()
}
