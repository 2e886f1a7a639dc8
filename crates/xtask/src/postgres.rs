//! Runs a cluster of PostgreSQL of its own in a temporary folder.

mod programs;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;
use xshell::cmd;

use crate::repo::Repo;
use crate::tied;

/// The environment variable with the address of the cluster, which `dumka-test-database` reads.
const CLUSTER: &str = "TEST_POSTGRES";
/// The time in which a cluster is up.
const PATIENCE: Duration = Duration::from_mins(1);
/// The pause between two looks at whether it is.
const PAUSE: Duration = Duration::from_millis(50);
/// The pause before one that ended at once is started again.
const RESTART_PAUSE: Duration = Duration::from_millis(500);
/// The user of the cluster's databases.
const OWNER: &str = "dumka";

/// The wait of a commit for the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sync {
    /// It does, as it must wherever a loss matters.
    On,
    /// It does not, which makes a database for each test cheap.
    Off,
}

/// The way in which a cluster is run.
#[derive(Debug, Clone, Copy)]
struct Setup {
    sync: Sync,
    /// The port of the loopback interface; none where there is only a socket in the cluster's folder.
    port: Option<u16>,
}

/// A running cluster, which ends and vanishes with this value.
pub(crate) struct Cluster {
    server: Child,
    folder: TempDir,
    programs: PathBuf,
    /// The words before a command by which it runs as the cluster's user.
    as_user: Vec<String>,
    setup: Setup,
}

impl Cluster {
    /// Creates a cluster and starts it, on a socket in its folder alone.
    pub(crate) fn start(repo: &Repo, sync: Sync) -> Result<Self> {
        Self::start_with(repo, Setup { sync, port: None })
    }

    /// Creates a cluster that waits for the disk and starts it, on a port of the loopback interface, too.
    pub(crate) fn start_on(repo: &Repo, port: u16) -> Result<Self> {
        Self::start_with(repo, Setup { sync: Sync::On, port: Some(port) })
    }

    fn start_with(repo: &Repo, setup: Setup) -> Result<Self> {
        let programs = programs::folder(repo)?;
        // Not in `target`: the user under whom it runs may not see into that.
        let folder = tempfile::Builder::new().prefix("dumka-pg-").tempdir()?;
        let data = folder.path().join("data");
        let as_user = words_before(repo, folder.path())?;
        let initdb = programs.join("initdb");
        let words = &as_user;
        cmd!(
            repo.sh,
            "env {words...} {initdb} --pgdata={data} --username={OWNER} --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync"
        )
        .quiet()
        .ignore_stdout()
        .run()
        .context("PostgreSQL makes no cluster")?;
        let server = spawn(&programs, folder.path(), &as_user, setup)?;
        let mut cluster = Self { server, folder, programs, as_user, setup };
        cluster.wait_until_up()?;
        Ok(cluster)
    }

    /// Ends it at once: by SIGKILL, which leaves its children to notice, or by SIGQUIT, with which it ends them. Neither
    /// lets it finish anything.
    pub(crate) fn end_at_once(&mut self, signal: &str) -> Result<()> {
        let asked = Command::new("kill").arg(signal).arg(self.server.id().to_string()).status()?;
        ensure!(asked.success(), "PostgreSQL cannot be ended: {asked}");
        self.server.wait()?;
        Ok(())
    }

    /// Starts it again on the same data, once what is left of the former is gone.
    pub(crate) fn start_again(&mut self) -> Result<()> {
        self.server = self.spawn()?;
        self.wait_until_up()
    }

    /// Runs a statement in the database `postgres`.
    pub(crate) fn run_sql(&self, sql: &str) -> Result<()> {
        let mut psql = self.client("psql");
        psql.args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--dbname=postgres"]);
        let done = psql
            .args(["--username", OWNER, "--command", sql])
            .stdin(Stdio::null())
            .status()
            .context("psql cannot be started")?;
        ensure!(done.success(), "{sql}: {done}");
        Ok(())
    }

    /// Makes a folder that belongs to the cluster's user.
    pub(crate) fn make_folder(&self, folder: &Path) -> Result<()> {
        let made = Command::new("env").args(&self.as_user).arg("mkdir").arg(folder).status()?;
        ensure!(made.success(), "{} cannot be made: {made}", folder.display());
        Ok(())
    }

