//! Markdown to tree.

mod builder;
mod frame;
mod link;

use std::borrow::Cow;

use pulldown_cmark::{Options, Parser};

use crate::{Block, Body, Span};
use builder::Builder;

/// Parses comment text: a small Markdown without HTML, pictures, tables or indented code.
///
/// Every line break is kept, bare addresses become links, links go to http, https and mailto only.
/// What is no markup here stays as the writer typed it; only bidirectional overrides and isolates
/// are dropped, which could turn around what stands beside them.
pub fn parse(text: &str) -> Body {
    let source = prepare(text);
    let mut builder = Builder::new(&source);
    for (event, range) in Parser::new_ext(&source, Options::empty()).into_offset_iter() {
        builder.take(event, range);
    }
    let blocks = builder.finish();
    if blocks.iter().any(says_something) {
        return Body::Blocks(blocks);
    }
    // Nothing but marks, such as a lone `>`: then they are what the writer wanted to say.
    Body::Blocks(vec![Block::Paragraph(vec![Span::Text(without_guard(&source).trim().into())])])
}

/// A character that no text has (Unicode keeps it for a program's own use).
const GUARD: char = '\u{FDD0}';

/// Drops what would turn text around, and guards what would not come out as it was typed:
/// `[label]: address` lines, swallowed as link definitions, and `&…;` references, through which
/// every dropped or refused character could come back.
fn prepare(text: &str) -> String {
    let mut source = String::with_capacity(text.len());
    for c in text.chars().filter(|&c| c != GUARD && !is_bidi_control(c)) {
        if c == ':' && source.ends_with(']') {
            source.push(GUARD);
        }
        source.push(c);
        if c == '&' {
            source.push(GUARD);
        }
    }
    source
}

fn without_guard(text: &str) -> Cow<'_, str> {
    if text.contains(GUARD) { text.replace(GUARD, "").into() } else { text.into() }
}

fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn says_something(block: &Block) -> bool {
    match block {
        Block::Paragraph(spans) => !spans.is_empty(),
        Block::Quote(blocks) => blocks.iter().any(says_something),
        Block::List(list) => list.items.iter().flatten().any(says_something),
        Block::Code(text) => !text.trim().is_empty(),
    }
}
