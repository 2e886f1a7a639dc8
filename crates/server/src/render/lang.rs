//! The languages of rendered HTML.

use std::sync::{Arc, LazyLock};

use dumka_widget::i18n::Catalog;

use super::languages::{LANGUAGES, Language};

/// A language of the widget, by its index among all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Lang(usize);

/// Former tags of languages, which old pages and old programs still send.
const RENAMED: [(&str, &str); 1] = [("iw", "he")];

const ENGLISH: Lang = {
    let mut index = 0;
    while !matches!(LANGUAGES[index].tag.as_bytes(), b"en") {
        index += 1;
    }
    Lang(index)
};

static CATALOGS: LazyLock<Vec<Arc<Catalog>>> =
    LazyLock::new(|| Lang::all().map(|lang| Arc::new(catalog_from(lang.file()))).collect());

impl Lang {
    /// The language where no other is asked for.
    pub const fn english() -> Self {
        ENGLISH
    }

    /// Every language.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..LANGUAGES.len()).map(Self)
    }

    /// The BCP 47 tag.
    pub const fn as_str(self) -> &'static str {
        self.language().tag
    }

    /// The tags of all, with commas between them.
    pub fn tags() -> String {
        Self::all().map(Self::as_str).collect::<Vec<_>>().join(", ")
    }

    /// The language of a tag such as `uk-UA`.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next().unwrap_or_default();
        let renamed = RENAMED.iter().find(|(old, _)| primary.eq_ignore_ascii_case(old));
        let primary = renamed.map_or(primary, |(_, new)| new);
        Self::all().find(|lang| primary.eq_ignore_ascii_case(lang.as_str()))
    }

    /// The language that an `Accept-Language` header prefers among those there are.
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

    /// The widget's words in the language.
    pub(super) fn catalog(self) -> Arc<Catalog> {
        CATALOGS[self.0].clone()
    }

    /// The file of `locales/`, as JSON.
    pub(super) const fn file(self) -> &'static str {
        self.language().file
    }

    /// The pattern of its dates, and the names in them.
    pub(super) const fn dates(self) -> (&'static str, &'static str) {
        (self.language().dates, self.language().names)
    }

    const fn language(self) -> &'static Language {
        &LANGUAGES[self.0]
    }
}

/// Reads a file of `locales/`, or one that was made of it.
pub(super) fn catalog_from(file: &str) -> Catalog {
    serde_json::from_str(file).expect("a test reads every file")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn preferred(header: &str) -> Option<&'static str> {
        Lang::preferred(header).map(Lang::as_str)
    }

    #[test]
    fn preferred_language_is_taken() {
        assert_eq!(preferred("sr, en;q=0.5, uk-UA;q=0.8"), Some("uk"));
        assert_eq!(preferred("ru;q=0, sr"), None);
        assert_eq!(preferred("ru, uk"), Some("ru"));
    }

    #[test]
    fn tag_leads_to_the_language_that_there_is() {
        for (tag, expected) in [
            ("EN-gb", Some("en")),
            ("pt-BR", Some("pt")),
            ("zh-Hant-TW", Some("zh")),
            ("be-tarask", Some("be")),
            ("iw", Some("he")),
            ("sr", None),
            ("", None),
        ] {
            assert_eq!(Lang::from_tag(tag).map(Lang::as_str), expected, "{tag}");
        }
    }
}
