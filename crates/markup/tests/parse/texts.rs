//! Texts that nobody thought of.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

const MARKS: &[&str] = &[
    "*", "**", "***", "****", "_", "__", "~~", "`", "``", "```", "\n```\n", "> ", ">", ">>", "- ", "-",
    "---", "+ ", "* ", "1. ", "1) ", "# ", "[", "]", "](", ")", "(", "!", "!?", "<", "/>", "</b>", "\n",
    "\n\n", "\r\n", "\r", "    ", "\t", "\\", "\"", "'", ":", ";", "&", "&amp;", "=", "|", "{", "}", ".",
    ",", "…", "—", "–", "@", "/", "?", "#", "%",
];

const PIECES: &[&str] = &[
    "https://",
    "http://",
    "HTTPS://",
    "mailto:",
    "javascript:",
    "ftp://",
    "a.example",
    "новини.укр",
    "xn--",
    "user@",
    "localhost",
    ":80",
    ":443/",
    "127.0.0.1",
    "/шлях",
    "/__init__.py",
    "/_/A",
    "?a=1&b=2",
    "#frag",
    "a@example.org",
    "www.",
    ".com",
    ".",
    "[1]",
    "[слова](https://a.example/x)",
    "https://a.example/(b)",
    "https://a.example",
    "'",
];

const LETTERS: &[&str] = &[
    "слово",
    "Київ",
    "ї",
    "ґ",
    "word",
    "a",
    "x",
    "5",
    "42",
    "1914",
    "שלום",
    "مرحبا",
    "東京",
    "ひらがな",
    "한국어",
    "ไทย",
    "क्षि",
    "é",
    "e\u{301}",
    "👍",
    "👩\u{200D}🚀",
    "☃\u{FE0F}",
    "№",
    "€",
    "«",
    "»",
    "“",
    "”",
    "„",
    "‘",
    "’",
    "‚",
    "‹",
    "›",
    "「",
    "」",
    "（",
    "）",
    "『",
    "』",
    "【",
    "】",
    "。",
    "、",
    "！",
    "？",
    "；",
    "，",
    "،",
    "؟",
    "؛",
    "۔",
    "।",
    "։",
    "·",
    "・",
    "־",
    "׳",
    "\u{A0}",
    "\u{3000}",
    "\u{200B}",
    "\u{200C}",
    "\u{200D}",
    "\u{200E}",
    "\u{200F}",
    "\u{61C}",
    "\u{202A}",
    "\u{202E}",
    "\u{2066}",
    "\u{2069}",
    "\u{2028}",
    "\u{FEFF}",
    "\u{FFFE}",
    "\u{FFFF}",
    "\u{FDD0}",
    "\u{1FFFE}",
    "\u{FFFD}",
    "\0",
    "\u{1B}",
    "\u{85}",
    "\u{E000}",
    "\u{AD}",
    "\u{301}",
    "\u{10FFFF}",
];

/// Text that is mostly marks, addresses and letters of many scripts, so that they meet each other in every way.
pub(crate) fn dense() -> impl Strategy<Value = String> {
    let space = Just(" ".to_owned());
    let piece = prop_oneof![
        4 => select(MARKS).prop_map(String::from),
        2 => select(PIECES).prop_map(String::from),
        3 => select(LETTERS).prop_map(String::from),
        2 => space,
        1 => any::<char>().prop_map(String::from),
    ];
    vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Text of few marks again and again, which is where a parser is slow or deep.
pub(crate) fn repeated() -> impl Strategy<Value = String> {
    let few = vec(prop_oneof![select(MARKS), select(PIECES), select(LETTERS), Just(" ")], 1..5);
    (few, 1..200_usize).prop_map(|(pieces, times)| pieces.concat().repeat(times))
}

/// Words of many scripts, without any mark.
pub(crate) fn words() -> impl Strategy<Value = String> {
    const WORDS: &str = "[а-яїєґa-gи0-9אבגابت東京]{1,8}";
    vec(WORDS, 1..5).prop_map(|words| words.join(" "))
}
