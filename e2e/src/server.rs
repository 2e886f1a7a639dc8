//! The real program `dumka`, with a database of its own.

use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};
use dumka_test_database::TestDatabase;
use tempfile::TempDir;

use crate::binaries;
use crate::wait::until;

/// The environment variable with the path of the program.
const PROGRAM: &str = "DUMKA_BIN";

/// Settings that the version before does not know: no time in which a server that shall stop still takes requests, since no
/// balancer is there to notice; and any number of sign-ins.
const OF_THIS_VERSION: [(&str, &str); 2] =
    [("DUMKA_LIMITS__DRAIN_SECS", "0"), ("DUMKA_LIMITS__SIGN_INS_PER_MINUTE", "0")];

/// A setting, as an environment variable.
type Setting = (&'static str, String);

/// A running server; dropped, it is ended and its log joins the output of the failed test.
pub struct Server {
    process: Child,
    port: u16,
    subcommand: &'static str,
    settings: Vec<Setting>,
    /// The address of its database.
    pub(crate) database: String,
    /// Its log, and its database where that is a file.
    folder: TempDir,
    /// Its database on PostgreSQL, which goes with it.
    kept: Option<TestDatabase>,
}

impl Server {
    /// Starts `dumka serve` on an empty database, with no limits on how much one address may do.
    pub async fn serve() -> Result<Self> {
        Self::with(&[]).await
    }

    /// The same on an empty database of the cluster that the tests share.
    pub async fn on_postgres() -> Result<Self> {
        let kept = TestDatabase::create_empty().await.context("cargo xtask says where PostgreSQL is")?;
        let database = kept.url();
        let mut started = Self::start_on("serve", |_| vec![], Some(database)).await?;
        started.kept = Some(kept);
        Ok(started)
    }

    /// Starts a server of the version before on an empty database of that cluster.
    pub async fn of_the_version_before() -> Result<Self> {
        let kept = TestDatabase::create_empty().await.context("cargo xtask says where PostgreSQL is")?;
        let earlier = |_| vec![(PROGRAM, binaries::variable("EARLIER_DUMKA_BIN").unwrap_or_default())];
        let mut started = Self::start_on("serve", earlier, Some(kept.url())).await?;
        started.kept = Some(kept);
        Ok(started)
    }

    /// Starts another server, of this version, on the database of this one.
    pub async fn beside(&self) -> Result<Self> {
        Self::start_on("serve", |_| vec![], Some(self.database.clone())).await
    }

    /// Starts a server on the database at an address.
    pub async fn over(database: &str) -> Result<Self> {
        Self::start_on("serve", |_| vec![], Some(database.into())).await
    }

    /// The same with settings of its own, as environment variables.
    pub async fn with(settings: &[(&'static str, &str)]) -> Result<Self> {
        Self::start("serve", |_| settings.iter().map(|(name, value)| (*name, (*value).into())).collect())
            .await
    }

    /// Starts `dumka serve` where it knows its own address, so that pages of others may hold its HTML.
    pub async fn public() -> Result<Self> {
        let url = |port| format!("http://127.0.0.1:{port}");
        Self::start("serve", |port| vec![("DUMKA_PUBLIC_URL", url(port))]).await
    }

    /// Starts `dumka demo`: three articles, two of them with comments.
    pub async fn demo() -> Result<Self> {
        Self::start("demo", |_| vec![]).await
    }

    /// Starts the demo where a thread is closed a day after its first comment, as those of the articles are.
    pub async fn closed_demo() -> Result<Self> {
        let site = |port| {
            format!("[{{id=\"127.0.0.1\", origins=[\"http://127.0.0.1:{port}\"], close_after_days=1}}]")
        };
        Self::start("demo", |port| vec![("DUMKA_SITES", site(port))]).await
    }

    /// Starts the demo where a moderator sees a comment before anybody else does.
    pub async fn moderated_demo() -> Result<Self> {
        let site = |port| {
            format!("[{{id=\"127.0.0.1\", origins=[\"http://127.0.0.1:{port}\"], moderation=\"before\"}}]")
        };
        Self::start("demo", |port| vec![("DUMKA_SITES", site(port))]).await
    }

    /// Starts the demo with words of its own: `words` is a table of settings, by language.
    pub async fn reworded_demo(words: &str) -> Result<Self> {
        let site =
            |port| format!("[{{id=\"127.0.0.1\", origins=[\"http://127.0.0.1:{port}\"], words={words}}}]");
        Self::start("demo", |port| vec![("DUMKA_SITES", site(port))]).await
    }

    async fn start(subcommand: &'static str, settings: impl FnOnce(u16) -> Vec<Setting>) -> Result<Self> {
        Self::start_on(subcommand, settings, None).await
    }

    /// Starts a server on a database, or on a file of its own.
    async fn start_on(
        subcommand: &'static str,
        settings: impl FnOnce(u16) -> Vec<Setting>,
        database: Option<String>,
    ) -> Result<Self> {
        let (folder, port) = (tempfile::tempdir()?, binaries::free_port()?);
        let settings = settings(port);
        let file = || format!("sqlite://{}", folder.path().join("dumka.db").display());
        let database = database.unwrap_or_else(file);
        let process = spawn((subcommand, port), &settings, &database, &folder)?;
        let mut server = Self { process, port, subcommand, settings, database, folder, kept: None };
        server.is_ready().await?;
        Ok(server)
    }

    /// Its address with `path` behind it.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, self.port))
    }

    /// The id of its process.
    pub fn pid(&self) -> u32 {
        self.process.id()
    }

    /// Ends the process as a power cut would, without a word.
    pub fn kill(&mut self) -> Result<()> {
        self.process.kill()?;
        self.process.wait()?;
        Ok(())
    }

    /// Ends the process as who operates it does: it may finish what it is about.
    pub async fn stop(&mut self) -> Result<()> {
        let asked = Command::new("kill").arg(self.pid().to_string()).status()?;
        ensure!(asked.success(), "the server cannot be asked to stop: {asked}");
        until("the server has stopped", async || Ok(self.process.try_wait()?)).await?;
        Ok(())
    }

    /// From its next start on, a setting is this.
    pub fn set(&mut self, name: &'static str, value: &str) {
        self.settings.push((name, value.into()));
    }

    /// Starts it again on the same port and database.
    pub async fn restart(&mut self) -> Result<()> {
        self.process = spawn((self.subcommand, self.port), &self.settings, &self.database, &self.folder)?;
        self.is_ready().await
    }

    async fn is_ready(&mut self) -> Result<()> {
        let address = self.url("/readyz");
        let answered = until("the server is ready", async || {
            if self.process.try_wait()?.is_some() {
                return Ok(Some(false));
            }
            Ok(reqwest::get(&address).await?.status().is_success().then_some(true))
        });
        ensure!(answered.await?, "the server ended by itself:\n{}", self.log());
        Ok(())
    }

    fn log(&self) -> String {
        fs::read_to_string(log_path(&self.folder)).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Already gone is as good.
        let _ = self.kill();
        // Dropped once nobody is connected any more.
        self.kept = None;
        // Captured, and shown only when the test fails.
        println!("--- log of the server ---\n{}", self.log());
    }
}

fn spawn(
    (subcommand, port): (&str, u16),
    settings: &[Setting],
    database: &str,
    folder: &TempDir,
) -> Result<Child> {
    let log = File::options().create(true).append(true).open(log_path(folder))?;
    let program = settings.iter().find(|(name, _)| *name == PROGRAM).map(|(_, path)| path.into());
    let program: PathBuf = program.map_or_else(|| binaries::path(PROGRAM), Ok)?;
    let of_this_version =
        OF_THIS_VERSION.iter().copied().filter(|_| !settings.iter().any(|(name, _)| *name == PROGRAM));
    Command::new(&program)
        .arg(subcommand)
        .args(["--listen", &format!("127.0.0.1:{port}")])
        .args(["--database", database])
        // Not for the server, which would take them for settings that it does not know.
        .env_remove("DUMKA_WIDGET_DIR")
        .env("DUMKA_LIMITS__POSTS_PER_MINUTE", "0")
        .env("DUMKA_LIMITS__READS_PER_MINUTE", "0")
        .envs(of_this_version)
        .envs(settings.iter().filter(|(name, _)| *name != PROGRAM).map(|(name, value)| (name, value)))
        .env_remove(PROGRAM)
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()
        .with_context(|| program.display().to_string())
}

fn log_path(folder: &TempDir) -> PathBuf {
    folder.path().join("dumka.log")
}
