//! Reads the threads in turn, and notes for how long that is refused.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::time::sleep;

use crate::endpoint::Endpoint;
use crate::tally::{THREADS, Tally};

/// The pause between two reads.
const PAUSE: Duration = Duration::from_millis(100);

/// Reads for ever.
pub(crate) async fn read(balancer: Endpoint, tally: Arc<Tally>) {
    let mut refused_since = None;
    for thread in (0..THREADS.len()).cycle() {
        let begun = Instant::now();
        if balancer.reads(thread).await {
            tally.read(begun, refused_since.take());
        } else {
            refused_since.get_or_insert(begun);
        }
        sleep(PAUSE).await;
    }
}
