//! The load of `cargo xtask cluster`: posters, readers and streams over a balancer, and the account of what was lost.
//!
//! `cargo xtask cluster` starts it with the addresses of the balancer, of PostgreSQL, and of each server; it answers every
//! line that it is told with one line of JSON, and ends with its input.

mod audit;
mod endpoint;
mod forwarder;
mod poster;
mod reader;
mod stream;
mod tally;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader, stdin};
use tokio::sync::OwnedRwLockWriteGuard;
use tokio::time::timeout;

use crate::endpoint::Endpoint;
use crate::forwarder::{Forwarder, Mode};
use crate::stream::Streams;
use crate::tally::{Gate, Tally};

/// Tasks that post at the same time.
const POSTERS: usize = 8;
/// Tasks that read.
const READERS: usize = 4;
/// Tasks that follow the threads.
const STREAMS: usize = 6;
/// The time in which every post that was begun is acknowledged, once the trouble is over.
const PATIENCE: Duration = Duration::from_secs(90);

#[tokio::main]
async fn main() -> Result<()> {
    let addresses: Result<Vec<SocketAddr>, _> = std::env::args().skip(1).map(|word| word.parse()).collect();
    let [balancer, database, servers @ ..] = &addresses.context("addresses alone, please")?[..] else {
        bail!("which balancer, and which database?");
    };
    ensure!(!servers.is_empty(), "which servers?");
    let forwarder = Forwarder::start(*database).await?;
    say(&json!({ "forwarder": forwarder.address() }));
    let mut load = Load::over(*balancer, servers, forwarder)?;
    let mut lines = BufReader::new(stdin()).lines();
    while let Some(line) = lines.next_line().await? {
        say(&load.obey(&line).await?);
    }
    Ok(())
}

fn say(answer: &Value) {
    println!("{answer}");
}

/// The load, and what it is made of.
struct Load {
    balancer: Endpoint,
    servers: Vec<Endpoint>,
    forwarder: Forwarder,
    tally: Arc<Tally>,
    gate: Gate,
    /// Held between two phases, in which nobody posts.
    closed: Option<OwnedRwLockWriteGuard<()>>,
    streams: Option<Streams>,
}

impl Load {
    fn over(balancer: SocketAddr, servers: &[SocketAddr], forwarder: Forwarder) -> Result<Self> {
        Ok(Self {
            balancer: Endpoint::at(balancer)?,
            servers: servers.iter().map(|address| Endpoint::at(*address)).collect::<Result<_>>()?,
            forwarder,
            tally: Arc::default(),
            gate: Gate::default(),
            closed: None,
            streams: None,
        })
    }

    /// Does what a line says: `start`, `phase`, `cut hang`, `cut reset`, `mend`, `settle`.
    async fn obey(&mut self, line: &str) -> Result<Value> {
        match line {
            "start" => self.start().await?,
            "phase" => {
                self.tally.begin_phase();
                self.closed = None;
            }
            "cut hang" => self.forwarder.set(Mode::Hang),
            "cut reset" => self.forwarder.set(Mode::Reset),
            "mend" => self.forwarder.set(Mode::Open),
            "settle" => return self.settle().await,
            _ => bail!("unknown: {line}"),
        }
        Ok(json!({}))
    }

    /// Opens the streams, then starts who read and, as soon as a phase begins, who post.
    async fn start(&mut self) -> Result<()> {
        self.closed = Some(Arc::clone(&self.gate).write_owned().await);
        let streams = Streams::open(&self.balancer, &self.tally, STREAMS).await?;
        self.streams = Some(streams);
        for _ in 0..READERS {
            tokio::spawn(reader::read(self.balancer.clone(), Arc::clone(&self.tally)));
        }
        for _ in 0..POSTERS {
            tokio::spawn(poster::post(
                self.balancer.clone(),
                Arc::clone(&self.tally),
                Arc::clone(&self.gate),
            ));
        }
        Ok(())
    }

    /// Waits until whatever was begun is acknowledged, and accounts for everything so far.
    async fn settle(&mut self) -> Result<Value> {
        let closed = timeout(PATIENCE, Arc::clone(&self.gate).write_owned()).await;
        self.closed = Some(closed.context("a post is not acknowledged, long after the trouble is over")?);
        let figures = self.tally.end_phase();
        let streams = self.streams.as_ref().context("it was not started")?;
        let missed = streams.missed(&self.tally).await;
        let audit = audit::of(&self.servers, &self.tally).await?;
        let (phase, all) = figures;
        Ok(json!({
            "acknowledged": phase.acknowledged,
            "all": all,
            "longest_post": phase.longest_post.as_secs_f64(),
            "longest_refusal": phase.longest_refusal.as_secs_f64(),
            "longest_read": phase.longest_read.as_secs_f64(),
            "longest_event": self.tally.longest_event().as_secs_f64(),
            "lost": audit.lost,
            "doubled": audit.doubled,
            "missed_events": missed,
            "repeated_events": streams.repeated(),
            "unexpected": self.tally.take_unexpected().into_iter().chain(audit.unexpected).collect::<Vec<_>>(),
        }))
    }
}
