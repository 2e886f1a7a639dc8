//! The staff of the demo

use dumka_api::newsroom::{StaffRole, staff_paths as paths};
use dumka_server::server::{DemoMode, ServerParts};
use serde_json::json;

use crate::newsroom_people::PASSWORD;
use crate::running::{Running, start};
use crate::test_store::TestStore;

async fn demo_on(kept: &TestStore) -> Running {
    let parts = ServerParts { demo: DemoMode::On, ..ServerParts::default() };
    start(parts, |settings| settings.database = kept.url()).await
}

#[tokio::test]
async fn whoever_cannot_sign_in_yet_has_a_fresh_link_at_every_start() {
    let kept = TestStore::create().await;
    let server = demo_on(&kept).await;
    let first = server.invitations().to_vec();
    let roles: Vec<_> = first.iter().map(|invitation| invitation.role).collect();
    assert_eq!(roles, StaffRole::ALL);
    let body = json!({"link": first[0].secret, "password": PASSWORD}).to_string();
    let request = server.request("POST", paths::SESSION_PASSWORD).header("origin", server.origin());
    let made = request.header("content-type", "application/json").body(body).send().await.unwrap();
    assert_eq!(made.status(), 200);
    server.stop().await;

    let server = demo_on(&kept).await;
    let names: Vec<_> = server.invitations().iter().map(|invitation| invitation.name).collect();
    assert_eq!(names, first[1..].iter().map(|invitation| invitation.name).collect::<Vec<_>>());
    assert!(server.invitations().iter().all(|now| first.iter().all(|then| then.secret != now.secret)));
    server.stop().await;
}
