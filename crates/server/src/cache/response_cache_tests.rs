//! Requests that wait for each other, over a real store.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use dumka_api::{NewAuthor, NewComment, Sort};
use tempfile::TempDir;
use tokio::sync::Notify;

use super::{CacheKey, Encoded, Rendered, Representation, ResponseCache};
use crate::clock::Clock;
use crate::commands::{Actor, Context, Post, SitePolicy, submit};
use crate::domain::comment::UnixMillis;
use crate::domain::thread::ThreadKey;
use crate::entropy::CountingEntropy;
use crate::storage::{self, ListQuery, Page, PageLimits, PageStart};

/// A clock that counts who has looked at it: a request does once it knows the version, and then waits.
#[derive(Default)]
struct CountingClock(AtomicUsize);

impl Clock for CountingClock {
    fn now(&self) -> UnixMillis {
        self.0.fetch_add(1, Ordering::SeqCst);
        UnixMillis(1_777_627_800_000)
    }
}

struct Server {
    context: Context,
    clock: Arc<CountingClock>,
    cache: ResponseCache,
    renderings: AtomicUsize,
    /// Lets the rendering go on that is held.
    go_on: Notify,
    _directory: TempDir,
}

async fn server() -> Arc<Server> {
    let directory = tempfile::tempdir().unwrap();
    let store = storage::open(&format!("sqlite://{}", directory.path().join("dumka.db").display())).await;
    let clock = Arc::new(CountingClock::default());
    let context =
        Context::new(store.unwrap(), clock.clone(), Arc::<CountingEntropy>::default()).await.unwrap();
    let cache = ResponseCache::with_capacity(1_000_000);
    let (renderings, go_on) = (AtomicUsize::new(0), Notify::new());
    Arc::new(Server { context, clock, cache, renderings, go_on, _directory: directory })
}

impl Server {
    /// Asks for the thread, and returns the number of comments told of. The first rendering of all is held.
    async fn read(self: Arc<Self>) -> usize {
        let query = ListQuery {
            thread: ThreadKey { site: "news.example".into(), page: "news/42".into() },
            sort: Sort::Oldest,
            start: PageStart::Top,
            limits: PageLimits { top_level: 100, comments: 300, text_bytes: 64 * 1024 },
        };
        let key = CacheKey { query, representation: Representation::Json, spelled: None };
        let response = self.cache.get_or_render(&self.context, &key, |page| self.render(page)).await;
        response.unwrap().shown.len()
    }

    async fn render(&self, page: Page) -> Rendered {
        if self.renderings.fetch_add(1, Ordering::SeqCst) == 0 {
            self.go_on.notified().await;
        }
        let shown = page.comments.iter().map(|comment| comment.id).collect();
        Rendered { encoded: Encoded::new("text/plain", vec![]), expires_at: None, shown }
    }

    async fn write(&self, text: &str) {
        let new = NewComment {
            site: "news.example".into(),
            page: "news/42".into(),
            parent: None,
            author: NewAuthor { name: "Марта".into(), email: None },
            text: text.into(),
            title: None,
            url: None,
        };
        let actor = Actor::Guest { token: None, address: Ipv4Addr::LOCALHOST.into() };
        submit(&self.context, &SitePolicy::OPEN, &actor, Post::new(&new).unwrap().with_key(text))
            .await
            .unwrap();
    }

    /// Begins a read, and returns when it waits: for its own rendering, or for that of another.
    async fn begin_read(self: &Arc<Self>) -> tokio::task::JoinHandle<usize> {
        let before = self.clock.0.load(Ordering::SeqCst);
        let reading = tokio::spawn(Arc::clone(self).read());
        while self.clock.0.load(Ordering::SeqCst) == before {
            tokio::task::yield_now().await;
        }
        reading
    }
}

#[tokio::test]
async fn one_rendering_serves_all_who_came_while_another_was_made_however_many_writes_came_between() {
    let server = server().await;
    server.write("перший").await;
    let first = server.begin_read().await;
    while server.renderings.load(Ordering::SeqCst) == 0 {
        tokio::task::yield_now().await;
    }
    let mut waiting = Vec::new();
    for text in ["другий", "третій", "четвертий"] {
        server.write(text).await;
        waiting.push(server.begin_read().await);
    }
    server.go_on.notify_one();
    assert_eq!(first.await.unwrap(), 1);
    for reading in waiting {
        assert_eq!(reading.await.unwrap(), 4, "the newest is as true for who came earlier");
    }
    assert_eq!(server.renderings.load(Ordering::SeqCst), 2);
}
