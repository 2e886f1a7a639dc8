//! What reading costs, as the database's driver counts it. The driver tells it to the whole process: this is a process of
//! its own.
#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

#[path = "../store/fixture.rs"]
#[allow(dead_code, reason = "this process needs little of it")]
mod fixture;

use std::sync::{Arc, Mutex};

use dumka_api::Body;
use dumka_server::domain::thread::ThreadKey;
use dumka_server::storage::{Point, Submission};
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

use crate::fixture::{TestStore, keep_many, numbered, thread};

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

impl Statements {
    /// Takes what was asked since the last time.
    fn take(&self) -> Vec<Statement> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

fn rows(statements: &[Statement], of: &str) -> u64 {
    statements.iter().filter(|it| it.sql.contains(of)).map(|it| it.rows).sum()
}

#[tokio::test]
async fn reading_news_from_the_beginning_costs_what_it_tells() {
    let statements = Statements::default();
    let subscriber = tracing_subscriber::registry().with(statements.clone());
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let test = TestStore::sqlite().await;
    // Three fit into one reading, or one, or two hundred.
    for (letters, comments, outlines_per_reading) in [(10_000, 250, 9), (30_000, 50, 9), (10, 500, 201)] {
        let thread = ThreadKey { page: format!("of {letters}"), ..thread() };
        let body = || Body::Plain("ї".repeat(letters));
        let of_page = |number| Submission { thread: thread.clone(), body: body(), ..numbered(number) };
        let first = 1 + 1_000 * u32::try_from(letters).unwrap();
        keep_many(&test.store, (first..first + comments).map(of_page).collect()).await;

        let (mut point, mut readings, mut told, mut outlines, mut records) = (Point::after(0), 0, 0, 0, 0);
        loop {
            statements.take();
            let news = test.store.news(&thread, point).await.unwrap();
            let read = statements.take();
            outlines += rows(&read, "AS bytes");
            records += rows(&read, "c.body");
            (point, readings, told) = (news.upto, readings + 1, told + news.changes.len() as u64);
            if !news.more {
                break;
            }
        }
        assert_eq!((told, records), (comments.into(), comments.into()), "{letters}");
        assert!(outlines <= outlines_per_reading * readings, "{letters}: {outlines} in {readings} readings");
        assert!(outlines >= told, "the driver tells nothing");
    }
}
