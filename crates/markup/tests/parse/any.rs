//! Properties of every text.

use dumka_markup::{Block, Body, List, Span, parse};
use proptest::collection::vec;
use proptest::prelude::*;

use super::account;
use super::texts::{dense, repeated, words};

fn config() -> ProptestConfig {
    ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() }
}

fn accounted(typed: &str) -> Result<(), TestCaseError> {
    account::check(typed).map_err(|fault| TestCaseError::fail(format!("{typed:?}: {fault}")))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_character_of_any_text_is_accounted_for(typed in any::<String>()) {
        accounted(&typed)?;
    }

    #[test]
    fn every_character_among_marks_is_accounted_for(typed in dense()) {
        accounted(&typed)?;
    }

    #[test]
    fn what_the_table_writes_is_read(blocks in vec(block(), 1..6)) {
        let typed = blocks.iter().map(|block| block.0.as_str()).collect::<Vec<_>>().join("\n\n");
        let expected = blocks.into_iter().map(|block| block.1).collect();
        prop_assert_eq!(parse(&typed), Body::Blocks(expected), "{}", typed);
    }

    #[test]
    fn words_without_marks_stay_as_typed(lines in vec(words(), 1..8), indent in " {0,6}") {
        let typed = lines.join(&format!("\n{indent}"));
        prop_assert_eq!(parse(&typed), Body::Blocks(vec![Block::Paragraph(vec![Span::Text(typed)])]));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..config() })]

    #[test]
    fn every_character_of_marks_again_and_again_is_accounted_for(typed in repeated()) {
        accounted(&typed)?;
    }
}

/// A block as it is typed, and what it is.
type Typed<T> = (String, T);

fn block() -> impl Strategy<Value = Typed<Block>> {
    let simple = prop_oneof![
        line().prop_map(|(typed, spans)| (typed, Block::Paragraph(spans))),
        vec(line(), 1..4).prop_map(list),
        words().prop_map(|code| (format!("```\n{code}\n```"), Block::Code(code))),
    ];
    simple.prop_recursive(6, 12, 3, |inner| vec(inner, 1..4).prop_map(quote))
}

fn list(items: Vec<Typed<Vec<Span>>>) -> Typed<Block> {
    let typed: Vec<_> = items.iter().map(|(typed, _)| format!("- {typed}")).collect();
    let items = items.into_iter().map(|(_, spans)| vec![Block::Paragraph(spans)]).collect();
    (typed.join("\n"), Block::List(List { start: None, items }))
}

fn quote(inner: Vec<Typed<Block>>) -> Typed<Block> {
    let typed = inner.iter().map(|(typed, _)| typed.as_str()).collect::<Vec<_>>().join("\n\n");
    let lines: Vec<_> = typed.lines().map(|line| format!("> {line}")).collect();
    (lines.join("\n"), Block::Quote(inner.into_iter().map(|(_, block)| block).collect()))
}

/// A line: words, marks, words and so on, with a space between any two.
fn line() -> impl Strategy<Value = Typed<Vec<Span>>> {
    vec((words(), marked()), 0..3).prop_flat_map(|pairs| (Just(pairs), words())).prop_map(|(pairs, last)| {
        let (mut typed, mut spans) = (String::new(), Vec::new());
        for (words, (mark, span)) in pairs {
            let before = if spans.is_empty() { format!("{words} ") } else { format!(" {words} ") };
            typed.extend([before.as_str(), &mark]);
            spans.extend([Span::Text(before), span]);
        }
        let last = if spans.is_empty() { last } else { format!(" {last}") };
        typed.push_str(&last);
        spans.push(Span::Text(last));
        (typed, spans)
    })
}

fn marked() -> impl Strategy<Value = Typed<Span>> {
    let leaf = prop_oneof![
        words().prop_map(|code| (format!("`{code}`"), Span::Code(code))),
        words().prop_map(|words| (format!("*{words}*"), Span::Em(vec![Span::Text(words)]))),
        words().prop_map(|words| {
            let href = "https://a.example/b_(c)*".to_owned();
            (format!("[{words}]({href})"), Span::Link { href, content: vec![Span::Text(words)] })
        }),
        "[a-z]{1,5}".prop_map(|path| {
            let href = format!("https://a.example/_/{path}*/x");
            (href.clone(), Span::Link { content: vec![Span::Text(href.clone())], href })
        }),
    ];
    leaf.prop_recursive(3, 6, 1, |inner| {
        let around = (words(), inner, words(), any::<bool>());
        around.prop_map(|(before, (typed, span), after, is_strong)| {
            let content = vec![Span::Text(format!("{before} ")), span, Span::Text(format!(" {after}"))];
            let typed = format!("{before} {typed} {after}");
            if is_strong {
                (format!("**{typed}**"), Span::Strong(content))
            } else {
                (format!("*{typed}*"), Span::Em(content))
            }
        })
    })
}
