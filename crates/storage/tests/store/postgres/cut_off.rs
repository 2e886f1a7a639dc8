//! A network that loses the connections to the database without a word.

use std::path::PathBuf;
use std::time::Duration;

use tokio::io::{AsyncReadExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use super::database;
use crate::fixture::{comment, insert, thread};

/// Reads at the same time, more than the pool has connections.
const READS: usize = 15;
/// The time in which reads go on once the network is whole; far from the quarter of an hour after which TCP gives up.
const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL, which cargo xtask test starts"]
async fn reads_and_writes_go_on_after_connections_were_lost_without_a_word() {
    let database = database().await;
    let url: url::Url = database.url().parse().unwrap();
    let folder = url.query_pairs().find(|(name, _)| name == "host").unwrap().1.into_owned();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (cut, is_cut) = watch::channel(false);
    tokio::spawn(forward(listener, PathBuf::from(folder).join(".s.PGSQL.5432"), is_cut));

    let through = format!("postgres://dumka@127.0.0.1:{port}{}", url.path());
    let store = dumka_storage::open(through).await.unwrap();
    insert(&store, [comment(1)]).await;
    let read = || {
        let store = store.clone();
        (0..READS).map(move |_| {
            let store = store.clone();
            async move { store.revision(&thread()).await }
        })
    };
    let before: JoinSet<_> = read().collect();
    assert!(before.join_all().await.into_iter().all(|revision| revision.unwrap() == Some(1)));

    cut.send_replace(true);
    let meanwhile: JoinSet<_> = read().collect();
    assert!(meanwhile.join_all().await.into_iter().all(|revision| revision.is_err()));
    cut.send_replace(false);

    let mended = Instant::now();
    while store.revision(&thread()).await.is_err() {
        assert!(mended.elapsed() < PATIENCE, "the pool is full of connections on which nothing comes");
        sleep(Duration::from_millis(50)).await;
    }
    let after: JoinSet<_> = read().collect();
    assert!(after.join_all().await.into_iter().all(|revision| revision.unwrap() == Some(1)));
    insert(&store, [comment(2)]).await;
}

/// Forwards to a socket until it is cut; a connection that was cut is silent for ever, and new ones wait.
async fn forward(listener: TcpListener, socket: PathBuf, is_cut: watch::Receiver<bool>) {
    loop {
        let (client, _) = listener.accept().await.unwrap();
        tokio::spawn(forward_one(client, socket.clone(), is_cut.clone()));
    }
}

async fn forward_one(mut client: TcpStream, socket: PathBuf, mut is_cut: watch::Receiver<bool>) {
    if is_cut.wait_for(|is_cut| !*is_cut).await.is_err() {
        return;
    }
    let mut database = UnixStream::connect(socket).await.unwrap();
    tokio::select! {
        _ = copy_bidirectional(&mut client, &mut database) => return,
        _ = is_cut.wait_for(|is_cut| *is_cut) => {}
    }
    let mut swallowed = [0; 1_024];
    while client.read(&mut swallowed).await.is_ok_and(|bytes| bytes > 0) {}
}
