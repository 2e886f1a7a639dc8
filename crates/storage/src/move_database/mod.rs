//! Moves everything that one database holds into another one, of whichever engine.
//!
//! Rows are copied in the order of their primary keys, in transactions of some rows each. The position that is reached
//! stands in the target's `meta`, written with the rows, so that a move that was interrupted goes on from there. At the
//! end both sides are read once more, and their checksums are compared.

mod checksum;
mod copy;
mod error;
mod insert;
mod mark;
mod page;
mod progress;
mod row;
mod schema;
mod side;

pub use checksum::{Checksum, MovedTable};
pub use error::MoveError;
pub use progress::{Progress, Stage};

use std::ops::ControlFlow;

use crate::DatabaseUrl;
use mark::Mark;
use progress::Report;
use side::Side;

/// Moves the database `from` into `to`, which is created where it is a file that is missing, and returns the tables with
/// the checksums of both sides. Where they differ, somebody wrote to one of them meanwhile.
///
/// `progress` is told of every step after it is committed. Where it breaks off, the move fails with
/// [`MoveError::Stopped`]. Whatever ended a move, the same call goes on where it was; nothing is stored twice. A target
/// that holds something else is refused and left as it is.
///
/// Both databases are upgraded first, as by [`open`](crate::open), which refuses the target until the move is finished. No
/// server may use them meanwhile. The source keeps all that it has. A million comments take minutes; the memory does not
/// grow with their number.
pub async fn move_database(
    from: DatabaseUrl,
    to: DatabaseUrl,
    mut progress: impl FnMut(&Progress<'_>) -> ControlFlow<()>,
) -> Result<Vec<MovedTable>, MoveError> {
    if from.url == to.url {
        return Err(MoveError::Same);
    }
    let mut from = Side::source(&from).await?;
    let mut to = Side::target(&to).await?;
    let moved = run(&mut from, &mut to, &mut progress).await;
    from.close().await;
    to.close().await;
    moved
}

async fn run(from: &mut Side, to: &mut Side, report: Report<'_>) -> Result<Vec<MovedTable>, MoveError> {
    let tables = schema::of_both(from, to).await?;
    let mark = Mark::begin(from, to, &tables).await?;
    copy::copy(from, to, &tables, (mark, report)).await?;
    let moved = checksum::compare(from, to, &tables, report).await?;
    if moved.iter().all(MovedTable::is_equal) {
        mark::remove(to).await?;
    }
    Ok(moved)
}
