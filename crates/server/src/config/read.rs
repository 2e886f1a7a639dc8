//! Parses single settings; each error names what is accepted.

use std::net::{IpAddr, SocketAddr};

use ipnet::IpNet;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::de::{Deserialize, Deserializer, Error, Expected, Unexpected};
use url::Url;

use super::database;

const ORIGIN_ACCEPTED: &str = "origins such as https://news.example: http:// or https://, the host, \
    a port only where it is not the default, no path, no *";

const PUBLIC_URL_ACCEPTED: &str = "an address such as https://comments.example or https://news.example/comments: \
    http:// or https://, the host, a port only where it is not the default, perhaps a path as browsers send it \
    (other letters than Latin ones encoded), no query";

/// Parses an address and port.
pub(super) fn address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SocketAddr, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(|_| refused(&text, &"an address and port such as 127.0.0.1:8080 or [::1]:8080"))
}

/// Parses the address of a database.
pub(super) fn database<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if database::is_database(&text) {
        Ok(text)
    } else {
        Err(refused(database::shown(&text), &database::ACCEPTED))
    }
}

/// Parses the address of a PostgreSQL database without a pooler.
pub(super) fn database_direct<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    if database::is_postgres(&text) && database::is_database(&text) {
        return Ok(Some(text));
    }
    Err(refused(
        "database_direct",
        &"postgres://USER:PASSWORD@HOST/DATABASE, which leads to the same database",
    ))
}

/// Parses origins and brings each to the form in which browsers send it.
pub(super) fn origins<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    list(deserializer)?.iter().map(|text| origin_of(text)).collect()
}

fn origin_of<E: Error>(text: &str) -> Result<String, E> {
    as_sent(text).ok_or_else(|| refused(text, &accepted_for(text).as_str()))
}

/// Parses the address at which browsers reach the server, without a slash at the end.
pub(super) fn public_url<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    public_address(&text).map(Some).ok_or_else(|| refused(&text, &PUBLIC_URL_ACCEPTED))
}

/// The zone of sites without one.
pub(super) fn utc() -> TimeZone {
    TimeZone::UTC
}

/// Parses a zone by its IANA name.
pub(super) fn timezone<'de, D: Deserializer<'de>>(deserializer: D) -> Result<TimeZone, D::Error> {
    let name = String::deserialize(deserializer)?;
    // The system's zones are newer than this program, as a rule; where they are older, or not there, its own answer.
    let zone = TimeZone::get(&name).or_else(|_| TimeZoneDatabase::bundled().get(&name));
    zone.map_err(|_| refused(&name, &"an IANA time zone such as Europe/Kyiv"))
}

/// Parses addresses or ranges of them.
pub(super) fn networks<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<IpNet>, D::Error> {
    list(deserializer)?.iter().map(|text| network(text)).collect()
}

fn network<E: Error>(text: &str) -> Result<IpNet, E> {
    text.parse()
        .or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
        .map_err(|_| refused(text, &"IP addresses or ranges, such as 127.0.0.1 or 10.0.0.0/8"))
}

/// Parses a list; in the environment also words between commas.
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

/// The accepted origins, and the one that was meant where it can be guessed.
fn accepted_for(wrong: &str) -> String {
    match Url::parse(wrong).map(|url| url.origin().ascii_serialization()) {
        Ok(meant) if as_sent(&meant).is_some() => format!("{ORIGIN_ACCEPTED}; here {meant}"),
        _ => ORIGIN_ACCEPTED.into(),
    }
}

/// Converts an origin to the form in which browsers send it: its host in lower case, and in ASCII where it has other
/// letters. Nothing else may differ, since it would promise what is not compared.
fn as_sent(text: &str) -> Option<String> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let (scheme, authority) = text.split_once("://")?;
    let is_number = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let port = authority.rsplit_once(':').map(|(_, port)| port).filter(|port| is_number(port));
    let is_bare = !authority.ends_with(':')
        && !authority.contains(|c: char| "/?#@\\*%".contains(c) || c.is_whitespace() || c.is_control());
    let is_same = scheme == url.scheme() && port.map(Into::into) == url.port().map(|port| port.to_string());
    (is_bare && is_same).then(|| url.origin().ascii_serialization())
}

