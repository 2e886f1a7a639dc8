//! Formats dates as browsers do, by the patterns of the Unicode CLDR.
//!
//! A table instead of a library: it is compared with a browser's own writing, which follows neither every version of the
//! CLDR nor every one of its rules.

use jiff::ZonedDateTime;
use jiff::tz::TimeZone;

use super::Lang;

const MONTHS: usize = 12;
const NOON: i8 = 12;

/// Formats a time, given in RFC 3339; any other text is returned as it is.
pub(super) fn format(lang: Lang, zone: &TimeZone, rfc3339: &str) -> String {
    match rfc3339.parse::<jiff::Timestamp>() {
        Ok(timestamp) => format_by_pattern(lang.dates(), &timestamp.to_zoned_datetime(zone.clone())),
        Err(_) => rfc3339.into(),
    }
}

/// Formats by a pattern: a run of one letter is a field; text between apostrophes and other characters are copied.
fn format_by_pattern((pattern, names): (&str, &str), at: &ZonedDateTime) -> String {
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

    fn in_kyiv(lang: &str, rfc3339: &str) -> String {
        format(Lang::from_tag(lang).unwrap(), &TimeZone::get("Europe/Kyiv").unwrap(), rfc3339)
    }

    #[test]
    fn dates_look_as_in_a_browser() {
        let time = "2026-05-01T20:05:59.000Z";
        assert_eq!(in_kyiv("uk", time), "1 трав. 2026 р., 23:05");
        assert_eq!(in_kyiv("ru", time), "1 мая 2026 г., 23:05");
        assert_eq!(in_kyiv("en", time), "May 1, 2026, 11:05 PM");
    }

    #[test]
    fn midnight_and_noon_are_twelve_in_english() {
        let format = |time| format(Lang::english(), &TimeZone::UTC, time);
        assert_eq!(format("2026-01-02T00:00:00Z"), "Jan 2, 2026, 12:00 AM");
        assert_eq!(format("2026-01-02T12:30:00Z"), "Jan 2, 2026, 12:30 PM");
    }

    #[test]
    fn text_that_is_no_time_is_left_as_it_is() {
        assert_eq!(in_kyiv("en", "yesterday"), "yesterday");
    }
}
