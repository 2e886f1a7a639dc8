//! Members of staff: invitations, links, roles, the last owner.

use std::sync::Arc;

use dumka_api::newsroom::{SiteRole, StaffRole};
use dumka_domain::comment::UnixMillis;
use dumka_domain::staff_session::{LINK_SECS, LiveSessions};
use dumka_domain::token::TokenHash;
use dumka_storage::{
    CredentialOutcome, LastOwner, MemberChange, MemberRecord, NewCredential, NewLink, NewMember, NewSession,
    RoleInput, Store,
};

use crate::fixture::{NOW, comment, insert};

/// A link with this secret.
pub(crate) fn link(secret: &str) -> NewLink {
    NewLink { token_hash: TokenHash::of(secret), created_at: NOW, expires_at: NOW.plus_secs(LINK_SECS) }
}

/// A session whose id is its cookie's value.
pub(crate) fn session(token: &str, at: UnixMillis) -> NewSession {
    NewSession { token_hash: TokenHash::of(token), id: token.into(), device: "Firefox, Linux".into(), at }
}

/// Invites a person, whose name, id and link's secret are the same word.
pub(crate) async fn invite(store: &Arc<dyn Store>, name: &str, site: &str, role: StaffRole) {
    let role = SiteRole { site: site.into(), role };
    let new = NewMember {
        id: name.into(),
        name: name.into(),
        name_key: name.to_lowercase(),
        role,
        link: link(name),
    };
    assert!(store.invite(new).await.unwrap());
}

/// Makes a password by the link with this secret.
pub(crate) async fn sign_up(store: &Arc<dyn Store>, secret: &str, at: UnixMillis) -> CredentialOutcome {
    let password = NewCredential::Password(format!("hash of {secret}"));
    store.make_credential(TokenHash::of(secret), password, session(secret, at)).await.unwrap()
}

/// Everybody, by name.
pub(crate) async fn staff(store: &Arc<dyn Store>) -> Vec<MemberRecord> {
    store.staff(LiveSessions::at(NOW)).await.unwrap()
}

async fn change(
    store: &Arc<dyn Store>,
    member: &str,
    role: Option<StaffRole>,
    last_owner: LastOwner,
) -> MemberChange {
    let role = role.map(StaffRole::as_str);
    store.set_role(RoleInput { member: member.into(), site: "*".into(), role, last_owner }).await.unwrap()
}

pub(crate) async fn invited_person_is_listed_with_the_role(store: &Arc<dyn Store>) {
    invite(store, "Olha", "*", StaffRole::Owner).await;
    invite(store, "Bohdan", "news.example", StaffRole::Author).await;
    let listed = staff(store).await;
    let told: Vec<_> = listed.iter().map(|it| (it.name.as_str(), it.roles[0].role, it.created_at)).collect();
    assert_eq!(told, [("Bohdan", StaffRole::Author, NOW), ("Olha", StaffRole::Owner, NOW)]);
    assert!(!listed[0].has_password && listed[0].passkeys == 0 && listed[0].sessions.is_empty());
}

pub(crate) async fn name_is_of_one_person(store: &Arc<dyn Store>) {
    invite(store, "Olha", "*", StaffRole::Owner).await;
    let new = NewMember {
        id: "another".into(),
        name: "OLHA".into(),
        name_key: "olha".into(),
        role: SiteRole { site: "*".into(), role: StaffRole::Owner },
        link: link("another"),
    };
    assert!(!store.invite(new).await.unwrap());
    assert_eq!(store.linked_member(TokenHash::of("another"), NOW).await.unwrap(), None);
    assert_eq!(staff(store).await.len(), 1);
}

pub(crate) async fn link_is_used_once_and_within_its_time(store: &Arc<dyn Store>) {
    invite(store, "Olha", "*", StaffRole::Owner).await;
    let late = NOW.plus_secs(LINK_SECS);
    let found = store.linked_member(TokenHash::of("Olha"), NOW).await.unwrap().unwrap();
    assert_eq!((found.id.as_str(), found.name.as_str()), ("Olha", "Olha"));
    assert_eq!(store.linked_member(TokenHash::of("Olha"), late).await.unwrap(), None);
    assert_eq!(sign_up(store, "Olha", late).await, CredentialOutcome::LinkSpent);
    assert_eq!(sign_up(store, "unknown", NOW).await, CredentialOutcome::LinkSpent);
    assert_eq!(sign_up(store, "Olha", NOW).await, CredentialOutcome::Made);
    assert_eq!(sign_up(store, "Olha", NOW).await, CredentialOutcome::LinkSpent);
    assert_eq!(store.linked_member(TokenHash::of("Olha"), NOW).await.unwrap(), None);
    assert_eq!(store.password("olha").await.unwrap(), Some(("Olha".into(), "hash of Olha".into())));
}

