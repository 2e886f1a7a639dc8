//! Times as the wire writes them, and milliseconds since 1970, without any clock.

use dumka_api::Timestamp;

const DAY_MS: i64 = 86_400_000;

/// Reads a time; `None` where it is no RFC 3339 in UTC.
pub fn ms(time: &Timestamp) -> Option<i64> {
    let text = time.0.strip_suffix('Z')?;
    let (date, clock) = text.split_once('T')?;
    let mut date = date.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (date.next()??, date.next()??, date.next()??);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let mut clock = clock.splitn(3, ':').map(|part| part.parse::<i64>().ok());
    let (hour, minute, second) = (clock.next()??, clock.next()??, clock.next()??);
    let thousandths: String = fraction.chars().chain("000".chars()).take(3).collect();
    let seconds = (hour * 60 + minute) * 60 + second;
    Some(days(year, month, day) * DAY_MS + seconds * 1_000 + thousandths.parse::<i64>().ok()?)
}

/// Writes a time.
pub fn timestamp(ms: i64) -> Timestamp {
    let (year, month, day) = civil(ms.div_euclid(DAY_MS));
    let rest = ms.rem_euclid(DAY_MS);
    let (hour, minute, second, thousandths) =
        (rest / 3_600_000, rest / 60_000 % 60, rest / 1_000 % 60, rest % 1_000);
    Timestamp(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{thousandths:03}Z"))
}

/// Days since 1970 of a date (Howard Hinnant, «chrono-Compatible Low-Level Date Algorithms», `days_from_civil`).
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The date of a day since 1970 (the same source, `civil_from_days`).
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_read_as_it_was_written() {
        for (text, since_1970) in [
            ("1970-01-01T00:00:00.000Z", 0),
            ("2000-02-29T12:30:45.007Z", 951_827_445_007),
            ("2026-11-29T20:51:26.120Z", 1_795_985_486_120),
        ] {
            assert_eq!(ms(&Timestamp(text.into())), Some(since_1970), "{text}");
            assert_eq!(timestamp(since_1970).0, text);
        }
    }

    #[test]
    fn text_that_is_no_time_is_none() {
        for text in ["", "yesterday", "2026-11-29", "2026-11-29T20:51:26+02:00"] {
            assert_eq!(ms(&Timestamp(text.into())), None, "{text}");
        }
    }
}
