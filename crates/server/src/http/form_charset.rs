//! Forms in whichever encoding the page had that sent them: nothing typed is lost for it.

use encoding_rs::{Encoding, UTF_8};
use percent_encoding::percent_decode;

use crate::render::Lang;

/// The field in which browsers themselves say the encoding (HTML standard, 4.10.18.1).
const CHARSET: &[u8] = b"_charset_";

/// A name and a value as they came.
pub(crate) type Pair = (Vec<u8>, Vec<u8>);

/// The names and values of a form in the usual way of writing it.
pub(crate) fn pairs(form: &[u8]) -> Vec<Pair> {
    form.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).map(pair).collect()
}

/// The names and values as text: in the encoding that the form says or else `declared`, else in UTF-8, else as pages in
/// `lang` were written that said nothing.
pub(crate) fn decode(pairs: &[Pair], declared: Option<&str>, lang: Lang) -> Vec<(String, String)> {
    let own = pairs.iter().find(|(name, _)| name == CHARSET).map(|(_, value)| value.as_slice());
    let declared = own.or(declared.map(str::as_bytes)).and_then(Encoding::for_label);
    let is_utf8 =
        || pairs.iter().all(|(name, value)| [name, value].iter().all(|it| str::from_utf8(it).is_ok()));
    let encoding = declared.unwrap_or_else(|| if is_utf8() { UTF_8 } else { legacy(lang) });
    pairs.iter().map(|(name, value)| (text(name, encoding), text(value, encoding))).collect()
}

fn pair(pair: &[u8]) -> Pair {
    let (name, value) = match pair.iter().position(|byte| *byte == b'=') {
        Some(at) => (&pair[..at], &pair[at + 1..]),
        None => (pair, &[][..]),
    };
    (bytes(name), bytes(value))
}

fn bytes(encoded: &[u8]) -> Vec<u8> {
    let spaced: Vec<u8> = encoded.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    percent_decode(&spaced).collect()
}

fn text(bytes: &[u8], encoding: &'static Encoding) -> String {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    if encoding == UTF_8 { text.into_owned() } else { with_letters(&text, encoding) }
}

/// Puts letters in the place of what a browser writes for those that the encoding lacks: `&#8217;`.
fn with_letters(text: &str, encoding: &'static Encoding) -> String {
    let mut parts = text.split("&#");
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let letter = part.split_once(';').and_then(|(number, rest)| Some((letter(number, encoding)?, rest)));
        match letter {
            Some((letter, rest)) => {
                whole.push(letter);
                whole.push_str(rest);
            }
            None => whole.extend(["&#", part]),
        }
    }
    whole
}

/// The letter of this number, where the encoding has none for it: else somebody typed what stands there.
fn letter(number: &str, encoding: &'static Encoding) -> Option<char> {
    let letter = number.parse().ok().and_then(char::from_u32)?;
    let (_, _, is_lacking) = encoding.encode(letter.encode_utf8(&mut [0; 4]));
    is_lacking.then_some(letter)
}

/// The encoding of pages in a language that say none (HTML standard, 13.2.3.2).
fn legacy(lang: Lang) -> &'static Encoding {
    match lang.as_str() {
        "be" | "bg" | "kk" | "ru" | "uk" => encoding_rs::WINDOWS_1251,
        "ar" => encoding_rs::WINDOWS_1256,
        "cs" => encoding_rs::WINDOWS_1250,
        "he" => encoding_rs::WINDOWS_1255,
        "ja" => encoding_rs::SHIFT_JIS,
        "lt" => encoding_rs::WINDOWS_1257,
        "pl" => encoding_rs::ISO_8859_2,
        "tr" => encoding_rs::WINDOWS_1254,
        "zh" => encoding_rs::GBK,
        _ => encoding_rs::WINDOWS_1252,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(form: &[u8], declared: Option<&str>, lang: &str) -> String {
        let fields = decode(&pairs(form), declared, Lang::from_tag(lang).unwrap());
        fields.into_iter().find(|(name, _)| name == "text").unwrap().1
    }

    #[test]
    fn utf8_is_taken_for_what_it_is() {
        assert_eq!(value(b"text=%D0%9F%D1%80%D0%B8+%D0%B2%D1%96%D1%82&name=x", None, "en"), "При віт");
        assert_eq!(value("text=Привіт".as_bytes(), None, "en"), "Привіт");
    }

    #[test]
    fn old_pages_are_read_in_their_languages_encoding() {
        for (form, lang, text) in [
            (&b"text=%CF%F0%E8%E2%B3%F2"[..], "uk", "Привіт"),
            (b"text=%CF%F0%E8%E2%E5%F2", "ru", "Привет"),
            (b"text=\xCF\xF0\xE8\xE2\xE5\xF2", "ru", "Привет"),
            (b"text=caf%E9", "fr", "café"),
            (b"text=%BF%F3%B3w", "pl", "żółw"),
            (b"text=%82%A0", "ja", "あ"),
        ] {
            assert_eq!(value(form, None, lang), text);
        }
    }

    #[test]
    fn form_or_its_header_says_the_encoding() {
        assert_eq!(value(b"text=%CF&_charset_=windows-1251", Some("koi8-r"), "en"), "П");
        assert_eq!(value(b"text=%F0", Some("KOI8-R"), "en"), "П");
        assert_eq!(value(b"text=%CF", Some("no-such-charset"), "uk"), "П");
        assert_eq!(value(b"text=a%FFb", Some("utf-8"), "uk"), "a\u{FFFD}b");
    }

    #[test]
    fn letters_that_the_encoding_lacks_come_back() {
        let form = b"text=%CF%26%238364%3B+%26%23128512%3B+%26%2365%3B+%26%23x%3B+%26%239";
        assert_eq!(value(form, Some("iso-8859-5"), "uk"), "Я€ 😀 &#65; &#x; &#9");
        assert_eq!(value("text=&#8364;".replace('&', "%26").as_bytes(), None, "uk"), "&#8364;", "typed so");
    }
}
