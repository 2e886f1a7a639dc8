//! Judges the address of a database. One that is refused is not repeated where it may hold a password.

use crate::storage;

/// The addresses there are, for whoever gave another one.
pub(super) const ACCEPTED: &str = "sqlite:// and the path of a file, such as sqlite://dumka.db, at most with \
    ?max_page_count=NUMBER; or postgres://USER:PASSWORD@HOST/DATABASE";

/// True for the address of a database of either engine.
pub(super) fn is_database(text: &str) -> bool {
    let is_file = text.starts_with("sqlite://");
    (is_file || is_postgres(text)) && storage::check(&text.into()).is_ok()
}

/// True for what begins as the address of a PostgreSQL database does.
pub(super) fn is_postgres(text: &str) -> bool {
    text.starts_with("postgres://") || text.starts_with("postgresql://")
}

/// Returns as much of an address as may be repeated.
pub(super) fn shown(text: &str) -> &str {
    if is_postgres(text) { "postgres://…" } else { text }
}
