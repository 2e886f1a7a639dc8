//! The article that a thread belongs to: cleans its title and its address.

use dumka_markup::{is_bidi_control, is_noncharacter};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use url::Url;

use crate::text::one_line;

/// Query parameters that track visitors and never name a page.
const TRACKING: &[&str] = &[
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "_openstat",
    "dclid",
    "erid",
    "fbclid",
    "gad_source",
    "gbraid",
    "gclid",
    "gclsrc",
    "igsh",
    "igshid",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "oly_anon_id",
    "oly_enc_id",
    "rb_clickid",
    "srsltid",
    "ttclid",
    "twclid",
    "vero_id",
    "wbraid",
    "wickedid",
    "yclid",
    "ymclid",
    "ysclid",
];
/// Prefixes of such parameters.
const TRACKING_FAMILIES: &[&str] = &["utm_", "mtm_", "pk_", "hsa_"];

/// Returns a title in one line, without control characters, direction overrides and what no XML can hold.
pub fn clean_title(text: &str) -> String {
    let is_lost =
        |c: char| is_bidi_control(c) || is_noncharacter(c) || (c.is_control() && !c.is_whitespace());
    one_line(&text.replace(is_lost, ""))
}

/// Removes tracking parameters and the fragment, except a route that a page keeps there (`#/news/5`, `#!/news/5`).
pub fn clean_url(mut url: Url) -> Url {
    if let Some(query) = url.query() {
        let own: Vec<_> = query.split('&').filter(|pair| !is_tracking(pair)).collect();
        let own = own.join("&");
        url.set_query(Some(own.as_str()).filter(|own| !own.is_empty()));
    }
    let route = url.fragment().filter(|fragment| fragment.starts_with(['/', '!']));
    let route = route.map(|route| route.split('#').next().unwrap_or_default().to_owned());
    url.set_fragment(route.as_deref());
    url
}

/// Characters that are encoded in a path and a query. An id keeps its `%`, `?` and `#`; a backslash would be read as a
/// slash.
const NOT_IN_A_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Returns the address, within its host, of a page whose id is a path. Two slashes would begin a host.
pub fn page_path(page: &str) -> Option<String> {
    let is_path = page.starts_with('/') && !page.starts_with("//");
    is_path.then(|| utf8_percent_encode(page, NOT_IN_A_PATH).to_string())
}

fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    TRACKING.contains(&name.as_str()) || TRACKING_FAMILIES.iter().any(|family| name.starts_with(family))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str) -> String {
        clean_url(Url::parse(text).unwrap()).into()
    }

    #[test]
    fn address_loses_what_is_not_the_pages_own() {
        let page = "https://news.example/a?id=7&p=%20x";
        for text in [
            page,
            "https://news.example/a?id=7&p=%20x#comment-5",
            "https://news.example/a?utm_source=x&id=7&UTM_Campaign=y&p=%20x&fbclid=z",
            "https://news.example/a?gclid=1&id=7&yclid&msclkid=&p=%20x&mc_eid=2&_openstat=3#:~:text=x",
        ] {
            assert_eq!(cleaned(text), page, "{text}");
        }
        assert_eq!(cleaned("https://news.example/a?fbclid=1#x"), "https://news.example/a");
        assert_eq!(cleaned("https://news.example/a?"), "https://news.example/a");
    }

    #[test]
    fn route_in_the_fragment_stays() {
        assert_eq!(cleaned("https://news.example/#/news/5#comment-1"), "https://news.example/#/news/5");
        assert_eq!(cleaned("https://news.example/?fbclid=1#!/news/5"), "https://news.example/#!/news/5");
    }

    #[test]
    fn id_that_is_a_path_is_an_address_within_its_host() {
        for (page, address) in [
            ("/", "/"),
            ("/news/42", "/news/42"),
            ("/новини/їжа", "/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8/%D1%97%D0%B6%D0%B0"),
            ("/a b?id=7&q=\"<x>\"", "/a%20b?id=7&q=%22%3Cx%3E%22"),
            ("/a%2Fb%3F%2541", "/a%2Fb%3F%2541"),
            ("/\\elsewhere.example", "/%5Celsewhere.example"),
        ] {
            assert_eq!(page_path(page).as_deref(), Some(address), "{page}");
        }
        for page in ["news/42", "42", "", "//elsewhere.example/", "https://news.example/", "?id=7"] {
            assert_eq!(page_path(page), None, "{page}");
        }
    }

    #[test]
    fn title_loses_what_steers_and_turns() {
        assert_eq!(clean_title(" A\u{202E}\u{2066}B\u{7}\u{1b}[1m \n\t C\u{200F} "), "AB[1m C\u{200F}");
    }

    #[test]
    fn title_loses_what_no_xml_can_hold() {
        assert_eq!(clean_title("A\u{FFFE} \u{FDD0}title\u{1FFFF}"), "A title");
    }
}
