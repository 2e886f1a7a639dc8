//! Keys of programs

use dumka_api::ProblemKind;
use dumka_api::newsroom::{Me, StaffRole, staff_paths as paths};
use serde_json::json;

use crate::newsroom_people::{Asks, newsroom};
use crate::running::refused;

#[tokio::test]
async fn key_has_its_role_and_needs_no_origin() {
    let newsroom = newsroom().await;
    let key = newsroom.key("importer", "a", StaffRole::Owner).await;
    let me: Me = newsroom.ask(&key, "GET", paths::ME).send().await.unwrap().json().await.unwrap();
    assert_eq!((me.name.as_str(), me.session_until), ("importer", None));
    assert_eq!(me.sites.iter().map(|it| it.site.as_str()).collect::<Vec<_>>(), ["a"]);
    let new = json!({"name": "Bohdan", "role": "author", "site": "a"}).to_string();
    let invite = newsroom.ask_from_nowhere(&key, "POST", paths::STAFF);
    let invited = invite.header("content-type", "application/json").body(new).send().await.unwrap();
    assert_eq!(invited.status(), 201);
    // A key has no session to end.
    assert_eq!(refused(newsroom.ask(&key, "DELETE", paths::SESSION)).await.kind, ProblemKind::NotFound);
}

#[tokio::test]
async fn what_is_no_key_is_refused_even_beside_a_cookie() {
    let newsroom = newsroom().await;
    let cookie = newsroom.sign_up("Olha", "*", StaffRole::Owner).await;
    for authorization in ["Bearer dk_0123456789abcdef", "Bearer x", "Basic b2xoYQ==", ""] {
        let request = newsroom.ask(&cookie, "GET", paths::ME).header("authorization", authorization);
        let problem = refused(request).await;
        assert_eq!((problem.status, problem.kind), (401, ProblemKind::SignInRequired), "{authorization}");
    }
    let Asks::WithCookie(pair) = cookie else { panic!("no cookie") };
    let token = pair.split_once('=').unwrap().1.to_owned();
    assert_eq!(newsroom.status(&Asks::WithKey(token), "GET", paths::ME).await, 401);
}
