//! `/api/v1/newsroom/session`, its parts, and `/me`

use dumka_api::ProblemKind;
use dumka_api::newsroom::{InviteSeen, Me, Session, SiteRole, StaffRole, staff_paths as paths};
use serde_json::json;

use crate::newsroom_people::{Asks, Newsroom, PASSWORD, newsroom, newsroom_with, signed_in};
use crate::running::{header, problem_of, refused};

async fn me(newsroom: &Newsroom, who: &Asks) -> Me {
    newsroom.ask(who, "GET", paths::ME).send().await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn person_makes_a_password_by_the_link_and_signs_in_by_it() {
    let newsroom = newsroom().await;
    let secret = newsroom.invite("Ольга", "a", StaffRole::Moderator).await.secret;
    let opened = newsroom.send(&Asks::WithNothing, "POST", paths::SESSION_INVITE, &json!({"link": secret}));
    for _ in 0..2 {
        let seen: InviteSeen = opened.try_clone().unwrap().send().await.unwrap().json().await.unwrap();
        // The server is asked for by its IP address, for which browsers make no passkey.
        assert_eq!((seen.name.as_str(), seen.passkeys), ("Ольга", false));
    }
    let response = newsroom.make_password(&secret, PASSWORD).send().await.unwrap();
    assert_eq!(header(&response, "cache-control"), "no-store");
    let cookie = header(&response, "set-cookie");
    for part in ["dumka-staff=", "HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert_eq!(header(&response, "access-control-allow-origin"), "");
    let olha = signed_in(response);
    let told = me(&newsroom, &olha).await;
    let role = SiteRole { site: "a".into(), role: StaffRole::Moderator };
    assert_eq!((told.name.as_str(), &told.roles, &told.sites), ("Ольга", &vec![role.clone()], &vec![role]));
    assert!(told.session_until.is_some());
    let again = signed_in(newsroom.sign_in(" ольга", PASSWORD).send().await.unwrap());
    assert_eq!(me(&newsroom, &again).await.id, told.id);
}

#[tokio::test]
async fn link_used_twice_or_too_late_is_spent() {
    let newsroom = newsroom().await;
    let used = newsroom.invite("Olha", "a", StaffRole::Owner).await.secret;
    let late = newsroom.invite("Bohdan", "a", StaffRole::Owner).await.secret;
    signed_in(newsroom.make_password(&used, PASSWORD).send().await.unwrap());
    newsroom.clock.advance_secs(24 * 60 * 60);
    for link in [used.as_str(), &late, "unknown", ""] {
        let body = json!({"link": link});
        for request in [
            newsroom.send(&Asks::WithNothing, "POST", paths::SESSION_INVITE, &body),
            newsroom.make_password(link, PASSWORD),
        ] {
            let problem = refused(request).await;
            assert_eq!((problem.status, problem.kind), (410, ProblemKind::LinkSpent), "{link}");
        }
    }
    assert_eq!(refused(newsroom.sign_in("Bohdan", PASSWORD)).await.kind, ProblemKind::SignInFailed);
}

#[tokio::test]
async fn short_and_long_passwords_are_refused_and_leave_the_link() {
    let newsroom = newsroom().await;
    let secret = newsroom.invite("Olha", "a", StaffRole::Owner).await.secret;
    for (password, kind, limit) in [
        ("eleven char".to_owned(), ProblemKind::PasswordTooShort, 12),
        ("ї".repeat(513), ProblemKind::PasswordTooLong, 1_024),
    ] {
        let problem = refused(newsroom.make_password(&secret, &password)).await;
        let told = (problem.status, problem.kind, problem.field.as_deref(), problem.limit);
        assert_eq!(told, (422, kind, Some("password"), Some(limit)));
    }
    signed_in(newsroom.make_password(&secret, PASSWORD).send().await.unwrap());
}

#[tokio::test]
async fn name_that_is_not_there_is_answered_like_a_wrong_password() {
    let newsroom = newsroom().await;
    newsroom.sign_up("Olha", "a", StaffRole::Owner).await;
    newsroom.invite("Bohdan", "a", StaffRole::Owner).await;
    let wrong = refused(newsroom.sign_in("Olha", "wrong horse battery")).await;
    assert_eq!((wrong.status, wrong.kind), (401, ProblemKind::SignInFailed));
    let long = "x".repeat(2_000);
    for (name, password) in
        [("Nobody", PASSWORD), ("Bohdan", PASSWORD), ("", PASSWORD), (&*long, PASSWORD), ("Olha", &*long)]
    {
        let response = newsroom.sign_in(name, password).send().await.unwrap();
        assert_eq!(header(&response, "set-cookie"), "");
        assert_eq!(problem_of(response).await, wrong, "{name}");
    }
}

#[tokio::test]
async fn session_ends_with_its_person_signing_out() {
    let newsroom = newsroom().await;
    let olha = newsroom.sign_up("Olha", "a", StaffRole::Owner).await;
    let response = newsroom.ask(&olha, "DELETE", paths::SESSION).send().await.unwrap();
    assert_eq!(response.status(), 204);
    assert!(header(&response, "set-cookie").contains("Max-Age=0"));
    let problem = refused(newsroom.ask(&olha, "GET", paths::ME)).await;
    assert_eq!((problem.status, problem.kind), (401, ProblemKind::SignInRequired));
}

#[tokio::test]
async fn idle_session_ends_and_one_in_use_lives_for_thirty_days() {
    let newsroom = newsroom().await;
    let idle = newsroom.sign_up("Olha", "a", StaffRole::Owner).await;
    let used = newsroom.sign_up("Bohdan", "a", StaffRole::Owner).await;
    for hour in 1..30 * 24 {
        newsroom.clock.advance_secs(60 * 60);
        if hour % 11 == 0 {
            assert_eq!(newsroom.status(&used, "GET", paths::ME).await, 200, "{hour}");
        }
        if hour == 12 {
            assert_eq!(newsroom.status(&idle, "GET", paths::ME).await, 401);
        }
    }
    assert_eq!(newsroom.status(&used, "GET", paths::ME).await, 200);
    newsroom.clock.advance_secs(60 * 60);
    assert_eq!(newsroom.status(&used, "GET", paths::ME).await, 401);
}

#[tokio::test]
async fn person_lists_their_own_sessions_and_ends_one() {
    let newsroom = newsroom().await;
    let here = newsroom.sign_up("Olha", "a", StaffRole::Observer).await;
    newsroom.sign_up("Bohdan", "a", StaffRole::Observer).await;
    newsroom.clock.advance_secs(1);
    let firefox = newsroom.sign_in("Olha", PASSWORD).header("user-agent", "X11; Linux; Firefox/140.0");
    let there = signed_in(firefox.send().await.unwrap());
    let listed = newsroom.ask(&here, "GET", paths::SESSIONS).send().await.unwrap();
    let listed: Vec<Session> = listed.json().await.unwrap();
    let told: Vec<_> = listed.iter().map(|one| (one.device.as_str(), one.current)).collect();
    assert_eq!(told, [("Firefox, Linux", false), ("", true)]);
    let path = format!("{}/{}", paths::SESSIONS, listed[0].id);
    assert_eq!(newsroom.status(&here, "DELETE", &path).await, 204);
    assert_eq!(newsroom.status(&there, "GET", paths::ME).await, 401);
    assert_eq!(newsroom.status(&here, "GET", paths::ME).await, 200);
}

#[tokio::test]
async fn pages_of_another_origin_change_nothing() {
    let newsroom = newsroom().await;
    let olha = newsroom.sign_up("Olha", "*", StaffRole::Owner).await;
    let secret = newsroom.invite("Bohdan", "a", StaffRole::Author).await.secret;
    let own = newsroom.origin();
    let near = own.replace("127.0.0.1", "localhost");
    for origin in [None, Some("https://a.example"), Some("null"), Some(near.as_str())] {
        let from = |request: reqwest::RequestBuilder| match origin {
            Some(origin) => request.header("origin", origin),
            None => request,
        };
        let link = json!({"link": secret, "password": PASSWORD});
        let json = |who: &Asks, path: &str, body: &serde_json::Value| {
            let request = newsroom.ask_from_nowhere(who, "POST", path);
            request.header("content-type", "application/json").body(body.to_string())
        };
        for request in [
            newsroom.ask_from_nowhere(&olha, "DELETE", paths::SESSION),
            json(&olha, paths::STAFF, &json!({"name": "Iryna", "role": "owner", "site": "*"})),
            json(&Asks::WithNothing, paths::SESSION, &json!({"name": "Olha", "password": PASSWORD})),
            json(&Asks::WithNothing, paths::SESSION_PASSWORD, &link),
        ] {
            let problem = refused(from(request)).await;
            assert_eq!((problem.status, problem.kind), (403, ProblemKind::OriginNotAllowed), "{origin:?}");
        }
    }
    assert_eq!(newsroom.status(&olha, "GET", paths::ME).await, 200);
    signed_in(newsroom.make_password(&secret, PASSWORD).send().await.unwrap());
}

#[tokio::test]
async fn behind_https_the_cookie_is_secure_and_the_configured_origin_counts() {
    let newsroom = newsroom_with(|settings| settings.public_url = Some("https://c.example".into())).await;
    let secret = newsroom.invite("Olha", "a", StaffRole::Owner).await.secret;
    let body = json!({"link": secret, "password": PASSWORD}).to_string();
    let post = |origin: &str| {
        let request = newsroom.server.request("POST", paths::SESSION_PASSWORD);
        request.header("content-type", "application/json").header("origin", origin).body(body.clone())
    };
    assert_eq!(refused(post(&newsroom.origin())).await.kind, ProblemKind::OriginNotAllowed);
    let response = post("https://c.example").send().await.unwrap();
    let cookie = header(&response, "set-cookie").to_owned();
    assert!(cookie.starts_with("__Host-dumka-staff=") && cookie.contains("Secure"), "{cookie}");
    let Asks::WithCookie(pair) = signed_in(response) else { panic!("no cookie") };
    assert_eq!(newsroom.status(&Asks::WithCookie(pair.clone()), "GET", paths::ME).await, 200);
    let plain = pair.replace("__Host-", "");
    assert_eq!(newsroom.status(&Asks::WithCookie(plain), "GET", paths::ME).await, 401);
}

#[tokio::test]
async fn attempts_to_sign_in_are_limited_by_address_and_by_name() {
    let newsroom = newsroom_with(|settings| {
        settings.limits.sign_ins_per_minute = 3;
        settings.proxy.trusted = vec!["127.0.0.1/32".parse().unwrap()];
    })
    .await;
    newsroom.invite("Olha", "a", StaffRole::Owner).await;
    let attempt = |name: &str, address: &str| {
        newsroom.sign_in(name, "wrong horse battery").header("x-forwarded-for", address)
    };
    for number in 0..3 {
        let address = format!("203.0.113.{number}");
        assert_eq!(refused(attempt("Olha", &address)).await.kind, ProblemKind::SignInFailed);
        assert_eq!(refused(attempt("Nobody", &address)).await.kind, ProblemKind::SignInFailed);
    }
    for name in ["olha", "Nobody"] {
        let problem = refused(attempt(name, "203.0.113.9")).await;
        assert_eq!((problem.status, problem.kind), (429, ProblemKind::RateLimited), "{name}");
        assert!(problem.retry_after.is_some());
    }
    for number in 0..3 {
        refused(attempt(&format!("Name {number}"), "198.51.100.1")).await;
    }
    assert_eq!(refused(attempt("Another", "198.51.100.1")).await.kind, ProblemKind::RateLimited);
    assert_eq!(refused(attempt("Another", "198.51.100.2")).await.kind, ProblemKind::SignInFailed);
}

#[tokio::test]
async fn cookie_that_no_session_has_signs_nobody_in() {
    let newsroom = newsroom().await;
    let Asks::WithCookie(real) = newsroom.sign_up("Olha", "a", StaffRole::Owner).await else { panic!() };
    for cookie in
        ["dumka-staff=", "dumka-staff=abc", "dumka-reader=abc", &*format!("{real}; dumka-staff=planted")]
    {
        let problem = refused(newsroom.ask(&Asks::WithCookie(cookie.into()), "GET", paths::ME)).await;
        assert_eq!((problem.status, problem.kind), (401, ProblemKind::SignInRequired), "{cookie}");
    }
}
