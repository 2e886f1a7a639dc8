//! The person who is signed in, and the ways there: an invitation, a passkey, a password.

use dumka_api::ProblemKind;
use dumka_api::newsroom::{
    Credentials, InviteSeen, Me, NewPassword, PasskeyAnswer, PasskeyChallenge, SignInLink, StaffRole,
};

use super::State;
use super::action::AccessAction;
use super::answered::retry_later;
use super::call::{Answer, Call};
use super::effect::{Effect, Focus, call};
use super::failure::Failure;

/// The standing of whoever sits before the screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Access {
    /// The server is asked.
    #[default]
    Asking,
    /// Nobody is signed in.
    SignedOut,
    /// An invitation is open.
    Invited(Invitation),
    /// Somebody is signed in.
    SignedIn(Box<Me>),
    /// Somebody was; what is on the screen stays until the same person goes on.
    Expired(Box<Me>),
}

/// An invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The secret of the link.
    pub link: String,
    /// The person, once the server has said.
    pub seen: Option<InviteSeen>,
}

/// The state of the forms of signing in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SignInForm {
    /// True while an answer is awaited.
    pub is_busy: bool,
    /// The reason why it did not work.
    pub failure: Option<Failure>,
    /// The ceremony that the browser is busy with.
    ceremony: Option<String>,
}

impl Access {
    /// The person, also where the session has expired.
    pub fn me(&self) -> Option<&Me> {
        match self {
            Self::SignedIn(me) | Self::Expired(me) => Some(me),
            _ => None,
        }
    }

    /// The role on a site.
    pub fn role_on(&self, site: &str) -> Option<StaffRole> {
        let sites = &self.me()?.sites;
        sites.iter().find(|given| given.site == site).map(|given| given.role)
    }

    /// Tells whether the person decides on a site's comments.
    pub fn decides_on(&self, site: &str) -> bool {
        matches!(self.role_on(site), Some(StaffRole::Owner | StaffRole::Moderator))
    }

    /// Tells whether the person answers a site's comments.
    pub fn replies_on(&self, site: &str) -> bool {
        !matches!(self.role_on(site), None | Some(StaffRole::Observer))
    }

    /// Tells whether the person manages the staff of a site.
    pub fn is_owner(&self) -> bool {
        self.me().is_some_and(|me| me.roles.iter().any(|given| given.role == StaffRole::Owner))
    }
}

impl State {
    pub(super) fn apply_access(&mut self, action: AccessAction) -> Vec<Effect> {
        let link = match &self.access {
            Access::Invited(invitation) => Some(invitation.link.clone()),
            _ => None,
        };
        self.sign_in.failure = None;
        match action {
            AccessAction::Start(None) => vec![call(Call::Me)],
            AccessAction::Start(Some(link)) => {
                self.access = Access::Invited(Invitation { link: link.clone(), seen: None });
                self.busy(Call::OpenInvite(SignInLink { link }))
            }
            AccessAction::SignIn(name, password) => self.busy(Call::SignIn(Credentials { name, password })),
            AccessAction::UsePasskey => self.busy(Call::BeginPasskeySignIn),
            AccessAction::MakePasskey => {
                link.map(|link| self.busy(Call::BeginPasskey(SignInLink { link }))).unwrap_or_default()
            }
            AccessAction::MakePassword(password) => link
                .map(|link| self.busy(Call::MakePassword(NewPassword { link, password })))
                .unwrap_or_default(),
            AccessAction::PasskeyReady(made) => self.end_ceremony(made, link),
            AccessAction::SignOut => vec![call(Call::SignOut)],
            AccessAction::LeaveInvite => {
                self.access = Access::Asking;
                vec![call(Call::Me)]
            }
        }
    }

    fn busy(&mut self, what: Call) -> Vec<Effect> {
        self.sign_in.is_busy = true;
        vec![call(what)]
    }

