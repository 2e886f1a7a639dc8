//! The languages there are: each a file of `locales/`, with its way of writing dates.

/// A language the widget speaks.
#[derive(Debug)]
pub(super) struct Language {
    /// The BCP 47 tag.
    pub(super) tag: &'static str,
    /// Its file.
    pub(super) file: &'static str,
    /// How it writes a date and a time: `dateStyle: "medium", timeStyle: "short"` in the letters of the Unicode CLDR.
    pub(super) dates: &'static str,
    /// The names of the months where `dates` has them, and of the halves of the day, with a space between two.
    pub(super) names: &'static str,
}

/// Declares the languages by tag, dates and names; the file follows from the tag.
macro_rules! languages {
    ($($tag:literal, $dates:literal, $names:literal;)*) => {
        /// Every language, in the order of their tags. A browser's own writing is what this is compared with
        /// (`e2e/tests/languages.rs`).
        pub(super) const LANGUAGES: &[Language] = &[$(Language {
            tag: $tag,
            file: include_str!(concat!("../../../../locales/", $tag, ".json")),
            dates: $dates,
            names: $names,
        },)*];
    };
}

languages! {
    "en", "MMM d, y, h:mm a", "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec AM PM";
    "ru", "d MMM y 'г'., HH:mm", "янв. февр. мар. апр. мая июн. июл. авг. сент. окт. нояб. дек.";
    "uk", "d MMM y 'р'., HH:mm", "січ. лют. бер. квіт. трав. черв. лип. серп. вер. жовт. лист. груд.";
}
