//! The languages of ready HTML.

use dumka_widget::i18n::Catalog;

/// A language the widget speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Ukrainian.
    Uk,
    /// Russian.
    Ru,
    /// English.
    En,
}

impl Lang {
    const ALL: [Self; 3] = [Self::Uk, Self::Ru, Self::En];

    /// The BCP 47 tag.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Uk => "uk",
            Self::Ru => "ru",
            Self::En => "en",
        }
    }

    /// The language of a tag such as `uk-UA`.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next().unwrap_or_default();
        Self::ALL.into_iter().find(|lang| primary.eq_ignore_ascii_case(lang.as_str()))
    }

    /// The one that an `Accept-Language` header likes best of those there are.
    pub fn preferred(header: &str) -> Option<Self> {
        let mut best = None;
        for entry in header.split(',') {
            let (tag, weight) = entry.split_once(";q=").unwrap_or((entry, "1"));
            let weight: f32 = weight.trim().parse().unwrap_or(0.0);
            let Some(lang) = Self::from_tag(tag.trim()) else { continue };
            if weight > best.map_or(0.0, |(_, weight)| weight) {
                best = Some((lang, weight));
            }
        }
        best.map(|(lang, _)| lang)
    }

    /// The widget's words in it.
    pub(super) fn catalog(self) -> Catalog {
        let file = match self {
            Self::Uk => include_str!("../../../../locales/uk.json"),
            Self::Ru => include_str!("../../../../locales/ru.json"),
            Self::En => include_str!("../../../../locales/en.json"),
        };
        serde_json::from_str(file).expect("the widget's own tests read every file")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn best_liked_language_is_taken() {
        assert_eq!(Lang::preferred("de, en;q=0.5, uk-UA;q=0.8"), Some(Lang::Uk));
        assert_eq!(Lang::preferred("ru;q=0, de"), None);
        assert_eq!(Lang::preferred("ru, uk"), Some(Lang::Ru));
    }
}
