//! The rules of languages that the server takes from the Unicode CLDR, as browsers do: plurals and dates.

use dumka_widget::i18n::{Category, FormattedDate, LocaleRules};
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralOperands, PluralRules};
use jiff::tz::TimeZone;

use super::{Lang, dates};

/// A language whose dates are written in a zone.
pub(super) struct IcuLocale {
    lang: Lang,
    zone: TimeZone,
    plural: PluralRules,
}

impl IcuLocale {
    /// Looks the language up in the rules that are a part of the program.
    pub(super) fn new(lang: Lang, zone: TimeZone) -> Self {
        let plural = plural_rules(lang).expect("the program has rules for each of its languages");
        Self { lang, zone, plural }
    }

    /// The category of any number, whole or not.
    pub(super) fn category_of(&self, n: impl Into<PluralOperands>) -> Category {
        category(self.plural.category_for(n))
    }

    /// The categories that the language has.
    pub(super) fn categories(&self) -> impl Iterator<Item = Category> {
        self.plural.categories().map(category)
    }
}

fn plural_rules(lang: Lang) -> Option<PluralRules> {
    let locale: Locale = lang.as_str().parse().ok()?;
    PluralRules::try_new_cardinal(locale.into()).ok()
}

fn category(category: PluralCategory) -> Category {
    match category {
        PluralCategory::Zero => Category::Zero,
        PluralCategory::One => Category::One,
        PluralCategory::Two => Category::Two,
        PluralCategory::Few => Category::Few,
        PluralCategory::Many => Category::Many,
        PluralCategory::Other => Category::Other,
    }
}

impl LocaleRules for IcuLocale {
    fn category(&self, n: u64) -> Category {
        self.category_of(n)
    }

    /// The date, which stays true as long as the response is cached.
    fn format_date(&self, rfc3339: &str) -> FormattedDate {
        FormattedDate { words: dates::format(self.lang, &self.zone, rfc3339), exact: None }
    }
}