    /// Returns the address of the cluster's database `postgres`.
    pub(crate) fn url(&self) -> String {
        self.url_of("postgres")
    }

    /// Returns the variables by which tests and the bench find the cluster and its programs.
    pub(crate) fn variables(&self) -> [(&'static str, String); 2] {
        [(CLUSTER, self.url()), (programs::VARIABLE, self.programs.display().to_string())]
    }

    /// Returns the address of a database of the cluster.
    pub(crate) fn url_of(&self, database: &str) -> String {
        format!("postgres:///{database}?host={}&user={OWNER}", self.folder.path().display())
    }

    /// Returns the address of a database of the cluster, by way of a port of the loopback interface.
    pub(crate) fn url_by(port: u16, database: &str) -> String {
        format!("postgres://{OWNER}@127.0.0.1:{port}/{database}")
    }

    fn spawn(&self) -> Result<Child> {
        spawn(&self.programs, self.folder.path(), &self.as_user, self.setup)
    }

    fn wait_until_up(&mut self) -> Result<()> {
        let begun = Instant::now();
        loop {
            let asked = self.client("pg_isready").arg("-q").stderr(Stdio::null()).status();
            if asked.is_ok_and(|status| status.success()) {
                return Ok(());
            }
            ensure!(begun.elapsed() < PATIENCE, "PostgreSQL does not start: {}", self.log());
            sleep(PAUSE);
            // Children of the one that was killed before may still hold its memory.
            if self.server.try_wait()?.is_some() {
                sleep(RESTART_PAUSE);
                self.server = self.spawn()?;
            }
        }
    }

    /// One of PostgreSQL's programs that speaks to the cluster.
    fn client(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.arg("-h").arg(self.folder.path());
        if let Some(port) = self.setup.port {
            // The socket, too, is named for it.
            command.arg("-p").arg(port.to_string());
        }
        command
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Killed, its children would be left; asked to quit, it ends them. Nothing of it is kept.
        let quit = Command::new("kill").arg("-QUIT").arg(self.server.id().to_string()).status();
        if !quit.is_ok_and(|status| status.success()) {
            let _ = self.server.kill();
        }
        let _ = self.server.wait();
    }
}

fn spawn(programs: &Path, folder: &Path, as_user: &[String], setup: Setup) -> Result<Child> {
    let log = fs::File::options().create(true).append(true).open(folder.join("log"))?;
    let mut command = Command::new("env");
    // Last, since whoever becomes another user is tied no more.
    command
        .args(as_user)
        .args(tied::words("QUIT"))
        .arg(programs.join("postgres"))
        .arg("-D")
        .arg(folder.join("data"));
    let socket = format!("unix_socket_directories={}", folder.display());
    let listen = if setup.port.is_some() { "listen_addresses=127.0.0.1" } else { "listen_addresses=" };
    for setting in [listen, socket.as_str(), "max_connections=300", "shared_buffers=256MB"] {
        command.args(["-c", setting]);
    }
    if let Some(port) = setup.port {
        command.arg("-p").arg(port.to_string());
    }
    if setup.sync == Sync::Off {
        command.args(["-c", "fsync=off", "-c", "full_page_writes=off"]);
    }
    command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
    command.spawn().context("PostgreSQL cannot be started")
}

/// Returns the words before a command by which it runs as somebody else, since PostgreSQL refuses to run as root; the folder
/// becomes theirs.
fn words_before(repo: &Repo, folder: &Path) -> Result<Vec<String>> {
    if cmd!(repo.sh, "id -u").quiet().read()? != "0" {
        return Ok(Vec::new());
    }
    let is_there =
        |user: &&str| cmd!(repo.sh, "id {user}").quiet().ignore_stdout().ignore_stderr().run().is_ok();
    let user = ["postgres", "nobody"].into_iter().find(is_there).context("no user to run PostgreSQL as")?;
    let group = cmd!(repo.sh, "id -gn {user}").quiet().read()?;
    cmd!(repo.sh, "chown {user} {folder}").quiet().run()?;
    Ok(["setpriv", "--reuid", user, "--regid", &group, "--clear-groups"].map(ToOwned::to_owned).into())
}
