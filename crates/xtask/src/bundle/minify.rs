//! Shorter text that means the same: JavaScript by oxc, style sheets and JSON by their white space.

use anyhow::{Result, ensure};
use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions, CommentOptions};
use oxc_minifier::{CompressOptions, MangleOptions, Minifier, MinifierOptions};
use oxc_parser::Parser;
use oxc_span::SourceType;

/// Shortens an ES module or a script; its exports keep their names.
pub(super) fn module(source: &str) -> Result<String> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, source, SourceType::unambiguous()).parse();
    ensure!(parsed.diagnostics.is_empty(), "JavaScript does not parse: {:?}", parsed.diagnostics);
    let mut program = parsed.program;
    let options = MinifierOptions {
        mangle: Some(MangleOptions::default()),
        mangle_properties: None,
        compress: Some(CompressOptions::smallest()),
    };
    let shortened = Minifier::new(options).minify(&allocator, &mut program);
    let options =
        CodegenOptions { minify: true, comments: CommentOptions::disabled(), ..CodegenOptions::default() };
    let printed = Codegen::new().with_options(options).with_scoping(shortened.scoping).build(&program);
    Ok(printed.code)
}

/// The names by which the loader and the files it loads know each other's parts: long in the sources, short in the
/// download. Each name stands for nothing else in any of them.
const SHARED_NAMES: [(&str, &str); 10] = [
    ("READER_EVENTS", "a"),
    ("onReaderEvent", "b"),
    ("queueAction", "c"),
    ("replaceSection", "d"),
    ("showSection", "e"),
    ("fetchThread", "f"),
    ("buildThread", "h"),
    ("inside", "i"),
    // With its point, since others end in it.
    (".serve", ".j"),
    ("scrollToPermalink", "g"),
];

/// Shortens a file of `embed/`, and the names by which these files know each other.
pub(super) fn embedded(source: &str) -> Result<String> {
    let mut code = module(source)?;
    // The names of variables are short by now: what is left are the names of properties and exports.
    for (long, short) in SHARED_NAMES {
        code = code.replace(long, short);
    }
    Ok(code)
}

/// Writes JSON without white space, and without what it says to its own readers: names that begin with `_`.
pub(super) fn json(source: &str) -> Result<String> {
    let mut value: serde_json::Map<String, serde_json::Value> = serde_json::from_str(source)?;
    value.retain(|name, _| !name.starts_with('_'));
    Ok(serde_json::to_string(&value)?)
}

/// Takes comments and needless white space out of a style sheet; strings stay as they are.
///
/// Brotli does the rest: a parser that also merges rules would save little and cost a large dependency.
pub(super) fn css(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(next) = rest.chars().next() {
        let taken = match next {
            '"' | '\'' => push_string(&mut out, rest, next),
            '0' if is_needless_zero(&out, rest) => 1,
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            _ if next.is_whitespace() => push_space(&mut out, rest),
            _ => push(&mut out, next),
        };
        rest = &rest[taken..];
    }
    out.trim_end().replace(";}", "}")
}

/// Copies a string, without its quotes where it is the plain word of an attribute selector.
fn push_string(out: &mut String, rest: &str, quote: char) -> usize {
    let end = rest[1..].find(quote).map_or(rest.len(), |end| end + 2);
    let word = rest[..end].trim_matches(quote);
    let is_word = word.starts_with(|first: char| first.is_ascii_alphabetic())
        && word.chars().all(|char| char.is_ascii_alphanumeric() || char == '-');
    let is_attribute = out.ends_with('=') && rest[end..].starts_with(']');
    out.push_str(if is_attribute && is_word { word } else { &rest[..end] });
    end
}

/// The zero of `0.5`, which means the same without it.
fn is_needless_zero(out: &str, rest: &str) -> bool {
    let is_digit = |char: Option<char>| char.is_some_and(|char| char.is_ascii_digit());
    out.ends_with([' ', ':', ',', '(', '-']) && rest[1..].starts_with('.') && is_digit(rest.chars().nth(2))
}

/// One space for any run of them, and none beside punctuation where none is ever meant.
fn push_space(out: &mut String, rest: &str) -> usize {
    let after = rest.trim_start();
    let needless = out.is_empty()
        || out.ends_with([' ', '{', '}', ';', ',', ':', '(', '>', '/'])
        || after.starts_with(['{', '}', ';', ',', ')', '>', '/']);
    if !needless {
        out.push(' ');
    }
    rest.len() - after.len()
}

fn push(out: &mut String, char: char) -> usize {
    out.push(char);
    char.len_utf8()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_sheet_loses_comments_and_white_space_but_no_meaning() {
        let source =
            "/* why */\n.a :hover,\n.b {\n  width: calc(1px + 2em);\n  content: \"a  /* b */\";\n}\n";
        assert_eq!(css(source), ".a :hover,.b{width:calc(1px + 2em);content:\"a  /* b */\"}");
    }

    #[test]
    fn style_sheet_loses_zeros_and_quotes_that_mean_nothing() {
        let source =
            ".a[data-depth=\"1\"]:is( [dir=\"rtl\"] > b ) { margin: -0.5em 10.5px 0; content: \"0.5 ( b\"; }";
        assert_eq!(
            css(source),
            ".a[data-depth=\"1\"]:is([dir=rtl]>b){margin:-.5em 10.5px 0;content:\"0.5 ( b\"}"
        );
    }

    #[test]
    fn module_keeps_the_names_it_exports() {
        let short = module("/* why */ export function start(longName) { return longName + 1; }").unwrap();
        assert!(short.contains("function start(") && short.contains("export"), "{short}");
        assert!(!short.contains("longName") && !short.contains("why"), "{short}");
    }

    #[test]
    fn files_of_the_loader_call_each_other_by_the_same_short_names() {
        let (by, from) =
            (embedded("thread.showSection(section)"), embedded("export const showSection = a => run(a)"));
        assert!(by.unwrap().starts_with("thread.e("));
        assert!(from.unwrap().contains('e'));
    }

    #[test]
    fn broken_javascript_is_refused() {
        assert!(module("export function {").is_err());
    }

    #[test]
    fn json_keeps_its_letters_and_loses_its_notes() {
        let source = "{ \"_note\": \"why\", \"a\": \"Комментарии\" }";
        assert_eq!(json(source).unwrap(), r#"{"a":"Комментарии"}"#);
    }
}