pub(crate) async fn credential_ends_the_persons_other_links(store: &Arc<dyn Store>) {
    invite(store, "Olha", "*", StaffRole::Owner).await;
    invite(store, "Bohdan", "*", StaffRole::Author).await;
    assert!(store.add_link("Olha", link("second")).await.unwrap());
    assert!(!store.add_link("nobody", link("third")).await.unwrap());
    assert_eq!(sign_up(store, "second", NOW).await, CredentialOutcome::Made);
    assert_eq!(sign_up(store, "Olha", NOW).await, CredentialOutcome::LinkSpent);
    assert_eq!(sign_up(store, "Bohdan", NOW).await, CredentialOutcome::Made);
}

pub(crate) async fn link_used_many_times_at_once_is_used_once(store: &Arc<dyn Store>) {
    invite(store, "Olha", "*", StaffRole::Owner).await;
    let at_once = (0..8).map(|number| {
        let store = Arc::clone(store);
        tokio::spawn(async move {
            let password = NewCredential::Password(number.to_string());
            let session = session(&number.to_string(), NOW);
            store.make_credential(TokenHash::of("Olha"), password, session).await.unwrap()
        })
    });
    let mut made = 0;
    for task in at_once.collect::<Vec<_>>() {
        made += usize::from(task.await.unwrap() == CredentialOutcome::Made);
    }
    assert_eq!((made, staff(store).await[0].sessions.len()), (1, 1));
}

pub(crate) async fn role_is_given_changed_and_taken_away(store: &Arc<dyn Store>) {
    invite(store, "Olha", "*", StaffRole::Author).await;
    assert_eq!(change(store, "Olha", Some(StaffRole::Moderator), LastOwner::Kept).await, MemberChange::Made);
    assert_eq!(staff(store).await[0].roles, [SiteRole { site: "*".into(), role: StaffRole::Moderator }]);
    assert_eq!(change(store, "Olha", None, LastOwner::Kept).await, MemberChange::Made);
    assert_eq!(staff(store).await[0].roles, []);
    assert_eq!(change(store, "nobody", None, LastOwner::Kept).await, MemberChange::NotThere);
}

pub(crate) async fn last_owner_who_can_sign_in_is_kept(store: &Arc<dyn Store>) {
    invite(store, "Olha", "*", StaffRole::Owner).await;
    // One who was invited and cannot sign in yet, and one of a single site, take nobody's place.
    invite(store, "Bohdan", "*", StaffRole::Owner).await;
    invite(store, "Iryna", "news.example", StaffRole::Owner).await;
    sign_up(store, "Olha", NOW).await;
    sign_up(store, "Iryna", NOW).await;
    let author = Some(StaffRole::Author);
    assert_eq!(change(store, "Olha", author, LastOwner::Kept).await, MemberChange::LastOwner);
    let revoked = store.revoke_member("Olha", LastOwner::Kept, NOW).await.unwrap();
    assert_eq!(revoked, MemberChange::LastOwner);
    sign_up(store, "Bohdan", NOW).await;
    assert_eq!(change(store, "Olha", author, LastOwner::Kept).await, MemberChange::Made);
    assert_eq!(change(store, "Bohdan", None, LastOwner::Kept).await, MemberChange::LastOwner);
    assert_eq!(change(store, "Bohdan", None, LastOwner::Given).await, MemberChange::Made);
}

pub(crate) async fn revoked_person_keeps_nothing_and_may_be_invited_again(store: &Arc<dyn Store>) {
    invite(store, "Olha", "*", StaffRole::Owner).await;
    sign_up(store, "Olha", NOW).await;
    store.add_link("Olha", link("open")).await.unwrap();
    let revoked = store.revoke_member("Olha", LastOwner::Given, NOW).await.unwrap();
    assert_eq!(revoked, MemberChange::Made);
    let olha = staff(store).await.remove(0);
    assert_eq!((olha.revoked_at, olha.has_password, olha.sessions.len()), (Some(NOW), false, 0));
    assert_eq!(store.session(TokenHash::of("Olha"), LiveSessions::at(NOW)).await.unwrap(), None);
    assert_eq!(store.password("olha").await.unwrap(), None);
    assert_eq!(sign_up(store, "open", NOW).await, CredentialOutcome::LinkSpent);
    assert!(!store.add_link("Olha", link("late")).await.unwrap());
    let again = store.revoke_member("Olha", LastOwner::Given, NOW).await.unwrap();
    assert_eq!(again, MemberChange::NotThere);

    let new = NewMember {
        id: "another".into(),
        name: "olha".into(),
        name_key: "olha".into(),
        role: SiteRole { site: "a.example".into(), role: StaffRole::Observer },
        link: link("again"),
    };
    assert!(store.invite(new).await.unwrap());
    let olha = staff(store).await.remove(0);
    assert_eq!((olha.id.as_str(), olha.name.as_str(), olha.revoked_at), ("Olha", "olha", None));
    assert_eq!(olha.roles, [SiteRole { site: "a.example".into(), role: StaffRole::Observer }]);
}

pub(crate) async fn sites_with_threads_are_listed(store: &Arc<dyn Store>) {
    assert_eq!(store.sites().await.unwrap(), Vec::<String>::new());
    let mut elsewhere = comment(3);
    elsewhere.thread.site = "a.example".into();
    insert(store, [comment(1), comment(2), elsewhere]).await;
    assert_eq!(store.sites().await.unwrap(), ["a.example", "news.example"]);
}