/// Converts an address, perhaps with a path, to the form in which browsers send it, without a slash at the end. The
/// origin may be spelled as sites spell theirs; a path that a browser would change is refused.
fn public_address(text: &str) -> Option<String> {
    let text = text.trim_end_matches('/');
    let url = Url::parse(text).ok()?;
    let authority = text.find("://")? + 3;
    let path = text[authority..].find('/').map_or(text.len(), |at| authority + at);
    let (origin, path) = text.split_at(path);
    let is_as_sent = path == url.path().trim_end_matches('/');
    as_sent(origin).filter(|_| is_as_sent).map(|origin| origin + path)
}

fn refused<E: Error>(text: &str, accepted: &dyn Expected) -> E {
    E::invalid_value(Unexpected::Str(text), accepted)
}

#[cfg(test)]
mod tests {
    use super::{as_sent, public_address};

    #[test]
    fn server_may_be_reached_under_a_path() {
        for address in ["https://c.example", "https://news.example/dumka", "http://[::1]:8080/a/b-c/%D0%B0"] {
            assert_eq!(public_address(address).as_deref(), Some(address));
            assert_eq!(public_address(&format!("{address}/")).as_deref(), Some(address));
        }
        for (address, sent) in [
            ("https://коментарі.укр", "https://xn--80ajoigdso6p.xn--j1amh"),
            ("https://Коментарі.УКР/", "https://xn--80ajoigdso6p.xn--j1amh"),
            ("https://думка.укр:8443/a/b", "https://xn--80ahsh8a.xn--j1amh:8443/a/b"),
            ("https://bücher.example/c", "https://xn--bcher-kva.example/c"),
            ("https://C.example/a", "https://c.example/a"),
        ] {
            assert_eq!(public_address(address).as_deref(), Some(sent), "{address}");
        }
        for text in [
            "https://c.example/?a",
            "https://c.example/#a",
            "https://c.example/a?b=1",
            "https://user@c.example/a",
            "https://user@коментарі.укр",
            "https://c.example:443",
            "https://c.example:",
            "https://коментарі.укр?a",
            "https://ко ментарі.укр",
            "https://c.example/a/../b",
            "https:///a",
            "https:c.example",
            "https://c.example/а",
            "ftp://c.example/a",
            "c.example/a",
            "/a",
            "",
        ] {
            assert_eq!(public_address(text), None, "{text}");
        }
    }

    #[test]
    fn origin_is_brought_to_the_form_in_which_browsers_send_it() {
        for origin in
            ["https://news.example", "http://localhost:8080", "https://xn--d1acufc.example", "http://[::1]:1"]
        {
            assert_eq!(as_sent(origin).as_deref(), Some(origin));
        }
        assert_eq!(as_sent("https://News.example").as_deref(), Some("https://news.example"));
        let punycode = Some("https://xn--b1amarcd.xn--j1amh:8443");
        assert_eq!(as_sent("https://Новини.укр:8443").as_deref(), punycode);
    }

    #[test]
    fn text_that_is_more_than_an_origin_is_refused() {
        for text in [
            "news.example",
            "https://news.example/",
            "https://news.example:443",
            "https://news.example:",
            "https://news.example:08443",
            "https://news.example?",
            "https:/news.example",
            "https://me@news.example",
            "HTTPS://news.example",
            "https://news.ex%61mple",
            " https://news.example",
            "https://*.example",
            "ftp://news.example",
            "null",
            "*",
        ] {
            assert_eq!(as_sent(text), None, "{text}");
        }
    }
}
