//! Samples, and the medians they come to.

use serde_json::{Map, Value, json};

/// The figures of one round, in the order of the table's columns.
#[derive(Clone, Default)]
pub(crate) struct Sample(Vec<(&'static str, f64)>);

impl Sample {
    /// Keeps the figures that there are.
    pub(crate) fn new(figures: impl IntoIterator<Item = (&'static str, Option<f64>)>) -> Self {
        Self(figures.into_iter().filter_map(|(name, figure)| Some((name, figure?))).collect())
    }

    /// Adds the figures of `other`.
    pub(crate) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The same without one figure.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.0.retain(|(other, _)| *other != name);
        self
    }
}

/// The case that the figures of a row are about.
#[derive(Clone, PartialEq)]
pub(crate) struct Case {
    /// The table it stands in.
    pub(crate) table: String,
    /// The contestant.
    pub(crate) contestant: &'static str,
}

/// All rounds of one case.
pub(crate) struct Row {
    /// The case that was measured.
    pub(crate) case: Case,
    /// One sample a round.
    samples: Vec<Sample>,
    /// The failure after which there are no more figures.
    pub(crate) failure: Option<String>,
}

impl Row {
    /// The names of its figures.
    pub(crate) fn columns(&self) -> Vec<&'static str> {
        self.samples
            .iter()
            .max_by_key(|sample| sample.0.len())
            .map_or_else(Vec::new, |sample| sample.0.iter().map(|(name, _)| *name).collect())
    }

    /// The median of a figure, if any round has it.
    pub(crate) fn median(&self, column: &str) -> Option<f64> {
        let figures = self.samples.iter().flat_map(|sample| &sample.0);
        let mut figures: Vec<f64> =
            figures.filter(|(name, _)| *name == column).map(|(_, figure)| *figure).collect();
        figures.sort_by(f64::total_cmp);
        figures.get(figures.len() / 2).copied()
    }

    fn json(&self) -> Value {
        let medians: Map<_, _> =
            self.columns().into_iter().map(|name| (name.to_owned(), json!(self.median(name)))).collect();
        json!({
            "table": self.case.table, "contestant": self.case.contestant, "rounds": self.samples.len(),
            "medians": medians, "failure": self.failure,
        })
    }
}

/// Every row of a run, in the order in which they were first measured.
#[derive(Default)]
pub(crate) struct Figures(Vec<Row>);

impl Figures {
    /// Adds a round to its row.
    pub(crate) fn add(&mut self, case: Case, round: anyhow::Result<Sample>) {
        let place = self.0.iter().position(|row| row.case == case).unwrap_or_else(|| {
            self.0.push(Row { case, samples: Vec::new(), failure: None });
            self.0.len() - 1
        });
        match round {
            Ok(sample) => self.0[place].samples.push(sample),
            Err(failure) => self.0[place].failure = Some(format!("{failure:#}")),
        }
    }

    /// `true` where a case has failed already; trying again would only take time.
    pub(crate) fn has_failed(&self, case: &Case) -> bool {
        self.0.iter().any(|row| row.case == *case && row.failure.is_some())
    }

    /// The rows table by table.
    pub(crate) fn tables(&self) -> Vec<Vec<&Row>> {
        let mut tables: Vec<Vec<&Row>> = Vec::new();
        for row in &self.0 {
            match tables.iter_mut().find(|table| table[0].case.table == row.case.table) {
                Some(table) => table.push(row),
                None => tables.push(vec![row]),
            }
        }
        tables
    }

    /// The whole run for a program.
    pub(crate) fn json(&self) -> Value {
        self.0.iter().map(Row::json).collect()
    }
}
