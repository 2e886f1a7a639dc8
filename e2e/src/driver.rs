//! A driver's process, ended together with the browsers it started.

use std::io::{self, BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::thread;

use anyhow::{Context, Result, bail};
use tempfile::TempDir;
use tokio::net::TcpStream;

use crate::binaries;
use crate::engine::{Engine, Port};
use crate::virtual_display::Display;
use crate::wait::until;

/// The driver's error where another program has the port, and the number of ports that are tried.
const PORT_TAKEN: &str = "port not available";
const TRIES: u32 = 10;

/// A running driver.
pub(crate) struct Driver {
    process: Child,
    port: u16,
    _display: Option<Display>,
    _folder: TempDir,
}

impl Driver {
    /// Starts the driver of `engine` on a port of its own. Chromedriver takes one that is free for IPv6 and ends where
    /// another program has the same one for IPv4; then it has to choose again.
    pub(crate) async fn start(engine: Engine) -> Result<Self> {
        let mut tries = 1..TRIES;
        loop {
            match Self::start_once(engine).await {
                Err(error) if tries.next().is_some() && format!("{error:#}").contains(PORT_TAKEN) => {}
                started => return started,
            }
        }
    }

    async fn start_once(engine: Engine) -> Result<Self> {
        let display = engine.wants_display().then(Display::open).transpose()?;
        let mut command = Command::new(engine.driver()?);
        // Browsers complain there about what these machines have not, and no story is about that.
        command.args(engine.driver_arguments()).stdin(Stdio::null()).stderr(Stdio::null());
        // Browsers leave something behind there, thousands of folders after some days.
        let folder = tempfile::tempdir()?;
        command.env("TMPDIR", folder.path());
        if let Some(display) = &display {
            display.lend(&mut command);
        }
        let (process, port) = match engine.port() {
            Port::Said(words) => said(&mut command, words)?,
            Port::Given => given(&mut command).await?,
        };
        Ok(Self { process, port, _display: display, _folder: folder })
    }

    /// The address for commands.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        end(&mut self.process);
    }
}

/// Starts a driver that chooses its port and says so after `words`.
fn said(command: &mut Command, words: &str) -> Result<(Child, u16)> {
    let mut process = spawn(command.arg("--port=0").stdout(Stdio::piped()))?;
    let mut output = BufReader::new(process.stdout.take().expect("its output is piped"));
    match read_port(&mut output, words) {
        Ok(port) => {
            // Read as long as the process lives, so that nothing it prints has to wait or fails.
            thread::spawn(move || io::copy(&mut output, &mut io::sink()));
            Ok((process, port))
        }
        Err(error) => {
            end(&mut process);
            Err(error)
        }
    }
}

fn read_port(output: &mut impl BufRead, words: &str) -> Result<u16> {
    let mut said = String::new();
    for line in output.lines() {
        let line = line?;
        if let Some((_, port)) = line.split_once(words) {
            return Ok(port.trim_end_matches('.').parse()?);
        }
        said.extend([&line, "\n"]);
    }
    bail!("the driver ended before it named its port; it said: {said}")
}

/// Starts a driver on a port that was free a moment ago, and waits until it listens there.
async fn given(command: &mut Command) -> Result<(Child, u16)> {
    let port = binaries::free_port()?;
    let mut process = spawn(command.arg(format!("--port={port}")).stdout(Stdio::null()))?;
    let listens = until("the driver listens", async || {
        if let Some(ended) = process.try_wait()? {
            return Ok(Some(Err(ended)));
        }
        TcpStream::connect(("127.0.0.1", port)).await?;
        Ok(Some(Ok(())))
    });
    match listens.await {
        Ok(Ok(())) => Ok((process, port)),
        Ok(Err(ended)) => bail!("{PORT_TAKEN}: the driver ended at once, {ended}"),
        Err(error) => {
            end(&mut process);
            Err(error)
        }
    }
}

fn spawn(command: &mut Command) -> Result<Child> {
    command.spawn().with_context(|| command.get_program().to_string_lossy().into_owned())
}

fn end(process: &mut Child) {
    // Already gone is as good.
    let _ = process.kill();
    let _ = process.wait();
}