    fn end_ceremony(&mut self, made: Result<String, Failure>, link: Option<String>) -> Vec<Effect> {
        match (made, self.sign_in.ceremony.take()) {
            (Ok(credential), Some(ceremony)) => {
                let is_new = link.is_some();
                let answer = PasskeyAnswer { ceremony, credential, link };
                vec![call(if is_new { Call::EndPasskey(answer) } else { Call::EndPasskeySignIn(answer) })]
            }
            (Err(failure), _) => self.sign_in_failed(failure),
            (Ok(_), None) => Vec::new(),
        }
    }

    fn sign_in_failed(&mut self, failure: Failure) -> Vec<Effect> {
        self.sign_in.is_busy = false;
        self.sign_in.failure = Some(failure);
        vec![Effect::Focus(Focus::Element("sign-in-failure"))]
    }

    /// Takes the answer to a call of signing in.
    pub(super) fn access_answered(&mut self, what: &Call, answer: Result<Answer, Failure>) -> Vec<Effect> {
        match (what, answer) {
            (Call::Me, Ok(Answer::Me(me))) => self.signed_in(me),
            (Call::Me, Err(failure)) if failure.asks_to_sign_in() => {
                self.access = Access::SignedOut;
                Vec::new()
            }
            (Call::Me, Err(failure)) => retry_later(&failure),
            (Call::SignOut, Ok(_)) => {
                *self = Self { access: Access::SignedOut, ..Self::default() };
                vec![Effect::Unfollow, Effect::Navigate(super::Place::Home)]
            }
            (_, Ok(Answer::Invite(seen))) => {
                self.sign_in.is_busy = false;
                if let Access::Invited(invitation) = &mut self.access {
                    invitation.seen = Some(seen);
                }
                Vec::new()
            }
            (_, Ok(Answer::Challenge(challenge))) => self.challenged(what, challenge),
            (_, Ok(_)) => vec![call(Call::Me)],
            (_, Err(failure)) => self.sign_in_failed(failure),
        }
    }

    fn challenged(&mut self, what: &Call, challenge: PasskeyChallenge) -> Vec<Effect> {
        self.sign_in.ceremony = Some(challenge.ceremony);
        match what {
            Call::BeginPasskey(_) => vec![Effect::CreatePasskey(challenge.options)],
            _ => vec![Effect::UsePasskey(challenge.options)],
        }
    }

    /// Goes on where the same person was, with the calls that waited for it; another person begins anew.
    fn signed_in(&mut self, me: Me) -> Vec<Effect> {
        self.sign_in = SignInForm::default();
        let is_back = matches!(&self.access, Access::Expired(before) if before.id == me.id);
        if !is_back {
            *self = Self { place: self.place.clone(), tickets: self.tickets, ..Self::default() };
        }
        self.skew_from = Some(me.server_time.clone());
        self.access = Access::SignedIn(Box::new(me));
        let mut effects = vec![Effect::Follow];
        if is_back {
            effects.extend(std::mem::take(&mut self.parked).into_iter().map(call));
            effects.extend(self.focus_back());
        } else {
            effects.extend(self.load());
        }
        effects
    }

    /// Moves the focus to what was written when the session ended, or to the current card.
    fn focus_back(&self) -> Vec<Effect> {
        match (&self.reply, &self.choice) {
            (Some(_), _) => vec![Effect::Focus(Focus::Element("reply-text"))],
            (None, Some(_)) => vec![Effect::Focus(Focus::Element("reject-without-reason"))],
            (None, None) => self.focus_current(),
        }
    }

    /// Keeps the screen as it is and asks to sign in; the call is sent again then.
    pub(super) fn expire(&mut self, what: Call) -> Vec<Effect> {
        self.access = match std::mem::take(&mut self.access) {
            Access::SignedIn(me) => Access::Expired(me),
            other => other,
        };
        if !self.parked.contains(&what) {
            self.parked.push(what);
        }
        vec![Effect::Unfollow, Effect::Focus(Focus::Element("password"))]
    }

    /// Tells whether the link can no longer be used.
    pub fn link_is_spent(&self) -> bool {
        self.sign_in.failure.as_ref().is_some_and(|failure| failure.is(ProblemKind::LinkSpent))
    }
}
