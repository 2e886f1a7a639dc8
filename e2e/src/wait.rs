//! Waiting for conditions; no story waits for a duration.

use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};

/// Long for a busy machine; a story that works never gets near it.
const DEADLINE: Duration = Duration::from_mins(1);

/// Between two looks at what is waited for.
const PAUSE: Duration = Duration::from_millis(30);

/// Looks again and again until `look` answers with a value; its failures count as not yet.
pub async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    let started = Instant::now();
    loop {
        let seen = match look().await {
            Ok(Some(value)) => return Ok(value),
            Ok(None) => anyhow!("not yet"),
            Err(failure) => failure,
        };
        if started.elapsed() > DEADLINE {
            return Err(seen.context(format!("waited {} s until {what}", DEADLINE.as_secs())));
        }
        tokio::time::sleep(PAUSE).await;
    }
}
