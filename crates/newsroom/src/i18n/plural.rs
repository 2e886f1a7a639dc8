//! The plural rules of the program's languages, as the Unicode CLDR has them for whole numbers.

use super::Lang;

/// The names of the categories, in the order of the forms.
#[cfg(test)]
pub const CATEGORIES: [&str; 4] = ["one", "few", "many", "other"];

/// The category of a number.
pub fn category(lang: Lang, n: u64) -> &'static str {
    match (lang, n % 10, n % 100) {
        (Lang::En, ..) => {
            if n == 1 {
                "one"
            } else {
                "other"
            }
        }
        (_, 1, teen) if teen != 11 => "one",
        (_, 2..=4, teen) if !(12..=14).contains(&teen) => "few",
        _ => "many",
    }
}
