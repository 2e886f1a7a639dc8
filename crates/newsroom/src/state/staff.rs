//! Staff and sessions: for owners everybody's, for each person the own ones.

use dumka_api::newsroom::{Session, StaffLink, StaffMember};

use super::State;
use super::action::StaffAction;
use super::call::{Answer, Call};
use super::effect::{Effect, Focus, call};
use super::failure::Failure;
use super::outcome::Outcome;
use super::place::Place;

/// The staff as far as it is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Staff {
    /// Everybody, once they are there.
    pub members: Option<Vec<StaffMember>>,
    /// The sessions of the person who is signed in.
    pub sessions: Option<Vec<Session>>,
    /// A link that is shown once.
    pub link: Option<Box<StaffLink>>,
    /// The person whom to shut out is offered.
    pub revoking: Option<String>,
    /// The reason why something did not work.
    pub failure: Option<Failure>,
}

impl State {
    pub(super) fn apply_staff(&mut self, action: StaffAction) -> Vec<Effect> {
        self.staff.failure = None;
        match action {
            StaffAction::Invite(person) => vec![call(Call::Invite(person))],
            StaffAction::NewLink(id) => vec![call(Call::NewLink(id))],
            StaffAction::ChangeRole(id, change) => vec![call(Call::ChangeRole(id, change))],
            StaffAction::OfferRevoke(id) => {
                self.staff.revoking = id;
                Vec::new()
            }
            StaffAction::Revoke(id) => {
                self.staff.revoking = None;
                vec![call(Call::Revoke(id))]
            }
            StaffAction::EndSession(id) => vec![call(Call::EndSession(id))],
            StaffAction::CopyLink => {
                self.staff.link.iter().map(|link| Effect::Copy(link.link.clone())).collect()
            }
            StaffAction::Copied => {
                self.say(Outcome::Copied);
                Vec::new()
            }
            StaffAction::HideLink => {
                self.staff.link = None;
                vec![Effect::Focus(Focus::Heading)]
            }
        }
    }

    /// Takes an answer about staff or sessions.
    pub(super) fn staff_answered(&mut self, answer: Result<Answer, Failure>) -> Vec<Effect> {
        match answer {
            Ok(Answer::Staff(list)) => self.staff.members = Some(list.staff),
            Ok(Answer::Sessions(sessions)) => self.staff.sessions = Some(sessions),
            Ok(Answer::Link(link)) => {
                self.staff.link = Some(link);
                return vec![call(Call::Staff), Effect::Focus(Focus::Element("staff-link"))];
            }
            Ok(_) => {
                self.say(Outcome::Saved);
                let what = if self.place == Place::Me { Call::Sessions } else { Call::Staff };
                return vec![call(what)];
            }
            Err(failure) => self.staff.failure = Some(failure),
        }
        Vec::new()
    }
}
