//! The sites served, their origins and their policies.

use std::collections::HashMap;
use std::sync::Arc;

use dumka_api::site;
use jiff::tz::TimeZone;

use crate::config::{Settings, SiteSettings};
use crate::domain::site_policy::SitePolicy;
use crate::domain::thread::MetadataSource;
use crate::origin::is_loopback_origin;
use crate::render::SitePhrases;

/// The sites served.
#[derive(Debug)]
pub enum Sites {
    /// None is configured: any page on a loopback host, under any site id.
    Loopback(SitePolicy),
    /// Those that are configured, by the one form of their id.
    Configured(HashMap<String, Site>),
}

/// A site that is configured.
#[derive(Debug)]
pub struct Site {
    origins: Vec<String>,
    policy: SitePolicy,
    locale: SiteLocale,
}

/// The language, the phrases and the time zone of a site's rendered HTML.
#[derive(Debug, Clone)]
pub struct SiteLocale {
    /// Its language as a tag, where the site has one.
    pub lang: Option<String>,
    /// Its own phrases, in the place of the widget's.
    pub phrases: Arc<SitePhrases>,
    /// The zone of its times.
    pub zone: TimeZone,
}

/// The reason that a request may not use a site.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum AdmissionError {
    /// There is no such site here.
    #[error("the site is not served here")]
    SiteUnknown,
    /// The page that would write is not one of the site's.
    #[error("the origin is not one of the site's")]
    OriginNotAllowed,
}

impl Sites {
    /// The configured sites, or any loopback page where there are none.
    pub fn new(settings: &Settings) -> Self {
        let edit_window_secs = settings.limits.edit_window_secs.into();
        if settings.sites.is_empty() {
            return Self::Loopback(SitePolicy { edit_window_secs, ..SitePolicy::OPEN });
        }
        let site = |site: &SiteSettings| {
            let (moderation, close_after_days) = (site.moderation, site.close_after_days);
            let origins = Some(site.origins.clone().into());
            let policy =
                SitePolicy { moderation, close_after_days, edit_window_secs, origins, ..SitePolicy::OPEN };
            let phrases = Arc::new(SitePhrases::new(&site.words));
            let locale = SiteLocale { lang: site.lang.clone(), phrases, zone: site.timezone.clone() };
            (site::canonical(&site.id), Site { origins: site.origins.clone(), policy, locale })
        };
        Self::Configured(settings.sites.iter().map(site).collect())
    }

    /// Returns the policy of site `id` for any request.
    pub fn policy(&self, id: &str) -> Result<SitePolicy, AdmissionError> {
        self.admit(id, None)
    }

    /// Returns the policy of site `id` for a request from `origin`; fails where a page of that origin may not write. Requests that name no origin come from
    /// the same origin or from no browser at all.
    pub fn admit(&self, id: &str, origin: Option<&str>) -> Result<SitePolicy, AdmissionError> {
        // Whoever has mistyped an id or an origin finds here what was asked for.
        self.find(id, origin).inspect_err(|error| {
            tracing::warn!(site = ?id, origin = ?origin.unwrap_or("none"), "refused: {error}; see [[sites]]");
        })
    }

    fn find(&self, id: &str, origin: Option<&str>) -> Result<SitePolicy, AdmissionError> {
        let (policy, is_allowed) = match self {
            Self::Loopback(policy) => (policy, origin.is_none_or(is_loopback_origin)),
            Self::Configured(sites) => {
                let site = sites.get(id).ok_or(AdmissionError::SiteUnknown)?;
                (&site.policy, origin.is_none_or(|origin| site.has_origin(origin)))
            }
        };
        if !is_allowed {
            return Err(AdmissionError::OriginNotAllowed);
        }
        let metadata_source =
            if origin.is_some() { MetadataSource::Site } else { MetadataSource::Unverified };
        Ok(SitePolicy { metadata_source, ..policy.clone() })
    }

    /// Tells whether site `id` is served.
    pub fn serves(&self, id: &str) -> bool {
        match self {
            Self::Loopback(_) => true,
            Self::Configured(sites) => sites.contains_key(id),
        }
    }

