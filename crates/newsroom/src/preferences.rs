//! The language and the theme of this browser.

use crate::browser;
use crate::i18n::Lang;

/// A theme.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system is.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Every theme.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// The word that stands for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme that a word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.as_str() == word)
    }
}

/// The theme that was chosen.
pub fn theme() -> Theme {
    browser::stored("theme").and_then(|word| Theme::from_word(&word)).unwrap_or_default()
}

/// Keeps a theme and applies it.
pub fn set_theme(theme: Theme) {
    browser::store("theme", theme.as_str());
    apply_theme(theme);
}

/// Marks the page with a theme, for the style sheet.
pub fn apply_theme(theme: Theme) {
    if let Some(root) = browser::document().document_element() {
        // Attributes of these names cannot fail to be set.
        let _ = root.set_attribute("data-theme", theme.as_str());
    }
}

/// The language that was chosen, or else the first of the browser's that there is.
pub fn language() -> Lang {
    let chosen = browser::stored("lang").and_then(|tag| Lang::from_tag(&tag));
    let languages = browser::window().navigator().languages();
    let of_browser = || languages.iter().find_map(|tag| Lang::from_tag(&tag.as_string()?));
    chosen.or_else(of_browser).unwrap_or(Lang::En)
}

/// Keeps a language.
pub fn set_language(lang: Lang) {
    browser::store("lang", lang.tag());
}
