//! Paragraphs, quotations, lists and code.

use dumka_markup::{Block, Body, List, parse};

use super::{blocks, code, em, link, paragraph, quote, spans, stay_as_typed, text};

fn list(items: &[&str]) -> Block {
    let items = items.iter().map(|item| vec![paragraph([text(item)])]).collect();
    Block::List(List { start: None, items })
}

#[test]
fn every_line_break_is_kept_and_an_empty_line_begins_a_paragraph() {
    assert_eq!(
        blocks("one\ntwo  \nthree\\\nfour\n\n \t\nfive"),
        [paragraph([text("one\ntwo  \nthree\\\nfour")]), paragraph([text("five")])]
    );
    assert_eq!(blocks("a\r\nb\rc\r\n\r\nd"), [paragraph([text("a\nb\nc")]), paragraph([text("d")])]);
}

#[test]
fn nothing_else_of_markdown_exists() {
    stay_as_typed(&[
        "1914. Перша.\n1939. Друга.\n1945. Кінець.",
        "1) перше\n2) друге\n7. сьоме",
        "+ 100500, згоден",
        "* за даними МОЗ\n* * *\n***\n*****",
        "Перше\n---\nДруге\n===\nТретє",
        "- - -\n--\n-5 градусів\n-слово",
        "# heading\n## ще\n#hashtag",
        "¯\\_(ツ)_/¯ і \\\\сервер\\папка\\",
        "_так_, __init__, snake_case, ~~x~~, \\*так\\*",
        "Садок вишневий коло хати,\n    Хрущі над вишнями гудуть,\n\tПлугатарі з плугами йдуть",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "<b>html</b> <script>alert(1)</script> <div>\n<!-- x --> &amp; &lt;b&gt; &#x202E; &nbsp;",
        "[1] і [^2]\n[^2]: примітка\n[a][b] [label]: адреса",
        "~~~\nкод\n~~~",
        "    чотири пробіли\n     і п’ять",
        "Term\n: definition",
        "- [ ]-\u{2003}\n".trim_end().trim_start_matches("- "),
        " > не цитата\n>теж\n>>> теж\n>5 років\n>_<",
        "  - не пункт\n • пункт\n— Привіт! — сказав він.\n– і так",
        "שלום, *עולם\nمرحبا بالعالم؟",
        "これは*重要*です。\n🎉 *️⃣ 2️⃣",
    ]);
}

#[test]
fn own_line_ends_a_quotation_and_a_list() {
    let own = paragraph([text("а це вже я")]);
    assert_eq!(blocks("> цитата\nа це вже я"), [quote([paragraph([text("цитата")])]), own.clone()]);
    assert_eq!(blocks("> цитата\r\nа це вже я"), [quote([paragraph([text("цитата")])]), own.clone()]);
    assert_eq!(blocks("- item\nа це вже я"), [list(&["item"]), own.clone()]);
    assert_eq!(blocks("- a\n- b\n  - c"), [list(&["a", "b"]), paragraph([text("  - c")])]);
    assert_eq!(
        blocks("Він писав:\n> цитата\n\nа це вже я")[1..],
        [quote([paragraph([text("цитата")])]), own]
    );
}

#[test]
fn quotations_stand_inside_quotations() {
    assert_eq!(
        blocks("> a\n> > b\n>\n> c\n> - d\n\n> e"),
        [
            quote([
                paragraph([text("a")]),
                quote([paragraph([text("b")])]),
                paragraph([text("c")]),
                list(&["d"])
            ]),
            quote([paragraph([text("e")])])
        ]
    );
}

#[test]
fn item_has_marks_of_its_own() {
    let item = vec![paragraph([em([text("a")]), text(" "), code("b")])];
    assert_eq!(blocks("- *a* `b`"), [Block::List(List { start: None, items: vec![item] })]);
    assert_eq!(blocks("- 5 градусів"), [list(&["5 градусів"])]);
}

#[test]
fn what_stands_between_fences_is_code_to_the_letter() {
    let typed = "```\nlet *x* = `1`;\n\n\t> https://a.example  \n```\nпісля";
    let lines = Block::Code("let *x* = `1`;\n\n\t> https://a.example  ".into());
    assert_eq!(blocks(typed), [lines, paragraph([text("після")])]);
    assert_eq!(blocks("```rust\nx\n```"), [Block::Code("rust\nx".into())]);
    assert_eq!(blocks("> ```\n> x\n> ```"), [quote([Block::Code("x".into())])]);
    stay_as_typed(&["```\nне закрито", "```\n```", "````\nx\n````", "```x```\n```"]);
}

