//! `/api/v1/newsroom/staff` and its parts

use dumka_api::ProblemKind;
use dumka_api::newsroom::{Me, SiteRole, StaffLink, StaffList, StaffMember, StaffRole, staff_paths as paths};
use serde_json::json;

use crate::newsroom_people::{Asks, Newsroom, PASSWORD, newsroom, signed_in};
use crate::running::refused;

async fn listed(newsroom: &Newsroom, who: &Asks) -> Vec<StaffMember> {
    let response = newsroom.ask(who, "GET", paths::STAFF).send().await.unwrap();
    response.json::<StaffList>().await.unwrap().staff
}

async fn member(newsroom: &Newsroom, who: &Asks, name: &str) -> StaffMember {
    listed(newsroom, who).await.into_iter().find(|member| member.name == name).unwrap()
}

fn of(id: &str, part: &str) -> String {
    format!("{}/{id}{part}", paths::STAFF)
}

#[tokio::test]
async fn owner_invites_a_person_who_signs_up_by_the_link() {
    let newsroom = newsroom().await;
    let owner = newsroom.sign_up("Olha", "*", StaffRole::Owner).await;
    let new = json!({"name": "Bohdan", "role": "author", "site": "A"});
    let response = newsroom.send(&owner, "POST", paths::STAFF, &new).send().await.unwrap();
    assert_eq!(response.status(), 201);
    let StaffLink { member, link } = response.json().await.unwrap();
    assert_eq!(member.roles, [SiteRole { site: "a".into(), role: StaffRole::Author }]);
    let secret = link.strip_prefix(&format!("{}/newsroom/#invite=", newsroom.origin())).unwrap();
    signed_in(newsroom.make_password(secret, PASSWORD).send().await.unwrap());
    let taken = refused(newsroom.send(&owner, "POST", paths::STAFF, &new)).await;
    assert_eq!((taken.status, taken.kind), (409, ProblemKind::NameTaken));
    let told = listed(&newsroom, &owner).await;
    let told: Vec<_> = told.iter().map(|it| (it.name.as_str(), it.has_password, it.sessions.len())).collect();
    assert_eq!(told, [("Bohdan", true, 1), ("Olha", true, 1)]);
}

#[tokio::test]
async fn role_taken_away_is_gone_at_the_next_request() {
    let newsroom = newsroom().await;
    let owner = newsroom.sign_up("Olha", "*", StaffRole::Owner).await;
    let bohdan = newsroom.sign_up("Bohdan", "*", StaffRole::Owner).await;
    assert_eq!(newsroom.status(&bohdan, "GET", paths::STAFF).await, 200);
    let id = member(&newsroom, &owner, "Bohdan").await.id;
    let change = json!({"site": "*", "role": "observer"});
    let changed = newsroom.send(&owner, "PUT", &of(&id, "/roles"), &change).send().await.unwrap();
    let changed: StaffMember = changed.json().await.unwrap();
    assert_eq!(changed.roles, [SiteRole { site: "*".into(), role: StaffRole::Observer }]);
    let problem = refused(newsroom.ask(&bohdan, "GET", paths::STAFF)).await;
    assert_eq!((problem.status, problem.kind), (403, ProblemKind::RoleInsufficient));
    newsroom.send(&owner, "PUT", &of(&id, "/roles"), &json!({"site": "*"})).send().await.unwrap();
    let me: Me = newsroom.ask(&bohdan, "GET", paths::ME).send().await.unwrap().json().await.unwrap();
    assert_eq!((me.roles, me.sites), (Vec::new(), Vec::new()));
}

#[tokio::test]
async fn revoked_person_and_revoked_session_are_signed_out() {
    let newsroom = newsroom().await;
    let owner = newsroom.sign_up("Olha", "*", StaffRole::Owner).await;
    let bohdan = newsroom.sign_up("Bohdan", "a", StaffRole::Moderator).await;
    let known = member(&newsroom, &owner, "Bohdan").await;
    let session = format!("{}/{}", paths::SESSIONS, known.sessions[0].id);
    assert_eq!(newsroom.status(&owner, "DELETE", &session).await, 204);
    assert_eq!(newsroom.status(&owner, "DELETE", &session).await, 404);
    assert_eq!(newsroom.status(&bohdan, "GET", paths::ME).await, 401);
    let again = signed_in(newsroom.sign_in("Bohdan", PASSWORD).send().await.unwrap());
    assert_eq!(newsroom.status(&owner, "DELETE", &of(&known.id, "")).await, 204);
    assert_eq!(newsroom.status(&again, "GET", paths::ME).await, 401);
    assert_eq!(refused(newsroom.sign_in("Bohdan", PASSWORD)).await.kind, ProblemKind::SignInFailed);
    assert_eq!(newsroom.status(&owner, "DELETE", &of(&known.id, "")).await, 404);
    assert!(member(&newsroom, &owner, "Bohdan").await.revoked_at.is_some());
}

