//! A server with a newsroom: its people, and what they can ask for.

use std::sync::Arc;

use dumka_api::Submitted;
use dumka_api::newsroom::{Act, ActorKind, NewStaff, StaffRole, staff_paths as paths};
use dumka_server::clock::{Clock, ManualClock};
use dumka_server::commands::{Actor, Context, Invited, add_key, invite_staff};
use dumka_server::config::Settings;
use dumka_server::entropy::SystemEntropy;
use dumka_server::sites::Sites;
use dumka_server::storage::{self, DecidedBy, DecisionRecord};
use reqwest::{RequestBuilder, Response, StatusCode, Url};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::running::{Running, by_a_clock, header, site};
use crate::test_store::TestStore;

/// A password that is long enough.
pub const PASSWORD: &str = "correct horse battery";

/// A server with a clock that stands, and a shell beside it.
pub struct Newsroom {
    pub server: Running,
    pub clock: Arc<ManualClock>,
    pub context: Context,
    pub database: TestStore,
}

/// Somebody who asks: with a cookie, with a key, or with nothing.
#[derive(Debug, Clone)]
pub enum Asks {
    WithCookie(String),
    WithKey(String),
    WithNothing,
}

/// Starts a newsroom of the sites `a` and `b`.
pub async fn newsroom() -> Newsroom {
    newsroom_with(|_| ()).await
}

/// Starts a newsroom with some settings changed.
pub async fn newsroom_with(change: impl FnOnce(&mut Settings)) -> Newsroom {
    newsroom_on(TestStore::create().await, change).await
}

/// Starts a newsroom over a database.
pub async fn newsroom_on(database: TestStore, change: impl FnOnce(&mut Settings)) -> Newsroom {
    let (server, clock) = by_a_clock(|settings| {
        settings.database = database.url();
        settings.sites = vec![site("a", "https://a.example"), site("b", "https://b.example")];
        settings.limits.sign_ins_per_minute = 0;
        change(settings);
    })
    .await;
    let store = storage::open(database.url()).await.unwrap();
    let context = Context::new(store, Arc::clone(&clock) as Arc<dyn Clock>, Arc::new(SystemEntropy));
    Newsroom { server, clock, context: context.await.unwrap(), database }
}

impl Newsroom {
    /// The sites that the shell knows.
    fn sites() -> Sites {
        let sites = vec![site("a", "https://a.example"), site("b", "https://b.example")];
        Sites::new(&Settings { sites, ..Settings::default() })
    }

    /// Invites a person from the shell.
    pub async fn invite(&self, name: &str, site: &str, role: StaffRole) -> Invited {
        let new = NewStaff { name: name.into(), role, site: site.into() };
        invite_staff(&self.context, &Self::sites(), &Actor::Shell, &new).await.unwrap()
    }

    /// Invites a person who makes a password at once.
    pub async fn sign_up(&self, name: &str, site: &str, role: StaffRole) -> Asks {
        let secret = self.invite(name, site, role).await.secret;
        signed_in(self.make_password(&secret, PASSWORD).send().await.unwrap())
    }

    /// Makes a key in the shell.
    pub async fn key(&self, name: &str, site: &str, role: StaffRole) -> Asks {
        let new = NewStaff { name: name.into(), role, site: site.into() };
        Asks::WithKey(add_key(&self.context, &Self::sites(), &Actor::Shell, &new).await.unwrap())
    }

    /// Posts a comment with a text on a site, a second after what was before.
    pub async fn post(&self, site: &str, text: &str) -> Submitted {
        self.post_on(site, "p", text).await
    }

    /// The same on a page of its own.
    pub async fn post_on(&self, site: &str, page: &str, text: &str) -> Submitted {
        self.clock.advance_secs(1);
        let author = json!({"name": "Оля", "email": "olha@example.org"});
        let comment = json!({"site": site, "page": page, "author": author, "text": text});
        self.server.accepted(&self.clock.now().0.to_string(), &comment).await
    }

    /// Decides on a comment in a shell beside the server.
    pub async fn shell_decides(&self, id: &str, act: Act) -> DecisionRecord {
        let (id, by) = (id.parse().unwrap(), DecidedBy::one(ActorKind::Shell));
        self.context.store.decide_one(id, act, by, self.clock.now()).await.unwrap().unwrap()
    }

    /// Reads what is answered to a request that is granted.
    pub async fn read<T: DeserializeOwned>(&self, who: &Asks, path: &str) -> T {
        granted(self.ask(who, "GET", path)).await
    }

    /// The server's own origin.
    pub fn origin(&self) -> String {
        self.server.origin()
    }

    /// A request of one of this server's own pages.
    pub fn ask(&self, who: &Asks, method: &str, path: &str) -> RequestBuilder {
        let request = self.ask_from_nowhere(who, method, path);
        if method == "GET" { request } else { request.header("origin", self.origin()) }
    }

    /// A `GET` with a query.
    pub fn find(&self, who: &Asks, path: &str, query: &[(&str, &str)]) -> RequestBuilder {
        let url = Url::parse_with_params(&format!("{}{path}", self.origin()), query).unwrap();
        self.ask(who, "GET", &format!("{path}?{}", url.query().unwrap_or_default()))
    }

    /// A request that names no page.
    pub fn ask_from_nowhere(&self, who: &Asks, method: &str, path: &str) -> RequestBuilder {
        let request = self.server.request(method, path);
        match who {
            Asks::WithCookie(cookie) => request.header("cookie", cookie),
            Asks::WithKey(key) => request.bearer_auth(key),
            Asks::WithNothing => request,
        }
    }

    /// The same with a body.
    pub fn send(&self, who: &Asks, method: &str, path: &str, body: &Value) -> RequestBuilder {
        self.ask(who, method, path).header("content-type", "application/json").body(body.to_string())
    }

    /// A password made by a link.
    pub fn make_password(&self, link: &str, password: &str) -> RequestBuilder {
        let body = json!({"link": link, "password": password});
        self.send(&Asks::WithNothing, "POST", paths::SESSION_PASSWORD, &body)
    }

    /// An attempt to sign in.
    pub fn sign_in(&self, name: &str, password: &str) -> RequestBuilder {
        let body = json!({"name": name, "password": password});
        self.send(&Asks::WithNothing, "POST", paths::SESSION, &body)
    }

    /// The status of a request without a body.
    pub async fn status(&self, who: &Asks, method: &str, path: &str) -> u16 {
        self.ask(who, method, path).send().await.unwrap().status().as_u16()
    }
}

/// Reads the answer to a request that is granted.
pub async fn granted<T: DeserializeOwned>(request: RequestBuilder) -> T {
    let response = request.send().await.unwrap();
    let (status, text) = (response.status(), response.text().await.unwrap());
    assert!(status.is_success(), "{status}: {text}");
    serde_json::from_str(&text).unwrap()
}

/// The one who has just signed in, by the cookie of the answer.
pub fn signed_in(response: Response) -> Asks {
    assert_eq!(response.status(), StatusCode::OK);
    let cookie = header(&response, "set-cookie");
    Asks::WithCookie(cookie.split(';').next().unwrap().to_owned())
}
