//! The table of languages: each has a file in `locales/` and a pattern for dates.

/// A language of the widget.
#[derive(Debug)]
pub(super) struct Language {
    /// The BCP 47 tag.
    pub(super) tag: &'static str,
    /// Its file of `locales/`.
    pub(super) file: &'static str,
    /// The pattern of a date and a time: `dateStyle: "medium", timeStyle: "short"` in the letters of the Unicode CLDR.
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
    "ar", "dd\u{200f}/MM\u{200f}/y، h:mm a", "- - - - - - - - - - - - ص م";
    "be", "dd.MM.y, HH:mm", "";
    "bg", "d.MM.y 'г'., H:mm", "";
    "cs", "d. M. y H:mm", "";
    "de", "dd.MM.y, HH:mm", "";
    "en", "MMM d, y, h:mm a", "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec AM PM";
    "es", "d MMM y, H:mm", "ene feb mar abr may jun jul ago sept oct nov dic";
    "fr", "d MMM y, HH:mm", "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.";
    "he", "d MMM y, H:mm", "בינו׳ בפבר׳ במרץ באפר׳ במאי ביוני ביולי באוג׳ בספט׳ באוק׳ בנוב׳ בדצמ׳";
    "it", "d MMM y, HH:mm", "gen feb mar apr mag giu lug ago set ott nov dic";
    "ja", "y/MM/dd H:mm", "";
    "ka", "dd.MM.y, HH:mm", "";
    "kk", "dd.MM.y, HH:mm", "";
    "lt", "y-MM-dd HH:mm", "";
    "pl", "d MMM y, HH:mm", "sty lut mar kwi maj cze lip sie wrz paź lis gru";
    "pt", "d 'de' MMM 'de' y, HH:mm", "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.";
    "ro", "d MMM y, HH:mm", "ian. feb. mar. apr. mai iun. iul. aug. sept. oct. nov. dec.";
    "ru", "d MMM y 'г'., HH:mm", "янв. февр. мар. апр. мая июн. июл. авг. сент. окт. нояб. дек.";
    "tr", "d MMM y HH:mm", "Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara";
    "uk", "d MMM y 'р'., HH:mm", "січ. лют. бер. квіт. трав. черв. лип. серп. вер. жовт. лист. груд.";
    "zh", "y年M月d日 HH:mm", "";
}
