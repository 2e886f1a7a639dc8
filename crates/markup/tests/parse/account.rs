//! Accounts for every character of a text: reads text and tree side by side, and knows of the parser only the table.

use dumka_markup::{Block, Body, List, Span, parse};
use url::Url;

/// Finds a fault in the tree of a text.
pub(crate) fn check(typed: &str) -> Result<(), String> {
    let body = parse(typed);
    let Body::Blocks(blocks) = &body else { return Err("a plain body".into()) };
    let shown = without_what_is_never_shown(typed);
    let mut account = Account { typed: &shown, at: 0 };
    account.blocks(blocks)?;
    account.blank_lines();
    account.require(account.at == shown.len(), "something is missing")?;
    bounds(blocks)?;
    let json = serde_json::to_string(&body).map_err(|error| error.to_string())?;
    let back: Body = serde_json::from_str(&json).map_err(|error| error.to_string())?;
    if back == body { Ok(()) } else { Err("JSON brings another tree back".into()) }
}

fn without_what_is_never_shown(typed: &str) -> String {
    let mut shown = String::new();
    for c in typed.replace("\r\n", "\n").chars() {
        match c {
            '\r' => shown.push('\n'),
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {}
            '\n' | '\t' => shown.push(c),
            '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FDD0}'..='\u{FDEF}' => shown.push('\u{FFFD}'),
            _ if u32::from(c) % 0x1_0000 >= 0xFFFE => shown.push('\u{FFFD}'),
            _ => shown.push(c),
        }
    }
    shown
}

/// A text, and how far it is accounted for.
struct Account<'t> {
    typed: &'t str,
    at: usize,
}

type Fault = Result<(), String>;

impl Account<'_> {
    fn rest(&self) -> &str {
        &self.typed[self.at..]
    }

    fn require(&self, holds: bool, why: &str) -> Fault {
        if holds { Ok(()) } else { Err(format!("{why}, at {:?}", self.rest())) }
    }

    /// Accounts for characters that stand there.
    fn take(&mut self, text: &str) -> Fault {
        self.require(self.rest().starts_with(text), &format!("{text:?} does not stand here"))?;
        self.at += text.len();
        Ok(())
    }

    fn blank_lines(&mut self) {
        while let Some((line, _)) = self.rest().split_once('\n').filter(|(line, _)| line.trim().is_empty()) {
            self.at += line.len() + 1;
        }
        if self.rest().trim().is_empty() {
            self.at = self.typed.len();
        }
    }

    fn line_end(&mut self) -> Fault {
        if self.rest().is_empty() { Ok(()) } else { self.take("\n") }
    }

    fn blocks(&mut self, blocks: &[Block]) -> Fault {
        blocks.iter().try_for_each(|block| {
            self.blank_lines();
            match block {
                Block::Paragraph(spans) => self.spans(spans).and_then(|()| self.line_end()),
                Block::Quote(inner) => self.quote(inner),
                Block::List(list) => self.list(list),
                Block::Code(code) => self.code_block(code),
            }
        })
    }

    fn quote(&mut self, inner: &[Block]) -> Fault {
        let lines: Vec<String> = self
            .rest()
            .split('\n')
            .map_while(|line| line.strip_prefix("> ").or((line == ">").then_some("")))
            .map(String::from)
            .collect();
        self.require(!lines.is_empty(), "no quotation stands here")?;
        let bytes: usize = self.rest().split_inclusive('\n').take(lines.len()).map(str::len).sum();
        let quoted = lines.join("\n");
        let mut account = Account { typed: &quoted, at: 0 };
        account.blocks(inner)?;
        account.blank_lines();
        account.require(account.rest().is_empty(), "something quoted is missing")?;
        self.at += bytes;
        Ok(())
    }

    fn list(&mut self, list: &List) -> Fault {
        self.require(list.start.is_none(), "numbers stay as typed")?;
        list.items.iter().try_for_each(|item| {
            self.take("- ")?;
            let [Block::Paragraph(spans)] = item.as_slice() else { return Err("an item is one line".into()) };
            self.spans(spans)?;
            self.line_end()
        })
    }

    fn code_block(&mut self, code: &str) -> Fault {
        self.take("```")?;
        let first = self.rest().split('\n').next().unwrap_or_default();
        if first.trim().is_empty() {
            self.at += first.len() + 1;
        }
        self.take(code)?;
        self.take("\n```")?;
        let spaces = self.rest().split('\n').next().unwrap_or_default();
        self.require(spaces.trim().is_empty(), "a fence stands alone")?;
        self.at += spaces.len();
        self.line_end()
    }

    fn spans(&mut self, spans: &[Span]) -> Fault {
        spans.iter().try_for_each(|span| match span {
            Span::Text(text) => self.take(text),
            Span::Code(code) => {
                self.begins_at_a_border()?;
                ["`", code, "`"].into_iter().try_for_each(|part| self.take(part))?;
                self.ends_at_a_border()
            }
            Span::Em(content) => self.marked("*", content),
            Span::Strong(content) => self.marked("**", content),
            Span::Link { href, content } if self.rest().starts_with('[') => self.link(href, content),
            Span::Link { href, content } => self.address(href, content),
        })
    }

    fn marked(&mut self, mark: &str, content: &[Span]) -> Fault {
        self.begins_at_a_border()?;
        self.take(mark)?;
        self.require(!self.rest().starts_with(char::is_whitespace), "a space after the mark")?;
        self.spans(content)?;
        self.require(!self.typed[..self.at].ends_with(char::is_whitespace), "a space before the mark")?;
        self.take(mark)?;
        self.ends_at_a_border()
    }

    fn begins_at_a_border(&self) -> Fault {
        self.require(!self.typed[..self.at].ends_with(char::is_alphanumeric), "a mark inside a word")
    }

    fn ends_at_a_border(&self) -> Fault {
        self.require(!self.rest().starts_with(char::is_alphanumeric), "a mark inside a word")
    }

    fn link(&mut self, href: &str, content: &[Span]) -> Fault {
        self.take("[")?;
        self.spans(content)?;
        self.take("](")?;
        let rest = self.rest();
        let ends = rest.match_indices(')').map(|(end, _)| end);
        let end = ends.into_iter().find(|&end| goes_to(&rest[..end], href));
        self.require(end.is_some(), &format!("no address of {href}"))?;
        self.at += end.unwrap_or_default() + 1;
        Ok(())
    }

    fn address(&mut self, href: &str, content: &[Span]) -> Fault {
        let [Span::Text(words)] = content else { return Err("an address has words of its own".into()) };
        self.require(goes_to(words, href), &format!("{words} is not {href}"))?;
        self.take(words)
    }
}

