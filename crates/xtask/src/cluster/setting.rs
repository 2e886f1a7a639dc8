//! The processes on which the load is: PostgreSQL, the servers, the balancer. All of them end with this value.

use std::path::Path;

use anyhow::Result;
use tempfile::TempDir;

use super::load::Load;
use super::nginx::Nginx;
use super::server::Server;
use super::small_disk::SmallDisk;
use super::{SERVERS, free_ports};
use crate::postgres::Cluster;
use crate::repo::Repo;

/// The database of the servers.
const DATABASE: &str = "dumka";

/// The running processes. They end in this order.
pub(super) struct Setting {
    /// Posts, reads and follows.
    pub(super) load: Load,
    _nginx: Nginx,
    /// The servers; the last one comes to its database through the load's forwarder.
    pub(super) servers: [Server; SERVERS],
    /// The database.
    pub(super) postgres: Cluster,
    /// The disk of its tables, which can be filled; the reason where there is none.
    pub(super) disk: Result<SmallDisk, String>,
    _logs: TempDir,
}

impl Setting {
    /// Starts everything; `program` is the server, `load` the program that loads it.
    pub(super) fn start(repo: &Repo, program: &Path, load: &Path) -> Result<Self> {
        let logs = tempfile::Builder::new().prefix("dumka-cluster-").tempdir()?;
        let [balancer, database, first, second, third] = free_ports()?;
        let ports = [first, second, third];
        let disk = SmallDisk::mount(repo);
        let postgres = Cluster::start_on(repo, database)?;
        create_database(&postgres, disk.as_ref().ok())?;
        let mut load = Load::start(load, balancer, database, &ports)?;
        let addresses = [database, database, load.forwarder()];
        let mut number = 0;
        let mut servers = ports.map(|port| {
            let url = Cluster::url_by(addresses[number], DATABASE);
            number += 1;
            Server::new(program, port, url, logs.path().join(format!("server-{number}.log")))
        });
        for server in &mut servers {
            server.start()?;
            server.wait_until_ready()?;
        }
        let nginx = Nginx::start(repo, balancer, ports)?;
        load.tell("start")?;
        Ok(Self { load, _nginx: nginx, servers, postgres, disk, _logs: logs })
    }
}

/// Creates the database, on the disk that can be filled where there is one.
fn create_database(postgres: &Cluster, disk: Option<&SmallDisk>) -> Result<()> {
    let mut create = format!("CREATE DATABASE {DATABASE} ENCODING 'UTF8' TEMPLATE template0");
    if let Some(disk) = disk {
        let folder = disk.folder().join("tables");
        postgres.make_folder(&folder)?;
        postgres.run_sql(&format!("CREATE TABLESPACE small LOCATION '{}'", folder.display()))?;
        create.push_str(" TABLESPACE small");
    }
    postgres.run_sql(&create)
}
