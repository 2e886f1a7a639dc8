//! The keys of the sections, as serde knows them from their types.

use figment::Figment;
use figment::error::Kind;
use figment::providers::Serialized;
use serde::de::DeserializeOwned;

use super::{Limits, Log, Proxy, SiteSettings};

/// A key that is in no section.
const NONE: &str = "?";

/// The keys of a section, by the name that serde gives it in errors.
pub(super) fn keys(expected: &str) -> Option<Vec<&'static str>> {
    match expected {
        "struct Limits" => Some(keys_of::<Limits>()),
        "struct Proxy" => Some(keys_of::<Proxy>()),
        "struct Log" => Some(keys_of::<Log>()),
        "struct SiteSettings" => Some(keys_of::<SiteSettings>()),
        _ => None,
    }
}

/// The path of a setting that was spelled with a wrong mark between its levels.
pub(super) fn meant(path: &[String]) -> Option<Vec<String>> {
    let [written] = path else { return None };
    let sections =
        [("limits", keys_of::<Limits>()), ("proxy", keys_of::<Proxy>()), ("log", keys_of::<Log>())];
    let is_written = |section: &str, key: &str| {
        written.strip_prefix(section).and_then(|rest| rest.strip_prefix(['_', '-'])) == Some(key)
    };
    let all = sections.iter().flat_map(|(section, keys)| keys.iter().map(move |key| (*section, *key)));
    let mut meant = all.filter(|(section, key)| is_written(section, key));
    meant.next().map(|(section, key)| vec![section.into(), key.into()])
}

/// The keys of a section, which serde lists in its error about a key that does not exist.
fn keys_of<T: DeserializeOwned>() -> Vec<&'static str> {
    match Figment::from(Serialized::default(NONE, 0)).extract::<T>().map_err(|error| error.kind) {
        Err(Kind::UnknownField(_, keys)) => keys.to_vec(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_knows_its_keys() {
        assert_eq!(keys("struct Log"), Some(vec!["level", "format"]));
        assert_eq!(keys("struct Proxy"), Some(vec!["trusted"]));
        assert!(keys("struct Limits").unwrap().contains(&"posts_per_minute"));
        assert!(keys("struct SiteSettings").unwrap().contains(&"origins"));
        assert_eq!(keys("a string"), None);
    }

    #[test]
    fn setting_is_recognised_by_another_mark_between_its_levels() {
        assert_eq!(meant(&["log_level".into()]), Some(vec!["log".into(), "level".into()]));
        assert_eq!(meant(&["log_leval".into()]), None);
        assert_eq!(meant(&["limits".into(), "log_level".into()]), None);
    }
}
