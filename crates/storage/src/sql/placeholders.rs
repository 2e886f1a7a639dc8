//! Placeholders of statements that bind a list.

/// Writes `$first, …`: as many placeholders as there are values to bind.
pub(super) fn placeholders(first: usize, count: usize) -> String {
    (first..first + count).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ")
}
