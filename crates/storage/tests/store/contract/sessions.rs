//! Sessions, passkeys, ceremonies and keys.

use std::sync::Arc;

use dumka_api::newsroom::{SiteRole, StaffRole};
use dumka_domain::comment::UnixMillis;
use dumka_domain::staff_session::{LINK_SECS, LiveSessions, SESSION_IDLE_SECS, SESSION_MAX_SECS};
use dumka_domain::token::TokenHash;
use dumka_storage::{
    CredentialOutcome, LastOwner, NewCredential, NewKey, PasskeyUse, RoleInput, Store, StoreError,
};

use super::staff::{invite, link, session, sign_up, staff};
use crate::fixture::NOW;

async fn lives(store: &Arc<dyn Store>, token: &str, at: UnixMillis) -> bool {
    store.session(TokenHash::of(token), LiveSessions::at(at)).await.unwrap().is_some()
}

pub(crate) async fn session_ends_when_it_is_idle_and_in_any_case(store: &Arc<dyn Store>) {
    invite(store, "Olha", "*", StaffRole::Owner).await;
    sign_up(store, "Olha", NOW).await;
    let idle = SESSION_IDLE_SECS;
    assert!(lives(store, "Olha", NOW.plus_secs(idle - 1)).await);
    assert!(!lives(store, "Olha", NOW.plus_secs(idle)).await);
    assert!(!lives(store, "another", NOW).await);
    store.note_session("Olha", NOW.plus_secs(idle - 1)).await.unwrap();
    // A server whose clock is behind does not shorten it.
    store.note_session("Olha", NOW).await.unwrap();
    assert!(lives(store, "Olha", NOW.plus_secs(2 * idle - 2)).await);
    store.note_session("Olha", NOW.plus_secs(SESSION_MAX_SECS - 1)).await.unwrap();
    assert!(lives(store, "Olha", NOW.plus_secs(SESSION_MAX_SECS - 1)).await);
    assert!(!lives(store, "Olha", NOW.plus_secs(SESSION_MAX_SECS)).await);
}

pub(crate) async fn session_has_the_roles_of_the_moment(store: &Arc<dyn Store>) {
    invite(store, "Olha", "*", StaffRole::Author).await;
    sign_up(store, "Olha", NOW).await;
    let roles = |store: &Arc<dyn Store>| {
        let store = Arc::clone(store);
        async move {
            let found = store.session(TokenHash::of("Olha"), LiveSessions::at(NOW)).await.unwrap().unwrap();
            found.principal.roles
        }
    };
    assert_eq!(roles(store).await, [SiteRole { site: "*".into(), role: StaffRole::Author }]);
    let taken =
        RoleInput { member: "Olha".into(), site: "*".into(), role: None, last_owner: LastOwner::Kept };
    store.set_role(taken).await.unwrap();
    assert_eq!(roles(store).await, []);
}

pub(crate) async fn session_is_ended_by_its_id(store: &Arc<dyn Store>) {
    invite(store, "Olha", "*", StaffRole::Owner).await;
    sign_up(store, "Olha", NOW).await;
    assert!(store.begin_session("Olha", session("second", NOW.plus_secs(1))).await.unwrap());
    assert!(!store.begin_session("nobody", session("third", NOW)).await.unwrap());
    let listed: Vec<_> = staff(store).await.remove(0).sessions.into_iter().map(|it| it.id).collect();
    assert_eq!(listed, ["second", "Olha"]);
    assert!(store.end_session("Olha").await.unwrap());
    assert!(!store.end_session("Olha").await.unwrap());
    assert!(!lives(store, "Olha", NOW).await && lives(store, "second", NOW).await);
}

