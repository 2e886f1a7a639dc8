//! The account: a line for each phase, and one sentence about all of them.

use std::fmt::Write;
use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::Value;

/// Seconds for which reads may be refused while there is a database.
const REFUSAL_SECS: f64 = 1.0;

/// The account of one phase. Waits are in seconds; lost and doubled is counted over all phases so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Outcome {
    /// The time without any database.
    away: f64,
    acknowledged: u64,
    all: u64,
    longest_post: f64,
    longest_refusal: f64,
    longest_read: f64,
    longest_event: f64,
    lost: u64,
    doubled: u64,
    unexpected: Vec<String>,
}

impl Outcome {
    /// Reads what the load has answered about a phase in which there was no database for a while.
    pub(super) fn read(answer: &Value, away: Duration) -> Self {
        let number = |name: &str| answer[name].as_u64().unwrap_or_default();
        let secs = |name: &str| answer[name].as_f64().unwrap_or_default();
        let mut unexpected: Vec<String> = answer["unexpected"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|text| text.as_str().map(ToOwned::to_owned))
            .collect();
        if number("missed_events") > 0 {
            unexpected.push(format!("{} events did not come", number("missed_events")));
        }
        if number("repeated_events") > 0 {
            unexpected.push(format!("{} events came twice, so far", number("repeated_events")));
        }
        Self {
            away: away.as_secs_f64(),
            acknowledged: number("acknowledged"),
            all: number("all"),
            longest_post: secs("longest_post"),
            longest_refusal: secs("longest_refusal"),
            longest_read: secs("longest_read"),
            longest_event: secs("longest_event"),
            lost: number("lost"),
            doubled: number("doubled"),
            unexpected,
        }
    }

    /// Prints it, with everything that must not be.
    pub(super) fn print(&self) {
        let Self { acknowledged, lost, doubled, .. } = self;
        println!("acknowledged {acknowledged}; so far lost {lost}, doubled {doubled}");
        for what in &self.unexpected {
            println!("UNEXPECTED: {what}");
        }
    }

    /// Its line in the table.
    fn line(&self) -> String {
        let Self { away, acknowledged, longest_post, longest_refusal, longest_read, longest_event, .. } =
            self;
        let mut line = format!(
            "{acknowledged:>13}{longest_post:>12.1} s{longest_refusal:>14.1} s{longest_read:>12.1} s{longest_event:>13.1} s"
        );
        if *away > 0.0 {
            // Into a text, it cannot fail.
            let _ = write!(line, "  without a database for {away:.1} s");
        }
        if *longest_refusal > away + REFUSAL_SECS {
            line.push_str("  reads were refused for too long");
        }
        line
    }

    /// The longest time for which anybody waited for an answer.
    fn longest_wait(&self) -> f64 {
        self.longest_post.max(self.longest_refusal).max(self.longest_read)
    }
}

/// The account of all phases.
#[derive(Default)]
pub(super) struct Report {
    phases: Vec<(&'static str, Outcome)>,
    left_out: Vec<(&'static str, String)>,
}

impl Report {
    /// Adds the account of a phase.
    pub(super) fn add(&mut self, title: &'static str, outcome: Outcome) {
        self.phases.push((title, outcome));
    }

    /// Notes a phase that cannot be had here, and the reason.
    pub(super) fn leave_out(&mut self, title: &'static str, reason: String) {
        self.left_out.push((title, reason));
    }

    /// Prints a line for each phase, and for each that was left out.
    pub(super) fn print(&self) {
        println!(
            "\n{:<42}{:>13}{:>14}{:>16}{:>14}{:>15}",
            "", "acknowledged", "longest post", "reads refused", "longest read", "longest event"
        );
        for (title, phase) in &self.phases {
            println!("{title:<42}{}", phase.line());
        }
        for (title, reason) in &self.left_out {
            println!("left out: {title}, since {reason}");
        }
    }

    /// Prints the sentence about all phases; fails where anything was lost, doubled or otherwise wrong.
    pub(super) fn conclude(self) -> Result<()> {
        let phases = || self.phases.iter().map(|(_, phase)| phase);
        let most = |of: fn(&Outcome) -> u64| phases().map(of).max().unwrap_or_default();
        let (all, lost, doubled) =
            (most(|phase| phase.all), most(|phase| phase.lost), most(|phase| phase.doubled));
        let longest = phases().map(Outcome::longest_wait).fold(0.0, f64::max);
        println!(
            "\nacknowledged {all}, lost {lost}, doubled {doubled}, nobody waited longer than {longest:.1} s"
        );
        ensure!(lost == 0 && doubled == 0, "lost {lost}, doubled {doubled}");
        let unexpected: usize = phases().map(|phase| phase.unexpected.len()).sum();
        ensure!(unexpected == 0, "{unexpected} things were otherwise than expected");
        Ok(())
    }
}
