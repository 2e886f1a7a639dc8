//! What the server knows of a language besides its words: by the Unicode CLDR, as browsers do.

use dumka_widget::i18n::{Category, Moment, Tongue};
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralOperands, PluralRules};
use jiff::tz::TimeZone;

use super::{Lang, moment};

/// A language whose moments are written in a zone.
pub(super) struct ServerTongue {
    lang: Lang,
    zone: TimeZone,
    plural: PluralRules,
}

impl ServerTongue {
    /// Costs a look into the rules that are a part of the program.
    pub(super) fn new(lang: Lang, zone: TimeZone) -> Self {
        let locale: Locale = lang.as_str().parse().expect("a language's tag is a locale");
        let plural =
            PluralRules::try_new_cardinal(locale.into()).expect("the rules are a part of the program");
        Self { lang, zone, plural }
    }

    /// The category of any number, whole or not.
    pub(super) fn category_of(&self, n: impl Into<PluralOperands>) -> Category {
        named(self.plural.category_for(n))
    }

    /// The categories that the language has.
    pub(super) fn categories(&self) -> impl Iterator<Item = Category> {
        self.plural.categories().map(named)
    }
}

fn named(category: PluralCategory) -> Category {
    match category {
        PluralCategory::Zero => Category::Zero,
        PluralCategory::One => Category::One,
        PluralCategory::Two => Category::Two,
        PluralCategory::Few => Category::Few,
        PluralCategory::Many => Category::Many,
        PluralCategory::Other => Category::Other,
    }
}

impl Tongue for ServerTongue {
    fn category(&self, n: u64) -> Category {
        self.category_of(n)
    }

    /// In words that stay true as long as the answer is kept.
    fn moment(&self, rfc3339: &str) -> Moment {
        Moment { words: moment::written(self.lang, &self.zone, rfc3339), exact: None }
    }
}