#[test]
fn lone_marks_stay_as_typed() {
    stay_as_typed(&[
        ">",
        ">\n>\n>",
        "-",
        "- ",
        "#",
        "```",
        "*",
        "**",
        "`",
        "[",
        "](",
        "[]()",
        "1.",
        "- -\n- ",
        "> ".trim_end(),
        "![]()",
    ]);
    assert_eq!(blocks("> >"), [quote([paragraph([text(">")])])]);
}

#[test]
fn nothing_is_nothing() {
    for nothing in ["", " \n\t\n", "\u{202E}\u{2066}"] {
        assert_eq!(parse(nothing), Body::Blocks(Vec::new()));
    }
}

#[test]
fn direction_overrides_are_dropped_and_nothing_else() {
    assert_eq!(spans("a\u{202E}b `c\u{2066}d`"), [text("ab "), code("cd")]);
    assert_eq!(blocks("`\u{202E}`"), [paragraph([text("``")])]);
    stay_as_typed(&[
        "\u{200F}שלום\u{200E}, \u{61C}م\u{200C}ی\u{200D}م",
        "нуль\u{200B}ширини \u{AD}\u{FEFF}x",
    ]);
}

#[test]
fn what_no_xml_can_hold_is_replaced() {
    assert_eq!(
        spans("a\0b\u{FFFE}c\u{FFFF}d\u{FDD0}e\u{10FFFF}\u{1B}\u{85}"),
        [text("a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}e\u{FFFD}\u{FFFD}\u{FFFD}")]
    );
    assert_eq!(
        spans("https://a.example/\u{FFFE}")[0],
        link("https://a.example/%EF%BF%BD", "https://a.example/\u{FFFD}")
    );
}

#[test]
fn nesting_is_capped_and_deeper_marks_are_text() {
    let deep = blocks(&format!("{}слово", "> ".repeat(2_000)));
    let mut inner = deep.as_slice();
    for _ in 0..8 {
        let [Block::Quote(blocks)] = inner else { panic!("{inner:?}") };
        inner = blocks;
    }
    assert_eq!(inner, [paragraph([text(&format!("{}слово", "> ".repeat(1_992)))])]);
    let last = blocks(&format!("{}- слово", "> ".repeat(8)));
    assert!(format!("{last:?}").contains("- слово"));
}

/// A parser that is slower than linear does not come to an end here.
#[test]
fn many_marks_are_read_in_one_go() {
    let many = |mark: &str| mark.repeat(200_000 / mark.len());
    let marks = [
        "*",
        "* ",
        "*a ",
        "a* ",
        "*a*",
        "**a ",
        "***a ",
        "***a** ",
        "`",
        "`a ",
        "`a` ",
        "a` ",
        "[",
        "[a ",
        "]",
        "[a](",
        "[a](b ",
        "[a](https://a.example) ",
        "[a](https://a.b",
        "[a](mailto:a@b.c",
        "*[",
        "[*",
        "[]",
        "(",
        ")",
        ">",
        "> ",
        "> \n",
        ">\n",
        "> a\n",
        "- ",
        "- a\n",
        "```\n",
        "```a\n",
        "```a\n\n",
        "> ```\n",
        "\n",
        "https://",
        "https://a/",
        "https://ⓐ.b/",
        "https://a.b:/",
        "https://a.b:99999/",
        "mailto:a@b.c/",
        "mailto:a@b.c?/",
        "https://a.example ",
        "https://a.example/((",
        "https://a.example/*",
        "https://a.b,",
        "https://a.b:1@",
        "https://a.example/«",
        "https://xn--a.b ",
        "https://новини.укр ",
        "mailto:a@b.c ",
        "mailto:",
        "h",
        "\\",
        "_",
        "&",
        "\u{301}",
        "\u{202E}",
    ];
    for mark in marks {
        let typed = many(mark);
        assert!(matches!(parse(&typed), Body::Blocks(_)), "{mark:?}");
        assert!(
            matches!(parse(&["*[`", &typed, "`](https://a.example)*"].concat()), Body::Blocks(_)),
            "{mark:?}"
        );
    }
}
