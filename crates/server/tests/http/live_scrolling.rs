//! `GET /api/v1/comments/live`: readers who scroll through a page of eight threads, and open their stream anew for those
//! that are in view, while others write.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use dumka_api::Submitted;
use reqwest::RequestBuilder;
use tokio::task::JoinSet;

use crate::event_stream::{Event, Stream, asked};
use crate::running::{Running, comment_with, running_with};

const THREADS: usize = 8;
const READERS: u64 = 10;
const ROUNDS: usize = 5;

/// The next number of a row that looks like chance (`SplitMix64`).
fn next_random(state: &mut u64) -> usize {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    usize::try_from((mixed ^ (mixed >> 31)) >> 33).unwrap()
}

fn page(number: usize) -> String {
    format!("thread-{number}")
}

/// A reader who follows threads by the rules of `embed/live.js`.
struct Follower {
    server: Arc<Running>,
    random: u64,
    /// The position in each thread that the reader has come to.
    last: BTreeMap<String, u64>,
    heard: BTreeSet<String>,
}

impl Follower {
    /// Looks at some of the threads, posts to them while the stream opens, and reads until all of that has come; now and
    /// then the reader scrolls on at once.
    async fn looks(&mut self, round: usize) -> Vec<Submitted> {
        let first = next_random(&mut self.random) % THREADS;
        let shown: Vec<_> =
            (first..THREADS.min(first + 1 + next_random(&mut self.random) % THREADS)).map(page).collect();
        let mut posts = JoinSet::new();
        for number in 0..next_random(&mut self.random) % 4 {
            let page = shown[next_random(&mut self.random) % shown.len()].clone();
            let (key, server) = (format!("{}-{round}-{number}", self.random), Arc::clone(&self.server));
            let pauses = next_random(&mut self.random) % 200;
            posts.spawn(async move {
                for _ in 0..pauses {
                    tokio::task::yield_now().await;
                }
                server.accepted(&key, &comment_with("page", page)).await
            });
        }
        let (request, mut reached) = self.asks(&shown, "");
        let mut stream = Stream::of(request).await;
        let posted = posts.join_all().await;
        if !next_random(&mut self.random).is_multiple_of(4) {
            while !posted.iter().all(|posted| self.heard.contains(posted.comment.id.as_str())) {
                let event = stream.event().await.unwrap();
                self.takes(&shown, &mut reached, &event);
            }
        }
        posted
    }

    /// The request for what follows in some threads, and the positions that it names.
    fn asks(&self, shown: &[String], wait: &str) -> (RequestBuilder, Vec<u64>) {
        let pages = shown.iter().fold(String::new(), |pages, page| pages + "&page=" + page);
        let reached: Vec<u64> =
            shown.iter().map(|page| self.last.get(page).copied().unwrap_or_default()).collect();
        let after: Vec<_> = reached.iter().map(ToString::to_string).collect();
        (asked(&self.server, &format!("after={}{pages}{wait}", after.join(","))), reached)
    }

    fn takes(&mut self, shown: &[String], reached: &mut [u64], event: &Event) {
        let about = event.data["page"].as_str().unwrap();
        let from = reached[shown.iter().position(|page| page == about).unwrap()];
        let mut at = None;
        for (index, position) in event.positions.iter().flat_map(|it| it.split(',')).enumerate() {
            let (before, after) = (reached[index], position.parse().unwrap());
            reached[index] = after;
            if shown[index] == about {
                at = Some(after);
            } else if before != after {
                self.advances(&shown[index], before, after);
            }
        }
        let last = self.last.get(about).copied().unwrap_or_default();
        assert_eq!(from, last, "nothing is missing before {event:?}");
        assert!(self.heard.insert(event.data["id"].as_str().unwrap().to_owned()), "{event:?} came twice");
        self.advances(about, from, at.unwrap_or(from));
    }

    fn advances(&mut self, page: &str, from: u64, at: u64) {
        let last = self.last.entry(page.to_owned()).or_default();
        assert!(from == *last && at >= from, "{page} went from {last} to {from} and {at}");
        *last = at;
    }

    /// Reads what is there, in all threads.
    async fn catches_up(&mut self) {
        let all: Vec<_> = (0..THREADS).map(page).collect();
        let (request, mut reached) = self.asks(&all, "&wait=0");
        let mut stream = Stream::reading(request).await;
        while let Some(event) = stream.event().await {
            self.takes(&all, &mut reached, &event);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_who_scroll_while_others_write_miss_nothing_and_hear_nothing_twice() {
    let server = running_with(|settings| settings.limits.streams_per_address = 0).await;
    let server = Arc::new(server);
    let mut readers = JoinSet::new();
    for reader in 0..READERS {
        let (last, heard) = (BTreeMap::new(), BTreeSet::new());
        let mut reader = Follower { server: Arc::clone(&server), random: reader, last, heard };
        readers.spawn(async move {
            let mut posted = Vec::new();
            for round in 0..ROUNDS {
                posted.extend(reader.looks(round).await);
            }
            (reader, posted)
        });
    }
    let (readers, posted): (Vec<_>, Vec<_>) = readers.join_all().await.into_iter().unzip();
    let posted: BTreeSet<String> =
        posted.iter().flatten().map(|it| it.comment.id.as_str().to_owned()).collect();
    for mut reader in readers {
        reader.catches_up().await;
        assert_eq!(reader.heard, posted);
    }
}
