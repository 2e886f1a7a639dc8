//! A comment's text: its tree as elements. Text becomes text nodes and nothing else.

use dumka_api::{Block, Body, List, Span};
use yew::{Html, html};

use super::element;

/// Draws what a comment says.
pub(super) fn body(body: &Body) -> Html {
    match body {
        Body::Plain(text) => html! { <p>{ lines(text) }</p> },
        Body::Blocks(nodes) => blocks(nodes),
    }
}

fn blocks(nodes: &[Block]) -> Html {
    nodes.iter().map(block).collect()
}

fn block(node: &Block) -> Html {
    match node {
        Block::Paragraph(content) => html! { <p>{ spans(content) }</p> },
        Block::Quote(content) => html! { <blockquote>{ blocks(content) }</blockquote> },
        Block::Code(text) => html! { <pre><code>{ text }</code></pre> },
        Block::List(list) => items(list),
    }
}

fn items(list: &List) -> Html {
    let items = list.items.iter().map(|item| html! { <li>{ blocks(item) }</li> });
    match list.start {
        Some(start) => html! { <ol start={start.to_string()}>{ for items }</ol> },
        None => html! { <ul>{ for items }</ul> },
    }
}

fn spans(nodes: &[Span]) -> Html {
    nodes.iter().map(span).collect()
}

fn span(node: &Span) -> Html {
    match node {
        Span::Text(text) => lines(text),
        Span::Em(content) => html! { <em>{ spans(content) }</em> },
        Span::Strong(content) => html! { <strong>{ spans(content) }</strong> },
        Span::Code(text) => html! { <code>{ text }</code> },
        Span::Link { href, content } => link(href, content),
    }
}

/// Draws a link. If its words do not name its host, the host follows them.
/// The tree may come from a foreign endpoint, so the scheme is judged here too.
fn link(href: &str, content: &[Span]) -> Html {
    if !Span::is_safe_href(href) {
        return spans(content);
    }
    let host = host(href);
    let says_host = matches!(content, [Span::Text(text)] if self::host(text).eq_ignore_ascii_case(host));
    html! {
        <>
            <a href={href.to_owned()} rel="nofollow ugc noopener">{ spans(content) }</a>
            if !says_host {
                { element::words("span", "dumka-host", &[" (", host, ")"].concat()) }
            }
        </>
    }
}

/// Returns the part between scheme and path: host, port and anything that could pass for them.
fn host(address: &str) -> &str {
    let rest = Span::without_scheme(address).unwrap_or(address).trim_start_matches('/');
    rest.split(['/', '\\', '?', '#']).next().unwrap_or(rest)
}

/// Draws text with its line breaks.
fn lines(text: &str) -> Html {
    let mut nodes = Vec::new();
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            nodes.push(html! { <br /> });
        }
        nodes.push(html! { { line } });
    }
    nodes.into_iter().collect()
}
