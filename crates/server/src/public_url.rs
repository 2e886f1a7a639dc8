//! The address at which browsers reach this server.

/// An address without a slash at its end: an origin, perhaps with a path behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    address: String,
    /// Bytes of the origin, with which the address begins.
    origin_bytes: usize,
}

impl PublicUrl {
    /// The address of settings that were checked.
    pub fn new(address: &str) -> Self {
        let scheme_bytes = address.find("://").map_or(0, |at| at + 3);
        let origin_bytes = address[scheme_bytes..].find('/').map_or(address.len(), |at| at + scheme_bytes);
        Self { address: address.into(), origin_bytes }
    }

    /// Returns the whole address.
    pub fn as_str(&self) -> &str {
        &self.address
    }

    /// Returns scheme, host and port, as a browser sends them.
    pub fn origin(&self) -> &str {
        &self.address[..self.origin_bytes]
    }

    /// Returns what stands before every path; empty where the server has the origin to itself.
    pub fn path(&self) -> &str {
        &self.address[self.origin_bytes..]
    }

    /// Tells whether browsers speak to it by HTTPS.
    pub fn is_secure(&self) -> bool {
        self.address.starts_with("https:")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_is_an_origin_and_a_path() {
        for (address, origin, path) in [
            ("https://c.example", "https://c.example", ""),
            ("https://news.example/dumka", "https://news.example", "/dumka"),
            ("http://[::1]:8080/a/b", "http://[::1]:8080", "/a/b"),
        ] {
            let url = PublicUrl::new(address);
            assert_eq!((url.origin(), url.path()), (origin, path));
        }
        assert!(
            PublicUrl::new("https://c.example").is_secure()
                && !PublicUrl::new("http://c.example").is_secure()
        );
    }
}