#[tokio::test]
async fn last_owner_stays() {
    let newsroom = newsroom().await;
    let owner = newsroom.sign_up("Olha", "*", StaffRole::Owner).await;
    newsroom.invite("Bohdan", "*", StaffRole::Owner).await;
    let id = member(&newsroom, &owner, "Olha").await.id;
    let change = json!({"site": "*", "role": "moderator"});
    for request in [
        newsroom.send(&owner, "PUT", &of(&id, "/roles"), &change),
        newsroom.ask(&owner, "DELETE", &of(&id, "")),
    ] {
        let problem = refused(request).await;
        assert_eq!((problem.status, problem.kind), (409, ProblemKind::LastOwner));
    }
    newsroom.sign_up("Iryna", "*", StaffRole::Owner).await;
    assert_eq!(newsroom.status(&owner, "DELETE", &of(&id, "")).await, 204);
}

#[tokio::test]
async fn owner_of_one_site_gets_no_further() {
    let newsroom = newsroom().await;
    let above = newsroom.sign_up("Olha", "*", StaffRole::Owner).await;
    let owner = newsroom.sign_up("Bohdan", "a", StaffRole::Owner).await;
    newsroom.sign_up("Iryna", "b", StaffRole::Author).await;
    let both = newsroom.sign_up("Taras", "a", StaffRole::Author).await;
    let taras = member(&newsroom, &above, "Taras").await.id;
    let elsewhere = json!({"site": "b", "role": "owner"});
    newsroom.send(&above, "PUT", &of(&taras, "/roles"), &elsewhere).send().await.unwrap();

    let seen = listed(&newsroom, &owner).await;
    assert_eq!(seen.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["Bohdan", "Taras"]);
    assert_eq!(seen[1].roles, [SiteRole { site: "a".into(), role: StaffRole::Author }]);
    assert!(seen[1].sessions.is_empty());
    // A link of theirs would open the other site, too.
    assert_eq!(newsroom.status(&owner, "POST", &of(&taras, "/link")).await, 403);
    assert_eq!(newsroom.status(&owner, "DELETE", &of(&taras, "")).await, 403);
    let session = member(&newsroom, &above, "Taras").await.sessions[0].id.clone();
    assert_eq!(newsroom.status(&owner, "DELETE", &format!("{}/{session}", paths::SESSIONS)).await, 403);
    let olha = member(&newsroom, &above, "Olha").await;
    for path in [of(&olha.id, "/link"), of("7", "/link")] {
        assert_eq!(newsroom.status(&owner, "POST", &path).await, 404, "{path}");
    }
    let session = &olha.sessions[0].id;
    assert_eq!(newsroom.status(&owner, "DELETE", &format!("{}/{session}", paths::SESSIONS)).await, 404);
    for site in ["*", "b", "c"] {
        let change = json!({"site": site, "role": "owner"});
        let new = json!({"name": "Nadia", "site": site, "role": "owner"});
        for request in [
            newsroom.send(&owner, "PUT", &of(&taras, "/roles"), &change),
            newsroom.send(&owner, "POST", paths::STAFF, &new),
        ] {
            let problem = refused(request).await;
            assert_eq!((problem.status, problem.kind), (404, ProblemKind::NotFound), "{site}");
        }
    }
    let change = json!({"site": "a", "role": "moderator"});
    let changed = newsroom.send(&owner, "PUT", &of(&taras, "/roles"), &change).send().await.unwrap();
    assert_eq!(changed.status(), 200);
    assert_eq!(newsroom.status(&both, "GET", paths::ME).await, 200);
}

#[tokio::test]
async fn fields_are_checked() {
    let newsroom = newsroom().await;
    let owner = newsroom.sign_up("Olha", "*", StaffRole::Owner).await;
    for (body, status, kind) in [
        (json!({"name": "", "role": "author", "site": "a"}), 422, ProblemKind::NameEmpty),
        (json!({"name": "x".repeat(81), "role": "author", "site": "a"}), 422, ProblemKind::NameTooLong),
        (json!({"name": "a\u{0}", "role": "author", "site": "a"}), 422, ProblemKind::ControlCharacters),
        (json!({"name": "Iryna", "role": "author", "site": ""}), 422, ProblemKind::SiteEmpty),
        (json!({"name": "Iryna", "role": "author", "site": "c"}), 404, ProblemKind::SiteUnknown),
        (json!({"name": "Iryna", "role": "king", "site": "a"}), 400, ProblemKind::JsonInvalid),
        (json!([]), 400, ProblemKind::JsonInvalid),
    ] {
        let problem = refused(newsroom.send(&owner, "POST", paths::STAFF, &body)).await;
        assert_eq!((problem.status, problem.kind), (status, kind), "{body}");
    }
}
