//! Moments as browsers write them: `dateStyle: "medium", timeStyle: "short"`, by the Unicode CLDR.

use jiff::ZonedDateTime;
use jiff::tz::TimeZone;

use super::Lang;

const UK: [&str; 12] =
    ["січ.", "лют.", "бер.", "квіт.", "трав.", "черв.", "лип.", "серп.", "вер.", "жовт.", "лист.", "груд."];
const RU: [&str; 12] =
    ["янв.", "февр.", "мар.", "апр.", "мая", "июн.", "июл.", "авг.", "сент.", "окт.", "нояб.", "дек."];
const EN: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Writes a moment; the wire's own text where it is none.
pub(super) fn written(lang: Lang, zone: &TimeZone, moment: &str) -> String {
    match moment.parse::<jiff::Timestamp>() {
        Ok(timestamp) => in_words(lang, &timestamp.to_zoned_datetime(zone.clone())),
        Err(_) => moment.into(),
    }
}

fn in_words(lang: Lang, at: &ZonedDateTime) -> String {
    let (day, year, hour, minute) = (at.day(), at.year(), at.hour(), at.minute());
    let names = match lang {
        Lang::Uk => UK,
        Lang::Ru => RU,
        Lang::En => EN,
    };
    let month = names[usize::from(at.month().unsigned_abs()) - 1];
    match lang {
        Lang::Uk => format!("{day} {month} {year} р., {hour:02}:{minute:02}"),
        Lang::Ru => format!("{day} {month} {year} г., {hour:02}:{minute:02}"),
        Lang::En => {
            let half = if hour < 12 { "AM" } else { "PM" };
            let hour = (hour + 11) % 12 + 1;
            format!("{month} {day}, {year}, {hour}:{minute:02} {half}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_kyiv(lang: Lang, moment: &str) -> String {
        written(lang, &TimeZone::get("Europe/Kyiv").unwrap(), moment)
    }

    #[test]
    fn moments_look_as_in_a_browser() {
        let moment = "2026-05-01T20:05:59.000Z";
        assert_eq!(in_kyiv(Lang::Uk, moment), "1 трав. 2026 р., 23:05");
        assert_eq!(in_kyiv(Lang::Ru, moment), "1 мая 2026 г., 23:05");
        assert_eq!(in_kyiv(Lang::En, moment), "May 1, 2026, 11:05 PM");
    }

    #[test]
    fn midnight_and_noon_are_twelve_in_english() {
        assert_eq!(written(Lang::En, &TimeZone::UTC, "2026-01-02T00:00:00Z"), "Jan 2, 2026, 12:00 AM");
        assert_eq!(written(Lang::En, &TimeZone::UTC, "2026-01-02T12:30:00Z"), "Jan 2, 2026, 12:30 PM");
    }

    #[test]
    fn no_moment_stands_as_it_is() {
        assert_eq!(in_kyiv(Lang::En, "yesterday"), "yesterday");
    }
}
