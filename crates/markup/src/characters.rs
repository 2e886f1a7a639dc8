//! Characters that a comment does not hold.

/// Tells the embeddings, overrides and isolates, which turn around what stands beside them.
pub const fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Tells the 66 code points that are no characters: U+FDD0 to U+FDEF, and the last two of every plane, which XML
/// cannot hold.
pub const fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{FDD0}'..='\u{FDEF}') || c as u32 & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_sixty_six_noncharacters() {
        assert_eq!(('\0'..=char::MAX).filter(|&c| is_noncharacter(c)).count(), 66);
        assert!(is_noncharacter('\u{FFFE}') && is_noncharacter('\u{10FFFF}') && !is_noncharacter('\u{FFFD}'));
    }
}
