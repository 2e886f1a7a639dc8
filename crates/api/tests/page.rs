//! Spellings of one page, and spellings that are not.
#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

use dumka_api::{page, site};
use dumka_markup::{is_bidi_control, is_noncharacter};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Spellings, the form first.
const ONE_PAGE: &[&[&str]] = &[
    &[
        "/news/42",
        "/news/42/",
        "/news/42//",
        " /news/42 ",
        "/news/%34%32",
        "/news/42/%20",
        "/news/42?",
        "/news/42/?",
    ],
    &["news/42", "news/42/", "%6eews/42"],
    &[
        "/новини",
        "/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8/",
        "/%d0%bd%d0%be%d0%b2%d0%b8%d0%bd%d0%b8",
        "/нов%D0%B8ни",
    ],
    &["/їжак", "/\u{456}\u{308}жак", "/%D1%96%CC%88жак", "/\u{456}%CC%88жак/"],
    &["/", "//", "///", "/ /"],
    &["/a-b", "/a%2Db", "/a%2db"],
    &["/a%2Fb", "/a%2fb"],
    &["/a%3Fb", "/a%3fb"],
    &["/a b", "/a%20b"],
    &["/a+b", "/a%2Bb"],
    &["/news?id=7", "/news/?id=7", "/news?id=%37", "/news?i%64=7/"],
    &["?id=7"],
    &["/news?q=a%26b", "/news?q=a%26%62"],
    &["/news?q=a&b"],
    &["/news?u=/a?b", "/news?u=%2Fa%3fb"],
    &["100%", "100%25", "100%/"],
    &["100%2541", "100%%34%31", "100%25%34%31"],
    &["/%25D0%25BD", "/%25%44%30%25%42%44"],
    &["/%FF", "/%ff"],
    &["/%00", "/%00/"],
    &["/%C2%85x", "/%c2%85x"],
    &["/%D0н", "/%d0%d0%bd"],
    &["/a%EF%BF%BEb", "/a%ef%bf%beb", "/a\u{FFFE}b/"],
    &["/%EF%BF%BF", "/%eF%Bf%bF", "/\u{FFFF}"],
    &["/%EF%B7%90%EF%B7%AF", "/%ef%b7%90\u{FDEF}"],
    &["/%F0%9F%BF%BE", "/%f0%9f%bf%be", "/\u{1FFFE}"],
    &["/%F4%8F%BF%BF", "/%f4%8f%bf%bf", "/\u{10FFFF}"],
    &["/a?q=%EF%BF%BEй", "/a/?q=%ef%bf%be%D0%B9", "/a?q=\u{FFFE}и\u{306}"],
    &["/a%E2%80%AEb", "/a%e2%80%aeb", "/a\u{202E}b"],
    &["/%E2%81%A6x", "/\u{2066}x"],
    // Neighbours of those, which are characters.
    &["/\u{FFFD}", "/%ef%bf%bd"],
    &["/\u{FDCF}\u{FDF0}", "/%EF%B7%8F%EF%B7%B0"],
    &["/\u{200F}א", "/%E2%80%8F%D7%90"],
    &["/\u{1FFFD}", "/%F0%9F%BF%BD"],
    &["#/news/5", "#/news/5/"],
    &["https://news.example/a", "https://news.example/%61/"],
    &["%20"],
];

#[test]
fn spellings_of_one_page_have_one_form() {
    for spellings in ONE_PAGE {
        for spelling in *spellings {
            assert_eq!(page::canonical(spelling), spellings[0], "{spelling}");
        }
    }
}

#[test]
fn different_pages_stay_apart() {
    let mut forms: Vec<_> = ONE_PAGE.iter().map(|spellings| spellings[0]).collect();
    forms.extend([
        "/a/b",
        "/a?b",
        "/A-b",
        "100%A",
        "/news?q=a%3Db",
        "/news?q=a=b",
        "/news?q=a+b",
        "/news?q=a%2Bb",
    ]);
    forms.extend(["/a//b", "news", "/x#5", "/x%235"]);
    let number = forms.len();
    forms.sort_unstable();
    forms.dedup();
    assert_eq!(forms.len(), number);
    for form in forms {
        assert_eq!(page::canonical(form), form);
    }
}

