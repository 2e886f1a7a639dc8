//! Every call of the newsroom × every role × the own and a foreign site × nobody at all.
//!
//! A new call is a row of [`calls`].

use dumka_api::newsroom::{StaffRole, staff_paths as paths};
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
}

const OWNERS: Allowed = Allowed::Roles(&[StaffRole::Owner]);

/// Every call, about one site and a person there. None changes anything for whoever is not allowed to.
fn calls(site: &str, person: &str) -> Vec<Call> {
    let call = |method, described: &'static str, allowed| Call {
        method,
        path: described.replace("{id}", person),
        described,
        body: None,
        allowed,
        is_of_site: false,
    };
    let of_site = |call: Call| Call { is_of_site: true, ..call };
    let with = |call: Call, body: Value| Call { body: Some(body), ..call };
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

/// Makes a call.
async fn status(newsroom: &Newsroom, who: &Asks, call: &Call) -> u16 {
    let request = match &call.body {
        Some(body) => newsroom.send(who, call.method, &call.path, body),
        None => newsroom.ask(who, call.method, &call.path),
    };
    request.send().await.unwrap().status().as_u16()
}

/// A newsroom with a person of a role on `a`, who asks, and one observer each on `a` and `b`; their ids.
async fn with_role(role: StaffRole) -> (Newsroom, Asks, [String; 2]) {
    let newsroom = newsroom().await;
    let asks = newsroom.sign_up("Olha", "a", role).await;
    let near = newsroom.invite("Near", "a", StaffRole::Observer).await.member.id;
    let far = newsroom.invite("Far", "b", StaffRole::Observer).await.member.id;
    (newsroom, asks, [near, far])
}

#[tokio::test]
async fn every_call_is_in_the_table() {
    let described = serde_json::to_value(description()).unwrap();
    let calls = calls("a", "x");
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
    for call in calls("a", &near) {
        let status = status(&newsroom, &Asks::WithNothing, &call).await;
        match call.allowed {
            Allowed::Anybody => assert!(matches!(status, 401 | 410), "{status} {}", call.path),
            _ => assert_eq!(status, 401, "{} {}", call.method, call.path),
        }
    }
}

#[tokio::test]
async fn every_role_gets_what_it_may_on_its_own_site() {
    for &role in StaffRole::ALL {
        let (newsroom, asks, [near, _]) = with_role(role).await;
        for call in calls("a", &near) {
            let status = status(&newsroom, &asks, &call).await;
            let what = format!("{} {} as {}", call.method, call.path, role.as_str());
            match call.allowed {
                Allowed::Anybody => assert!(matches!(status, 401 | 410), "{status} {what}"),
                Allowed::Roles(roles) if !roles.contains(&role) => assert_eq!(status, 403, "{what}"),
                _ => assert!(matches!(status, 200..=204 | 404 | 409), "{status} {what}"),
            }
        }
    }
}

#[tokio::test]
async fn no_role_reaches_a_foreign_site() {
    for &role in StaffRole::ALL {
        let (newsroom, asks, [_, far]) = with_role(role).await;
        for call in calls("b", &far).into_iter().filter(|call| call.is_of_site) {
            let status = status(&newsroom, &asks, &call).await;
            let what = format!("{} {} as {}", call.method, call.path, role.as_str());
            let Allowed::Roles(roles) = call.allowed else { panic!("{what} is of no site") };
            // Whoever has the right nowhere is told so; whoever has it elsewhere, that there is nothing.
            let is_told = call.body.is_some() || roles.contains(&role);
            assert_eq!(status, if is_told { 404 } else { 403 }, "{what}");
        }
    }
}
