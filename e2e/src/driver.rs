//! A chromedriver process, ended together with the browsers it started.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, Result};

use crate::program;

/// What chromedriver says before the port it chose.
const STARTED: &str = "was started successfully on port ";

/// What it says where the port is another program's, and how often it may choose.
const PORT_TAKEN: &str = "port not available";
const TRIES: u32 = 10;

/// A running driver.
pub(crate) struct Driver {
    process: Child,
    /// Open as long as the process lives, so that nothing it prints fails.
    _output: BufReader<ChildStdout>,
    port: u16,
}

impl Driver {
    /// Starts a driver on a port that it chooses itself. It takes one that is free for IPv6 and ends where another
    /// program has the same one for IPv4; then it has to choose again.
    pub(crate) fn start() -> Result<Self> {
        let mut tries = 1..TRIES;
        loop {
            match Self::start_once() {
                Err(error) if tries.next().is_some() && format!("{error:#}").contains(PORT_TAKEN) => {}
                started => return started,
            }
        }
    }

    fn start_once() -> Result<Self> {
        let program = program::path("CHROMEDRIVER")?;
        let mut command = Command::new(&program);
        command.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped());
        let mut process = command.spawn().with_context(|| program.display().to_string())?;
        let mut output = BufReader::new(process.stdout.take().expect("its output is piped"));
        match read_port(&mut output) {
            Ok(port) => Ok(Self { process, _output: output, port }),
            Err(error) => {
                let _ = process.kill();
                Err(error.context(process.wait()?))
            }
        }
    }

    /// Where it takes commands.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Already gone is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn read_port(output: &mut impl BufRead) -> Result<u16> {
    let mut said = String::new();
    for line in output.lines() {
        let line = line?;
        if let Some((_, port)) = line.split_once(STARTED) {
            return Ok(port.trim_end_matches('.').parse()?);
        }
        said.extend([&line, "\n"]);
    }
    anyhow::bail!("chromedriver ended before it named its port; it said: {said}")
}