#[test]
fn eighty_letters_are_as_long_as_they_are_written() {
    let encoded = format!("/%D0%BD/{}", "%D0%B9".repeat(80));
    assert_eq!(page::canonical(&encoded), format!("/н/{}", "й".repeat(80)));
}

#[test]
fn hosts_have_one_form_and_other_ids_stay() {
    let punycode = "xn--b1amarcd.xn--j1amh";
    for spelling in ["новини.укр", "Новини.УКР", punycode, "XN--b1amarcd.xn--j1amh", " новини.укр "]
    {
        assert_eq!(site::canonical(spelling), punycode, "{spelling}");
    }
    assert_eq!(site::canonical("News.EXAMPLE"), "news.example");
    for id in [
        "s",
        "42",
        "127.0.0.1",
        "[::1]",
        "localhost:8080",
        "xn--a",
        "a_b",
        "My site",
        "a\u{b}\u{fe00}",
        "a \u{fe00}",
    ] {
        assert_eq!(site::canonical(id), id);
    }
}

fn is_never_shown(c: char) -> bool {
    c.is_control() || is_noncharacter(c) || is_bidi_control(c)
}

fn never_shown() -> impl Strategy<Value = char> {
    select(('\0'..=char::MAX).filter(|&c| is_never_shown(c)).collect::<Vec<_>>())
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat()
}

/// Letters, and what is never shown in some spelling.
fn element() -> impl Strategy<Value = String> {
    let encoded = never_shown().prop_map(|c| encoded(&c.to_string()).to_lowercase());
    prop_oneof![never_shown().prop_map(String::from), encoded, "[a-z%/?& йи\u{306}]{1,4}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn form_of_a_form_is_that_form(id in ".*") {
        let form = page::canonical(&id);
        prop_assert_eq!(page::canonical(&form), form);
    }

    #[test]
    fn form_of_much_encoded_ids_is_that_form(id in "[%/?#&=+; 0-9A-Fabcdefй\u{308}\u{338}\u{212a}\u{37e}]{0,40}") {
        let form = page::canonical(&id);
        prop_assert_eq!(page::canonical(&form), form);
    }

    /// Code points that are never shown stay encoded and are one page, however they are spelled.
    #[test]
    fn what_is_never_shown_stays_encoded(id in vec(element(), 0..12).prop_map(|elements| elements.concat())) {
        let encoded = encoded(&id);
        for spelling in [format!("/{id}"), format!("/{encoded}"), format!("?{encoded}"), id] {
            let form = page::canonical(&spelling);
            prop_assert!(!form.contains(is_never_shown), "{form:?}");
            prop_assert_eq!(page::canonical(&form), form);
        }
    }

    #[test]
    fn what_is_never_shown_is_the_same_page_raw_and_encoded(c in never_shown(), words in "[a-zй]{0,5}") {
        let form = format!("/{words}{}x", encoded(&c.to_string()));
        prop_assert_eq!(page::canonical(&form), &*form);
        prop_assert_eq!(page::canonical(&format!("/{words}{c}x")), form);
    }

    /// An address is the same page, however it is encoded.
    #[test]
    fn encoding_letters_changes_nothing(id in "/[a-zа-яії/-]{0,30}") {
        let encoded: String = id.bytes().map(|b| if b == b'/' { "/".into() } else { format!("%{b:02x}") }).collect();
        prop_assert_eq!(page::canonical(&encoded), page::canonical(&id));
    }

    #[test]
    fn form_of_a_sites_form_is_that_form(id in ".*") {
        let form = site::canonical(&id);
        prop_assert_eq!(site::canonical(&form), form);
    }
}
