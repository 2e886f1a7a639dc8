//! Tells a load balancer whether it shall send requests here.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The readiness of a server, which its clones share.
#[derive(Debug, Clone, Default)]
pub struct Readiness {
    is_draining: Arc<AtomicBool>,
}

impl Readiness {
    /// Asks the balancer from now on to send requests elsewhere.
    pub fn drain(&self) {
        self.is_draining.store(true, Ordering::Relaxed);
    }

    /// True where the server is about to stop.
    pub fn is_draining(&self) -> bool {
        self.is_draining.load(Ordering::Relaxed)
    }
}
