//! `cluster`: PostgreSQL, three servers and a balancer on this machine, a load on them, and one after another of them
//! killed, cut off or halted.

mod faults;
mod load;
mod nginx;
mod report;
mod server;
mod setting;
mod small_disk;

use std::net::TcpListener;

use anyhow::{Result, bail, ensure};
use xshell::cmd;

use crate::repo::Repo;
use crate::{build, bundle};
use faults::Fault;
use report::Report;
use setting::Setting;

/// The servers, as `docs/nginx.conf` has them.
pub(crate) const SERVERS: usize = 3;

/// The faults to run, and the profile of the programs.
#[derive(Debug, PartialEq, Eq)]
struct Choice {
    faults: &'static [Fault],
    profile: &'static str,
}

/// Runs the load through every fault, prints what was acknowledged, lost and doubled, and fails where that was anything.
/// `--quick` is for fewer faults, `--dev` for programs that are not optimised.
pub(crate) fn run(repo: &Repo, words: &[String]) -> Result<()> {
    let Choice { faults, profile } = choice(words)?;
    bundle::build(repo)?;
    println!("[5/5] the server and the load (profile {profile})");
    let program = build::server(repo, profile)?;
    cmd!(repo.sh, "cargo build -p e2e --example cluster_load --profile {profile}").run()?;
    let load = program.with_file_name("examples").join("cluster_load");
    let mut setting = Setting::start(repo, &program, &load)?;
    let mut report = Report::default();
    let run = faults.iter().try_for_each(|fault| {
        match fault.reason_to_leave_out(&setting) {
            None => report.add(fault.title(), fault.run(&mut setting)?),
            Some(reason) => report.leave_out(fault.title(), reason),
        }
        anyhow::Ok(())
    });
    drop(setting);
    report.print();
    run?;
    report.conclude()
}

fn choice(words: &[String]) -> Result<Choice> {
    let mut choice = Choice { faults: &Fault::ALL, profile: "release" };
    for word in words {
        match word.as_str() {
            "--quick" => choice.faults = &Fault::QUICK,
            "--dev" => choice.profile = "dev",
            _ => bail!("{word} is neither --quick nor --dev"),
        }
    }
    Ok(choice)
}

/// Ports of the loopback interface that were free a moment ago.
fn free_ports<const N: usize>() -> Result<[u16; N]> {
    // Held until all of them are found, so that none is found twice.
    let held = (0..N).map(|_| TcpListener::bind("127.0.0.1:0")).collect::<Result<Vec<_>, _>>()?;
    let mut ports = [0; N];
    for (port, listener) in ports.iter_mut().zip(&held) {
        *port = listener.local_addr()?.port();
    }
    ensure!(ports.iter().all(|port| *port > 0), "no port is free");
    Ok(ports)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_come_in_any_order() {
        let words = ["--dev", "--quick"].map(ToOwned::to_owned);
        assert_eq!(choice(&words).unwrap(), Choice { faults: &Fault::QUICK, profile: "dev" });
        assert_eq!(choice(&[]).unwrap(), Choice { faults: &Fault::ALL, profile: "release" });
        assert!(choice(&["--slow".to_owned()]).is_err());
    }
}
