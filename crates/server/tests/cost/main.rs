//! The cost of reading, as the database's driver counts it. The driver tells it to the whole process: this is a process of
//! its own.
#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

#[path = "../../../storage/tests/store/fixture.rs"]
#[allow(dead_code, reason = "this process needs little of it")]
mod fixture;

use std::net::Ipv4Addr;
use std::sync::{Arc, LazyLock, Mutex};

use dumka_api::Body;
use dumka_server::clock::SystemClock;
use dumka_server::commands::{Context as Server, SitePolicy};
use dumka_server::config::Limits;
use dumka_server::domain::thread::ThreadKey;
use dumka_server::entropy::SystemEntropy;
use dumka_server::live::{FollowRequest, Live, Start};
use dumka_server::storage::{self, ChangePosition, NewCommentRecord, Store};
use http_body_util::BodyExt;
use prometheus_client::metrics::gauge::Gauge;
use tempfile::TempDir;
use tokio::sync::{mpsc, watch};
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

use crate::fixture::{comment, insert, insert_many, numbered, thread};

/// One test at a time: the driver does not say whose statement it was.
static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// The statements of a process, and how many rows each gave.
#[derive(Clone, Default)]
struct Statements(Arc<Mutex<Vec<Statement>>>);

#[derive(Default)]
struct Statement {
    sql: String,
    rows: u64,
}

impl<S: Subscriber> Layer<S> for Statements {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            let mut statement = Statement::default();
            event.record(&mut statement);
            self.0.lock().unwrap().push(statement);
        }
    }
}

impl Visit for Statement {
    fn record_str(&mut self, field: &Field, value: &str) {
        // The summary is cut; the whole follows where it was.
        if matches!(field.name(), "summary" | "db.statement") {
            self.sql.push_str(value);
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "rows_returned" {
            self.rows = value;
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

/// The statements of this process from now on.
static STATEMENTS: LazyLock<Statements> = LazyLock::new(|| {
    let statements = Statements::default();
    let subscriber = tracing_subscriber::registry().with(statements.clone());
    tracing::subscriber::set_global_default(subscriber).unwrap();
    statements
});

impl Statements {
    /// Takes what was asked since the last time.
    fn take(&self) -> Vec<Statement> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

/// A fresh store, and the directory that it is in.
async fn store() -> (Arc<dyn Store>, TempDir) {
    let directory = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", directory.path().join("dumka.db").display());
    (storage::open(&url).await.unwrap(), directory)
}

fn rows(statements: &[Statement], of: &str) -> u64 {
    statements.iter().filter(|it| it.sql.contains(of)).map(|it| it.rows).sum()
}

#[tokio::test]
async fn reading_news_from_the_beginning_costs_what_it_tells() {
    let (_turn, statements) = (TURN.lock().await, &*STATEMENTS);
    let (store, _directory) = store().await;
    // Three fit into one reading, or one, or two hundred.
    for (letters, comments, outlines_per_reading) in [(10_000, 250, 9), (30_000, 50, 9), (10, 500, 201)] {
        let thread = ThreadKey { page: format!("of {letters}"), ..thread() };
        let body = || Body::Plain("ї".repeat(letters));
        let of_page = |number| NewCommentRecord { thread: thread.clone(), body: body(), ..numbered(number) };
        let first = 1 + 1_000 * u32::try_from(letters).unwrap();
        insert_many(&store, (first..first + comments).map(of_page).collect()).await;

        let (mut point, mut readings, mut told, mut outlines, mut records) =
            (ChangePosition::after(0), 0, 0, 0, 0);
        loop {
            statements.take();
            let news = store.changes_since(&thread, point).await.unwrap();
            let read = statements.take();
            outlines += rows(&read, "AS bytes");
            records += rows(&read, "c.body");
            (point, readings, told) = (news.through, readings + 1, told + news.changes.len() as u64);
            if !news.more {
                break;
            }
        }
        assert_eq!((told, records), (comments.into(), comments.into()), "{letters}");
        assert!(outlines <= outlines_per_reading * readings, "{letters}: {outlines} in {readings} readings");
        assert!(outlines >= told, "the driver tells nothing");
    }
}

#[tokio::test]
async fn write_costs_one_reading_of_its_thread_however_many_threads_are_followed() {
    const STREAMS: usize = 10;
    let (_turn, statements) = (TURN.lock().await, &*STATEMENTS);
    let (store, _directory) = store().await;
    let (clock, entropy) = (Arc::new(SystemClock), Arc::new(SystemEntropy));
    let server = Server::new(Arc::clone(&store), clock, entropy).await.unwrap();
    let (_stop, stopped) = watch::channel(false);
    let live = Live::new(&Limits::default(), Gauge::default(), stopped);
    let (told, mut events) = mpsc::unbounded_channel();
    for stream in 0..STREAMS {
        let wish = |page: String| {
            let thread = ThreadKey { page: page.clone(), ..thread() };
            FollowRequest { page, thread, start: Start::Now, policy: SitePolicy::OPEN }
        };
        let others = (1..100).map(|page| format!("page {page} of stream {stream}"));
        let wishes = others.chain([thread().page]).map(wish).collect();
        let feed = live.follow(&server, wishes, Ipv4Addr::LOCALHOST.into()).await.unwrap();
        let (mut body, told) = (feed.into_body(), told.clone());
        tokio::spawn(async move {
            while let Some(frame) = body.frame().await {
                let bytes = frame.unwrap().into_data().unwrap();
                if bytes.starts_with(b"event: comment") {
                    told.send(stream).unwrap();
                }
            }
        });
    }
    for number in 1..=2 {
        statements.take();
        insert(&store, [comment(number)]).await;
        for _ in 0..STREAMS {
            events.recv().await.unwrap();
        }
    }
    let asked = statements.take();
    let readings = asked.iter().filter(|it| it.sql.contains("AS bytes")).count();
    assert!((1..=2).contains(&readings), "{readings} readings");
    assert!(asked.len() < 50, "{} statements", asked.len());
}
