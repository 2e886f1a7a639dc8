//! Excerpts of comments, for lists that have one line for each.

use dumka_api::{Block, Body, List, Span};

/// Returns the plain text of a body in one line of at most `max_chars` characters. A longer one is cut between two
/// words, or inside the only one, and ends with `…`.
pub fn excerpt(body: &Body, max_chars: usize) -> String {
    let mut text = String::new();
    match body {
        Body::Plain(plain) => text.push_str(plain),
        Body::Blocks(blocks) => write_blocks(blocks, &mut text),
    }
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_longer = line.char_indices().nth(max_chars).is_some();
    // One character is for the mark.
    match line.char_indices().nth(max_chars.saturating_sub(1)) {
        Some((end, next)) if is_longer => cut(&line[..end], next),
        _ => line,
    }
}

/// Cuts the beginning of a line, after which `next` comes, at a word.
fn cut(start: &str, next: char) -> String {
    let words = if next == ' ' { start } else { start.rsplit_once(' ').map_or(start, |(words, _)| words) };
    format!("{}…", words.trim_end())
}

/// Writes the text of blocks, with a space between any two. A comment is at most eight blocks deep.
fn write_blocks(blocks: &[Block], text: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph(spans) => write_spans(spans, text),
            Block::Quote(blocks) => write_blocks(blocks, text),
            Block::List(list) => write_items(list, text),
            Block::Code(code) => text.push_str(code),
        }
        text.push(' ');
    }
}

/// Writes items with their numbers or dashes.
fn write_items(list: &List, text: &mut String) {
    for (item, number) in list.items.iter().zip(list.start.unwrap_or_default()..) {
        match list.start {
            None => text.push_str("- "),
            Some(_) => text.extend([&number.to_string(), ". "]),
        }
        write_blocks(item, text);
    }
}

/// Writes the text of spans, which are at most eight deep.
fn write_spans(spans: &[Span], text: &mut String) {
    for span in spans {
        match span {
            Span::Text(plain) | Span::Code(plain) => text.push_str(plain),
            Span::Em(content) | Span::Strong(content) | Span::Link { content, .. } => {
                write_spans(content, text);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        excerpt(&dumka_markup::parse(text), 20)
    }

    #[test]
    fn marks_and_line_breaks_are_gone() {
        assert_eq!(of("> *так*,\nно\n\n`a`\n[b](https://c.example)"), "так, но a b");
        assert_eq!(excerpt(&Body::Plain(" a\n\tb ".into()), 20), "a b");
        assert_eq!(excerpt(&Body::Blocks(Vec::new()), 20), "");
    }

    #[test]
    fn numbers_dashes_and_stars_are_there_as_they_were_typed() {
        assert_eq!(of("1914. А.\n1939. Б."), "1914. А. 1939. Б.");
        assert_eq!(of("- а\n- б\n+ в\n---"), "- а - б + в ---");
        assert_eq!(of("5*3=15, _а_ 6*2=12"), "5*3=15, _а_ 6*2=12");
        let list = List { start: Some(7), items: vec![Vec::new(), Vec::new()] };
        assert_eq!(excerpt(&Body::Blocks(vec![Block::List(list)]), 20), "7. 8.");
    }

    #[test]
    fn long_text_is_cut_at_a_word() {
        assert_eq!(of("двадцять літер рівно"), "двадцять літер рівно");
        assert_eq!(of("двадцять літер рівно."), "двадцять літер…");
        assert_eq!(of("двадцять літер добре так"), "двадцять літер…");
        assert_eq!(of("двадцять чотири сім вісім"), "двадцять чотири сім…");
    }

    #[test]
    fn long_word_is_cut_where_the_room_ends() {
        assert_eq!(of(&"ї".repeat(21)), format!("{}…", "ї".repeat(19)));
    }
}
