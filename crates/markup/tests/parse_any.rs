//! What holds for every text.
#![cfg(feature = "parse")]

use dumka_markup::{Block, Body, Span, parse};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Text that is mostly marks, so that they meet each other in every way.
fn marked_text() -> impl Strategy<Value = String> {
    const MARKS: &[&str] = &[
        "*",
        "**",
        "_",
        "> ",
        ">",
        "- ",
        "1. ",
        "# ",
        "[",
        "](",
        ")",
        "!",
        "<",
        "/>",
        "\n",
        "\n\n",
        "    ",
        "\\",
        "`",
        "\"",
        "'",
        ":",
        "https://a.example/",
        "javascript:",
        "mailto:",
        "\u{202E}",
        "ї",
        "&",
        ";",
        "=",
        "---",
    ];
    let piece = prop_oneof![3 => select(MARKS).prop_map(String::from), 1 => "[a-z]{1,6}"];
    vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Everything of a body that a reader can see or follow.
fn shown(body: &Body) -> (String, Vec<String>) {
    let (mut words, mut hrefs) = (String::new(), Vec::new());
    if let Body::Blocks(blocks) = body {
        for block in blocks {
            show_block(block, &mut words, &mut hrefs);
        }
    }
    (words, hrefs)
}

fn show_block(block: &Block, words: &mut String, hrefs: &mut Vec<String>) {
    match block {
        Block::Paragraph(spans) => spans.iter().for_each(|span| show_span(span, words, hrefs)),
        Block::Quote(blocks) => blocks.iter().for_each(|block| show_block(block, words, hrefs)),
        Block::List(list) => list.items.iter().flatten().for_each(|block| show_block(block, words, hrefs)),
        Block::Code(code) => words.push_str(code),
    }
    words.push('\n');
}

fn show_span(span: &Span, words: &mut String, hrefs: &mut Vec<String>) {
    match span {
        Span::Text(text) | Span::Code(text) => words.push_str(text),
        Span::Em(spans) | Span::Strong(spans) => spans.iter().for_each(|span| show_span(span, words, hrefs)),
        Span::Link { href, content } => {
            hrefs.push(href.clone());
            for span in content {
                show_span(span, words, hrefs);
            }
        }
    }
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_ascii_lowercase()).filter(|word| !word.is_empty()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_the_parser(text in any::<String>()) {
        shown(&parse(&text));
    }

    #[test]
    fn every_link_is_safe_and_none_is_inside_another(text in marked_text()) {
        let body = parse(&text);
        for href in shown(&body).1 {
            prop_assert!(Span::is_safe_href(&href), "{href}");
        }
        let json = serde_json::to_string(&body).unwrap();
        let back: Body = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(body, back);
    }

    #[test]
    fn no_word_is_lost(text in marked_text()) {
        // The name of a language after a fence is not shown.
        prop_assume!(!text.contains("```"));
        let (shown, hrefs) = shown(&parse(&text));
        let all = shown + &hrefs.concat();
        for word in words(&text) {
            prop_assert!(all.contains(word), "{word} of {text:?} is not in {all:?}");
        }
    }

    #[test]
    fn plain_words_are_shown_as_they_are(lines in vec(vec("[а-яїa-z0-9]{1,8}", 1..8), 1..8)) {
        let text = lines.iter().map(|words| words.join(" ")).collect::<Vec<_>>().join("\n");
        let (shown, _) = shown(&parse(&text));
        prop_assert_eq!(shown.trim_end(), text);
    }
}
