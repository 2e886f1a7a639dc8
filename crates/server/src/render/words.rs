//! A site's own words, in the place of the widget's.

use std::collections::BTreeMap;
use std::sync::Arc;

use dumka_widget::i18n::{Catalog, Category, Counted, Key};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::Lang;
use super::tongue::ServerTongue;

/// What a site says instead: by the tag of a language, then by a name of its file.
pub type WordSettings = BTreeMap<String, BTreeMap<String, Phrase>>;

/// One phrase as a file of `locales/` has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    untagged,
    expecting = "text, or the forms of a counted phrase by their categories, such as { one = \"…\", other = \"…\" }"
)]
pub enum Phrase {
    /// Words.
    Text(String),
    /// The forms of a phrase that counts, by plural category.
    Forms(BTreeMap<String, String>),
}

/// Keys that no words stand under, and one that is said before any word of a site is known.
const FIXED: [Key; 3] = [Key::Dir, Key::Dates, Key::NotLoaded];

/// The words of the sites that have their own.
#[derive(Debug, Clone, Default)]
pub struct OwnWords(Vec<(Lang, Reworded)>);

/// A language in a site's own words.
#[derive(Debug, Clone)]
pub(super) struct Reworded {
    /// All of its words.
    pub(super) catalog: Arc<Catalog>,
    /// The site's own among them, for the widget: JSON as in the language's file.
    pub(super) own: String,
}

impl OwnWords {
    /// The words of settings in which [`refused`] finds nothing.
    pub fn new(settings: &WordSettings) -> Self {
        let reworded = |(tag, phrases): (&String, &BTreeMap<String, Phrase>)| {
            let lang = Lang::from_tag(tag).filter(|_| !phrases.is_empty())?;
            let own = serde_json::to_string(phrases).expect("texts by their names become JSON");
            Some((lang, Reworded { catalog: Arc::new(lang.reworded(phrases)), own }))
        };
        Self(settings.iter().filter_map(reworded).collect())
    }

    /// What is said in a language, where some of it is the site's own.
    pub(super) fn in_lang(&self, lang: Lang) -> Option<&Reworded> {
        self.0.iter().find(|(own, _)| *own == lang).map(|(_, reworded)| reworded)
    }
}

/// A word that is not accepted.
#[derive(Debug, PartialEq, Eq)]
pub struct Refused {
    /// The names that lead to it, with dots between them.
    pub key: String,
    /// What stands there.
    pub value: String,
    /// What may.
    pub accepted: String,
}

/// The first of a site's words that the widget could not say.
pub fn refused(settings: &WordSettings) -> Option<Refused> {
    settings.iter().find_map(|(tag, phrases)| match Lang::all().find(|lang| lang.as_str() == tag) {
        Some(lang) => phrases.iter().find_map(|(name, phrase)| refused_phrase(lang, name, phrase)),
        None => Some(Refused { key: tag.clone(), value: "no language".into(), accepted: languages() }),
    })
}

fn languages() -> String {
    Lang::all().map(Lang::as_str).collect::<Vec<_>>().join(", ")
}

fn refused_phrase(lang: Lang, name: &str, phrase: &Phrase) -> Option<Refused> {
    let key = [lang.as_str(), ".", name].concat();
    if let Some(counted) = Counted::ALL.iter().find(|it| Counted::NAMES[**it as usize] == name) {
        return refused_forms(lang, *counted, key, phrase);
    }
    match Key::ALL.iter().find(|it| Key::NAMES[**it as usize] == name && !FIXED.contains(it)) {
        None => Some(Refused { key, value: "no key of the widget's words".into(), accepted: names() }),
        Some(own) => match phrase {
            Phrase::Text(text) => refused_text(key, text, lang.catalog().text(*own)),
            Phrase::Forms(_) => Some(Refused { key, value: "a table".into(), accepted: "text".into() }),
        },
    }
}

fn names() -> String {
    let keys = Key::ALL.iter().filter(|key| !FIXED.contains(key)).map(|key| Key::NAMES[*key as usize]);
    keys.chain(Counted::NAMES.iter().copied()).collect::<Vec<_>>().join(", ")
}

