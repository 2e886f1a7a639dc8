//! The article without a widget.

use anyhow::Result;

use crate::contestant::Contestant;
use crate::newspaper;

/// Serves it.
pub(crate) async fn start() -> Result<Contestant> {
    Ok(Contestant {
        name: "article alone",
        site: newspaper::open(|_| String::new()).await?,
        comment: "no-comment",
        ready: "footer",
        shown: |_| 0,
        most: usize::MAX,
        all: None,
        composer: None,
        service: None,
        _alive: Box::new(()),
    })
}
