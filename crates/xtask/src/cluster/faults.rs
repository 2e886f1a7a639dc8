//! The faults, one phase of the load each: the load runs, something breaks, it is mended, everything is accounted for.

use std::fs;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::report::Outcome;
use super::server::FakeClock;
use super::setting::Setting;

/// The time of load before the fault.
const BEFORE: Duration = Duration::from_secs(3);
/// The time of load after it.
const AFTER: Duration = Duration::from_secs(6);
/// The time for which something that was ended stays away.
const AWAY: Duration = Duration::from_secs(5);
/// The time for which connections are cut.
const CUT: Duration = Duration::from_secs(10);
/// The time for which a server is halted.
const HALT: Duration = Duration::from_secs(20);
/// The offset of the wrong clock: in seconds, and as libfaketime writes it.
const OFFSET: (u32, &str) = (3, "+3s");
/// The seconds of a day.
const DAY: u32 = 86_400;

/// Something that breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// Nothing.
    None,
    /// A server is killed, and started again.
    ServerKilled,
    /// A server is stopped as an upgrade does it, and started again.
    ServerStopped,
    /// PostgreSQL is killed, and started again.
    PostgresKilled,
    /// PostgreSQL is stopped at once, and started again.
    PostgresStopped,
    /// Nothing comes through between a server and its database, and nobody is told.
    Silence,
    /// The connections between a server and its database are reset, and no other comes about.
    Reset,
    /// A server is halted, with all its connections open.
    ServerHalted,
    /// A server has a clock that is off.
    Clock,
    /// There is no room for tables.
    DiskFull,
}

impl Fault {
    /// All of them.
    pub(super) const ALL: [Self; 10] = [
        Self::None,
        Self::ServerKilled,
        Self::ServerStopped,
        Self::PostgresKilled,
        Self::PostgresStopped,
        Self::Silence,
        Self::Reset,
        Self::ServerHalted,
        Self::Clock,
        Self::DiskFull,
    ];

    /// Those of a short run.
    pub(super) const QUICK: [Self; 4] =
        [Self::ServerKilled, Self::ServerStopped, Self::PostgresKilled, Self::Reset];

    /// The words for it.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::None => "nothing is wrong",
            Self::ServerKilled => "a server is killed",
            Self::ServerStopped => "a server is stopped",
            Self::PostgresKilled => "PostgreSQL is killed",
            Self::PostgresStopped => "PostgreSQL is stopped at once",
            Self::Silence => "a server's database is silent for 10 s",
            Self::Reset => "a server's database refuses for 10 s",
            Self::ServerHalted => "a server is halted for 20 s",
            Self::Clock => "a server's clock is 3 s fast",
            Self::DiskFull => "the database's disk is full",
        }
    }

    /// The reason why it cannot be had on this machine.
    pub(super) fn reason_to_leave_out(self, setting: &Setting) -> Option<String> {
        match self {
            Self::Clock if faketime().is_none() => Some("libfaketime is not installed".into()),
            Self::DiskFull => setting.disk.as_ref().err().cloned(),
            _ => None,
        }
    }

    /// Runs the load through it, and accounts for everything.
    pub(super) fn run(self, setting: &mut Setting) -> Result<Outcome> {
        println!("\n=== {} ===", self.title());
        setting.load.tell("phase")?;
        sleep(BEFORE);
        let away = self.happen(setting)?;
        sleep(AFTER);
        let outcome = Outcome::read(&setting.load.tell("settle")?, away);
        outcome.print();
        Ok(outcome)
    }

    /// Breaks it, waits, and mends it; returns for how long there was no database.
    fn happen(self, setting: &mut Setting) -> Result<Duration> {
        match self {
            Self::None => {}
            Self::ServerKilled => end_server(setting, 0, "KILL")?,
            Self::ServerStopped => end_server(setting, 1, "TERM")?,
            Self::PostgresKilled => return end_postgres(setting, "-KILL"),
            Self::PostgresStopped => return end_postgres(setting, "-QUIT"),
            Self::Silence => cut(setting, "cut hang")?,
            Self::Reset => cut(setting, "cut reset")?,
            Self::ServerHalted => halt(setting)?,
            Self::Clock => set_clock_wrong(setting)?,
            Self::DiskFull => fill_disk(setting)?,
        }
        Ok(Duration::ZERO)
    }
}

fn end_server(setting: &mut Setting, index: usize, signal: &str) -> Result<()> {
    let server = &mut setting.servers[index];
    server.signal(signal)?;
    server.wait_until_ended()?;
    sleep(AWAY);
    server.start()?;
    server.wait_until_ready()
}

fn end_postgres(setting: &mut Setting, signal: &str) -> Result<Duration> {
    let begun = Instant::now();
    setting.postgres.end_at_once(signal)?;
    sleep(AWAY);
    setting.postgres.start_again()?;
    Ok(begun.elapsed())
}

fn cut(setting: &mut Setting, way: &str) -> Result<()> {
    setting.load.tell(way)?;
    sleep(CUT);
    setting.load.tell("mend")?;
    Ok(())
}

fn halt(setting: &mut Setting) -> Result<()> {
    setting.servers[1].signal("STOP")?;
    sleep(HALT);
    setting.servers[1].signal("CONT")
}

/// Starts a server anew by another clock, and at the end by the machine's.
fn set_clock_wrong(setting: &mut Setting) -> Result<()> {
    let clock = faketime().map(|library| FakeClock { library, offset: OFFSET.1 });
    restart_with(setting, clock)?;
    let [right, wrong] = [0, 1].map(|index: usize| setting.servers[index].second_of_day());
    let off = (wrong? + DAY - right?) % DAY;
    // Asked one after the other, they may be in two seconds.
    ensure!((OFFSET.0 - 1..=OFFSET.0 + 1).contains(&off), "the clock is {off} s off instead of {}", OFFSET.0);
    sleep(CUT);
    restart_with(setting, None)
}

fn restart_with(setting: &mut Setting, clock: Option<FakeClock>) -> Result<()> {
    let server = &mut setting.servers[1];
    server.signal("TERM")?;
    server.wait_until_ended()?;
    server.set_clock(clock);
    server.start()?;
    server.wait_until_ready()
}

fn fill_disk(setting: &mut Setting) -> Result<()> {
    let Ok(disk) = &setting.disk else { return Ok(()) };
    disk.fill()?;
    sleep(AWAY * 2);
    disk.empty()
}

/// The file of libfaketime for programs of many threads.
fn faketime() -> Option<PathBuf> {
    let mut folders: Vec<_> = fs::read_dir("/usr/lib").ok()?.flatten().map(|entry| entry.path()).collect();
    folders.push("/usr/lib".into());
    { folders.iter() }.map(|folder| folder.join("faketime/libfaketimeMT.so.1")).find(|file| file.is_file())
}
