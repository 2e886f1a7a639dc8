//! Host names: letters of one script, digits, hyphens, and dots between them.

use std::iter;
use std::net::Ipv4Addr;

use icu_normalizer::ComposingNormalizerBorrowed;
use idna::AsciiDenyList;
use idna::uts46::{Hyphens, Uts46};
use unicode_security::{MixedScript, RestrictionLevel, RestrictionLevelDetection, skeleton};

use super::classes::{is_joiner, is_mark};

const NORMALIZER: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfc();

/// The longest host as typed, in bytes: no name is longer, in whatever letters.
const HOST_MAX_BYTES: usize = 1_000;

/// Measures a host and its port in bytes, and tells whether the address goes on behind them. None where what follows
/// could be a part of the host's name, or make the host the name of a user: a link must never lead elsewhere.
pub(super) fn extent(text: &str) -> Option<(usize, bool)> {
    let ends_authority = |c: &char| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '@');
    if text.chars().find(ends_authority) == Some('@') {
        return None;
    }
    let name = text.find(|c: char| !is_host_letter(c) && !matches!(c, '-' | '.')).unwrap_or(text.len());
    if let Some(bytes) = before_other_script(&text[..name]) {
        return Some((bytes, false));
    }
    let bytes = name + port_bytes(&text[name..]);
    if text[bytes..].starts_with(['/', '?', '#']) {
        return Some((bytes, true));
    }
    is_followed_well(&text[bytes..]).then(|| (text[..bytes].trim_end_matches('.').len(), false))
}

/// Tells whether what stands behind a host is not of it.
fn is_followed_well(text: &str) -> bool {
    let mut characters = text.chars();
    match characters.next() {
        Some('.' | '!' | '*' | '\'' | ':' | '_' | '~') => {
            !characters.next().is_some_and(char::is_alphanumeric)
        }
        Some(c) if c.is_ascii() => c.is_ascii_whitespace() || ",;\"()[]{}<>|".contains(c),
        _ => true,
    }
}

/// `:` and digits, or `:` alone where the address goes on behind it: a browser takes that for no port.
fn port_bytes(text: &str) -> usize {
    let Some(port) = text.strip_prefix(':') else { return 0 };
    let behind = port.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = port.len() - behind.len();
    let is_port = (1..=5).contains(&digits) || (digits == 0 && behind.starts_with(['/', '?', '#']));
    if is_port { digits + 1 } else { 0 }
}

/// The host, and its port as it was typed.
pub(super) fn and_port(authority: &str) -> Option<(&str, &str)> {
    let (host, port) = authority.split_at(authority.find(':').unwrap_or(authority.len()));
    (port == ":" || port_bytes(port) == port.len()).then_some((host, port))
}

/// Finds where the top-level domain ends and words of another script begin, which are written without a space in some:
/// no such domain mixes them.
fn before_other_script(host: &str) -> Option<usize> {
    let label = host.rfind('.')? + 1;
    let latin = host[label..].find(|c: char| !c.is_ascii_alphabetic()).filter(|&bytes| bytes > 0)?;
    let is_other =
        host[label + latin..].starts_with(char::is_alphanumeric) && !host[label..].is_single_script();
    is_other.then_some(label + latin)
}

/// The host as browsers know it, in the letters of its script where they cannot be taken for Latin ones, else as
/// `xn--…`; none where it is no host, or where browsers know it by other letters than those that were typed.
pub(super) fn spelled(host: &str) -> Option<String> {
    let name = host.strip_suffix('.').unwrap_or(host);
    let is_name = name.contains('.') || name.eq_ignore_ascii_case("localhost");
    if !is_name || name.len() > HOST_MAX_BYTES || !name.split('.').all(is_label) {
        return None;
    }
    let is_distinct = !skeleton(&name.to_lowercase()).all(|c| c.is_ascii());
    let mut is_mixed = false;
    let (spelled, valid) = Uts46::new().to_user_interface(
        host.as_bytes(),
        AsciiDenyList::STD3,
        Hyphens::Allow,
        |label, _, _| {
            let label: String = label.iter().collect();
            is_mixed |= !label.as_str().check_restriction_level(RestrictionLevel::HighlyRestrictive);
            is_distinct
        },
    );
    let is_host = valid.is_ok() && !is_mixed && is_unambiguous(&spelled) && is_in_its_own_letters(host);
    is_host.then(|| spelled.into_owned())
}

/// Tells whether browsers go to the host that is read there: they take `ⓐ`, `ａ`, `ª` and `𝐚` for an `a`, `ﬁ` for two
/// letters and `①` for a digit, and whoever reads the words cannot know.
fn is_in_its_own_letters(host: &str) -> bool {
    host.is_ascii()
        || folded(&Uts46::new().to_unicode(host.as_bytes(), AsciiDenyList::STD3, Hyphens::Allow).0)
            == folded(host)
}

/// A host in a form in which two are the same that look the same but for capital letters.
fn folded(host: &str) -> String {
    let composed = NORMALIZER.normalize(host);
    let lower = composed.chars().flat_map(char::to_lowercase).flat_map(parts).collect::<String>();
    NORMALIZER.normalize(&lower).into_owned()
}

/// The parts of the vowel AM, which Thai and Lao are written with and browsers take apart: it looks the same.
fn parts(c: char) -> impl Iterator<Item = char> {
    let (first, second) = match c {
        '\u{E33}' => ('\u{E4D}', Some('\u{E32}')),
        '\u{EB3}' => ('\u{ECD}', Some('\u{EB2}')),
        _ => (c, None),
    };
    iter::once(first).chain(second)
}

/// A host that ends with a number is read as an IPv4 address, of which there are many spellings; one is taken.
fn is_unambiguous(host: &str) -> bool {
    let last = host.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
    !last.starts_with(|c: char| c.is_ascii_digit()) || host.parse::<Ipv4Addr>().is_ok()
}

/// Tells a part of a host's name between two dots.
fn is_label(label: &str) -> bool {
    let is_within = !label.is_empty() && label.chars().count() <= 63;
    let is_clean = label.chars().all(|c| is_host_letter(c) || c == '-');
    is_within && is_clean && !label.starts_with('-') && !label.ends_with('-')
}

/// Tells the letters, accents and digits of a host.
fn is_host_letter(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c) || is_joiner(c)
}
