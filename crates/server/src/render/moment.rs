//! Moments as browsers write them, by the patterns of the Unicode CLDR.
//!
//! A table instead of a library: it is compared with a browser's own writing, which follows neither every version of the
//! CLDR nor every one of its rules.

use jiff::ZonedDateTime;
use jiff::tz::TimeZone;

use super::Lang;

const MONTHS: usize = 12;
const NOON: i8 = 12;

/// Writes a moment; the wire's own text where it is none.
pub(super) fn written(lang: Lang, zone: &TimeZone, moment: &str) -> String {
    match moment.parse::<jiff::Timestamp>() {
        Ok(timestamp) => by_pattern(lang.dates(), &timestamp.to_zoned_datetime(zone.clone())),
        Err(_) => moment.into(),
    }
}

/// A letter that stands once or more is a field. What stands between apostrophes, and whatever is no letter, stands as
/// it is.
fn by_pattern((pattern, names): (&str, &str), at: &ZonedDateTime) -> String {
    let mut text = String::new();
    for (number, part) in pattern.split('\'').enumerate() {
        let is_quoted = number % 2 == 1;
        let mut rest = part;
        while let Some(letter) = rest.chars().next() {
            let length = rest.find(|char| char != letter).unwrap_or(rest.len());
            let (run, after) = rest.split_at(length);
            text.push_str(&field(run, names, at).filter(|_| !is_quoted).unwrap_or_else(|| run.into()));
            rest = after;
        }
    }
    text
}

fn field(run: &str, names: &str, at: &ZonedDateTime) -> Option<String> {
    let name = |number: usize| names.split(' ').nth(number).unwrap_or_default().to_owned();
    Some(match run {
        "d" => at.day().to_string(),
        "dd" => format!("{:02}", at.day()),
        "M" => at.month().to_string(),
        "MM" => format!("{:02}", at.month()),
        "MMM" => name(usize::from(at.month().unsigned_abs()) - 1),
        "y" => at.year().to_string(),
        "H" => at.hour().to_string(),
        "HH" => format!("{:02}", at.hour()),
        "h" => ((at.hour() + NOON - 1) % NOON + 1).to_string(),
        "mm" => format!("{:02}", at.minute()),
        "a" => name(MONTHS + usize::from(at.hour() >= NOON)),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_kyiv(lang: &str, moment: &str) -> String {
        written(Lang::from_tag(lang).unwrap(), &TimeZone::get("Europe/Kyiv").unwrap(), moment)
    }

    #[test]
    fn moments_look_as_in_a_browser() {
        let moment = "2026-05-01T20:05:59.000Z";
        assert_eq!(in_kyiv("uk", moment), "1 трав. 2026 р., 23:05");
        assert_eq!(in_kyiv("ru", moment), "1 мая 2026 г., 23:05");
        assert_eq!(in_kyiv("en", moment), "May 1, 2026, 11:05 PM");
    }

    #[test]
    fn midnight_and_noon_are_twelve_in_english() {
        let written = |moment| written(Lang::english(), &TimeZone::UTC, moment);
        assert_eq!(written("2026-01-02T00:00:00Z"), "Jan 2, 2026, 12:00 AM");
        assert_eq!(written("2026-01-02T12:30:00Z"), "Jan 2, 2026, 12:30 PM");
    }

    #[test]
    fn no_moment_stands_as_it_is() {
        assert_eq!(in_kyiv("en", "yesterday"), "yesterday");
    }
}
