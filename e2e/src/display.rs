//! A screen that nobody looks at, for a browser that wants one.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::program;

/// A running Xvfb. Each reader has one: the windows of two on the same screen would take the focus from each other.
pub(crate) struct Display {
    process: Child,
    name: String,
}

impl Display {
    /// Opens a screen with a number that no other one has.
    pub(crate) fn open() -> Result<Self> {
        let program = program::path("XVFB")?;
        let mut process = Command::new(&program)
            .args(["-displayfd", "1", "-screen", "0", "1400x1100x24", "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| program.display().to_string())?;
        let output = process.stdout.take().expect("its output is piped");
        let mut display = Self { process, name: ":".into() };
        BufReader::new(output).read_line(&mut display.name)?;
        display.name.truncate(display.name.trim_end().len());
        ensure!(display.name.len() > 1, "{} ended before it named its screen", program.display());
        Ok(display)
    }

    /// What `DISPLAY` has to say.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // Already gone is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
