//! The program that posts, reads and follows: it is told what to do by lines, and answers each by a line of JSON.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result};
use serde_json::Value;

/// The running program, which ends with this value.
pub(super) struct Load {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    forwarder: u16,
}

impl Load {
    /// Starts the program, which does nothing yet but forward to the database.
    pub(super) fn start(program: &Path, balancer: u16, database: u16, servers: &[u16]) -> Result<Self> {
        let ports = [balancer, database].into_iter().chain(servers.iter().copied());
        let mut command = Command::new(program);
        command.args(ports.map(|port| format!("127.0.0.1:{port}")));
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().with_context(|| program.display().to_string())?;
        let input = process.stdin.take().context("its input is a pipe")?;
        let output = BufReader::new(process.stdout.take().context("its output is a pipe")?);
        let mut load = Self { process, input, output, forwarder: 0 };
        let address = load.answer()?;
        let port = address["forwarder"].as_str().and_then(|address| address.rsplit(':').next());
        load.forwarder = port.context("it names no forwarder")?.parse()?;
        Ok(load)
    }

    /// The port that stands for the database's, and can be cut off from it.
    pub(super) fn forwarder(&self) -> u16 {
        self.forwarder
    }

    /// Tells it one line and waits for the answer.
    pub(super) fn tell(&mut self, line: &str) -> Result<Value> {
        writeln!(self.input, "{line}").with_context(|| format!("the load has ended before `{line}`"))?;
        self.answer()
    }

    fn answer(&mut self) -> Result<Value> {
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        serde_json::from_str(&line).context("the load has ended")
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        // Already gone is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
