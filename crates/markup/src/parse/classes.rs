//! Classes of characters, by their general category in Unicode, so that every script has them.

use unicode_properties::{
    GeneralCategory as Category, GeneralCategoryGroup as Group, UnicodeGeneralCategory,
};

/// Tells letters, digits, their accents and joiners, and the underscore: the inside of words and numbers.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c.general_category(), Category::ConnectorPunctuation)
        || is_mark(c)
        || is_joiner(c)
}

/// Tells accents and other signs that belong to the letter before them.
pub(super) fn is_mark(c: char) -> bool {
    !c.is_ascii() && c.general_category_group() == Group::Mark
}

/// Tells the two invisible characters that words of some scripts are written with.
pub(super) fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

/// Tells invisible characters, such as the marks of direction.
pub(super) fn is_format(c: char) -> bool {
    !c.is_ascii() && c.general_category() == Category::Format && !is_joiner(c)
}

/// Tells punctuation of every kind, without the underscore.
pub(super) fn is_punctuation(c: char) -> bool {
    c.general_category_group() == Group::Punctuation && c.general_category() != Category::ConnectorPunctuation
}

/// Tells signs of mathematics and money, pictures and the like.
pub(super) fn is_symbol(c: char) -> bool {
    c.general_category_group() == Group::Symbol
}

/// Tells dashes and hyphens.
pub(super) fn is_dash(c: char) -> bool {
    c.general_category() == Category::DashPunctuation
}

/// Tells brackets that open.
pub(super) fn is_opening_bracket(c: char) -> bool {
    c.general_category() == Category::OpenPunctuation
}

/// Tells brackets that close.
pub(super) fn is_closing_bracket(c: char) -> bool {
    c.general_category() == Category::ClosePunctuation
}

/// Tells quotation marks of a side. Some languages open with those that close in others.
pub(super) fn is_quotation_mark(c: char) -> bool {
    matches!(c.general_category(), Category::InitialPunctuation | Category::FinalPunctuation)
}

/// Tells brackets and quotation marks that open.
pub(super) fn opens(c: char) -> bool {
    matches!(c.general_category(), Category::OpenPunctuation | Category::InitialPunctuation)
}

/// Tells brackets and quotation marks that close.
pub(super) fn closes(c: char) -> bool {
    matches!(c.general_category(), Category::ClosePunctuation | Category::FinalPunctuation)
}

/// Tells whether `close` is the other half of `open`, which Unicode has one or two places before it, as a rule.
pub(super) fn are_a_pair(open: char, close: char) -> bool {
    (open, close) == ('«', '»') || matches!(u32::from(close).checked_sub(open.into()), Some(1 | 2))
}
