//! The parser's events, one by one, into the tree.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};

use super::frame::{Flow, Frame, Target, first_line, without_outer_breaks};
use super::link::{safe_href, with_links};
use super::without_guard;
use crate::{Block, List, Span};

/// Quotes and lists inside each other, at most; the content of deeper ones stands in the deepest.
const BLOCK_DEPTH: usize = 8;
/// Emphasis and links inside each other, at most; likewise.
const SPAN_DEPTH: usize = 8;

/// Builds the tree of one text.
pub(super) struct Builder<'s> {
    source: &'s str,
    /// What stands outside every frame.
    text: Flow,
    frames: Vec<Frame>,
    /// For every open node of the parser, whether it has a frame; without one its content goes to
    /// the frame around it.
    framed: Vec<bool>,
    /// Open nodes that are shown as their source: events inside them are passed over.
    literal: usize,
}

impl<'s> Builder<'s> {
    /// Starts on `source`, which the events' ranges refer to.
    pub(super) fn new(source: &'s str) -> Self {
        Self { source, text: Flow::default(), frames: Vec::new(), framed: Vec::new(), literal: 0 }
    }

    /// Takes the next event.
    pub(super) fn take(&mut self, event: Event, range: Range<usize>) {
        match event {
            Event::Start(_) if self.literal > 0 => self.literal += 1,
            Event::End(_) if self.literal > 0 => self.literal -= 1,
            _ if self.literal > 0 => (),
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Code(code) => self.push_span(Span::Code(without_guard(&code).into())),
            Event::SoftBreak | Event::HardBreak => self.push_text("\n"),
            Event::Rule => self.push_block(Block::Paragraph(vec![Span::Text("—".into())])),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.push_text(&text),
            // Extensions of the parser that are not switched on.
            _ => self.push_text(&self.source[range]),
        }
    }

    /// Gives the tree.
    pub(super) fn finish(mut self) -> Vec<Block> {
        self.end_loose();
        self.text.blocks
    }