    /// Lists the ids of the configured sites in their order; none where no site is configured.
    pub fn configured_ids(&self) -> Option<Vec<String>> {
        let Self::Configured(sites) = self else { return None };
        let mut ids: Vec<_> = sites.keys().cloned().collect();
        ids.sort_unstable();
        Some(ids)
    }

    /// Tells whether `address` is a page of site `id`. Whoever writes in a thread says where its article is, and only the
    /// site's own pages are believed, also where its origins were others when that was said.
    pub fn has_page(&self, id: &str, address: &str) -> bool {
        match self {
            Self::Loopback(policy) => policy.is_own_page(address),
            Self::Configured(sites) => sites.get(id).is_some_and(|site| site.policy.is_own_page(address)),
        }
    }

    /// The locale of rendered HTML of site `id`.
    pub fn locale(&self, id: &str) -> SiteLocale {
        match self {
            Self::Configured(sites) => sites.get(id).map(|site| site.locale.clone()),
            Self::Loopback(_) => None,
        }
        .unwrap_or(SiteLocale { lang: None, phrases: Arc::default(), zone: TimeZone::UTC })
    }

    /// Tells whether pages of `origin` may write somewhere, and so read what is answered to that, errors included.
    pub fn knows_origin(&self, origin: &str) -> bool {
        match self {
            Self::Loopback(_) => is_loopback_origin(origin),
            Self::Configured(sites) => sites.values().any(|site| site.has_origin(origin)),
        }
    }
}

impl Site {
    fn has_origin(&self, origin: &str) -> bool {
        self.origins.iter().any(|allowed| allowed == origin)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::moderation::Moderation;
    use crate::render::PhraseSettings;

    /// The sites `a` and `b`, each with one origin.
    pub(crate) fn configured() -> Sites {
        let site = |id: &str, origin: &str| SiteSettings {
            id: id.into(),
            origins: vec![origin.into()],
            name: None,
            lang: None,
            words: PhraseSettings::new(),
            timezone: TimeZone::UTC,
            moderation: Moderation::Before,
            close_after_days: 7,
        };
        let sites = vec![site("a", "https://a.example"), site("b", "https://b.example")];
        Sites::new(&Settings { sites, ..Settings::default() })
    }

    #[test]
    fn loopback_pages_are_on_this_machine() {
        let loopback = Sites::new(&Settings::default());
        for origin in
            ["http://localhost:3000", "http://news.localhost", "http://127.8.0.1", "http://[::1]:8080"]
        {
            assert!(loopback.knows_origin(origin), "{origin}");
        }
        for origin in [
            "null",
            "http://localhost.example",
            "http://notlocalhost",
            "http://10.0.0.1",
            "http://localhost/",
            "file://",
        ] {
            assert!(!loopback.knows_origin(origin), "{origin}");
        }
    }

    #[test]
    fn origin_is_compared_exactly() {
        assert!(configured().admit("a", Some("https://a.example")).is_ok());
        for origin in [
            "http://a.example",
            "https://a.example:8443",
            "https://xa.example",
            "https://a.example.evil.example",
            "https://A.example",
            "null",
        ] {
            assert_eq!(
                configured().admit("a", Some(origin)),
                Err(AdmissionError::OriginNotAllowed),
                "{origin}"
            );
        }
    }

    #[test]
    fn origin_of_another_site_is_refused() {
        assert_eq!(configured().admit("a", Some("https://b.example")), Err(AdmissionError::OriginNotAllowed));
        assert!(configured().knows_origin("https://b.example"));
    }

    #[test]
    fn only_pages_of_the_site_are_believed_to_be_its_articles() {
        assert!(configured().has_page("a", "https://a.example/news/42"));
        for address in ["https://evil.example/", "http://a.example/", "https://b.example/", "nonsense"] {
            assert!(!configured().has_page("a", address), "{address}");
        }
    }

    #[test]
    fn unknown_site_is_told_before_its_origin() {
        assert_eq!(configured().admit("c", Some("https://a.example")), Err(AdmissionError::SiteUnknown));
    }
}
