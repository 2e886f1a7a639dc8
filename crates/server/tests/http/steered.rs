//! A server beside which moderators work, through another process on the same database.

use std::sync::Arc;

use dumka_api::newsroom::{Act, ActorKind, NewsroomThread, ThreadChange, ThreadMode};
use dumka_server::clock::ManualClock;
use dumka_server::commands::{Actor, Context, SitePolicy, SteerThread, steer_thread};
use dumka_server::config::Settings;
use dumka_server::entropy::SystemEntropy;
use dumka_server::storage::{self, DecidedBy};

use crate::running::{Running, by_a_clock};
use crate::test_store::TestStore;

/// A server whose clock stands, and the moderators' process.
pub struct Steered {
    pub server: Running,
    pub clock: Arc<ManualClock>,
    pub context: Context,
    _database: TestStore,
}

/// A change to another state.
pub fn state(state: ThreadMode) -> ThreadChange {
    ThreadChange { state: Some(state), ..ThreadChange::default() }
}

/// A change to one comment of an author in so many seconds.
pub fn slow(secs: u32) -> ThreadChange {
    ThreadChange { slow_secs: Some(secs), ..state(ThreadMode::Slow) }
}

/// Another announcement.
pub fn announcing(notice: &str) -> ThreadChange {
    ThreadChange { notice: Some(notice.into()), ..ThreadChange::default() }
}

impl Steered {
    pub async fn start() -> Self {
        Self::with(|_| ()).await
    }

    pub async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let database = TestStore::create().await;
        let (server, clock) = by_a_clock(|settings| {
            settings.database = database.url();
            change(settings);
        })
        .await;
        let store = storage::open(database.url()).await.unwrap();
        let context = Context::new(store, Arc::clone(&clock) as _, Arc::new(SystemEntropy)).await.unwrap();
        Self { server, clock, context, _database: database }
    }

    /// Changes the thread that tests write in.
    pub async fn steer(&self, change: &ThreadChange) -> NewsroomThread {
        let steer = SteerThread { site: "s", page: "p", change };
        steer_thread(&self.context, &SitePolicy::OPEN, &Actor::Shell, steer).await.unwrap()
    }

    /// Marks a comment.
    pub async fn mark(&self, id: &str, act: Act) {
        let (by, at) = (DecidedBy::one(ActorKind::Shell), self.context.clock.now());
        self.context.store.decide_one(id.parse().unwrap(), act, by, at).await.unwrap().unwrap();
    }
}
