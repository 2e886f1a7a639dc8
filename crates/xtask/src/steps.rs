//! Runs a chore of several steps: a heading before each, a table with the times at the end.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// The steps done so far, with the time each took.
#[derive(Default)]
pub(crate) struct Steps {
    done: Vec<(String, Duration)>,
}

impl Steps {
    /// Announces and runs one step; a failure prints the steps that passed before it.
    pub(crate) fn run(&mut self, name: &str, step: impl FnOnce() -> Result<()>) -> Result<()> {
        println!("\n=== {name} ===\n");
        let started = Instant::now();
        if let Err(failure) = step() {
            self.summary();
            println!("FAILED  {:>6.1} s  {name}", started.elapsed().as_secs_f32());
            return Err(failure).context(name.to_owned());
        }
        self.done.push((name.to_owned(), started.elapsed()));
        Ok(())
    }

    /// Prints a line for each step done.
    pub(crate) fn summary(&self) {
        println!();
        for (name, took) in &self.done {
            println!("ok      {:>6.1} s  {name}", took.as_secs_f32());
        }
    }
}
