//! Bare addresses: where they begin, where they end, and which are links.

use dumka_markup::Span;

use super::{em, link, spans, stay_as_typed, strong, text};

/// The addresses of a text that are links, as they were typed.
fn linked(typed: &str) -> Vec<String> {
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

#[test]
fn international_hosts_are_links_and_read_as_they_are_typed() {
    assert_eq!(
        spans("https://новини.укр/стаття"),
        [link("https://новини.укр/%D1%81%D1%82%D0%B0%D1%82%D1%82%D1%8F", "https://новини.укр/стаття")]
    );
    for host in [
        "президент.рф",
        "münchen.de",
        "例え.jp",
        "한국.kr",
        "مثال.إختبار",
        "דוגמה.co.il",
        "ελλάδα.gr",
        "hor.укр",
    ] {
        assert_eq!(
            spans(&format!("https://{host}/")),
            [link(&format!("https://{host}/"), &format!("https://{host}/"))]
        );
    }
}

#[test]
fn host_that_passes_for_another_is_spelled_out_or_no_link() {
    let whole_script = spans("https://сор.com/");
    assert_eq!(whole_script, [link("https://xn--n1aeb.com/", "https://сор.com/")]);
    stay_as_typed(&["https://аpple.com", "https://gооgle.com/x"]);
}

/// What a browser takes for other letters is no link: the words would say another host than the one it goes to.
#[test]
fn host_that_browsers_read_as_another_is_no_link() {
    for host in [
        "ⓐ.example",
        "Ⓑⓒ.example",
        "ｅxample.org",
        "ｅｘａｍｐｌｅ.com",
        "ＥＸＡＭＰＬＥ.org",
        "bank１.example",
        "bank①.example",
        "x².example",
        "ª.example",
        "ℂ.example",
        "ﬁnance.example",
        "𝐛𝐚𝐧𝐤.example",
        "ſite.example",
        "ⅳ.example",
        "ｱｲ.jp",
        "ﻣﺜﺎل.إختبار",
        "xn--b1amarcd.укр",
        "a.ｃom",
    ] {
        stay_as_typed(&[
            &format!("https://{host}"),
            &format!("https://{host}/x?y#z і далі"),
            &format!("[words](https://{host}/)"),
            &format!("mailto:a@{host}"),
        ]);
    }
}

/// Capital letters and letters in parts look as what they are, or as what they are capitals of.
#[test]
fn host_that_reads_as_what_it_is_is_a_link() {
    for (typed, host) in [
        ("Новини.УКР", "новини.укр"),
        ("ПРЕЗИДЕНТ.РФ", "президент.рф"),
        ("Mu\u{308}nchen.de", "münchen.de"),
        ("MÜNCHEN.de", "münchen.de"),
        ("українськии\u{306}.укр", "український.укр"),
        ("straße.de", "straße.de"),
        ("ΕΛΛΆΔΑ.gr", "ελλάδα.gr"),
        ("ελλάς.gr", "ελλάς.gr"),
        ("น้ำ.ไทย", "น\u{E49}\u{E4D}\u{E32}.ไทย"),
        ("\u{915}\u{93C}\u{932}\u{92E}.भारत", "\u{915}\u{93C}\u{932}\u{92E}.भारत"),
        ("한국.kr", "한국.kr"),
        ("XN--B1AMARCD.xn--j1amh", "xn--b1amarcd.xn--j1amh"),
        ("EXAMPLE.org", "example.org"),
    ] {
        let typed = format!("https://{typed}/x");
        assert_eq!(spans(&typed), [link(&format!("https://{host}/x"), &typed)]);
    }
}

#[test]
fn port_that_is_not_said_is_a_part_of_its_address() {
    for address in [
        "https://a.example:/x",
        "http://новини.укр:?q=1",
        "https://a.example:#x",
        "https://a.example:/",
        "HTTP://localhost:/a:b",
    ] {
        assert_eq!(linked(address), [address]);
        assert_eq!(linked(&format!("({address})")), [address]);
    }
    assert_eq!(spans("https://a.example:/x"), [link("https://a.example:/x", "https://a.example:/x")]);
    assert_eq!(spans("[a](https://a.example:/x)"), [link("https://a.example:/x", "a")]);
    assert_eq!(
        linked("https://a.example: ось, https://b.example:"),
        ["https://a.example", "https://b.example"]
    );
    stay_as_typed(&["https://a.example:x/ mailto:a@b.example:/x"]);
}

#[test]
fn what_is_no_host_is_no_link() {
    stay_as_typed(&[
        "<https://foo.bar.`baz>",
        "https://bank.example@evil.example/",
        "https://bank.example:pass@evil.example/ https://bank.example,a@evil.example",
        "https://bank.example\\@evil.example https://bank.example\\.evil.example",
        "https://user_name.example https://a.example_b https://a.example$ https://a.example%2Eb",
        "https://a..example https://-a.example https://a-.example https://.example https://example",
        "https://a.example:123456 https://a.example:80x/ https://a.example:99999/",
        "https:// http:///x https://? https://«»",
        "http://2130706433/ http://0x7f.1/ http://1.2.3/ http://127.1/ http://１２７.0.1/ http://[::1]/",
        "https://a.example*evil.com https://a.example!evil.com https://a.example'evil.com https://a.example&x",
        "xhttps://a.example 1http://a.example http:/a.example https//a.example",
        "mailto:a mailto:@a.example mailto:a@b mailto:a@b.example@c.example mailto:a@b.example/x",
        "https://xn--.example/ https://a\u{AD}b.example https://💩.la/",
    ]);
}
