//! A comment's text: its tree as elements, with the words marked that were found. Text becomes text nodes and nothing else.

use dumka_api::{Block, Body, List, Span};
use yew::{Html, html};

/// Draws a text; each of `marks`, in small letters, is marked wherever a word begins with it.
pub(super) fn body(body: &Body, marks: &[String]) -> Html {
    let draw = Draw { marks };
    match body {
        Body::Plain(text) => html! { <p>{ draw.lines(text) }</p> },
        Body::Blocks(nodes) => draw.blocks(nodes),
    }
}

struct Draw<'a> {
    marks: &'a [String],
}

impl Draw<'_> {
    fn blocks(&self, nodes: &[Block]) -> Html {
        nodes.iter().map(|node| self.block(node)).collect()
    }

    fn block(&self, node: &Block) -> Html {
        match node {
            Block::Paragraph(content) => html! { <p>{ self.spans(content) }</p> },
            Block::Quote(content) => html! { <blockquote>{ self.blocks(content) }</blockquote> },
            Block::Code(text) => html! { <pre><code>{ text }</code></pre> },
            Block::List(list) => self.items(list),
        }
    }

    fn items(&self, list: &List) -> Html {
        let items = list.items.iter().map(|item| html! { <li>{ self.blocks(item) }</li> });
        match list.start {
            Some(start) => html! { <ol start={start.to_string()}>{ for items }</ol> },
            None => html! { <ul>{ for items }</ul> },
        }
    }

    fn spans(&self, nodes: &[Span]) -> Html {
        nodes.iter().map(|node| self.span(node)).collect()
    }

    fn span(&self, node: &Span) -> Html {
        match node {
            Span::Text(text) => self.lines(text),
            Span::Em(content) => html! { <em>{ self.spans(content) }</em> },
            Span::Strong(content) => html! { <strong>{ self.spans(content) }</strong> },
            Span::Code(text) => html! { <code>{ text }</code> },
            Span::Link { href, content } => self.link(href, content),
        }
    }

    /// Draws a link with its whole address, so that nobody has to follow it to know.
    fn link(&self, href: &str, content: &[Span]) -> Html {
        if !Span::is_safe_href(href) {
            return self.spans(content);
        }
        let says_it =
            matches!(content, [Span::Text(text)] if text.trim_end_matches('/') == href.trim_end_matches('/'));
        html! {
            <>
                <a href={href.to_owned()} rel="nofollow ugc noopener noreferrer" target="_blank">{ self.spans(content) }</a>
                if !says_it { <span class="address">{ [" (", href, ")"].concat() }</span> }
            </>
        }
    }

    fn lines(&self, text: &str) -> Html {
        let mut nodes = Vec::new();
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                nodes.push(html! { <br /> });
            }
            nodes.extend(self.marked(line));
        }
        nodes.into_iter().collect()
    }

    fn marked(&self, line: &str) -> Vec<Html> {
        let part = |(is_marked, part): (bool, &str)| {
            if is_marked {
                html! { <mark>{ part }</mark> }
            } else {
                html! { { part } }
            }
        };
        parts(line, self.marks).into_iter().map(part).collect()
    }
}

/// Cuts a line into words that begin with a mark, and what stands between them.
fn parts<'a>(line: &'a str, marks: &[String]) -> Vec<(bool, &'a str)> {
    let mut parts = Vec::new();
    let mut plain_from = 0;
    let mut word_from = None;
    let ends = line.char_indices().chain([(line.len(), ' ')]);
    for (at, letter) in ends {
        match (letter.is_alphanumeric() && at < line.len(), word_from) {
            (true, None) => word_from = Some(at),
            (false, Some(from)) => {
                word_from = None;
                let word = line[from..at].to_lowercase();
                if marks.iter().any(|mark| word.starts_with(mark.as_str())) {
                    parts.push((false, &line[plain_from..from]));
                    parts.push((true, &line[from..at]));
                    plain_from = at;
                }
            }
            _ => {}
        }
    }
    parts.push((false, &line[plain_from..]));
    parts.retain(|(_, part)| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_begin_with_a_mark_are_marked_in_any_case() {
        let found = parts("Купіть КАЗИНО, казиношне!", &["казино".into()]);
        assert_eq!(
            found,
            [(false, "Купіть "), (true, "КАЗИНО"), (false, ", "), (true, "казиношне"), (false, "!")]
        );
        assert_eq!(parts("без нічого", &["казино".into()]), [(false, "без нічого")]);
        assert_eq!(parts("", &["a".into()]), []);
    }
}
