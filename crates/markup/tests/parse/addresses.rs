//! Bare addresses: where they begin, where they end, and which are links.

use dumka_markup::Span;

use super::{em, link, spans, strong, text};

/// The addresses of a text that are links, as they were typed.
pub(crate) fn linked(typed: &str) -> Vec<String> {
    let words = |span: Span| match span {
        Span::Link { content, .. } => match content.as_slice() {
            [Span::Text(words)] => Some(words.clone()),
            _ => None,
        },
        _ => None,
    };
    spans(typed).into_iter().filter_map(words).collect()
}

#[test]
fn addresses_are_found_whole_before_any_mark() {
    assert_eq!(
        linked("https://foo.example/_/A and https://baz.example/_/B, https://b.example/__init__.py"),
        ["https://foo.example/_/A", "https://baz.example/_/B", "https://b.example/__init__.py"]
    );
    for whole in [
        "https://a.example/*/A",
        "https://a.example/x*y*z",
        "https://a.example/**",
        "https://a.example/*",
        "https://a.example/[1]",
        "https://a.example/a_(b)_(c)",
        "https://a.example/?q=a+b&c[]=1&d={x}#e",
        "https://a.example#frag",
        "https://a.example?x=1",
        "https://a.example/П'ятниця",
        "https://a.example/П’ятниця",
        "https://a.example/1914–1918",
        "https://a.example/Київ_—_Львів",
        "https://a.example/«День»",
        "https://a.example/~user/;a=b,c:d",
        "https://a.example/%D0%9A/x.",
        "https://a.example:8080/x",
        "http://localhost:3000/",
        "http://127.0.0.1/",
        "https://ja.example/東京（曖昧さ回避）",
        "https://example.org./x",
        "HTTPS://EXAMPLE.ORG/A",
        "https://web.example/2020/https://a.example/x",
        "mailto:a.b+c@example.org?subject=x",
    ] {
        let whole = whole.trim_end_matches('.');
        assert_eq!(linked(whole), [whole]);
        assert_eq!(linked(&format!("див. {whole} і далі")), [whole]);
    }
}

#[test]
fn marks_around_an_address_are_marks() {
    let address = || link("https://a.example/x", "https://a.example/x");
    assert_eq!(spans("*https://a.example/x*"), [em([address()])]);
    assert_eq!(spans("**див. https://a.example/x**."), [strong([text("див. "), address()]), text(".")]);
    assert_eq!(spans("https://a.example/x* і *"), [address(), text("* і *")]);
}

#[test]
fn closing_punctuation_of_every_script_stays_outside() {
    for address in
        ["https://a.example", "https://a.example/x", "https://новини.укр", "https://a.example/шлях"]
    {
        for behind in [
            ".", ",", ";", ":", "!", "?", "...", "?!", "'", "\"", ")", "]", "}", ">", "»", "«", "”", "“",
            "’", "‘", "›", "‹", "…", "—", "–", "、", "。", "！", "？", "）", "」", "』", "】", "》", "；",
            "：", "，", "؟", "،", "؛", "۔", "։", "।", "።", "·", "”.", "».", ").", "…»", "\u{200F}", "\u{A0}",
        ] {
            for after in ["", " далі", "\nдалі"] {
                let typed = format!("{address}{behind}{after}");
                assert_eq!(linked(&typed), [address], "{typed:?}");
            }
        }
        for (open, close) in [
            ("«", "»"),
            ("„", "“"),
            ("“", "”"),
            ("‚", "‘"),
            ("»", "«"),
            ("(", ")"),
            ("「", "」"),
            ("（", "）"),
            ("<", ">"),
        ] {
            let typed = format!("так{open}{address}{close}і далі");
            assert_eq!(linked(&typed), [address], "{typed:?}");
        }
    }
}

#[test]
fn addresses_stand_in_every_surrounding() {
    for (typed, address) in [
        ("<a href=\"https://a.example/x\">текст</a>", "https://a.example/x"),
        ("[url=https://a.example]текст[/url]", "https://a.example"),
        ("[a] (https://a.example)", "https://a.example"),
        ("[a](<https://a.example>)", "https://a.example"),
        ("_https://a.example_, і", "https://a.example"),
        ("~~https://a.example~~", "https://a.example"),
        ("тутhttps://a.example", "https://a.example"),
        ("https://a.example?mail=a@b.example&amp;x=1", "https://a.example?mail=a@b.example&amp;x=1"),
        ("https://maps.example/@50.45,30.52,12z, бачите?", "https://maps.example/@50.45,30.52,12z"),
        ("https://a.example/?q=«слово»", "https://a.example/?q=«слово»"),
        ("https://a.example,див.", "https://a.example"),
        ("(https://a.example:8080).", "https://a.example:8080"),
        ("view-source:https://a.example/x|y", "https://a.example/x"),
        ("https://a.example/«x і ще", "https://a.example/"),
        ("https://a.example/(x]", "https://a.example/(x"),
        ("\u{200F}https://דוגמה.co.il/שלום\u{200F}, מה", "https://דוגמה.co.il/שלום"),
        ("https://مثال.إختبار/مقال؟ نعم", "https://مثال.إختبار/مقال"),
    ] {
        assert_eq!(linked(typed), [address], "{typed:?}");
    }
}

#[test]
fn words_of_another_script_without_a_space_are_no_host() {
    assert_eq!(linked("https://example.comを見て"), ["https://example.com"]);
    assert_eq!(linked("https://example.com에서 봤다"), ["https://example.com"]);
    assert_eq!(linked("https://example.comтекст"), ["https://example.com"]);
    assert_eq!(linked("https://a.example/x。次"), ["https://a.example/x"]);
    assert_eq!(linked("https://example.café/x"), ["https://example.café/x"]);
}