fn refused_forms(lang: Lang, counted: Counted, key: String, phrase: &Phrase) -> Option<Refused> {
    let categories: Vec<_> = ServerTongue::new(lang, TimeZone::UTC).categories().collect();
    let accepted =
        || categories.iter().map(|it| Category::NAMES[*it as usize]).collect::<Vec<_>>().join(", ");
    let Phrase::Forms(forms) = phrase else {
        return Some(Refused { key, value: "text".into(), accepted: ["a table of ", &accepted()].concat() });
    };
    forms.iter().find_map(|(name, text)| {
        let key = [&key, ".", name].concat();
        match categories.iter().find(|it| Category::NAMES[**it as usize] == name) {
            None => {
                Some(Refused { key, value: "no form that the language has".into(), accepted: accepted() })
            }
            Some(category) => refused_text(key, text, lang.catalog().form(counted, *category)),
        }
    })
}

/// A text with the same places for what is put in.
fn refused_text(key: String, text: &str, model: &str) -> Option<Refused> {
    let is_said = !text.trim().is_empty() && placeholders(text) == placeholders(model);
    let accepted = match placeholders(model).first() {
        Some(name) => ["text with {", name, "} in it once"].concat(),
        None => "text without { and }".into(),
    };
    (!is_said).then(|| Refused { key, value: ["\"", text, "\""].concat(), accepted })
}

/// What stands between braces; a brace that stands alone counts too, since nothing is put there.
fn placeholders(text: &str) -> Vec<&str> {
    text.split('{').skip(1).map(|rest| rest.split_once('}').map_or(rest, |(name, _)| name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(toml: &str) -> WordSettings {
        figment::Figment::from(figment::providers::Toml::string(toml)).extract().unwrap()
    }

    use figment::providers::Format;

    #[test]
    fn words_of_a_site_take_the_place_of_those_it_has_and_no_others() {
        let own =
            OwnWords::new(&settings("[uk]\nheading = 'Обговорення ({n})'\n[uk.new]\none = 'нове: {n}'"));
        let lang = |tag| Lang::from_tag(tag).unwrap();
        let reworded = &own.in_lang(lang("uk")).unwrap();
        let catalog = &reworded.catalog;
        assert_eq!(catalog.text(Key::Heading), "Обговорення ({n})");
        assert_eq!(catalog.text(Key::Add), "додати коментар");
        assert_eq!(catalog.form(Counted::New, Category::One), "нове: {n}");
        assert_eq!(catalog.form(Counted::New, Category::Few), "{n} нові коментарі");
        assert_eq!(reworded.own, r#"{"heading":"Обговорення ({n})","new":{"one":"нове: {n}"}}"#);
        assert!(own.in_lang(lang("ru")).is_none());
    }

    #[test]
    fn words_that_could_not_be_said_are_refused_with_what_is_accepted() {
        for (toml, key, accepted) in [
            ("[xx]\nadd = 'a'", "xx", "ar, be"),
            ("[uk]\nheadline = 'a'", "uk.headline", "back, add"),
            ("[uk]\ndir = 'rtl'", "uk.dir", "back, add"),
            ("[uk]\nadd = ' '", "uk.add", "text without"),
            ("[uk]\nadd = 'a {n}'", "uk.add", "text without"),
            ("[uk]\nheading = 'a'", "uk.heading", "text with {n} in it once"),
            ("[uk]\nheading = '{n} of {n}'", "uk.heading", "text with {n} in it once"),
            ("[uk]\nadd.one = 'a'", "uk.add", "text"),
            ("[uk]\nnew = '{n}'", "uk.new", "a table of one, few, many, other"),
            ("[uk]\nnew.two = '{n}'", "uk.new.two", "one, few, many, other"),
            ("[uk]\nnew.few = 'some'", "uk.new.few", "text with {n} in it once"),
        ] {
            let refused = refused(&settings(toml)).unwrap();
            assert_eq!(refused.key, key);
            assert!(refused.accepted.contains(accepted), "{toml}: {refused:?}");
        }
        assert_eq!(refused(&settings("[uk]\nadd = 'пишіть'\nnew.few = '{n} нові'")), None);
    }
}
