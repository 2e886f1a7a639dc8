//! One of the servers: a process that can be killed, halted, and started again on the same port.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::tied;

/// The time in which a server is ready.
const PATIENCE: Duration = Duration::from_mins(1);
/// The time in which it answers one question.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(15);
/// The pause between two looks.
const PAUSE: Duration = Duration::from_millis(50);

/// A server, which ends with this value.
pub(super) struct Server {
    program: PathBuf,
    port: u16,
    database: String,
    log: PathBuf,
    clock: Option<FakeClock>,
    process: Option<Child>,
}

/// A clock that is off, by a library that is loaded before the C library.
#[derive(Clone)]
pub(super) struct FakeClock {
    /// The file of libfaketime.
    pub(super) library: PathBuf,
    /// The offset, as libfaketime writes it.
    pub(super) offset: &'static str,
}

impl Server {
    /// A server that is not started yet.
    pub(super) fn new(program: &Path, port: u16, database: String, log: PathBuf) -> Self {
        Self { program: program.to_owned(), port, database, log, clock: None, process: None }
    }

    /// Has it run by another clock from its next start on; none is the machine's.
    pub(super) fn set_clock(&mut self, clock: Option<FakeClock>) {
        self.clock = clock;
    }

    /// Starts the process.
    pub(super) fn start(&mut self) -> Result<()> {
        let log = File::options().create(true).append(true).open(&self.log)?;
        let mut command = tied::command(&self.program, "KILL");
        command.arg("serve").args(["--listen", &format!("127.0.0.1:{}", self.port)]);
        command
            .args(["--database", &self.database])
            .env("DUMKA_LIMITS__POSTS_PER_MINUTE", "0")
            .env("DUMKA_LIMITS__READS_PER_MINUTE", "0")
            .env("DUMKA_PROXY__TRUSTED", "127.0.0.1")
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        if let Some(clock) = &self.clock {
            command.env("LD_PRELOAD", &clock.library).env("FAKETIME", clock.offset);
            // Durations are measured as ever.
            command.env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        }
        self.process = Some(command.spawn().with_context(|| self.program.display().to_string())?);
        Ok(())
    }

    /// Waits until it can serve.
    pub(super) fn wait_until_ready(&mut self) -> Result<()> {
        let begun = Instant::now();
        loop {
            if self.ask("/readyz").is_ok_and(|answer| answer.starts_with("HTTP/1.1 200")) {
                return Ok(());
            }
            let has_ended = self.process()?.try_wait()?.is_some();
            ensure!(!has_ended && begun.elapsed() < PATIENCE, "a server is not ready:\n{}", self.log());
            sleep(PAUSE);
        }
    }

    /// Sends a signal, by its name.
    pub(super) fn signal(&mut self, name: &str) -> Result<()> {
        let process = self.process()?.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &process]).status()?;
        ensure!(sent.success(), "a server cannot be sent {name}: {sent}");
        Ok(())
    }

    /// Waits until the process has ended.
    pub(super) fn wait_until_ended(&mut self) -> Result<()> {
        self.process()?.wait()?;
        self.process = None;
        Ok(())
    }

    /// Returns the second of the day by its clock.
    pub(super) fn second_of_day(&self) -> Result<u32> {
        let answer = self.ask("/healthz")?;
        let date = answer.lines().find_map(|line| line.strip_prefix("date: "));
        let time = date.and_then(|date| date.split(' ').nth(4)).context("an answer without a date")?;
        let numbers: Vec<u32> = time.split(':').map(str::parse).collect::<Result<_, _>>()?;
        let [hours, minutes, seconds] = numbers[..] else { bail!("{time} is no time") };
        Ok((hours * 60 + minutes) * 60 + seconds)
    }

    /// The head and the body of an answer.
    fn ask(&self, path: &str) -> Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(ANSWER_TIMEOUT))?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    }

    fn process(&mut self) -> Result<&mut Child> {
        self.process.as_mut().context("the server is not started")
    }

    fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(process) = &mut self.process {
            // Already gone is as good; a halted one is killed as well.
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}
