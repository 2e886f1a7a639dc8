//! Every call of the newsroom × every role × the own and a foreign site × nobody at all.
//!
//! A new call is a row of [`calls`].

use dumka_api::newsroom::{Act, StaffRole, paths as comment_paths, staff_paths as paths};
use dumka_server::routes::description;
use serde_json::{Value, json};

use crate::newsroom_people::{Asks, Newsroom, newsroom};

/// Those who may make a call.
#[derive(Clone, Copy)]
enum Allowed {
    /// Anybody, before they have signed in.
    Anybody,
    /// Everybody with a session.
    SignedIn,
    /// These roles: for others the call is refused by the role, and on a site without any there is nothing.
    Roles(&'static [StaffRole]),
}

/// A call, with what makes it one about the site `a` or, where it is foreign, `b`.
struct Call {
    method: &'static str,
    path: String,
    /// The path as the description names it.
    described: &'static str,
    body: Option<Value>,
    allowed: Allowed,
    /// False where a call is about no one site: it has no foreign one.
    is_of_site: bool,
    /// The first thing that is looked at of a call about a foreign site.
    first: First,
}

/// The first thing that is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum First {
    /// The site: it is not there, whatever the role.
    Site,
    /// The role: whoever has the right nowhere is told so.
    Role,
}

/// Things of one site, which calls are about.
struct Things {
    site: &'static str,
    person: String,
    comment: String,
    /// A decision of a shell about the comment.
    decision: String,
}

const OWNERS: Allowed = Allowed::Roles(&[StaffRole::Owner]);
const DECIDING: Allowed = Allowed::Roles(&[StaffRole::Owner, StaffRole::Moderator]);
const WRITING: Allowed = Allowed::Roles(&[StaffRole::Owner, StaffRole::Moderator, StaffRole::Author]);
const READING: Allowed = Allowed::Roles(&StaffRole::ALL);

/// Every call, about the things of one site. None changes anything for whoever is not allowed to.
fn calls(things: &Things) -> Vec<Call> {
    comment_calls(things).into_iter().chain(staff_calls(things.site, &things.person)).collect()
}

/// Calls about comments, decisions and threads.
fn comment_calls(Things { site, comment, decision, .. }: &Things) -> Vec<Call> {
    let call = |method, described: &'static str, allowed| Call {
        method,
        path: described.to_owned(),
        described,
        body: None,
        allowed,
        is_of_site: true,
        first: First::Site,
    };
    let about = |id: &str, call: Call| Call { path: call.path.replace("{id}", id), ..call };
    let with = |call: Call, body: Value| Call { body: Some(body), ..call };
    let of = |query: &str, call: Call| Call { path: format!("{}?site={site}{query}", call.path), ..call };
    let seen = json!([{"id": comment, "text_revision": 1}]);
    vec![
        of("", call("GET", comment_paths::COMMENTS, READING)),
        about(comment, call("GET", comment_paths::COMMENT, READING)),
        with(about(comment, call("POST", comment_paths::REPLIES, WRITING)), json!({"text": "Так"})),
        of("", call("GET", comment_paths::COUNTERS, READING)),
        of("", call("GET", comment_paths::LIVE, READING)),
        of("", call("GET", comment_paths::DECISIONS, READING)),
        about(decision, call("POST", comment_paths::DECISION_UNDO, DECIDING)),
        Call {
            first: First::Role,
            ..with(
                call("POST", comment_paths::DECISIONS, DECIDING),
                json!({"comments": seen, "decision": "approve"}),
            )
        },
        with(
            call("POST", comment_paths::DECISIONS_UNDO, DECIDING),
            json!({"by": "shell", "since": "2020-01-01T00:00:00Z", "site": site}),
        ),
        of("", call("GET", comment_paths::THREADS, READING)),
        with(
            of("&page=p", call("PATCH", comment_paths::THREADS, DECIDING)),
            json!({"notice": "Тут спокійно"}),
        ),
    ]
}

/// Calls about people and sessions.
fn staff_calls(site: &str, person: &str) -> Vec<Call> {
    let call = |method, described: &'static str, allowed| Call {
        method,
        path: described.replace("{id}", person),
        described,
        body: None,
        allowed,
        is_of_site: false,
        first: First::Role,
    };
    let of_site = |call: Call| Call { is_of_site: true, ..call };
    // What a body names is looked at with it.
    let with = |call: Call, body: Value| Call { body: Some(body), first: First::Site, ..call };
    let link = json!({"link": "unknown", "password": "correct horse battery"});
    let answer = json!({"ceremony": "unknown", "credential": "{}", "link": "unknown"});
    vec![
        call("GET", paths::ME, Allowed::SignedIn),
        call("GET", paths::SESSIONS, Allowed::SignedIn),
        with(
            call("POST", paths::SESSION, Allowed::Anybody),
            json!({"name": "Nobody", "password": "correct horse battery"}),
        ),
        with(call("POST", paths::SESSION_INVITE, Allowed::Anybody), link.clone()),
        with(call("POST", paths::SESSION_PASSWORD, Allowed::Anybody), link.clone()),
        with(call("POST", paths::SESSION_PASSKEY_REGISTER, Allowed::Anybody), link),
        with(call("PUT", paths::SESSION_PASSKEY_REGISTER, Allowed::Anybody), answer.clone()),
        call("POST", paths::SESSION_PASSKEY, Allowed::Anybody),
        with(call("PUT", paths::SESSION_PASSKEY, Allowed::Anybody), answer),
        call("GET", paths::STAFF, OWNERS),
        of_site(with(
            call("POST", paths::STAFF, OWNERS),
            json!({"name": person, "role": "author", "site": site}),
        )),
        of_site(with(call("PUT", paths::STAFF_ROLES, OWNERS), json!({"site": site, "role": "observer"}))),
        of_site(call("POST", paths::STAFF_LINK, OWNERS)),
        call("DELETE", paths::SESSIONS_ONE, OWNERS),
        // Last, since they end what others need.
        of_site(call("DELETE", paths::STAFF_ONE, OWNERS)),
        call("DELETE", paths::SESSION, Allowed::SignedIn),
    ]
}