    fn start(&mut self, tag: Tag, range: Range<usize>) {
        let frame = match tag {
            Tag::Emphasis => self.span_fits().then_some(Frame::Em(Vec::new())),
            Tag::Strong => self.span_fits().then_some(Frame::Strong(Vec::new())),
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
                return self.start_link(&format!("mailto:{dest_url}"), "", range);
            }
            Tag::Link { dest_url, title, .. } | Tag::Image { dest_url, title, .. } => {
                return self.start_link(&without_guard(&dest_url), &without_guard(&title), range);
            }
            block => {
                self.end_loose();
                self.block_frame(block)
            }
        };
        self.open(frame);
    }

    fn block_frame(&self, tag: Tag) -> Option<Frame> {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => Some(Frame::Paragraph(Vec::new())),
            Tag::Heading { .. } => Some(Frame::Heading(Vec::new())),
            Tag::CodeBlock(CodeBlockKind::Indented) => Some(Frame::Indented(String::new())),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => Some(Frame::Code(first_line(&info))),
            Tag::BlockQuote(_) => self.block_fits().then(|| Frame::Quote(Flow::default())),
            Tag::List(start) => {
                let start = start.and_then(|number| number.try_into().ok());
                self.block_fits().then(|| Frame::List(start, Vec::new()))
            }
            // An item has a frame where its list has one.
            Tag::Item => (self.framed.last() == Some(&true)).then(|| Frame::Item(Flow::default())),
            _ => None,
        }
    }

    /// A link that may not stand is text as it was typed.
    fn start_link(&mut self, address: &str, title: &str, range: Range<usize>) {
        match safe_href(address) {
            Some(href) if self.span_fits() && !self.is_in_link() => {
                self.open(Some(Frame::Link(Target { href, title: title.into() }, Vec::new())));
            }
            _ => {
                self.push_text(&self.source[range]);
                self.literal = 1;
            }
        }
    }

    fn open(&mut self, frame: Option<Frame>) {
        self.framed.push(frame.is_some());
        self.frames.extend(frame);
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        if self.framed.pop() == Some(true) {
            self.end_loose();
            if let Some(frame) = self.frames.pop() {
                self.close(frame, range);
            }
        } else if matches!(tag, TagEnd::Item | TagEnd::List(_) | TagEnd::BlockQuote(_)) {
            self.end_loose();
        }
    }

    fn close(&mut self, frame: Frame, range: Range<usize>) {
        match frame {
            Frame::Em(spans) => self.push_span(Span::Em(self.linked(spans))),
            Frame::Strong(spans) => self.push_span(Span::Strong(self.linked(spans))),
            Frame::Link(target, spans) => self.close_link(target, spans),
            Frame::Paragraph(spans) => self.close_paragraph(spans, range, |spans| spans),
            Frame::Heading(spans) => self.close_paragraph(spans, range, |spans| vec![Span::Strong(spans)]),
            Frame::Indented(text) => self.close_paragraph(vec![Span::Text(text)], range, |spans| spans),
            Frame::Code(text) if text.is_empty() => self.push_source(range),
            Frame::Code(text) => {
                self.push_block(Block::Code(text.strip_suffix('\n').unwrap_or(&text).into()));
            }
            Frame::Quote(flow) if flow.blocks.is_empty() => self.push_source(range),
            Frame::Quote(flow) => self.push_block(Block::Quote(flow.blocks)),
            Frame::List(start, items) => self.push_block(Block::List(List { start, items })),
            Frame::Item(flow) => {
                if let Some(Frame::List(_, items)) = self.frames.last_mut() {
                    items.push(flow.blocks);
                }
            }
        }
    }

    fn close_link(&mut self, target: Target, mut content: Vec<Span>) {
        if content.is_empty() {
            content.push(Span::Text(target.href.clone()));
        }
        self.push_span(Span::Link { href: target.href, content });
        if !target.title.is_empty() {
            self.push_text(&format!(" ({})", target.title));
        }
    }

    fn close_paragraph(&mut self, spans: Vec<Span>, range: Range<usize>, dress: fn(Vec<Span>) -> Vec<Span>) {
        match self.linked(without_outer_breaks(spans)) {
            spans if spans.is_empty() => self.push_source(range),
            spans => self.push_block(Block::Paragraph(dress(spans))),
        }
    }

    /// A block with nothing in it is shown as it was typed.
    fn push_source(&mut self, range: Range<usize>) {
        let source = without_guard(self.source[range].trim());
        if !source.is_empty() {
            let source = Span::Text(source.into());
            self.push_block(Block::Paragraph(vec![source]));
        }
    }

    fn push_block(&mut self, block: Block) {
        self.end_loose();
        if let Some(flow) = self.flow() {
            flow.blocks.push(block);
        }
    }

    fn push_span(&mut self, span: Span) {
        if let Some(spans) = self.spans() {
            spans.push(span);
        }
    }

    fn push_text(&mut self, text: &str) {
        let text = without_guard(text);
        if let Some(Frame::Code(code) | Frame::Indented(code)) = self.frames.last_mut() {
            return code.push_str(&text);
        }
        match self.spans().map(|spans| (spans.last_mut(), text)) {
            Some((Some(Span::Text(before)), text)) => before.push_str(&text),
            Some((_, text)) => self.push_span(Span::Text(text.into())),
            None => (),
        }
    }

    /// Turns loose spans into the paragraph that they are.
    fn end_loose(&mut self) {
        let Some(flow) = self.flow() else { return };
        let spans = without_outer_breaks(std::mem::take(&mut flow.loose));
        let spans = self.linked(spans);
        if let Some(flow) = self.flow().filter(|_| !spans.is_empty()) {
            flow.blocks.push(Block::Paragraph(spans));
        }
    }

    /// The innermost open node, where blocks can stand in it.
    fn flow(&mut self) -> Option<&mut Flow> {
        match self.frames.last_mut() {
            None => Some(&mut self.text),
            Some(Frame::Quote(flow) | Frame::Item(flow)) => Some(flow),
            Some(_) => None,
        }
    }

    /// The spans of the innermost open node, where it has any.
    fn spans(&mut self) -> Option<&mut Vec<Span>> {
        match self.frames.last_mut() {
            None => Some(&mut self.text.loose),
            Some(frame) => frame.spans(),
        }
    }

    /// Spans with the bare addresses in their text as links, unless they are inside a link.
    fn linked(&self, spans: Vec<Span>) -> Vec<Span> {
        if self.is_in_link() {
            return spans;
        }
        let link = |span| match span {
            Span::Text(text) => with_links(text),
            other => vec![other],
        };
        spans.into_iter().flat_map(link).collect()
    }

    fn is_in_link(&self) -> bool {
        self.frames.iter().any(|frame| matches!(frame, Frame::Link(..)))
    }

    fn block_fits(&self) -> bool {
        self.frames.iter().filter(|frame| frame.nests_blocks()).count() < BLOCK_DEPTH
    }

    fn span_fits(&self) -> bool {
        self.frames.iter().filter(|frame| frame.nests_spans()).count() < SPAN_DEPTH
    }
}
