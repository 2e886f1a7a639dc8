//! A mark that waits for its other half, with what stands behind it so far.

use std::mem::take;

use crate::Span;
use crate::parse::classes::is_format;

/// The mark of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// None: the line itself.
    None,
    /// `[`.
    Bracket,
    /// One to three stars: emphasis, strong emphasis, both.
    Stars(usize),
}

impl Mark {
    /// The mark as it was typed.
    pub(super) fn typed(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Bracket => "[",
            Self::Stars(stars) => &"***"[..stars],
        }
    }

    /// The number of levels that its content may still open.
    pub(super) fn levels(self) -> usize {
        match self {
            Self::None => 0,
            Self::Bracket | Self::Stars(1 | 2) => 1,
            Self::Stars(_) => 2,
        }
    }

    /// Counts the `stars` behind its content that end something it began.
    pub(super) fn closed_by(self, stars: usize) -> usize {
        match (self, stars) {
            (Self::Stars(3), 3) => 1,
            (Self::Stars(3), 1 | 2) => stars,
            (Self::Stars(own), _) if own == stars || stars == 3 => own,
            _ => 0,
        }
    }
}

/// A mark and what stands behind it.
pub(super) struct Frame {
    pub(super) mark: Mark,
    pub(super) spans: Vec<Span>,
}

impl Frame {
    /// Begins with nothing behind the mark.
    pub(super) fn new(mark: Mark) -> Self {
        Self { mark, spans: Vec::new() }
    }

    /// Makes what stands behind stars emphasis; gives how many stars that takes on either side.
    pub(super) fn emphasize(&mut self, stars: usize) -> usize {
        let taken = self.mark.closed_by(stars);
        let Mark::Stars(own) = self.mark else { return 0 };
        let content = take(&mut self.spans);
        self.spans.push(if taken == 1 { Span::Em(content) } else { Span::Strong(content) });
        self.mark = if taken == own { Mark::None } else { Mark::Stars(own - taken) };
        taken
    }

    /// Tells whether anything of it would be seen.
    pub(super) fn says_something(&self) -> bool {
        self.spans.iter().any(|span| match span {
            Span::Text(text) => text.contains(|c: char| !c.is_whitespace() && !is_format(c)),
            _ => true,
        })
    }

    /// The content behind the mark, without links.
    pub(super) fn words(self) -> Vec<Span> {
        without_links(self.spans)
    }
}

fn without_links(spans: Vec<Span>) -> Vec<Span> {
    let mut words = Vec::new();
    for span in spans {
        match span {
            Span::Em(content) => words.push(Span::Em(without_links(content))),
            Span::Strong(content) => words.push(Span::Strong(without_links(content))),
            Span::Link { content, .. } => add_spans(&mut words, content),
            other => add_spans(&mut words, vec![other]),
        }
    }
    words
}

/// Adds text, to the last span where that is text.
pub(in crate::parse) fn add_text(spans: &mut Vec<Span>, text: &str) {
    match spans.last_mut() {
        Some(Span::Text(before)) => before.push_str(text),
        _ if text.is_empty() => {}
        _ => spans.push(Span::Text(text.into())),
    }
}

/// Adds spans, the first to the last one there is where both are text.
pub(in crate::parse) fn add_spans(spans: &mut Vec<Span>, added: Vec<Span>) {
    for span in added {
        match span {
            Span::Text(text) => add_text(spans, &text),
            other => spans.push(other),
        }
    }
}
