//! Checks the ranges of settings, and settings that concern each other.

use dumka_api::limits::SITE_MAX_BYTES;
use dumka_api::site;

use super::{ConfigError, Limits, Settings, SiteSettings};
use crate::render::{InvalidPhrase, Lang, validate_phrases};
use crate::storage;

/// Succeeds when every value is in its range and no two contradict each other.
pub(super) fn check(settings: &Settings) -> Result<(), ConfigError> {
    check_limits(&settings.limits)?;
    if storage::check(&settings.database_url()).is_err() {
        let accepted = "an address beside that of a PostgreSQL database; a database file has only one";
        return Err(wrong("database_direct".into(), "postgres://…".into(), accepted.into()));
    }
    for (index, site) in settings.sites.iter().enumerate() {
        check_site(index, site, &settings.sites[..index])?;
    }
    Ok(())
}

fn check_limits(limits: &Limits) -> Result<(), ConfigError> {
    let ranges = [
        ("posts_per_minute", limits.posts_per_minute, 0, 1_000_000),
        ("reads_per_minute", limits.reads_per_minute.unwrap_or_default(), 0, 1_000_000),
        ("votes_per_minute", limits.votes_per_minute, 0, 1_000_000),
        ("sign_ins_per_minute", limits.sign_ins_per_minute, 0, 1_000_000),
        ("votes_per_address", limits.votes_per_address, 0, 1_000_000),
        ("edit_window_secs", limits.edit_window_secs, 0, 31_536_000),
        ("reports_to_hold", limits.reports_to_hold, 0, 1_000_000),
        ("cache_bytes", limits.cache_bytes, 0, u32::MAX),
        ("connections", limits.connections, 1, 1_000_000),
        ("streams", limits.streams, 0, 1_000_000),
        ("streams_per_address", limits.streams_per_address, 0, 1_000_000),
        ("heartbeat_secs", limits.heartbeat_secs, 1, 3_600),
        ("header_bytes", limits.header_bytes, 8_192, 1_048_576),
        ("header_secs", limits.header_secs, 1, 3_600),
        ("body_secs", limits.body_secs, 1, 3_600),
        ("request_secs", limits.request_secs, 1, 3_600),
        ("write_secs", limits.write_secs, 1, 3_600),
        ("drain_secs", limits.drain_secs, 0, 3_600),
        ("stop_secs", limits.stop_secs, 0, 3_600),
    ];
    match ranges.into_iter().find(|(_, value, min, max)| !(min..=max).contains(&value)) {
        None => Ok(()),
        Some((key, value, min, max)) => Err(wrong(
            format!("limits.{key}"),
            value.to_string(),
            format!("a whole number from {min} to {max}"),
        )),
    }
}

fn check_site(index: usize, site: &SiteSettings, before: &[SiteSettings]) -> Result<(), ConfigError> {
    let key = format!("sites.{index}.id");
    let quoted = format!("\"{}\"", site.id);
    // What widgets send is trimmed, so an id with space around it would never be asked for.
    let is_askable = !site.id.is_empty() && site.id.trim() == site.id;
    let id = site::canonical(&site.id);
    if !is_askable || id.len() > SITE_MAX_BYTES || id.chars().any(char::is_control) {
        let accepted = "bytes without control characters, without space at either end";
        return Err(wrong(key, quoted, format!("1 to {SITE_MAX_BYTES} {accepted}")));
    }
    if before.iter().any(|other| site::canonical(&other.id) == id) {
        return Err(wrong(key, quoted, "an id that no other site has, in whatever spelling".into()));
    }
    if site.origins.is_empty() {
        return Err(wrong(format!("sites.{index}.origins"), "empty".into(), "at least one origin".into()));
    }
    if site.close_after_days > 36_500 {
        let accepted = "a whole number from 0 to 36500".into();
        return Err(wrong(
            format!("sites.{index}.close_after_days"),
            site.close_after_days.to_string(),
            accepted,
        ));
    }
    if let Some(lang) = site.lang.as_deref().filter(|tag| Lang::from_tag(tag).is_none()) {
        return Err(wrong(format!("sites.{index}.lang"), format!("\"{lang}\""), Lang::tags()));
    }
    validate_phrases(&site.words).map_err(|InvalidPhrase { key, value, accepted }| {
        wrong(format!("sites.{index}.words.{key}"), value, accepted)
    })
}

fn wrong(key: String, value: String, accepted: String) -> ConfigError {
    ConfigError::Value { source_name: "the settings".into(), key, value, accepted }
}
