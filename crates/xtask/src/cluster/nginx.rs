//! The balancer: nginx, with the very configuration that `docs/operating.md` recommends.

use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use tempfile::TempDir;
use xshell::cmd;

use super::SERVERS;
use crate::browsers::install_packages;
use crate::repo::Repo;
use crate::tied;

/// The example of the documents.
const EXAMPLE: &str = "docs/nginx.conf";
/// The addresses that it has.
const EXAMPLE_SERVERS: [&str; SERVERS] = ["10.0.0.11:8080", "10.0.0.12:8080", "10.0.0.13:8080"];
/// The lines about its own address.
const EXAMPLE_LISTEN: &str = "listen 443 ssl;";

/// The time in which it is up.
const PATIENCE: Duration = Duration::from_secs(20);
/// The pause between two looks at whether it is.
const PAUSE: Duration = Duration::from_millis(20);

/// The running balancer, which ends with this value.
pub(super) struct Nginx {
    process: Child,
    _folder: TempDir,
}

impl Nginx {
    /// Starts nginx on a port of the loopback interface, before servers on others.
    pub(super) fn start(repo: &Repo, port: u16, servers: [u16; SERVERS]) -> Result<Self> {
        let program = program(repo)?;
        let folder = tempfile::Builder::new().prefix("dumka-nginx-").tempdir()?;
        let example = repo.sh.read_file(EXAMPLE)?;
        fs::write(folder.path().join("dumka.conf"), with_addresses(&example, port, servers)?)?;
        let is_root = cmd!(repo.sh, "id -u").quiet().read()? == "0";
        let main = folder.path().join("nginx.conf");
        fs::write(&main, main_configuration(folder.path(), is_root))?;
        let log = folder.path().join("error.log");
        let mut command = tied::command(&program, "TERM");
        command.arg("-p").arg(folder.path()).arg("-c").arg(&main).arg("-e").arg(&log).stdin(Stdio::null());
        let tried = Command::new("env").args(command.get_args()).args(["-t", "-q"]).status()?;
        ensure!(tried.success(), "nginx refuses {EXAMPLE}");
        let process = command.spawn().context("nginx cannot be started")?;
        let nginx = Self { process, _folder: folder };
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            ensure!(begun.elapsed() < PATIENCE, "nginx does not start");
            sleep(PAUSE);
        }
        Ok(nginx)
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Killed, its workers would be left; asked to end, it ends them.
        let asked = Command::new("kill").arg(self.process.id().to_string()).status();
        if !asked.is_ok_and(|status| status.success()) {
            let _ = self.process.kill();
        }
        let _ = self.process.wait();
    }
}

/// The rest of a configuration, which a distribution brings along.
fn main_configuration(folder: &Path, is_root: bool) -> String {
    let user = if is_root { "user root;\n" } else { "" };
    let folder = folder.display();
    let paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let paths = paths.map(|name| format!("    {name}_temp_path {folder}/{name};\n")).concat();
    format!(
        "{user}daemon off;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log error;\n\
         events {{ worker_connections 4096; }}\nhttp {{\n    access_log off;\n{paths}    \
         include {folder}/dumka.conf;\n}}\n"
    )
}

/// Puts the addresses of this run in the place of the example's.
fn with_addresses(example: &str, port: u16, servers: [u16; SERVERS]) -> Result<String> {
    let mut text = example.to_owned();
    let listen = format!("listen 127.0.0.1:{port};");
    let servers = servers.map(|port| format!("127.0.0.1:{port}"));
    let pairs = EXAMPLE_SERVERS.into_iter().zip(&servers).chain([(EXAMPLE_LISTEN, &listen)]);
    for (from, to) in pairs {
        ensure!(text.matches(from).count() == 1, "{EXAMPLE} has `{from}` once");
        text = text.replace(from, to);
    }
    // Certificates are not for the loopback interface.
    let lines: Vec<_> = text.lines().filter(|line| !line.trim_start().starts_with("ssl_")).collect();
    Ok(lines.join("\n"))
}

fn program(repo: &Repo) -> Result<PathBuf> {
    if let Some(program) = found(repo) {
        return Ok(program);
    }
    if install_packages(repo, "the balancer", &["nginx-light"])?
        && let Some(program) = found(repo)
    {
        return Ok(program);
    }
    bail!("nginx is not there.\nDebian, Ubuntu: sudo apt-get install nginx-light\nelsewhere: install it")
}

fn found(repo: &Repo) -> Option<PathBuf> {
    let path = repo.sh.var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from));
    { folders }.map(|folder| folder.join("nginx")).find(|program| program.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn example_takes_the_addresses_of_a_run() {
        let example = include_str!("../../../../docs/nginx.conf");
        let text = with_addresses(example, 1, [2, 3, 4]).unwrap();
        assert!(text.contains("listen 127.0.0.1:1;") && text.contains("server 127.0.0.1:4 "), "{text}");
        assert!(!text.contains("10.0.0.") && !text.contains("ssl"), "{text}");
    }
}
