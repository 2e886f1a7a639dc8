//! The rate of one address's requests of one kind.

/// The requests of one kind from one address, and how many of them a minute are taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRate {
    /// A hash of the address and the kind.
    pub key: String,
    /// Requests a minute, at least 1.
    pub per_minute: u32,
}
