//! Lines into paragraphs, quotations, lists and code. A line says by itself what it is.

use super::line;
use crate::{Block, List, Span};

/// Quotations and lists inside each other, at most; marks of deeper ones are text.
const BLOCK_DEPTH: usize = 8;
const FENCE: &str = "```";

/// Parses lines that stand `depth` blocks deep.
pub(super) fn blocks(lines: &[&str], depth: usize) -> Vec<Block> {
    let mut reader =
        Reader { lines, depth, fences: fences(lines), paragraph: Vec::new(), blocks: Vec::new() };
    let mut at = 0;
    while at < lines.len() {
        at += reader.take(at);
    }
    reader.end_paragraph();
    reader.blocks
}

struct Reader<'l, 't> {
    lines: &'l [&'t str],
    depth: usize,
    /// The lines that can end code, in their order.
    fences: Vec<usize>,
    /// The lines of the paragraph that has not ended.
    paragraph: Vec<&'t str>,
    blocks: Vec<Block>,
}

impl<'t> Reader<'_, 't> {
    /// Takes the block that begins at a line, or the line into the paragraph; gives the number of lines.
    fn take(&mut self, at: usize) -> usize {
        let line = self.lines[at];
        if is_blank(line) {
            self.end_paragraph();
            return 1;
        }
        if let Some((block, lines)) = self.code(at) {
            return self.push(block, lines);
        }
        if self.depth < BLOCK_DEPTH {
            let quoted = self.run(at, quoted);
            if quoted.iter().any(|line| !is_blank(line)) {
                return self.push(Block::Quote(blocks(&quoted, self.depth + 1)), quoted.len());
            }
            let items = self.run(at, item);
            if !items.is_empty() {
                return self.push(list(&items), items.len());
            }
            // Nothing but marks, such as a lone `>`: then they are what the writer wanted to say.
            if !quoted.is_empty() {
                self.paragraph.extend(&self.lines[at..at + quoted.len()]);
                return quoted.len();
            }
        }
        self.paragraph.push(line);
        1
    }

    fn push(&mut self, block: Block, lines: usize) -> usize {
        self.end_paragraph();
        self.blocks.push(block);
        lines
    }

    fn end_paragraph(&mut self) {
        let lines = std::mem::take(&mut self.paragraph);
        if !lines.is_empty() {
            self.blocks.push(Block::Paragraph(spans(&lines)));
        }
    }

    /// Reads the rest behind the mark of each line that bears it, from `at` on.
    fn run(&self, at: usize, mark: fn(&str) -> Option<&str>) -> Vec<&'t str> {
        self.lines[at..].iter().map_while(|line| mark(line)).collect()
    }

    /// Code between two fences. Words behind the first one are the first of its lines.
    fn code(&self, at: usize) -> Option<(Block, usize)> {
        let first = self.lines[at].strip_prefix(FENCE).filter(|rest| !rest.contains('`'))?;
        let end = *self.fences.get(self.fences.partition_point(|&fence| fence <= at))?;
        let first = (!is_blank(first)).then_some(first);
        let lines: Vec<&str> = first.into_iter().chain(self.lines[at + 1..end].iter().copied()).collect();
        let code = lines.join("\n");
        (!is_blank(&code)).then(|| (Block::Code(code), end + 1 - at))
    }
}

fn fences(lines: &[&str]) -> Vec<usize> {
    let is_fence = |(index, line): (usize, &&str)| (line.trim_end() == FENCE).then_some(index);
    lines.iter().enumerate().filter_map(is_fence).collect()
}

fn quoted(line: &str) -> Option<&str> {
    if line == ">" { Some("") } else { line.strip_prefix("> ") }
}

/// An item says something besides dashes.
fn item(line: &str) -> Option<&str> {
    line.strip_prefix("- ").filter(|words| words.contains(|c: char| c != '-' && !c.is_whitespace()))
}

fn list(items: &[&str]) -> Block {
    let item = |words: &&str| vec![Block::Paragraph(line::spans(words))];
    Block::List(List { start: None, items: items.iter().map(item).collect() })
}

/// The spans of a paragraph, whose line breaks are kept.
fn spans(lines: &[&str]) -> Vec<Span> {
    let mut all = Vec::new();
    for (index, text) in lines.iter().enumerate() {
        if index > 0 {
            line::add_text(&mut all, "\n");
        }
        line::add_spans(&mut all, line::spans(text));
    }
    all
}

fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}
