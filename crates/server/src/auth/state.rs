//! The parts of a server that routes of the newsroom need to know who asks.

use std::sync::Arc;

use crate::commands::Context;
use crate::credentials::Passwords;
use crate::http::request_body::BodyLimits;
use crate::public_url::PublicUrl;
use crate::rate_limit::RateLimits;
use crate::sites::Sites;

/// The state of the routes that sign in and manage staff.
#[derive(Clone)]
pub struct AuthState {
    /// The context of commands.
    pub context: Context,
    /// The sites served.
    pub sites: Arc<Sites>,
    /// The bounds of request bodies.
    pub bodies: BodyLimits,
    /// The address at which browsers reach this server, where it is configured.
    pub public_url: Option<Arc<PublicUrl>>,
    /// The hashing of passwords.
    pub passwords: Passwords,
    /// The limits of attempts to sign in.
    pub rates: Arc<RateLimits>,
}