/// Tells whether a browser would go from either to the same place, and that is one that comments may link to.
fn goes_to(typed: &str, href: &str) -> bool {
    let (Ok(typed), Ok(href)) = (Url::parse(typed), Url::parse(href)) else { return false };
    let is_mail = typed.scheme() == "mailto" && href.scheme() == "mailto";
    let is_web = matches!(typed.scheme(), "http" | "https") && typed.username().is_empty();
    (typed == href && is_web) || is_mail
}

/// Checks the depth of blocks and spans, the links, and what no string may hold.
fn bounds(blocks: &[Block]) -> Fault {
    let (depth, spans) = blocks.iter().map(block_depth).fold((0, 0), deeper);
    if depth > 8 || spans > 8 {
        return Err(format!("{depth} blocks and {spans} spans deep"));
    }
    let json = serde_json::to_value(blocks).map_err(|error| error.to_string())?;
    strings(&json)
}

fn strings(json: &serde_json::Value) -> Fault {
    match json {
        serde_json::Value::String(text) if without_what_is_never_shown(text) != *text => {
            Err(format!("{text:?} holds what no text holds"))
        }
        serde_json::Value::Array(all) => all.iter().try_for_each(strings),
        serde_json::Value::Object(all) => match all.get("href").and_then(|href| href.as_str()) {
            Some(href) if !Span::is_safe_href(href) => Err(format!("{href} is not safe")),
            _ => all.values().try_for_each(strings),
        },
        _ => Ok(()),
    }
}

type Depth = (usize, usize);

fn deeper(one: Depth, other: Depth) -> Depth {
    (one.0.max(other.0), one.1.max(other.1))
}

fn block_depth(block: &Block) -> Depth {
    match block {
        Block::Paragraph(spans) => (0, span_depth(spans)),
        Block::Quote(blocks) => nested(blocks.iter()),
        Block::List(list) => nested(list.items.iter().flatten()),
        Block::Code(_) => (0, 0),
    }
}

fn nested<'b>(blocks: impl Iterator<Item = &'b Block>) -> Depth {
    let (depth, spans) = blocks.map(block_depth).fold((0, 0), deeper);
    (depth + 1, spans)
}

fn span_depth(spans: &[Span]) -> usize {
    let depth = |span: &Span| match span {
        Span::Text(_) | Span::Code(_) => 0,
        Span::Em(content) | Span::Strong(content) | Span::Link { content, .. } => 1 + span_depth(content),
    };
    spans.iter().map(depth).max().unwrap_or(0)
}
