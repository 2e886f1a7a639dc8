//! Chooses the language of HTML: the one asked for, else the site's, else the browser's, else English.

use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::{HeaderMap, Uri};

use super::params::Params;
use super::problem::ApiError;
use crate::render::Lang;
use crate::sites::Sites;

/// Chooses the language of a response about `site`.
pub(crate) fn language(
    sites: &Sites,
    site: &str,
    params: &Params,
    headers: &HeaderMap,
) -> Result<Lang, ApiError> {
    let of_site = sites.locale(site).lang;
    let asked = params.one("lang")?.and_then(Lang::from_tag);
    let lang = asked.or_else(|| Lang::from_tag(&of_site?)).or_else(|| preferred(headers));
    Ok(lang.unwrap_or_else(Lang::english))
}

/// Chooses the language of a response to a request that may be wrong in any way.
pub(crate) fn likely_language(sites: &Sites, uri: &Uri, headers: &HeaderMap) -> Lang {
    let params = Params::parse(uri.query().unwrap_or_default());
    let lang = params.and_then(|params| language(sites, &site(&params), &params, headers));
    lang.unwrap_or_else(|_| preferred(headers).unwrap_or_else(Lang::english))
}

fn site(params: &Params) -> String {
    params.one("site").ok().flatten().unwrap_or_default().to_owned()
}

/// Returns the language that the browser prefers, of those there are.
fn preferred(headers: &HeaderMap) -> Option<Lang> {
    Lang::preferred(headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?)
}
