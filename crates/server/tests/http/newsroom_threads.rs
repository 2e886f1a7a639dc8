//! Threads as the newsroom finds and changes them: by whom, and what is refused.

use dumka_api::newsroom::{SiteRole, StaffRole, ThreadChange, ThreadMode};
use dumka_api::{ProblemKind, Timestamp};
use dumka_server::commands::{
    Actor, ListThreads, SitePolicy, SteerThread, ThreadError, list_threads, show_thread, steer_thread,
};
use dumka_server::domain::staff::{Principal, PrincipalKind};

use crate::running::comment_with;
use crate::steered::{Steered, announcing, state};

fn principal(roles: &[(&str, StaffRole)]) -> Principal {
    let roles = roles.iter().map(|&(site, role)| SiteRole { site: site.into(), role }).collect();
    Principal { kind: PrincipalKind::Member, id: "1".into(), name: "Olha".into(), roles }
}

async fn post(steered: &Steered, site: &str, page: &str) {
    let mut comment = comment_with("site", site);
    (comment["page"], comment["title"]) = (page.into(), format!("About {page}").into());
    steered.server.accepted(&format!("{site}{page}"), &comment).await;
}

async fn listed(steered: &Steered, who: &Principal, query: ListThreads<'_>) -> Vec<String> {
    let authority = &Actor::Staff(who);
    let query = ListThreads { limit: 50, ..query };
    let listing = list_threads(&steered.context, authority, &query).await.unwrap();
    listing.threads.into_iter().map(|thread| thread.page).collect()
}

#[tokio::test]
async fn everybody_lists_the_threads_of_their_own_sites() {
    let steered = Steered::start().await;
    for (site, page) in [("a", "trams"), ("b", "trees"), ("a", "taxes")] {
        post(&steered, site, page).await;
        steered.clock.advance_secs(1);
    }
    let everywhere = principal(&[("*", StaffRole::Observer)]);
    let one = principal(&[("a", StaffRole::Moderator)]);
    let nowhere = principal(&[]);
    assert_eq!(listed(&steered, &everywhere, ListThreads::default()).await, ["taxes", "trees", "trams"]);
    assert_eq!(listed(&steered, &one, ListThreads::default()).await, ["taxes", "trams"]);
    assert!(listed(&steered, &nowhere, ListThreads::default()).await.is_empty());
    let search = ListThreads { search: "ABOUT tr", ..ListThreads::default() };
    assert_eq!(listed(&steered, &everywhere, search).await, ["trees", "trams"]);
    let elsewhere = ListThreads { site: Some("b"), limit: 1, ..ListThreads::default() };
    let refused = list_threads(&steered.context, &Actor::Staff(&one), &elsewhere).await;
    assert!(matches!(refused, Err(ThreadError::Refused(_))));
    let shown = show_thread(&steered.context, &Actor::Staff(&one), "b", "trees").await;
    assert!(matches!(shown, Err(ThreadError::Refused(_))));
}

#[tokio::test]
async fn cursor_loses_and_repeats_nothing_while_comments_come_in() {
    let steered = Steered::start().await;
    for number in 0..5 {
        post(&steered, "a", &number.to_string()).await;
        steered.clock.advance_secs(1);
    }
    let (mut seen, mut cursor) = (Vec::new(), None::<String>);
    for round in 0.. {
        let query = ListThreads { cursor: cursor.as_deref(), limit: 2, ..ListThreads::default() };
        let listing = list_threads(&steered.context, &Actor::Shell, &query).await.unwrap();
        seen.extend(listing.threads.into_iter().map(|thread| thread.page));
        steered.clock.advance_secs(1);
        post(&steered, "b", &format!("new-{round}")).await;
        cursor = listing.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, ["4", "3", "2", "1", "0"]);
    for cursor in ["", "x", "1", "x.y"] {
        let query = ListThreads { cursor: Some(cursor), limit: 2, ..ListThreads::default() };
        let refused = list_threads(&steered.context, &Actor::Shell, &query).await;
        assert!(matches!(refused, Err(ThreadError::CursorInvalid)), "{cursor}");
    }
}

#[tokio::test]
async fn only_moderators_of_the_site_steer_its_threads() {
    let steered = Steered::start().await;
    let change = announcing("Live");
    let steer = SteerThread { site: "s", page: "p", change: &change };
    for (roles, may) in [
        (&[("s", StaffRole::Owner)][..], true),
        (&[("s", StaffRole::Moderator)], true),
        (&[("*", StaffRole::Moderator)], true),
        (&[("*", StaffRole::Moderator), ("s", StaffRole::Observer)], false),
        (&[("s", StaffRole::Author)], false),
        (&[("s", StaffRole::Observer)], false),
        (&[("other", StaffRole::Owner)], false),
        (&[], false),
    ] {
        let principal = principal(roles);
        let authority = &Actor::Staff(&principal);
        match steer_thread(&steered.context, &SitePolicy::OPEN, authority, steer).await {
            Ok(thread) => assert!(may && thread.notice.as_deref() == Some("Live"), "{roles:?}"),
            Err(error) => assert!(!may && matches!(error, ThreadError::Refused(_)), "{roles:?}"),
        }
    }
}

#[tokio::test]
async fn change_that_breaks_a_rule_changes_nothing() {
    let steered = Steered::start().await;
    let own = SitePolicy { origins: Some(vec!["https://s.example".into()].into()), ..SitePolicy::OPEN };
    let named = |title: &str, url: &str| ThreadChange {
        title: Some(title.into()),
        url: Some(url.into()),
        ..ThreadChange::default()
    };
    let past = Some(Timestamp("2020-01-01T00:00:00Z".into()));
    for (change, kind, field) in [
        (named("T", "https://elsewhere.example/"), ProblemKind::UrlInvalid, "url"),
        (named("\u{200B}", "https://s.example/"), ProblemKind::ValueInvalid, "title"),
        (announcing(&"x".repeat(501)), ProblemKind::NoticeTooLong, "notice"),
        (
            ThreadChange { state_until: past, ..state(ThreadMode::Closed) },
            ProblemKind::ValueInvalid,
            "state_until",
        ),
        (state(ThreadMode::Slow), ProblemKind::ValueInvalid, "slow_secs"),
    ] {
        let steer = SteerThread { site: "s", page: "p", change: &change };
        let refused = steer_thread(&steered.context, &own, &Actor::Shell, steer).await;
        let Err(ThreadError::Invalid(invalid)) = refused else { panic!("{change:?} was taken") };
        assert_eq!((invalid.kind, invalid.field), (kind, field));
    }
    let shown = show_thread(&steered.context, &Actor::Shell, "s", "p").await.unwrap();
    assert_eq!((shown.state, shown.title, shown.notice), (ThreadMode::Open, None, None));
    let change = named("Наша", "https://s.example/p");
    let steer = SteerThread { site: "s", page: "p", change: &change };
    let thread = steer_thread(&steered.context, &own, &Actor::Shell, steer).await.unwrap();
    assert_eq!(thread.title.as_deref(), Some("Наша"));
}