pub(crate) async fn passkey_is_made_by_a_link_and_used(store: &Arc<dyn Store>) {
    invite(store, "Olha", "*", StaffRole::Owner).await;
    invite(store, "Bohdan", "*", StaffRole::Author).await;
    let passkey = |credential: &str| NewCredential::Passkey { id: "p".into(), credential: credential.into() };
    let make = |secret: &str, credential: &str| {
        store.make_credential(TokenHash::of(secret), passkey(credential), session(secret, NOW))
    };
    assert_eq!(make("Olha", "1").await.unwrap(), CredentialOutcome::Made);
    // The same passkey leads to nobody else, and the link is left.
    assert_eq!(make("Bohdan", "2").await.unwrap(), CredentialOutcome::PasskeyKnown);
    assert_eq!(store.passkey("p").await.unwrap(), Some(("Olha".into(), "1".into())));
    assert_eq!(store.passkey("q").await.unwrap(), None);
    let used = |id: &str| PasskeyUse { id: id.into(), credential: "3".into() };
    assert!(store.use_passkey(used("p"), session("s", NOW)).await.unwrap());
    assert!(!store.use_passkey(used("q"), session("t", NOW)).await.unwrap());
    assert_eq!(store.passkey("p").await.unwrap(), Some(("Olha".into(), "3".into())));
    assert!(lives(store, "s", NOW).await && !lives(store, "t", NOW).await);
    assert_eq!(sign_up(store, "Bohdan", NOW).await, CredentialOutcome::Made);
    let again = store.add_link("Olha", link("more")).await.unwrap();
    let linked = store.linked_member(TokenHash::of("more"), NOW).await.unwrap().unwrap();
    assert_eq!((again, linked.passkeys), (true, vec!["p".to_owned()]));
}

pub(crate) async fn ceremony_is_taken_once_and_in_time(store: &Arc<dyn Store>) {
    let later = NOW.plus_secs(300);
    for id in ["a", "b"] {
        store.begin_ceremony(TokenHash::of(id), format!("state of {id}"), later).await.unwrap();
    }
    let take = |id: &str, at| store.take_ceremony(TokenHash::of(id), at);
    assert_eq!(take("a", NOW).await.unwrap().as_deref(), Some("state of a"));
    assert_eq!(take("a", NOW).await.unwrap(), None);
    assert_eq!(take("b", later).await.unwrap(), None);
}

pub(crate) async fn sweep_deletes_nothing_that_is_good(store: &Arc<dyn Store>) {
    invite(store, "Olha", "*", StaffRole::Owner).await;
    invite(store, "Bohdan", "*", StaffRole::Owner).await;
    sign_up(store, "Olha", NOW).await;
    store.begin_ceremony(TokenHash::of("c"), "state".into(), NOW.plus_secs(300)).await.unwrap();
    let sweep = |at| store.sweep_sign_ins(LiveSessions::at(at), at);
    sweep(NOW).await.unwrap();
    assert!(lives(store, "Olha", NOW).await);
    assert!(store.linked_member(TokenHash::of("Bohdan"), NOW).await.unwrap().is_some());
    sweep(NOW.plus_secs(LINK_SECS)).await.unwrap();
    // Asked as of before, since what has expired is not told anyway.
    assert!(!lives(store, "Olha", NOW).await);
    assert_eq!(store.linked_member(TokenHash::of("Bohdan"), NOW).await.unwrap(), None);
    assert_eq!(store.take_ceremony(TokenHash::of("c"), NOW).await.unwrap(), None);
}

fn key(name: &str, token: &str) -> NewKey {
    let role = SiteRole { site: "news.example".into(), role: StaffRole::Moderator };
    let token_hash = TokenHash::of(token);
    NewKey { id: token.into(), name: name.into(), token_hash, role, created_at: NOW }
}

pub(crate) async fn key_is_known_until_it_is_withdrawn(store: &Arc<dyn Store>) {
    assert!(store.add_key(key("importer", "1")).await.unwrap());
    assert!(!store.add_key(key("importer", "2")).await.unwrap());
    let found = store.key(TokenHash::of("1")).await.unwrap().unwrap();
    assert_eq!((found.name.as_str(), found.role.role), ("importer", StaffRole::Moderator));
    assert_eq!(store.key(TokenHash::of("2")).await.unwrap(), None);
    store.note_key("1", NOW.plus_secs(5)).await.unwrap();
    assert_eq!(store.keys().await.unwrap()[0].used_at, Some(NOW.plus_secs(5)));
    assert!(store.revoke_key("importer", NOW).await.unwrap());
    assert!(!store.revoke_key("importer", NOW).await.unwrap());
    assert_eq!(store.key(TokenHash::of("1")).await.unwrap(), None);
    assert!(store.add_key(key("importer", "3")).await.unwrap());
    let told: Result<Vec<_>, StoreError> = store.keys().await;
    assert_eq!(told.unwrap().iter().map(|key| key.revoked_at).collect::<Vec<_>>(), [Some(NOW), None]);
}
