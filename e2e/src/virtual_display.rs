//! A virtual display, for a browser that needs one.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

use crate::binaries;

/// Its size in pixels. The pointer stands in the middle, and whichever window is there has the focus.
pub(crate) const WIDTH_PX: u32 = 1400;
pub(crate) const HEIGHT_PX: u32 = 1100;

/// The browser's own bar wants no width, so that a window can be as narrow as a telephone.
const STYLE: &str = "* { min-width: 0; margin: 0; padding: 0; border-width: 0; font-size: 2px }";

/// A running Xvfb. Each reader has one: the windows of two on the same screen would take the focus from each other.
pub(crate) struct Display {
    process: Child,
    name: String,
    settings: TempDir,
}

impl Display {
    /// Opens a screen with a number that no other one has.
    pub(crate) fn open() -> Result<Self> {
        let settings = tempfile::tempdir()?;
        fs::create_dir(settings.path().join("gtk-3.0"))?;
        fs::write(settings.path().join("gtk-3.0/gtk.css"), STYLE)?;
        let program = binaries::path("XVFB")?;
        let mut process = Command::new(&program)
            .args(["-displayfd", "1", "-nolisten", "tcp"])
            .args(["-screen", "0", &format!("{WIDTH_PX}x{HEIGHT_PX}x24")])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| program.display().to_string())?;
        let output = process.stdout.take().expect("its output is piped");
        let mut display = Self { process, name: ":".into(), settings };
        BufReader::new(output).read_line(&mut display.name)?;
        display.name.truncate(display.name.trim_end().len());
        ensure!(display.name.len() > 1, "{} ended before it named its screen", program.display());
        Ok(display)
    }

    /// Lets a program draw on it.
    pub(crate) fn lend(&self, command: &mut Command) {
        command.env("DISPLAY", &self.name).env("XDG_CONFIG_HOME", self.settings.path());
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // Already gone is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
