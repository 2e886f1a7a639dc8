//! Posts comments one after another, each until it is acknowledged, as the widget does.

use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::StatusCode;
use tokio::time::sleep;

use crate::endpoint::{Endpoint, Failure};
use crate::tally::{Draft, Gate, Tally};

/// The pause before a post is tried again.
const RETRY_PAUSE: Duration = Duration::from_millis(250);
/// The pause before the next one.
const PAUSE: Duration = Duration::from_millis(100);

/// Posts as long as the gate is open.
pub(crate) async fn post(balancer: Endpoint, tally: Arc<Tally>, gate: Gate) {
    loop {
        let open = gate.read().await;
        let draft = tally.draft();
        if let Some(id) = until_acknowledged(&balancer, &tally, &draft).await
            && draft.number.is_multiple_of(4)
        {
            must_be_seen(&balancer, &tally, &id).await;
        }
        drop(open);
        sleep(PAUSE).await;
    }
}

/// Posts until the comment is acknowledged, and returns its id; none where it is refused for good.
async fn until_acknowledged(balancer: &Endpoint, tally: &Tally, draft: &Draft) -> Option<String> {
    let begun = Instant::now();
    loop {
        match attempt(balancer, tally, draft).await {
            Ok(id) => {
                tally.acknowledge(draft, id.clone(), begun);
                return Some(id);
            }
            Err(Failure::Passing) => sleep(RETRY_PAUSE).await,
            Err(Failure::Final(what)) => {
                tally.unexpected(what);
                return None;
            }
        }
    }
}

/// Posts once, or, as after a double click, twice at the same time.
async fn attempt(balancer: &Endpoint, tally: &Tally, draft: &Draft) -> Result<String, Failure> {
    if !draft.number.is_multiple_of(5) {
        return balancer.post(draft).await;
    }
    match tokio::join!(balancer.post(draft), balancer.post(draft)) {
        (Ok(first), Ok(second)) => {
            if first != second {
                tally.unexpected(format!("number {} has two ids, {first} and {second}", draft.number));
            }
            Ok(first)
        }
        (Err(Failure::Final(what)), _) | (_, Err(Failure::Final(what))) => Err(Failure::Final(what)),
        (Ok(id), _) | (_, Ok(id)) => Ok(id),
        (Err(failure), _) => Err(failure),
    }
}

/// Asks for a comment through whichever server comes next: each sees what another one has acknowledged.
async fn must_be_seen(balancer: &Endpoint, tally: &Tally, id: &str) {
    if balancer.status_of(id).await == Some(StatusCode::NOT_FOUND) {
        tally.unexpected(format!("{id} was acknowledged, and then not found"));
    }
}
