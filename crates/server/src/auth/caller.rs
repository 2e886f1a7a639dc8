//! Finds out who sends a request of the newsroom, and refuses what their role does not allow.

use std::time::Duration;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use dumka_api::ProblemKind;
use tokio::time::timeout;

use super::{AuthState, OwnAddress, SameOrigin, SessionCookie};
use crate::commands::{Actor, Context};
use crate::domain::comment::UnixMillis;
use crate::domain::staff::{Principal, PrincipalKind, Right};
use crate::domain::staff_session::{LiveSessions, SESSION_MAX_SECS, is_note_due};
use crate::domain::token::TokenHash;
use crate::http::bearer;
use crate::http::problem::ApiError;
use crate::storage::{KeyRecord, SessionRecord, StoreError};

/// The time for which a request waits until its time is noted.
const NOTE_PATIENCE: Duration = Duration::from_secs(1);

/// The member of staff or the program that sends a request, with its roles as they are at this moment. As an extractor it
/// answers 401 where there is nobody, and 403 where a page of another origin would change something.
#[derive(Debug, Clone)]
pub struct Caller(pub Principal, pub Option<CurrentSession>);

/// The session of a request; a key has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrentSession {
    /// Its id.
    pub id: String,
    /// The time at which it ends in any case.
    pub until: UnixMillis,
}

impl Caller {
    /// Returns the actor for commands.
    pub fn actor(&self) -> Actor<'_> {
        Actor::Staff(&self.0)
    }

    /// Fails where the caller has no such right on a site: 403 with too small a role there, 404 without any.
    pub fn require(&self, right: Right, site: &str) -> Result<(), ApiError> {
        Ok(self.actor().require(right, site)?)
    }

    /// Fails with 403 where the caller has such a right on no site.
    pub fn require_somewhere(&self, right: Right) -> Result<(), ApiError> {
        Ok(self.actor().require_somewhere(right)?)
    }

    /// Finds the caller of a session that has just begun.
    pub(crate) async fn signed_in(context: &Context, token: &str) -> Result<Self, ApiError> {
        let alive = LiveSessions::at(context.clock.now());
        let found = context.store.session(TokenHash::of(token), alive).await?;
        let found = found.ok_or_else(sign_in_required)?;
        Ok(Self(found.principal, Some(CurrentSession::of(&found.session))))
    }

    /// Finds the caller of a request by its headers: a key, or the cookie of a session.
    pub(crate) async fn of(state: &AuthState, headers: &HeaderMap) -> Result<Self, ApiError> {
        if headers.contains_key(AUTHORIZATION) {
            return Self::by_key(&state.context, headers).await;
        }
        Self::by_cookie(state, headers).await
    }

    async fn by_key(context: &Context, headers: &HeaderMap) -> Result<Self, ApiError> {
        let token = bearer::token(headers).ok().flatten().ok_or_else(sign_in_required)?;
        let key = context.store.key(token).await?.ok_or_else(sign_in_required)?;
        let now = context.clock.now();
        if key.used_at.is_none_or(|used_at| is_note_due(used_at, now)) {
            note(context.store.note_key(&key.id, now)).await;
        }
        Ok(Self(principal_of(key), None))
    }

    async fn by_cookie(state: &AuthState, headers: &HeaderMap) -> Result<Self, ApiError> {
        let own = OwnAddress::of(state.public_url.as_deref(), headers);
        let token = own.and_then(|own| SessionCookie::token(headers, own.transport()));
        let (token, now) = (token.ok_or_else(sign_in_required)?, state.context.clock.now());
        let store = &state.context.store;
        let found = store.session(TokenHash::of(&token), LiveSessions::at(now)).await?;
        let found = found.ok_or_else(sign_in_required)?;
        if is_note_due(found.session.seen_at, now) {
            note(store.note_session(&found.session.id, now)).await;
        }
        Ok(Self(found.principal, Some(CurrentSession::of(&found.session))))
    }
}

impl CurrentSession {
    fn of(session: &SessionRecord) -> Self {
        Self { id: session.id.clone(), until: session.created_at.plus_secs(SESSION_MAX_SECS) }
    }
}

fn principal_of(key: KeyRecord) -> Principal {
    Principal { kind: PrincipalKind::Key, id: key.id, name: key.name, roles: vec![key.role] }
}

/// Notes the time of a request. Reading goes on where nothing can be written, and waits no longer for it than people do
/// without noticing.
async fn note(noting: impl Future<Output = Result<(), StoreError>>) {
    match timeout(NOTE_PATIENCE, noting).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "the time of a request was not noted"),
        Err(_) => tracing::warn!("the time of a request is noted late, or not at all"),
    }
}

fn sign_in_required() -> ApiError {
    let detail = "This needs a session, or the header Authorization: Bearer with a key.";
    ApiError::new(ProblemKind::SignInRequired, detail)
}

impl<S> FromRequestParts<S> for Caller
where
    S: Sync,
    AuthState: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let (state, headers) = (AuthState::from_ref(state), &parts.headers);
        let caller = Self::of(&state, headers).await?;
        // No page can make a browser send a key, so nothing has to be known of the page.
        if headers.contains_key(AUTHORIZATION) {
            return Ok(caller);
        }
        if !matches!(parts.method, Method::GET | Method::HEAD) {
            SameOrigin::require(state.public_url.as_deref(), headers)?;
        }
        Ok(caller)
    }
}
