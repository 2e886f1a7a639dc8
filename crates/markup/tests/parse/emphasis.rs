//! Emphasis, code and links in a line.

use dumka_markup::Span;

use super::{blocks, code, em, link, paragraph, spans, stay_as_typed, strong, text};

#[test]
fn marks_around_words_are_emphasis() {
    assert_eq!(
        spans("a *b* **c** ***d*** `e`"),
        [
            text("a "),
            em([text("b")]),
            text(" "),
            strong([text("c")]),
            text(" "),
            strong([em([text("d")])]),
            text(" "),
            code("e")
        ]
    );
    assert_eq!(spans("*кілька слів, і ще*"), [em([text("кілька слів, і ще")])]);
}

#[test]
fn punctuation_may_stand_around_emphasis() {
    for (before, after) in [
        ("«", "»"),
        ("(", ")"),
        ("", ","),
        ("", "."),
        ("", "!"),
        ("", "…"),
        ("\"", "\""),
        ("“", "”"),
        ("»", "«"),
        ("„", "“"),
    ] {
        let typed = format!("{before}*слово*{after}");
        let expected: Vec<Span> = [text(before), em([text("слово")]), text(after)]
            .into_iter()
            .filter(|span| *span != text(""))
            .collect();
        assert_eq!(spans(&typed), expected, "{typed}");
    }
    assert_eq!(spans("—**слово**— і"), [text("—"), strong([text("слово")]), text("— і")]);
    assert_eq!(spans("*«слово»* *№5* *так!*")[..1], [em([text("«слово»")])]);
    assert_eq!(spans("أنا *هنا*، נכון *מאוד*.")[1], em([text("هنا")]));
    assert_eq!(spans("👍 *клас*👍")[1], em([text("клас")]));
}

#[test]
fn marks_stand_inside_each_other() {
    let inner = [text("дуже "), em([text("важливо")]), text(" тут")];
    assert_eq!(spans("**дуже *важливо* тут**"), [strong(inner)]);
    assert_eq!(spans("**a *b***"), [strong([text("a "), em([text("b")])])]);
    assert_eq!(spans("***a* b**"), [strong([em([text("a")]), text(" b")])]);
    assert_eq!(spans("*a `*b*`*"), [em([text("a "), code("*b*")])]);
}

#[test]
fn stars_that_mean_stars_stay_as_typed() {
    stay_as_typed(&[
        "5*3=15, а 6*2=12",
        "2*3*4 і 2**10, a*b*c",
        "a * b * c, *a*b, a *b,",
        "a* b, *c",
        "готель 5* чи 4*, *виноска, ще виноска*нижче",
        "п***ц, с*ка, б**ть, *****, ***",
        ":*) і :*) та :* і :*",
        "(*) за даними … (*) \"*\" і \"*\" '*' -*- [*] [*]",
        "(*p)*(*q), int *p, *q; f(*args, **kwargs), **kwargs",
        "*.txt і *.rs, src/**/*.rs, /* коментар */",
        "SELECT * FROM a WHERE b = '*'",
        "* a* ** b** *a ** b*c",
        "*рядок\nдругий*",
        "****a****",
        "f*x*, (a)*(b)*(c)",
    ]);
}

#[test]
fn what_has_no_other_half_is_text() {
    assert_eq!(spans("*a **b*"), [em([text("a **b")])]);
    assert_eq!(spans("**a *b**"), [strong([text("a *b")])]);
    assert_eq!(spans("***a**"), [text("*"), strong([text("a")])]);
    assert_eq!(spans("*a* b*"), [em([text("a")]), text(" b*")]);
    assert_eq!(
        blocks("**незакрито\n\n**тут"),
        [paragraph([text("**незакрито")]), paragraph([text("**тут")])]
    );
}

#[test]
fn backtick_in_the_place_of_an_apostrophe_is_one() {
    stay_as_typed(&[
        "м`яч і п`ять, об`єкт",
        "`незакрито",
        "``a``",
        "` x `",
        "```так``` і ще",
        "a `b`c",
        "''a``b''",
    ]);
    assert_eq!(spans("(`a*b*c_d`), `<b>`"), [text("("), code("a*b*c_d"), text("), "), code("<b>")]);
    assert_eq!(spans("`п`ять`"), [code("п`ять")]);
}

#[test]
fn words_in_brackets_before_an_address_are_a_link() {
    assert_eq!(spans("[a](https://example.org)"), [link("https://example.org/", "a")]);
    assert_eq!(
        spans("[a](https://a.example/b_(c)), [d](mailto:a@b.example)")[2],
        link("mailto:a@b.example", "d")
    );
    assert_eq!(
        spans("[*a* `b`](https://a.example/*x*)"),
        [Span::Link {
            href: "https://a.example/*x*".into(),
            content: vec![em([text("a")]), text(" "), code("b")]
        }]
    );
    assert_eq!(spans("[a [b] c](https://a.example/)"), [link("https://a.example/", "a [b] c")]);
    assert_eq!(spans("![кіт](https://a.example/p.png)"), [text("!"), link("https://a.example/p.png", "кіт")]);
    assert_eq!(
        spans("[див. https://a.example](https://b.example)"),
        [link("https://b.example/", "див. https://a.example")]
    );
}

#[test]
fn no_link_stands_inside_another_and_none_is_without_words() {
    assert_eq!(
        spans("[[a](https://a.example/)](https://b.example/)"),
        [
            text("["),
            link("https://a.example/", "a"),
            text("]("),
            link("https://b.example/", "https://b.example/"),
            text(")")
        ]
    );
    let bare = link("https://a.example/", "https://a.example/");
    assert_eq!(spans("[](https://a.example/)"), [text("[]("), bare.clone(), text(")")]);
    assert_eq!(spans("[ \u{200B}](https://a.example/)"), [text("[ \u{200B}]("), bare.clone(), text(")")]);
    assert_eq!(spans("[a](https://a.example/ \"title\")"), [text("[a]("), bare, text(" \"title\")")]);
}

#[test]
fn links_go_to_the_web_and_to_mail_only() {
    stay_as_typed(&[
        "[a](javascript:alert(1))",
        "[a](JavaScript:alert)",
        "[a](data:text/html,x)",
        "[a](//example.org)",
        "[a](b), [c] (https:/x), [d](ftp://example.org)",
        "[a](https://bank.example@evil.example/)",
        "[a](https:\\\\evil.example) [a](https:evil.example)",
        "ftp://example.org, javascript:alert(1), www.example.org, a@example.org, <a@example.org>",
    ]);
}

#[test]
fn emphasis_is_capped_and_the_outer_marks_are_text() {
    let begun: Vec<_> = (0..50).map(|n| format!("*a{n} ")).collect();
    let shown = format!("{:?}", spans(&[&begun.concat(), "слово", &" b*".repeat(50)].concat()));
    assert!(shown.contains("*a42") && shown.contains("слово"), "{shown}");
    assert_eq!(shown.matches("Em(").count(), 7);
}
