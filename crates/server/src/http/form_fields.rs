//! The fields of a form, by name.

use super::problem::ApiError;
use super::query::repeated;

/// The names and values of a form. Unknown names are ignored.
#[derive(Debug)]
pub(crate) struct FormFields(Vec<(String, String)>);

impl FormFields {
    /// Creates the fields of decoded names and values.
    pub(crate) fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// Iterates over every name with its value, in order.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Returns the value of a name that may be given once.
    pub(crate) fn one(&self, name: &'static str) -> Result<Option<&str>, ApiError> {
        let mut values = self.pairs().filter(|(key, _)| *key == name);
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(repeated(name)),
            (value, None) => Ok(value.map(|(_, value)| value)),
        }
    }
}
