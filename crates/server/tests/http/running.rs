//! A running server and what a client can ask of it.

use std::net::SocketAddr;
use std::sync::Arc;

use dumka_api::{Problem, Submitted, paths};
use dumka_server::assets::Widget;
use dumka_server::clock::ManualClock;
use dumka_server::config::{Settings, SiteSettings};
use dumka_server::demo::DemoInvitation;
use dumka_server::domain::comment::UnixMillis;
use dumka_server::server::{self, DemoMode, Server, ServerParts};
use dumka_server::storage::Store;
use jiff::tz::TimeZone;
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};

use crate::test_store::TestStore;

/// A server with a database that vanishes with it.
pub struct Running {
    server: Server,
    client: Client,
    _database: Option<TestStore>,
}

/// No files, whether or not this program was built with the widget inside.
static WITHOUT_WIDGET: Widget = Widget { hash: "", assets: &[] };

/// Starts a server that takes any loopback page and any number of requests.
pub async fn running() -> Running {
    running_with(|_| ()).await
}

/// Starts a server with some settings changed.
pub async fn running_with(change: impl FnOnce(&mut Settings)) -> Running {
    start(ServerParts { widget: &WITHOUT_WIDGET, ..ServerParts::default() }, change).await
}

/// Starts the demo.
pub async fn demo() -> Running {
    start(ServerParts { demo: DemoMode::On, ..ServerParts::default() }, |_| ()).await
}

/// Starts a server of other parts, with some settings changed.
pub async fn start(parts: ServerParts, change: impl FnOnce(&mut Settings)) -> Running {
    let database = TestStore::create().await;
    let settings = settings_with(|settings| {
        settings.database = database.url();
        change(settings);
    });
    let server = server::start(&settings, parts).await.unwrap();
    Running { server, client: Client::new(), _database: Some(database) }
}

/// Starts a server whose clock stands; and the clock.
pub async fn by_a_clock(change: impl FnOnce(&mut Settings)) -> (Running, Arc<ManualClock>) {
    let clock = Arc::new(ManualClock::at(UnixMillis(1_777_627_800_000)));
    (start(ServerParts { clock: Arc::clone(&clock) as _, ..ServerParts::default() }, change).await, clock)
}

/// Starts a server over any store, with some settings changed.
pub async fn start_over(
    store: Arc<dyn Store>,
    parts: ServerParts,
    change: impl FnOnce(&mut Settings),
) -> Running {
    let server = server::start_over(store, &settings_with(change), parts).await.unwrap();
    Running { server, client: Client::new(), _database: None }
}

fn settings_with(change: impl FnOnce(&mut Settings)) -> Settings {
    let listen = SocketAddr::from(([127, 0, 0, 1], 0));
    let mut settings = Settings { listen, ..Settings::default() };
    settings.limits.posts_per_minute = 0;
    change(&mut settings);
    settings
}

/// Settings of a site with one origin.
pub fn site(id: &str, origin: &str) -> SiteSettings {
    SiteSettings {
        id: id.into(),
        origins: vec![origin.into()],
        name: None,
        lang: None,
        words: std::collections::BTreeMap::new(),
        timezone: TimeZone::UTC,
        moderation: dumka_server::moderation::Moderation::After,
        close_after_days: 0,
    }
}

/// A comment that breaks no rule.
pub fn comment() -> Value {
    json!({"site": "s", "page": "p", "author": {"name": "Оля"}, "text": "Привіт"})
}

/// The same with one field changed.
pub fn comment_with(field: &str, value: impl Into<Value>) -> Value {
    let mut comment = comment();
    comment[field] = value.into();
    comment
}

impl Running {
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// The origin of its own pages.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address())
    }

    /// Links of the demo's staff.
    pub fn invitations(&self) -> &[DemoInvitation] {
        self.server.invitations()
    }

    /// A request of a path, which may be as pages write it: from where they are themselves.
    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let path = path.strip_prefix('.').unwrap_or(path);
        let url = format!("http://{}{path}", self.address());
        self.client.request(method.parse().unwrap(), url)
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.request("GET", path)
    }

    /// A `GET` of the collection.
    pub fn list(&self, query: &str) -> RequestBuilder {
        self.get(&format!("{}?{query}", paths::COMMENTS))
    }

    /// A post with a body as it is, complete but for its body.
    pub fn post_raw(&self, key: &str, body: impl Into<reqwest::Body>) -> RequestBuilder {
        let request = self.request("POST", paths::COMMENTS);
        request.header("content-type", "application/json").header("idempotency-key", key).body(body)
    }

    /// A post of a comment.
    pub fn post(&self, key: &str, comment: &Value) -> RequestBuilder {
        self.post_raw(key, comment.to_string())
    }

    /// Has the server say that it is about to stop.
    pub async fn drain(&self) {
        self.server.drain().await;
    }

    /// Posts a comment that is accepted.
    pub async fn accepted(&self, key: &str, comment: &Value) -> Submitted {
        let response = self.post(key, comment).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::CREATED);
        response.json().await.unwrap()
    }

    pub async fn stop(self) {
        self.server.stop().await;
    }
}

/// Sends a request that is refused, and checks that the refusal is a proper problem.
pub async fn refused(request: RequestBuilder) -> Problem {
    problem_of(request.send().await.unwrap()).await
}

/// The problem in an answer, checked to be a proper one.
pub async fn problem_of(response: Response) -> Problem {
    let status = response.status().as_u16();
    assert_eq!(header(&response, "content-type"), "application/problem+json");
    assert_eq!(header(&response, "cache-control"), "no-store");
    let retry_after =
        response.headers().get("retry-after").map(|secs| secs.to_str().unwrap().parse().unwrap());
    let problem: Problem = response.json().await.unwrap();
    assert_eq!(problem.status, status);
    assert_eq!(problem.retry_after, retry_after);
    assert_eq!(problem.type_uri, format!("urn:dumka:problem:{}", problem.kind.as_str()));
    problem
}

/// A header's value, empty where it is absent.
pub fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}
