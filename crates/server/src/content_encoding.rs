//! The content encodings of HTTP that responses come in.

/// A content encoding of HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// `br`.
    Brotli,
    /// `gzip`.
    Gzip,
    /// None.
    Plain,
}

impl Encoding {
    /// Chooses the smallest encoding that an `Accept-Encoding` header accepts.
    pub fn best_for(accepted: &str) -> Self {
        if accepts(accepted, "br") {
            return Self::Brotli;
        }
        if accepts(accepted, "gzip") {
            return Self::Gzip;
        }
        Self::Plain
    }

    /// Tells whether an `Accept-Encoding` header accepts an encoding besides none.
    pub fn is_any_accepted(accepted: &str) -> bool {
        Self::best_for(accepted) != Self::Plain || accepts(accepted, "*")
    }

    /// Its value in `Content-Encoding`.
    pub fn as_str(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Plain => None,
        }
    }
}

/// `true` where the header names `encoding` with a weight other than 0.
fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|entry| {
        let mut parts = entry.split(';').map(str::trim);
        let is_named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        let weight = parts.find_map(|part| part.strip_prefix("q="));
        is_named && weight.is_none_or(|weight| weight.parse::<f32>().is_ok_and(|weight| weight > 0.0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brotli_is_preferred_to_gzip_to_plain() {
        assert_eq!(Encoding::best_for("gzip, deflate, br"), Encoding::Brotli);
        assert_eq!(Encoding::best_for("gzip;q=1.0, br;q=0"), Encoding::Gzip);
        assert_eq!(Encoding::best_for(""), Encoding::Plain);
        assert_eq!(Encoding::best_for("brotli, x-gzip"), Encoding::Plain);
    }
}
