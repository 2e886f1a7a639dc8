//! Lists every thread through each server, and compares that with what was acknowledged.

use std::collections::{BTreeSet, HashMap, HashSet};

use anyhow::Result;
use e2e::until;
use serde_json::Value;

use crate::endpoint::{Endpoint, number_in};
use crate::tally::{THREADS, Tally};

/// The comments that the servers hold, against those that they have acknowledged.
#[derive(Default)]
pub(crate) struct Audit {
    /// Comments that were acknowledged and that a server does not list.
    pub(crate) lost: usize,
    /// Comments that a server lists twice, or under two ids.
    pub(crate) doubled: usize,
    /// Differences between servers, and between a list and its number.
    pub(crate) unexpected: Vec<String>,
}

/// A comment as it is listed: its id and its number.
type Listed = (String, Option<usize>);

/// Compares every thread of each server.
pub(crate) async fn of(servers: &[Endpoint], tally: &Tally) -> Result<Audit> {
    let mut audit = Audit::default();
    let acknowledged = tally.acknowledged();
    let (mut lost, mut doubled) = (BTreeSet::new(), BTreeSet::new());
    for (thread, page) in THREADS.iter().enumerate() {
        let mut of_first: Option<Vec<Listed>> = None;
        for (index, server) in servers.iter().enumerate() {
            let (listed, total) = list(server, thread).await?;
            let mut ids = HashSet::new();
            let mut numbers: HashMap<usize, usize> = HashMap::new();
            for (id, number) in &listed {
                ids.insert(id.as_str());
                if let Some(number) = number {
                    *numbers.entry(*number).or_default() += 1;
                }
            }
            doubled.extend(numbers.into_iter().filter(|(_, times)| *times > 1).map(|(number, _)| number));
            let mine = acknowledged.iter().filter(|(_, comment)| comment.thread == thread);
            lost.extend(
                mine.filter(|(_, comment)| !ids.contains(comment.id.as_str())).map(|(number, _)| *number),
            );
            if total != Some(listed.len() as u64) {
                audit.unexpected.push(format!(
                    "server {} lists {} in {page} and says {total:?}",
                    index + 1,
                    listed.len()
                ));
            }
            if of_first.get_or_insert_with(|| listed.clone()) != &listed {
                audit.unexpected.push(format!("server {} lists {page} otherwise than server 1", index + 1));
            }
        }
    }
    (audit.lost, audit.doubled) = (lost.len(), doubled.len());
    Ok(audit)
}

/// Every comment of a thread, and the number of them that its head names.
async fn list(server: &Endpoint, thread: usize) -> Result<(Vec<Listed>, Option<u64>)> {
    let (mut comments, mut cursor) = (Vec::new(), None);
    loop {
        let part = part(server, thread, cursor.as_deref()).await?;
        for comment in part["comments"].as_array().into_iter().flatten() {
            comments.push((comment["id"].as_str().unwrap_or_default().to_owned(), number_in(comment)));
        }
        match part["next"].as_str() {
            Some(next) => cursor = Some(next.to_owned()),
            None => return Ok((comments, part["thread"]["total"].as_u64())),
        }
    }
}

async fn part(server: &Endpoint, thread: usize, cursor: Option<&str>) -> Result<Value> {
    until("a server lists a thread", async || Ok(Some(server.page(thread, "100", cursor).await?))).await
}
