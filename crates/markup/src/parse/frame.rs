//! The nodes that are being built.

use super::without_guard;
use crate::{Block, Span};

/// A node whose end has not come yet, with its content so far.
pub(super) enum Frame {
    Quote(Flow),
    Item(Flow),
    List(Option<u32>, Vec<Vec<Block>>),
    Paragraph(Vec<Span>),
    Heading(Vec<Span>),
    Em(Vec<Span>),
    Strong(Vec<Span>),
    Link(Target, Vec<Span>),
    /// Fenced code.
    Code(String),
    /// Lines that CommonMark takes for code for their leading spaces: here they are text.
    Indented(String),
}

/// Blocks, and spans that stand among them without a paragraph of their own.
#[derive(Default)]
pub(super) struct Flow {
    pub(super) blocks: Vec<Block>,
    pub(super) loose: Vec<Span>,
}

/// Where a link goes and what its writer called it.
pub(super) struct Target {
    pub(super) href: String,
    pub(super) title: String,
}

impl Frame {
    /// The spans in it, where spans can stand in it.
    pub(super) fn spans(&mut self) -> Option<&mut Vec<Span>> {
        match self {
            Self::Quote(flow) | Self::Item(flow) => Some(&mut flow.loose),
            Self::Paragraph(spans)
            | Self::Heading(spans)
            | Self::Em(spans)
            | Self::Strong(spans)
            | Self::Link(_, spans) => Some(spans),
            Self::List(..) | Self::Code(_) | Self::Indented(_) => None,
        }
    }

    /// Whether blocks inside it are one level deeper.
    pub(super) fn nests_blocks(&self) -> bool {
        matches!(self, Self::Quote(_) | Self::List(..))
    }

    /// Whether spans inside it are one level deeper.
    pub(super) fn nests_spans(&self) -> bool {
        matches!(self, Self::Em(_) | Self::Strong(_) | Self::Link(..))
    }
}

/// What the fence's own line says, where it is more than the name of a language.
pub(super) fn first_line(info: &str) -> String {
    let info = without_guard(info.trim());
    let is_language = info.chars().all(|c| c.is_ascii_alphanumeric() || "+-#._".contains(c));
    if is_language { String::new() } else { format!("{info}\n") }
}

pub(super) fn without_outer_breaks(mut spans: Vec<Span>) -> Vec<Span> {
    if let Some(Span::Text(text)) = spans.first_mut() {
        *text = text.trim_start().into();
    }
    if let Some(Span::Text(text)) = spans.last_mut() {
        *text = text.trim_end().into();
    }
    spans.retain(|span| !matches!(span, Span::Text(text) if text.is_empty()));
    spans
}
