//! Reading single values, each refusal saying what is accepted.

use std::net::{IpAddr, SocketAddr};

use ipnet::IpNet;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::de::{Deserialize, Deserializer, Error, Expected, Unexpected};
use url::Url;

use crate::storage;

const ORIGIN_ACCEPTED: &str = "origins as browsers send them, such as https://news.example: http:// or https://, \
    the host in lower case, a port only where it is not the default, no path, no *";

const PUBLIC_URL_ACCEPTED: &str = "an address such as https://comments.example or https://news.example/comments: \
    http:// or https://, the host in lower case, perhaps a port and a path, no query";

/// An address and port.
pub(super) fn address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SocketAddr, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(|_| refused(&text, &"an address and port such as 127.0.0.1:8080 or [::1]:8080"))
}

/// The address of a database.
pub(super) fn database<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.starts_with("sqlite://") && storage::is_address(&text) {
        return Ok(text);
    }
    let accepted =
        "sqlite:// and the path of a file, such as sqlite://dumka.db, at most with ?max_page_count=NUMBER";
    Err(refused(&text, &accepted))
}

/// Origins, each exactly as a browser sends it.
pub(super) fn origins<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let origins = list(deserializer)?;
    match origins.iter().find(|origin| !is_origin(origin)) {
        None => Ok(origins),
        Some(wrong) => Err(refused(wrong, &accepted_for(wrong).as_str())),
    }
}

/// Where browsers reach the server, without a slash at the end.
pub(super) fn public_url<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let address = text.trim_end_matches('/');
    if is_public_url(address) { Ok(Some(address.into())) } else { Err(refused(&text, &PUBLIC_URL_ACCEPTED)) }
}

/// The zone of sites that name none.
pub(super) fn utc() -> TimeZone {
    TimeZone::UTC
}

/// A zone by its IANA name.
pub(super) fn timezone<'de, D: Deserializer<'de>>(deserializer: D) -> Result<TimeZone, D::Error> {
    let name = String::deserialize(deserializer)?;
    // The system's zones are newer than this program, as a rule; where they are older, or not there, its own answer.
    let zone = TimeZone::get(&name).or_else(|_| TimeZoneDatabase::bundled().get(&name));
    zone.map_err(|_| refused(&name, &"an IANA time zone such as Europe/Kyiv"))
}

/// Addresses or ranges of them.
pub(super) fn networks<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<IpNet>, D::Error> {
    list(deserializer)?.iter().map(|text| network(text)).collect()
}

fn network<E: Error>(text: &str) -> Result<IpNet, E> {
    text.parse()
        .or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
        .map_err(|_| refused(text, &"IP addresses or ranges, such as 127.0.0.1 or 10.0.0.0/8"))
}

/// A list; in the environment also words between commas.
fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(serde::Deserialize)]
    #[serde(untagged, expecting = "a list of words")]
    enum Words {
        List(Vec<String>),
        Text(String),
    }
    Ok(match Words::deserialize(deserializer)? {
        Words::List(words) => words,
        Words::Text(text) => {
            text.split(',').map(str::trim).filter(|w| !w.is_empty()).map(Into::into).collect()
        }
    })
}

/// What is accepted, and, where it can be told, what was meant: `https://xn--…` for a name in letters of its own.
fn accepted_for(wrong: &str) -> String {
    match Url::parse(wrong).map(|url| url.origin().ascii_serialization()) {
        Ok(meant) if is_origin(&meant) => format!("{ORIGIN_ACCEPTED}; here {meant}"),
        _ => ORIGIN_ACCEPTED.into(),
    }
}

fn is_origin(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| {
        let is_web = matches!(url.scheme(), "http" | "https");
        is_web && !text.contains('*') && url.origin().ascii_serialization() == text
    })
}

/// Whether an address is an origin, perhaps with a path behind it, as a browser would write them.
fn is_public_url(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    let origin = url.origin().ascii_serialization();
    is_origin(&origin)
        && text.strip_prefix(&origin).is_some_and(|path| path == url.path().trim_end_matches('/'))
}

fn refused<E: Error>(text: &str, accepted: &dyn Expected) -> E {
    E::invalid_value(Unexpected::Str(text), accepted)
}

#[cfg(test)]
mod tests {
    use super::{is_origin, is_public_url};

    #[test]
    fn server_may_be_reached_under_a_path() {
        for address in ["https://c.example", "https://news.example/dumka", "http://[::1]:8080/a/b-c/%D0%B0"] {
            assert!(is_public_url(address), "{address}");
        }
        for text in [
            "https://c.example/?a",
            "https://c.example/#a",
            "https://c.example/a?b=1",
            "https://user@c.example/a",
            "https://C.example/a",
            "https://c.example/a/../b",
            "https://c.example/а",
            "ftp://c.example/a",
            "c.example/a",
            "/a",
            "",
        ] {
            assert!(!is_public_url(text), "{text}");
        }
    }

    #[test]
    fn only_what_a_browser_sends_is_an_origin() {
        for origin in
            ["https://news.example", "http://localhost:8080", "https://xn--d1acufc.example", "http://[::1]:1"]
        {
            assert!(is_origin(origin), "{origin}");
        }
        for text in [
            "news.example",
            "https://news.example/",
            "https://News.example",
            "https://news.example:443",
            "https://*.example",
            "ftp://news.example",
            "null",
            "*",
        ] {
            assert!(!is_origin(text), "{text}");
        }
    }
}
