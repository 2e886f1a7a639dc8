//! Checks the phrases in a site's settings.

use dumka_widget::i18n::{Category, Key, PluralKey};
use jiff::tz::TimeZone;

use super::locale_rules::IcuLocale;
use super::{Lang, Phrase, PhraseSettings};

/// Keys that are no phrases, and one that is shown before any phrase of a site is known.
const FIXED: [Key; 3] = [Key::Dir, Key::Dates, Key::NotLoaded];

/// A phrase that is not accepted.
#[derive(Debug, PartialEq, Eq)]
pub struct InvalidPhrase {
    /// The names that lead to it, with dots between them.
    pub key: String,
    /// The value given.
    pub value: String,
    /// The values that are accepted.
    pub accepted: String,
}

/// Checks that the widget can use every phrase of a site; the error is the first that it cannot use.
pub fn validate_phrases(settings: &PhraseSettings) -> Result<(), InvalidPhrase> {
    let invalid =
        settings.iter().find_map(|(tag, phrases)| match Lang::all().find(|it| it.as_str() == tag) {
            Some(lang) => phrases.iter().find_map(|(name, phrase)| invalid_phrase(lang, name, phrase)),
            None => {
                Some(InvalidPhrase { key: tag.clone(), value: "no language".into(), accepted: Lang::tags() })
            }
        });
    invalid.map_or(Ok(()), Err)
}

fn invalid_phrase(lang: Lang, name: &str, phrase: &Phrase) -> Option<InvalidPhrase> {
    let key = [lang.as_str(), ".", name].concat();
    if let Some(counted) = PluralKey::ALL.iter().find(|it| PluralKey::NAMES[**it as usize] == name) {
        return invalid_forms(lang, *counted, key, phrase);
    }
    match Key::ALL.iter().find(|it| Key::NAMES[**it as usize] == name && !FIXED.contains(it)) {
        None => Some(InvalidPhrase { key, value: "no key of the widget's words".into(), accepted: names() }),
        Some(own) => match phrase {
            Phrase::Text(text) => invalid_text(key, text, lang.catalog().text(*own)),
            Phrase::Forms(_) => Some(InvalidPhrase { key, value: "a table".into(), accepted: "text".into() }),
        },
    }
}

fn names() -> String {
    let keys = Key::ALL.iter().filter(|key| !FIXED.contains(key)).map(|key| Key::NAMES[*key as usize]);
    keys.chain(PluralKey::NAMES.iter().copied()).collect::<Vec<_>>().join(", ")
}

fn invalid_forms(lang: Lang, counted: PluralKey, key: String, phrase: &Phrase) -> Option<InvalidPhrase> {
    let categories: Vec<_> = IcuLocale::new(lang, TimeZone::UTC).categories().collect();
    let accepted =
        || categories.iter().map(|it| Category::NAMES[*it as usize]).collect::<Vec<_>>().join(", ");
    let Phrase::Forms(forms) = phrase else {
        return Some(InvalidPhrase {
            key,
            value: "text".into(),
            accepted: ["a table of ", &accepted()].concat(),
        });
    };
    forms.iter().find_map(|(name, text)| {
        let key = [&key, ".", name].concat();
        match categories.iter().find(|it| Category::NAMES[**it as usize] == name) {
            None => Some(InvalidPhrase {
                key,
                value: "no form that the language has".into(),
                accepted: accepted(),
            }),
            Some(category) => invalid_text(key, text, lang.catalog().form(counted, *category)),
        }
    })
}

/// A text is invalid where it is empty or has other placeholders than the widget's own.
fn invalid_text(key: String, text: &str, model: &str) -> Option<InvalidPhrase> {
    // A browser trims one character more.
    let is_blank = text.chars().all(|char| char.is_whitespace() || char == '\u{feff}');
    let is_said = !is_blank && placeholders(text) == placeholders(model);
    let accepted = match placeholders(model).first() {
        Some(name) => ["text with ", name, " in it once"].concat(),
        None => "text without { and }".into(),
    };
    (!is_said).then(|| InvalidPhrase { key, value: ["\"", text, "\""].concat(), accepted })
}

/// The names with their braces; a brace without its counterpart counts too, since nothing replaces it.
fn placeholders(text: &str) -> Vec<&str> {
    let place = |(start, _)| {
        let end = text[start + 1..].find(['{', '}']).map_or(text.len(), |end| start + 1 + end);
        let is_closed = text[end..].starts_with('}');
        &text[start..end + usize::from(is_closed)]
    };
    text.match_indices('{').map(place).collect()
}

#[cfg(test)]
mod tests {
    use figment::providers::Format;

    use super::*;

    fn settings(toml: &str) -> PhraseSettings {
        figment::Figment::from(figment::providers::Toml::string(toml)).extract().unwrap()
    }

    #[test]
    fn phrases_that_could_not_be_shown_are_refused_with_what_is_accepted() {
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
            let refused = validate_phrases(&settings(toml)).unwrap_err();
            assert_eq!(refused.key, key);
            assert!(refused.accepted.contains(accepted), "{toml}: {refused:?}");
        }
        assert_eq!(validate_phrases(&settings("[uk]\nadd = 'пишіть'\nnew.few = '{n} нові'")), Ok(()));
    }
}
