//! Hosts of addresses: which are linked, and how they are spelled.

use super::addresses::linked;
use super::{link, spans, stay_as_typed};

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

/// A host that a browser takes for other letters is no link: the words would say another host than the one it goes to.
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
