//! The one form of a site's id: as a rule a host name, which has more than one spelling.

/// Brings a site's id to its one form: `Новини.укр` and `news.EXAMPLE` are `xn--b1amarcd.xn--j1amh` and `news.example`,
/// as browsers write them. What is no host name stays as it is.
pub fn canonical(id: &str) -> String {
    let id = id.trim();
    let is_host = |form: &String| {
        !form.is_empty() && !form.contains(|c: char| c.is_ascii_whitespace() || c.is_ascii_control())
    };
    idna::domain_to_ascii(id).ok().filter(is_host).unwrap_or_else(|| id.into())
}
