//! The sessions and keys by which requests of the newsroom are known, and the one place where roles are enforced.

mod caller;
mod device;
mod own_origin;
mod session_cookie;
mod state;

pub use caller::{Caller, CurrentSession};
pub(crate) use device::device;
pub(crate) use own_origin::{OwnAddress, SameOrigin};
pub(crate) use session_cookie::SessionCookie;
pub use state::AuthState;
