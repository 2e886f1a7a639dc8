//! One line into spans. Marks open and close on the same line; what has no other half is text.

mod frame;

use super::address;
use super::classes::{
    is_closing_bracket, is_dash, is_format, is_opening_bracket, is_punctuation, is_quotation_mark, is_symbol,
    is_word,
};
use crate::Span;
use frame::{Frame, Mark};
pub(super) use frame::{add_spans, add_text};

/// Marks that may be open at once: emphasis and links are that deep at most, and one span more inside them.
const OPEN_MARKS: usize = 7;
/// The longest address behind its words, in bytes.
const ADDRESS_MAX_CHARS: usize = 4_000;

/// Parses a line.
pub(super) fn spans(text: &str) -> Vec<Span> {
    let mut line = Line { text, at: 0, frames: vec![Frame::new(Mark::None)], code_ends: last_code_end(text) };
    while line.at < text.len() {
        line.step();
    }
    line.fold(0);
    line.frames.pop().expect("the line's own frame is never taken").spans
}

struct Line<'t> {
    text: &'t str,
    at: usize,
    /// The line, and inside it the marks that have not found their other half.
    frames: Vec<Frame>,
    /// The last backtick that can end code; none begins behind it.
    code_ends: Option<usize>,
}

impl Line<'_> {
    fn step(&mut self) {
        let rest = &self.text[self.at..];
        match rest.as_bytes()[0] {
            b'*' => return self.stars(),
            b'`' if self.code() => return,
            b'[' => return self.open(Mark::Bracket, 1),
            b']' => return self.close_bracket(),
            b'h' | b'H' | b'm' | b'M' if self.address() => return,
            _ => {}
        }
        let may_begin = |c| matches!(c, '*' | '`' | '[' | ']' | 'h' | 'H' | 'm' | 'M');
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let plain = rest[first..].find(may_begin).map_or(rest.len(), |next| first + next);
        self.push_text(plain);
    }

    fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    fn top(&mut self) -> &mut Frame {
        self.frames.last_mut().expect("the line's own frame is never taken")
    }

    /// Takes the next bytes as they are.
    fn push_text(&mut self, bytes: usize) {
        let text = &self.text[self.at..self.at + bytes];
        add_text(&mut self.top().spans, text);
        self.at += bytes;
    }

    fn push(&mut self, span: Span, bytes: usize) {
        self.top().spans.push(span);
        self.at += bytes;
    }

    /// Begins a mark. Where too many are open, the one that has waited longest is text.
    fn open(&mut self, mark: Mark, bytes: usize) {
        let levels = |frames: &[Frame]| frames.iter().map(|frame| frame.mark.levels()).sum::<usize>();
        while levels(&self.frames) + mark.levels() > OPEN_MARKS {
            self.give_up(1);
        }
        self.frames.push(Frame::new(mark));
        self.at += bytes;
    }

    /// Makes a mark text, and its content that of the frame around it.
    fn give_up(&mut self, index: usize) {
        let frame = self.frames.remove(index);
        let around = &mut self.frames[index - 1].spans;
        add_text(around, frame.mark.typed());
        add_spans(around, frame.spans);
    }

    /// Gives up every mark inside a frame.
    fn fold(&mut self, index: usize) {
        while self.frames.len() > index + 1 {
            self.give_up(self.frames.len() - 1);
        }
    }

    fn stars(&mut self) {
        let rest = &self.text[self.at..];
        let behind = rest.trim_start_matches('*');
        let stars = rest.len() - behind.len();
        let (before, after) = (self.before(), behind.chars().next());
        let mut left = stars;
        if stars <= 3 {
            if may_close(before, after) {
                left = self.close_stars(stars);
            }
            if left == stars && may_open(before, after) {
                return self.open(Mark::Stars(stars), stars);
            }
        }
        self.at += stars - left;
        self.push_text(left);
    }

    /// Ends emphasis by stars; gives how many of them are left.
    fn close_stars(&mut self, mut stars: usize) -> usize {
        let fitting = |frame: &Frame, stars| frame.mark.closed_by(stars) > 0;
        while let Some(index) = self.frames.iter().rposition(|frame| fitting(frame, stars)) {
            self.fold(index);
            let taken = self.top().emphasize(stars);
            stars -= taken;
            if self.top().mark == Mark::None {
                let spans = self.frames.pop().expect("it is the top").spans;
                add_spans(&mut self.top().spans, spans);
            }
        }
        stars
    }

    /// Takes code, if some begins here.
    fn code(&mut self) -> bool {
        let is_begun = self.code_ends > Some(self.at)
            && self.before().is_none_or(|c| c != '`' && !is_word(c))
            && !self.text[self.at + 1..].starts_with(|c: char| c == '`' || c.is_whitespace());
        let end =
            is_begun.then(|| (self.at + 1..self.text.len()).find(|&at| ends_code(self.text, at))).flatten();
        let Some(end) = end else { return false };
        let code = &self.text[self.at + 1..end];
        self.push(Span::Code(code.into()), code.len() + 2);
        true
    }

    /// Takes a bare address, if one begins here. Stars at its end are those that end emphasis, where some is open.
    fn address(&mut self) -> bool {
        if self.before().is_some_and(|c| c.is_ascii_alphanumeric()) {
            return false;
        }
        let is_emphasized = self.frames.iter().any(|frame| matches!(frame.mark, Mark::Stars(_)));
        let Some((words, href)) = address::find(&self.text[self.at..], is_emphasized) else { return false };
        self.push(Span::Link { href, content: vec![Span::Text(words.into())] }, words.len());
        true
    }

    /// Makes a link of the words in brackets and the address that follows; without one, the brackets are text.
    fn close_bracket(&mut self) {
        let is_bracket = |frame: &Frame| frame.mark == Mark::Bracket;
        let Some(index) = self.frames.iter().rposition(is_bracket) else { return self.push_text(1) };
        let Some((href, bytes)) = target(&self.text[self.at..]) else {
            self.push_text(1);
            return self.give_up(index);
        };
        self.fold(index);
        if !self.top().says_something() {
            self.give_up(index);
            return self.push_text(1);
        }
        let content = self.frames.pop().expect("it is the top").words();
        // No link stands inside another.
        while let Some(outer) = self.frames.iter().rposition(is_bracket) {
            self.give_up(outer);
        }
        self.push(Span::Link { href, content }, bytes);
    }
}

