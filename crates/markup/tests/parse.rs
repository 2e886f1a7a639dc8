//! What readers' Markdown becomes.
#![cfg(feature = "parse")]

use dumka_markup::{Block, Body, List, Span, parse};

fn blocks(text: &str) -> Vec<Block> {
    match parse(text) {
        Body::Blocks(blocks) => blocks,
        Body::Plain(text) => panic!("plain: {text}"),
    }
}

fn text(text: &str) -> Span {
    Span::Text(text.into())
}

fn paragraph(spans: impl Into<Vec<Span>>) -> Block {
    Block::Paragraph(spans.into())
}

fn link(href: &str, shown: &str) -> Span {
    Span::Link { href: href.into(), content: vec![text(shown)] }
}

#[test]
fn every_line_break_is_kept() {
    assert_eq!(
        blocks("one\ntwo  \nthree\\\nfour\n\nfive"),
        [paragraph([text("one\ntwo\nthree\nfour")]), paragraph([text("five")])]
    );
}

#[test]
fn emphasis_strong_and_code_are_spans() {
    assert_eq!(
        blocks("a *b* **c** `d`"),
        [paragraph([
            text("a "),
            Span::Em(vec![text("b")]),
            text(" "),
            Span::Strong(vec![text("c")]),
            text(" "),
            Span::Code("d".into())
        ])]
    );
}

#[test]
fn quotes_and_lists_nest() {
    let item = |word: &str| vec![paragraph([text(word)])];
    let inner = Block::List(List { start: None, items: vec![item("c")] });
    let mut second = item("b");
    second.push(inner);
    assert_eq!(
        blocks("> q\n\n3. a\n4. b\n   - c"),
        [
            Block::Quote(vec![paragraph([text("q")])]),
            Block::List(List { start: Some(3), items: vec![item("a"), second] })
        ]
    );
}

#[test]
fn fenced_code_is_code_and_indented_text_is_text() {
    assert_eq!(blocks("```rust\nlet x = 1;\n```"), [Block::Code("let x = 1;".into())]);
    assert_eq!(
        blocks("a\n\n    pasted *text*\n    here"),
        [paragraph([text("a")]), paragraph([text("pasted *text*\nhere")])]
    );
}

#[test]
fn links_go_to_the_web_and_to_mail_only() {
    assert_eq!(blocks("[a](https://example.org)"), [paragraph([link("https://example.org/", "a")])]);
    assert_eq!(blocks("<a@example.org>"), [paragraph([link("mailto:a@example.org", "a@example.org")])]);
    for refused in [
        "[a](javascript:alert(1))",
        "[a](JavaScript:alert)",
        "[a](data:text/html,x)",
        "[a](//example.org)",
        "[a](b)",
        "[a](https://bank.example@evil.example/)",
        "<ftp://example.org>",
    ] {
        assert_eq!(blocks(refused), [paragraph([text(refused)])]);
    }
}

#[test]
fn bare_addresses_become_links() {
    assert_eq!(
        blocks("See https://example.org/a_b_c?x=1, *http://b.example*."),
        [paragraph([
            text("See "),
            link("https://example.org/a_b_c?x=1", "https://example.org/a_b_c?x=1"),
            text(", "),
            Span::Em(vec![link("http://b.example/", "http://b.example")]),
            text(".")
        ])]
    );
    assert_eq!(blocks("a@example.org"), [paragraph([text("a@example.org")])]);
    assert_eq!(
        blocks("[see https://a.example](https://b.example)"),
        [paragraph([link("https://b.example/", "see https://a.example")])]
    );
}

#[test]
fn picture_is_a_link_to_it() {
    assert_eq!(
        blocks("![a cat](https://example.org/cat.png)"),
        [paragraph([link("https://example.org/cat.png", "a cat")])]
    );
    assert_eq!(
        blocks("![](https://example.org/cat.png)"),
        [paragraph([link("https://example.org/cat.png", "https://example.org/cat.png")])]
    );
}

#[test]
fn html_is_text() {
    assert_eq!(blocks("<script>alert(1)</script>"), [paragraph([text("<script>alert(1)</script>")])]);
    assert_eq!(blocks("a <b onclick=x>b</b>"), [paragraph([text("a <b onclick=x>b</b>")])]);
    assert_eq!(blocks("<div>\n\nx"), [paragraph([text("<div>")]), paragraph([text("x")])]);
}

#[test]
fn headings_are_strong_and_rules_are_dashes() {
    assert_eq!(
        blocks("# Title\n\n---"),
        [paragraph([Span::Strong(vec![text("Title")])]), paragraph([text("—")])]
    );
}

#[test]
fn link_definitions_stay_readable() {
    assert_eq!(
        blocks("[1]: https://example.org/x"),
        [paragraph([text("[1]: "), link("https://example.org/x", "https://example.org/x")])]
    );
    assert_eq!(blocks("[a][b]"), [paragraph([text("[a][b]")])]);
}

#[test]
fn lone_marks_stay_as_typed() {
    for marks in [">", "-", "#", "```", "*", "1."] {
        assert_eq!(blocks(marks), [paragraph([text(marks)])]);
    }
    assert_eq!(blocks("a\n\n#\n\nb")[1], paragraph([text("#")]));
}

#[test]
fn words_on_a_fence_line_are_kept() {
    assert_eq!(blocks("~~~ дуже важливо\nтак\n~~~"), [Block::Code("дуже важливо\nтак".into())]);
}

#[test]
fn direction_overrides_are_dropped() {
    assert_eq!(blocks("a\u{202E}b `c\u{2066}d`"), [paragraph([text("ab "), Span::Code("cd".into())])]);
}

#[test]
fn character_references_stay_as_typed() {
    assert_eq!(blocks("&lt;b&gt; &#x202E; &#27;"), [paragraph([text("&lt;b&gt; &#x202E; &#27;")])]);
    assert_eq!(
        blocks("[a](https://example.org/?a=1&amp=2)"),
        [paragraph([link("https://example.org/?a=1&amp=2", "a")])]
    );
}

#[test]
fn nesting_is_capped_and_its_content_kept() {
    fn depth(block: &Block) -> usize {
        match block {
            Block::Quote(blocks) => 1 + blocks.iter().map(depth).max().unwrap_or(0),
            Block::List(list) => 1 + list.items.iter().flatten().map(depth).max().unwrap_or(0),
            _ => 0,
        }
    }
    for deep in [format!("{}word", "> ".repeat(2_000)), format!("{}word", "- ".repeat(2_000))] {
        let blocks = blocks(&deep);
        assert_eq!(blocks.iter().map(depth).max(), Some(8));
        assert!(serde_json::to_string(&blocks).unwrap().contains("word"));
    }
}
