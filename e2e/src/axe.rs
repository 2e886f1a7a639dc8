//! Runs axe-core, which finds faults of accessibility, in a reader's page.

use std::fmt::Write;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::packages;
use crate::reader::Reader;

/// All that axe knows of WCAG 2.2 A and AA, and of good practice. The page around the thread is not its business: it has
/// texts outside of landmarks.
const RUN: &str = "axe.run({ include: [['WHERE']] }, { resultTypes: ['violations'], runOnly: \
    ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })";

/// Questions that axe cannot decide: the contrast of «+» and «−», which are no letters, and whether a name contains
/// them (they have the colour of the words beside them, and names in words); and on what the words of a button stand
/// behind whose filling something else may be seen (`host_page` measures those).
const UNDECIDED: &str = "only non-text characters|part of the accessible name|due to a pseudo element";

/// Ends what moves and has an end.
const ARRIVES: &str = "void document.getAnimations().filter(it => it.effect.getComputedTiming().endTime !== Infinity) \
    .forEach(it => it.finish())";

/// The faults that axe found in many states of one reader's page.
pub struct Audit<'a> {
    reader: &'a Reader,
    axe: String,
    complaints: String,
}

impl<'a> Audit<'a> {
    /// Nothing was looked at so far.
    pub fn with(reader: &'a Reader) -> Result<Self> {
        Ok(Self { reader, axe: packages::text("axe-core/axe.min.js")?, complaints: String::new() })
    }

    /// Lets axe look at what `selector` finds in this state, in both themes.
    pub async fn at(&mut self, selector: &str, state: &str) -> Result<()> {
        if self.reader.value("typeof axe").await? == "undefined" {
            self.reader.web().execute(&self.axe, Vec::new()).await?;
        }
        for theme in ["light", "dark"] {
            self.reader.wears(theme).await?;
            // What fades from one colour to another has arrived.
            self.reader.value(ARRIVES).await?;
            for complaint in self.complaints_about(selector).await? {
                writeln!(self.complaints, "{state}, {theme}: {complaint}")?;
            }
        }
        Ok(())
    }

    async fn complaints_about(&self, selector: &str) -> Result<Vec<String>> {
        let script = format!(
            "const done = arguments[0]; {}.then(({{ violations, incomplete, passes }}) => done([...violations, ...incomplete] \
             .flatMap(({{ id, nodes }}) => nodes.map(node => id + ' ' + node.target + ': ' + node.failureSummary.slice(0, 240))) \
             .filter(complaint => !/{UNDECIDED}/.test(complaint)).slice(0, 8) \
             .concat(passes.length ? [] : 'axe has not looked')), error => done([String(error)]))",
            RUN.replace("WHERE", selector)
        );
        let found = self.reader.web().execute_async(script, Vec::new()).await?;
        Ok(found.json().as_array().context("axe answers a list")?.iter().map(Value::to_string).collect())
    }

    /// Fails where axe complained.
    pub fn ends(self) -> Result<()> {
        ensure!(self.complaints.is_empty(), "{}", self.complaints);
        Ok(())
    }
}