impl Call {
    /// False where it may name what is not there.
    fn is_of_comments(&self) -> bool {
        let parts = [comment_paths::COMMENTS, comment_paths::DECISIONS, comment_paths::THREADS];
        let single = [comment_paths::COUNTERS, comment_paths::LIVE];
        parts.iter().chain(&single).any(|path| self.described.starts_with(path))
    }
}

/// Makes a call.
async fn status(newsroom: &Newsroom, who: &Asks, call: &Call) -> u16 {
    let request = match &call.body {
        Some(body) => newsroom.send(who, call.method, &call.path, body),
        None => newsroom.ask(who, call.method, &call.path),
    };
    request.send().await.unwrap().status().as_u16()
}

/// A newsroom with a person of a role on `a`, who asks; the things of `a` and of `b`.
async fn with_role(role: StaffRole) -> (Newsroom, Asks, [Things; 2]) {
    let newsroom = newsroom().await;
    let asks = newsroom.sign_up("Olha", "a", role).await;
    let things = [things(&newsroom, "a").await, things(&newsroom, "b").await];
    (newsroom, asks, things)
}

/// An observer of a site, and a comment there that was decided on in a shell.
async fn things(newsroom: &Newsroom, site: &'static str) -> Things {
    let person = newsroom.invite(&format!("Observer of {site}"), site, StaffRole::Observer).await.member.id;
    let comment = newsroom.post(site, "Думка").await.comment.id.to_string();
    let decision = newsroom.shell_decides(&comment, Act::Approve).await.id.0.to_string();
    Things { site, person, comment, decision }
}

#[tokio::test]
async fn every_call_is_in_the_table() {
    let described = serde_json::to_value(description()).unwrap();
    let [person, comment, decision] = ["x"; 3].map(ToOwned::to_owned);
    let calls = calls(&Things { site: "a", person, comment, decision });
    let is_known = |method: &str, path: &str| {
        calls.iter().any(|call| call.described == path && call.method.eq_ignore_ascii_case(method))
    };
    let mut found = 0;
    for (path, methods) in described["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys().filter(|_| path.contains("/newsroom/")) {
            assert!(is_known(method, path), "{method} {path} is not in the table");
            found += 1;
        }
    }
    assert_eq!(found, calls.len());
}

#[tokio::test]
async fn call_without_a_session_is_refused() {
    let (newsroom, _, [near, _]) = with_role(StaffRole::Owner).await;
    for call in calls(&near) {
        let status = status(&newsroom, &Asks::WithNothing, &call).await;
        match call.allowed {
            Allowed::Anybody => assert!(matches!(status, 401 | 410), "{status} {}", call.path),
            _ => assert_eq!(status, 401, "{} {}", call.method, call.path),
        }
    }
}

#[tokio::test]
async fn every_role_gets_what_it_may_on_its_own_site() {
    for role in StaffRole::ALL {
        let (newsroom, asks, [near, _]) = with_role(role).await;
        for call in calls(&near) {
            let status = status(&newsroom, &asks, &call).await;
            let what = format!("{} {} as {}", call.method, call.path, role.as_str());
            match call.allowed {
                Allowed::Anybody => assert!(matches!(status, 401 | 410), "{status} {what}"),
                Allowed::Roles(roles) if !roles.contains(&role) => assert_eq!(status, 403, "{what}"),
                _ if call.is_of_comments() => assert!(matches!(status, 200 | 201), "{status} {what}"),
                _ => assert!(matches!(status, 200..=204 | 404 | 409), "{status} {what}"),
            }
        }
    }
}

#[tokio::test]
async fn no_role_reaches_a_foreign_site() {
    for role in StaffRole::ALL {
        let (newsroom, asks, [_, far]) = with_role(role).await;
        for call in calls(&far).into_iter().filter(|call| call.is_of_site) {
            let status = status(&newsroom, &asks, &call).await;
            let what = format!("{} {} as {}", call.method, call.path, role.as_str());
            let Allowed::Roles(roles) = call.allowed else { panic!("{what} is of no site") };
            // Whoever has the right nowhere is told so; whoever has it elsewhere, that there is nothing.
            let is_told = call.first == First::Site || roles.contains(&role);
            assert_eq!(status, if is_told { 404 } else { 403 }, "{what}");
        }
    }
}
