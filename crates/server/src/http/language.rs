//! Chooses the language of HTML: the one asked for, else the site's, else the browser's, else English.

use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::{HeaderMap, Uri};

use serde::Deserialize;

use super::query::{self, Once};
use crate::render::Lang;
use crate::sites::Sites;

/// The language of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// Asked for, or the site's: every browser gets it.
    Fixed(Lang),
    /// Chosen by the browser's `Accept-Language`.
    Negotiated(Lang),
}

impl Language {
    /// Chooses the language of a response about `site`, where perhaps one is asked for by its tag.
    pub(crate) fn choose(sites: &Sites, site: &str, asked: Option<&str>, headers: &HeaderMap) -> Self {
        let of_site = sites.locale(site).lang;
        let fixed = asked.and_then(Lang::from_tag).or_else(|| Lang::from_tag(&of_site?));
        let negotiated = || Self::Negotiated(preferred(headers).unwrap_or_else(Lang::english));
        fixed.map_or_else(negotiated, Self::Fixed)
    }

    /// The language itself.
    pub(crate) fn lang(self) -> Lang {
        let (Self::Fixed(lang) | Self::Negotiated(lang)) = self;
        lang
    }
}

/// Chooses the language of a response to a request that may be wrong in any way.
pub(crate) fn likely_language(sites: &Sites, uri: &Uri, headers: &HeaderMap) -> Lang {
    let likely = || {
        let query: LikelyQuery = query::parse(uri.query().unwrap_or_default()).ok()?;
        let asked = query.lang.value("lang").ok()?;
        Some(Language::choose(sites, query.site(), asked, headers).lang())
    };
    likely().or_else(|| preferred(headers)).unwrap_or_else(Lang::english)
}

/// Returns the site that a request names, which may be wrong in any way.
pub(crate) fn likely_site(uri: &Uri) -> String {
    let query = query::parse(uri.query().unwrap_or_default());
    query.map(|query: LikelyQuery| query.site().to_owned()).unwrap_or_default()
}

/// The parameters by which a failure is told.
#[derive(Deserialize)]
struct LikelyQuery {
    site: Once,
    lang: Once,
}

impl LikelyQuery {
    fn site(&self) -> &str {
        self.site.value("site").ok().flatten().unwrap_or_default()
    }
}

/// Returns the language that the browser prefers, of those there are.
fn preferred(headers: &HeaderMap) -> Option<Lang> {
    Lang::preferred(headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?)
}
