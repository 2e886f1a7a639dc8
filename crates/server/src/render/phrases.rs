//! A site's own phrases, in the place of the widget's.

use std::collections::BTreeMap;
use std::sync::Arc;

use dumka_widget::i18n::Catalog;
use serde::{Deserialize, Serialize};

use super::Lang;
use super::lang::catalog_from;
use crate::json;

/// The phrases in a site's settings: by the tag of a language, then by a name of its file.
pub type PhraseSettings = BTreeMap<String, BTreeMap<String, Phrase>>;

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

/// A site's own phrases, by language.
#[derive(Debug, Clone, Default)]
pub struct SitePhrases(Vec<(Lang, OverriddenCatalog)>);

/// A language in which some phrases are a site's own.
#[derive(Debug, Clone)]
struct OverriddenCatalog {
    /// All of its words.
    catalog: Arc<Catalog>,
    /// The site's own among them, for the widget: JSON as in the language's file.
    overrides: String,
}

impl SitePhrases {
    /// The phrases of settings that [`super::validate_phrases`] accepts.
    pub fn new(settings: &PhraseSettings) -> Self {
        let overridden = |(tag, phrases): (&String, &BTreeMap<String, Phrase>)| {
            let lang = Lang::from_tag(tag).filter(|_| !phrases.is_empty())?;
            Some((lang, OverriddenCatalog::new(lang, phrases)))
        };
        Self(settings.iter().filter_map(overridden).collect())
    }

    /// The words of a language, the site's own among them.
    pub(super) fn catalog(&self, lang: Lang) -> Arc<Catalog> {
        self.overridden(lang).map_or_else(|| lang.catalog(), |own| Arc::clone(&own.catalog))
    }

    /// The site's own phrases of a language, as JSON, where it has any.
    pub(super) fn overrides(&self, lang: Lang) -> Option<&str> {
        self.overridden(lang).map(|own| &*own.overrides)
    }

    fn overridden(&self, lang: Lang) -> Option<&OverriddenCatalog> {
        self.0.iter().find(|(own, _)| *own == lang).map(|(_, overridden)| overridden)
    }
}

impl OverriddenCatalog {
    fn new(lang: Lang, own: &BTreeMap<String, Phrase>) -> Self {
        let mut file: BTreeMap<String, Phrase> = serde_json::from_str(lang.file()).unwrap_or_default();
        for (name, phrase) in own {
            match (file.get_mut(name), phrase) {
                // A form that the site leaves out stays as it was.
                (Some(Phrase::Forms(forms)), Phrase::Forms(own)) => forms.extend(own.clone()),
                (Some(words), _) => *words = phrase.clone(),
                (None, _) => {}
            }
        }
        let catalog = catalog_from(&json::to_string(&file));
        Self { catalog: Arc::new(catalog), overrides: json::to_string(own) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use dumka_widget::i18n::{Category, Key, PluralKey};
    use figment::providers::Format;

    use super::super::validate_phrases;
    use super::*;

    fn settings(toml: &str) -> PhraseSettings {
        figment::Figment::from(figment::providers::Toml::string(toml)).extract().unwrap()
    }

    #[test]
    fn phrases_of_a_site_take_the_place_of_those_it_has_and_no_others() {
        let own =
            SitePhrases::new(&settings("[uk]\nheading = 'Обговорення ({n})'\n[uk.new]\none = 'нове: {n}'"));
        let lang = |tag| Lang::from_tag(tag).unwrap();
        let catalog = own.catalog(lang("uk"));
        assert_eq!(catalog.text(Key::Heading), "Обговорення ({n})");
        assert_eq!(catalog.text(Key::Add), "додати коментар");
        assert_eq!(catalog.form(PluralKey::New, Category::One), "нове: {n}");
        assert_eq!(catalog.form(PluralKey::New, Category::Few), "{n} нові коментарі");
        assert_eq!(
            own.overrides(lang("uk")),
            Some(r#"{"heading":"Обговорення ({n})","new":{"one":"нове: {n}"}}"#)
        );
        assert!(own.overrides(lang("ru")).is_none());
    }

    /// Own phrases with what is said then and what is refused; the widget's tests read the same.
    const VECTORS: &str = include_str!("../../tests/phrases.json");

    #[derive(Deserialize)]
    struct Vector {
        lang: String,
        own: BTreeMap<String, serde_json::Value>,
        said: BTreeMap<String, String>,
        refused: BTreeSet<String>,
    }

    impl Vector {
        /// The own phrases one by one, each form by itself.
        fn one_by_one(&self) -> impl Iterator<Item = (&String, serde_json::Value)> {
            self.own.iter().flat_map(|(name, phrase)| {
                let forms = phrase.as_object().filter(|forms| !forms.is_empty());
                let each = |forms: &serde_json::Map<_, serde_json::Value>| {
                    forms.iter().map(|(form, text)| serde_json::json!({ form: text })).collect()
                };
                let phrases: Vec<_> = forms.map_or_else(|| vec![phrase.clone()], each);
                phrases.into_iter().map(move |phrase| (name, phrase))
            })
        }
    }

    /// Every phrase by its name, each form by itself.
    fn said(catalog: &Catalog) -> BTreeMap<String, String> {
        let texts = Key::ALL.iter().map(|key| (Key::NAMES[*key as usize].into(), catalog.text(*key).into()));
        let forms = PluralKey::ALL.iter().flat_map(|key| {
            Category::ALL.iter().map(|form| {
                let name = [PluralKey::NAMES[*key as usize], Category::NAMES[*form as usize]].join(".");
                (name, catalog.form(*key, *form).to_owned())
            })
        });
        texts.chain(forms).collect()
    }

    #[test]
    fn phrases_of_the_settings_are_accepted_and_refused_as_those_of_a_page() {
        for vector in serde_json::from_str::<Vec<Vector>>(VECTORS).unwrap() {
            let lang = Lang::from_tag(&vector.lang).unwrap();
            let settings = |phrases| PhraseSettings::from([(vector.lang.clone(), phrases)]);
            let (mut accepted, mut refused) = (BTreeMap::<String, Phrase>::new(), BTreeSet::new());
            for (name, phrase) in vector.one_by_one() {
                let Ok(phrase) = serde_json::from_value::<Phrase>(phrase) else {
                    refused.insert(name.clone());
                    continue;
                };
                match validate_phrases(&settings(BTreeMap::from([(name.clone(), phrase.clone())]))) {
                    Err(invalid) => drop(refused.insert(invalid.key[lang.as_str().len() + 1..].to_owned())),
                    Ok(()) => match (accepted.get_mut(name), phrase) {
                        (Some(Phrase::Forms(forms)), Phrase::Forms(more)) => forms.extend(more),
                        (_, phrase) => drop(accepted.insert(name.clone(), phrase)),
                    },
                }
            }
            assert_eq!(refused, vector.refused, "{:?}", vector.own);
            let mut expected = said(&lang.catalog());
            expected.extend(vector.said);
            assert_eq!(
                said(&SitePhrases::new(&settings(accepted)).catalog(lang)),
                expected,
                "{:?}",
                vector.own
            );
        }
    }
}
