//! Plural categories of whole numbers, by the Unicode CLDR.
//!
//! Source: the CLDR's language plural rules, cardinal, operands `n = i`, `v = 0`.

/// A plural category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Category {
    /// 1 (and 21, 31, … in Ukrainian and Russian).
    One,
    /// 2–4, 22–24, … in Ukrainian and Russian.
    Few,
    /// 0, 5–20, 25–30, … in Ukrainian and Russian.
    Many,
    /// What is left.
    Other,
}

/// The category of `n` in a language; English rules where the language is not known.
pub fn category(lang: &str, n: u64) -> Category {
    match lang.split('-').next() {
        Some("uk" | "ru") => east_slavic(n),
        _ if n == 1 => Category::One,
        _ => Category::Other,
    }
}

fn east_slavic(n: u64) -> Category {
    match (n % 10, n % 100) {
        (1, tens) if tens != 11 => Category::One,
        (2..=4, tens) if !(12..=14).contains(&tens) => Category::Few,
        _ => Category::Many,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ukrainian_and_russian_count_in_three_forms() {
        for (n, expected) in [
            (0, Category::Many),
            (1, Category::One),
            (2, Category::Few),
            (5, Category::Many),
            (11, Category::Many),
            (12, Category::Many),
            (21, Category::One),
            (22, Category::Few),
            (25, Category::Many),
            (101, Category::One),
            (111, Category::Many),
        ] {
            assert_eq!(category("uk", n), expected, "uk {n}");
            assert_eq!(category("ru-UA", n), expected, "ru {n}");
        }
    }

    #[test]
    fn english_counts_in_two_forms() {
        assert_eq!(category("en", 1), Category::One);
        assert_eq!(category("en-GB", 21), Category::Other);
        assert_eq!(category("en", 0), Category::Other);
    }
}