/// The address in `](address)`, and how many bytes all of it takes.
fn target(text: &str) -> Option<(String, usize)> {
    let inside = text.strip_prefix("](").filter(|inside| address::begins(inside))?;
    let mut depth = 1_usize;
    let end = inside.char_indices().take(ADDRESS_MAX_CHARS).find_map(|(at, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        (depth == 0 || c.is_whitespace()).then_some(at)
    })?;
    let href = if depth == 0 { address::href(&inside[..end])? } else { return None };
    Some((href, end + "]()".len()))
}

/// The last backtick that can end code.
fn last_code_end(text: &str) -> Option<usize> {
    text.rmatch_indices('`').map(|(at, _)| at).find(|&at| ends_code(text, at))
}

/// Tells a single backtick behind a word, with no word behind it.
fn ends_code(text: &str, at: usize) -> bool {
    text.as_bytes()[at] == b'`'
        && text[..at].chars().next_back().is_some_and(|c| c != '`' && !c.is_whitespace())
        && text[at + 1..].chars().next().is_none_or(|c| c != '`' && !is_word(c))
}

/// Tells whether stars between these two may begin emphasis: before a word, and not inside one, in brackets or quotation
/// marks alone, or in a formula.
fn may_open(before: Option<char>, after: Option<char>) -> bool {
    let is_border = before.is_none_or(|c| {
        c.is_whitespace()
            || is_opening_bracket(c)
            || is_quotation_mark(c)
            || is_dash(c)
            || is_format(c)
            || matches!(c, '"' | '\'' | '…' | '¿' | '¡')
    });
    let is_content = |c: char| {
        !c.is_whitespace() && !is_closing_bracket(c) && !matches!(c, '.' | ',' | ';' | ':' | '!' | '?')
    };
    is_border && before != after && after.is_some_and(is_content)
}

/// Likewise, end it.
fn may_close(before: Option<char>, after: Option<char>) -> bool {
    let is_border = after.is_none_or(|c| {
        c.is_whitespace()
            || is_format(c)
            || (!is_word(c) && !is_opening_bracket(c) && (is_punctuation(c) || is_symbol(c)))
    });
    let is_content = |c: char| !c.is_whitespace() && !is_opening_bracket(c);
    is_border && before != after && before.is_some_and(is_content)
}
