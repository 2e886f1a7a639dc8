//! The level of a thread's heading in the outline of the page around it.

/// The level of a heading, 1–6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct HeadingLevel(u8);

impl HeadingLevel {
    /// Parses a level, if there is such a heading.
    pub fn from_word(word: &str) -> Option<Self> {
        match word.as_bytes() {
            [digit @ b'1'..=b'6'] => Some(Self(digit - b'0')),
            _ => None,
        }
    }

    /// The number of the level.
    pub fn number(self) -> u32 {
        self.0.into()
    }
}
