//! The figures of an earlier run, to compare with.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::figures::Case;

/// The `bench.json` that an earlier run has left.
pub(crate) struct Earlier(Vec<Value>);

impl Earlier {
    /// Reads the file of an earlier run. Fails where it is no such file.
    pub(crate) fn read(file: &Path) -> Result<Self> {
        let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
        let rows = serde_json::from_str(&text);
        Ok(Self(rows.with_context(|| format!("{} is no bench.json", file.display()))?))
    }

    /// The median that a figure had, if it was measured.
    pub(crate) fn median(&self, case: &Case, column: &str) -> Option<f64> {
        let is_same = |row: &&Value| row["table"] == case.table && row["contestant"] == case.contestant;
        self.0.iter().find(is_same)?["medians"][column].as_f64()
    }
}
