//! The trees that readers' texts become.
#![cfg(feature = "parse")]
#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

mod account;
mod addresses;
mod any;
mod blocks;
mod corpus;
mod emphasis;
mod hosts;
mod texts;

use dumka_markup::{Block, Body, Span, parse};

/// The blocks of a text, which is accounted for to the letter.
fn blocks(typed: &str) -> Vec<Block> {
    account::check(typed).unwrap_or_else(|fault| panic!("{typed:?}: {fault}"));
    match parse(typed) {
        Body::Blocks(blocks) => blocks,
        Body::Plain(text) => panic!("plain: {text}"),
    }
}

/// The spans of a text of one paragraph.
fn spans(typed: &str) -> Vec<Span> {
    match blocks(typed).as_slice() {
        [Block::Paragraph(spans)] => spans.clone(),
        other => panic!("{typed:?} is {other:?}"),
    }
}

/// Says that texts are shown to the letter, without any mark.
fn stay_as_typed(texts: &[&str]) {
    for typed in texts {
        assert_eq!(spans(typed), [text(typed)], "{typed:?}");
    }
}

fn text(text: &str) -> Span {
    Span::Text(text.into())
}

fn code(text: &str) -> Span {
    Span::Code(text.into())
}

fn em(content: impl Into<Vec<Span>>) -> Span {
    Span::Em(content.into())
}

fn strong(content: impl Into<Vec<Span>>) -> Span {
    Span::Strong(content.into())
}

fn link(href: &str, words: &str) -> Span {
    Span::Link { href: href.into(), content: vec![text(words)] }
}

fn paragraph(spans: impl Into<Vec<Span>>) -> Block {
    Block::Paragraph(spans.into())
}

fn quote(blocks: impl Into<Vec<Block>>) -> Block {
    Block::Quote(blocks.into())
}
