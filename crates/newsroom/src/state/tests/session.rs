//! Tests of signing in, and of a session that ends.

use dumka_api::newsroom::InviteSeen;

use super::*;
use crate::state::{AccessAction, ReplyAction};

#[test]
fn whoever_is_not_signed_in_sees_the_sign_in_and_nothing_is_asked_for() {
    let mut state = State::default();
    let effects = answer(&mut state, Call::Me, Err(problem(ProblemKind::SignInRequired)));
    assert_eq!((state.access, effects), (Access::SignedOut, Vec::new()));
}

#[test]
fn answer_that_is_typed_outlives_the_session_and_is_sent_after_the_sign_in() {
    let mut state = at_the_queue(&["a"], 1);
    // Readers see it, so that it can be answered.
    state.list.cards[0].comment.status = Status::Published;
    state.apply(Action::Reply(ReplyAction::Open(None)));
    state.apply(Action::Reply(ReplyAction::Typed("Thank you".into())));
    let call = sent(&state.apply(Action::Reply(ReplyAction::Send)));
    answer(&mut state, call.clone(), Err(problem(ProblemKind::SignInRequired)));
    assert!(matches!(state.access, Access::Expired(_)));
    assert_eq!(state.reply.as_ref().map(|reply| reply.text.as_str()), Some("Thank you"));
    let effects = answer(&mut state, Call::Me, Ok(Answer::Me(me("me", StaffRole::Moderator))));
    assert_eq!(sent(&effects), call);
    assert_eq!(shown(&state), ["a"]);
}

#[test]
fn another_person_who_signs_in_finds_nothing_of_the_one_before() {
    let mut state = at_the_queue(&["a"], 1);
    let call = sent(&act(&mut state, Act::Approve));
    answer(&mut state, call.clone(), Err(problem(ProblemKind::SignInRequired)));
    let effects = answer(&mut state, Call::Me, Ok(Answer::Me(me("another", StaffRole::Moderator))));
    assert!(!effects.contains(&Effect::Call(Box::new(call))), "{effects:?}");
    assert!(state.list.cards.is_empty() && state.parked.is_empty());
}

#[test]
fn invitation_says_whom_it_is_for_and_leads_to_a_passkey() {
    let mut state = State::default();
    let call = sent(&state.apply(Action::Access(AccessAction::Start(Some("secret".into())))));
    answer(&mut state, call, Ok(Answer::Invite(InviteSeen { name: "Petro".into(), passkeys: true })));
    let call = sent(&state.apply(Action::Access(AccessAction::MakePasskey)));
    let challenge = dumka_api::newsroom::PasskeyChallenge { ceremony: "c1".into(), options: "{}".into() };
    let effects = answer(&mut state, call, Ok(Answer::Challenge(challenge)));
    assert_eq!(effects, [Effect::CreatePasskey("{}".into())]);
    let ready = AccessAction::PasskeyReady(Ok("{\"id\":1}".into()));
    let Call::EndPasskey(made) = sent(&state.apply(Action::Access(ready))) else {
        panic!("it ends the ceremony")
    };
    assert_eq!((made.ceremony.as_str(), made.link.as_deref()), ("c1", Some("secret")));
}

#[test]
fn line_that_is_back_is_noticed_without_anything_being_done() {
    let mut state = at_the_queue(&["a"], 1);
    let call = sent(&act(&mut state, Act::Approve));
    let effects = answer(&mut state, call, Err(Failure::Offline));
    assert!(
        effects.iter().any(|it| matches!(it, Effect::Later(_, again) if **again == Action::Retry)),
        "{effects:?}"
    );
    let probe = sent(&state.apply(Action::Retry));
    let hello = dumka_api::newsroom::LiveHello { sites: Vec::new(), server_time: Timestamp(String::new()) };
    answer(&mut state, probe, Ok(Answer::Counters(hello)));
    assert!(!state.is_offline);
}
