//! Addresses: where one ends, and to which a comment may link.

use url::{Position, Url};

use super::classes::{are_a_pair, closes, is_dash, is_format, is_punctuation, is_word, opens};
use super::host;

/// The largest distance between two quotation marks of an address; the second is searched no further.
const PAIR_MAX_BYTES: usize = 500;

/// Tells whether text begins like an address that a comment may link to.
pub(super) fn begins(text: &str) -> bool {
    authority_start(text).is_some()
}

/// Finds the address that text begins with: its words as typed, and where to link. With `is_emphasized` stars at its end
/// are not its own.
pub(super) fn find(text: &str, is_emphasized: bool) -> Option<(&str, String)> {
    let start = authority_start(text)?;
    let (host_bytes, is_followed) = host::extent(&text[start..])?;
    let authority = start + host_bytes;
    let rest = &text[authority..];
    // Judged first: what follows may be long, and hold another such address, and that one another.
    let is_linked = href(&text[..authority]).is_some() && !(is_mail(text) && rest.starts_with('/'));
    if !is_linked {
        return None;
    }
    let end = if is_followed { authority + path_bytes(rest, is_emphasized) } else { authority };
    let words = &text[..end];
    Some((words, href(words)?))
}

/// The address to link to, spelled as browsers would, but for letters of other scripts in its host; none where a
/// comment may not link there.
///
/// An address with a user name is refused too: it reads as if it went where the name says.
pub(super) fn href(address: &str) -> Option<String> {
    let start = authority_start(address)?;
    let behind = address[start..].find(['/', '?', '#']).map_or(address.len(), |bytes| start + bytes);
    let (host, port) = host::and_port(&address[start..behind])?;
    let host = host::spelled(host)?;
    let is_clean = !address.contains(ends_address);
    let url = is_clean.then(|| Url::parse(address).ok()).flatten()?;
    if url.scheme() == "mailto" {
        // Whatever follows the name and the host, but for a subject and the like, would be a part of them.
        let rest = &url[Position::AfterPath..];
        let is_whole = port.is_empty() && !address[behind..].starts_with('/');
        return is_whole.then(|| ["mailto:", &address["mailto:".len()..start], &host, rest].concat());
    }
    Some([url.scheme(), "://", &host, port, &url[Position::BeforePath..]].concat())
}

fn is_mail(address: &str) -> bool {
    address.get(.."mailto:".len()).is_some_and(|start| start.eq_ignore_ascii_case("mailto:"))
}

/// Finds where the host begins, behind `https://`, `http://`, or `mailto:` and a name.
fn authority_start(text: &str) -> Option<usize> {
    let begins =
        |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    if let Some(scheme) = ["https://", "http://"].into_iter().find(|scheme| begins(scheme)) {
        return Some(scheme.len());
    }
    let name = text.get("mailto:".len()..).filter(|_| is_mail(text))?;
    let bytes = name.find(|c: char| !c.is_ascii_alphanumeric() && !"._%+-".contains(c))?;
    (bytes > 0 && name[bytes..].starts_with('@')).then_some("mailto:".len() + bytes + 1)
}

/// Finds how far the address goes on behind the host.
///
/// Brackets and quotation marks belong to it in pairs. Punctuation belongs to it where the address goes on behind it, and
/// that of other scripts only where it joins words: sentences of some are written without a space behind it.
fn path_bytes(text: &str, is_emphasized: bool) -> usize {
    let mut pairs = Pairs::default();
    let (mut end, mut before) = (0, None);
    for (at, c) in text.char_indices() {
        let behind = at + c.len_utf8();
        if ends_address(c) || pairs.unclosed().is_some_and(|from| at - from > PAIR_MAX_BYTES) {
            break;
        }
        let joins = joins(before, c, text[behind..].chars().next());
        before = Some(c);
        if opens(c) && !joins {
            pairs.open(c, at);
        } else if closes(c) && !joins {
            if !pairs.close(c) {
                break;
            }
            end = behind;
        } else if !c.is_ascii() && is_punctuation(c) && !joins {
            break;
        } else if may_end(c, text[..at].chars().next_back(), is_emphasized) {
            end = behind;
        }
    }
    pairs.unclosed().map_or(end, |from| end.min(from))
}

/// Brackets and quotation marks that wait for their other half.
#[derive(Default)]
struct Pairs {
    open: Vec<char>,
    /// The positions of those that are not ASCII, and so belong to no address by themselves.
    foreign: Vec<usize>,
}

impl Pairs {
    fn open(&mut self, c: char, at: usize) {
        self.open.push(c);
        if !c.is_ascii() {
            self.foreign.push(at);
        }
    }

    /// Tells whether it is the other half of the last.
    fn close(&mut self, c: char) -> bool {
        let is_pair = self.open.last().is_some_and(|&open| are_a_pair(open, c));
        if is_pair && self.open.pop().is_some_and(|open| !open.is_ascii()) {
            self.foreign.pop();
        }
        is_pair
    }

    fn unclosed(&self) -> Option<usize> {
        self.foreign.first().copied()
    }
}

/// Tells what is in no address.
fn ends_address(c: char) -> bool {
    c.is_whitespace() || c.is_control() || is_format(c) || matches!(c, '<' | '>' | '"' | '`' | '\\' | '|')
}

/// Tells punctuation of other scripts inside a word: П’ятниця, 1914–1918, or a dash for itself: Київ_—_Львів.
fn joins(before: Option<char>, c: char, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return false };
    let is_inside = is_word(before) && is_word(after);
    !c.is_ascii() && (is_inside && "’·‐‑‒–・־׳״".contains(c) || is_dash(c) && before == '_' && after == '_')
}

/// Tells whether an address may end with a character. A star does where it is a name of its own.
fn may_end(c: char, before: Option<char>, is_emphasized: bool) -> bool {
    match c {
        '.' | ',' | ':' | ';' | '!' | '?' | '\'' => false,
        '*' => !is_emphasized && before.is_some_and(|before| !is_word(before)),
        _ => true,
    }
}
