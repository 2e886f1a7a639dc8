//! `dumka comments approve`, `reject`, `delete`, `feature`, `pin` and their opposites.

use std::io::Write;

use anyhow::ensure;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use dumka_api::newsroom::{Act, DecisionReason};

use crate::commands::{self, Actor, ChosenComments, DecidedComment, NewDecision, NotDecided};
use crate::config::Flags;
use crate::domain::comment::{CommentId, UnixMillis};
use crate::domain::decision::{check_note, check_words};
use crate::storage::{DecisionRecord, DecisionRefusal, DecisionWords, LogQuery, SeenComment, Store};

/// The comments to decide on, and the words that go with it.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Chosen {
    /// Ids of comments
    #[arg(required = true, value_name = "ID")]
    ids: Vec<CommentId>,
    /// The reason, which is told to the author
    #[arg(long, value_parser = PossibleValuesParser::new(DecisionReason::ALL.map(DecisionReason::as_str)).map(|word| reason(&word)))]
    reason: Option<DecisionReason>,
    /// A note for moderators
    #[arg(long)]
    note: Option<String>,
    /// Words to the author
    #[arg(long)]
    words: Option<String>,
    /// Take the last such decision on each comment back
    #[arg(long, conflicts_with_all = ["reason", "note", "words"])]
    undo: bool,
    #[command(flatten)]
    pub(super) flags: Flags,
}

fn reason(word: &str) -> DecisionReason {
    DecisionReason::from_word(word).expect("clap lets only words of reasons through")
}

/// Decides on the comments or takes decisions back, and tells `out`; fails when something was not done.
pub(super) async fn run(
    (chosen, act): (&Chosen, Act),
    (store, now): (&dyn Store, UnixMillis),
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let results = if chosen.undo {
        undo(chosen, act, (store, now)).await?
    } else {
        let words = DecisionWords {
            reason: chosen.reason,
            note: check_note(chosen.note.as_deref())?,
            words: check_words(chosen.words.as_deref())?,
        };
        let seen = chosen.ids.iter().map(|&id| SeenComment { id, text_revision: None });
        let new = NewDecision { comments: ChosenComments::Named(seen.collect()), act, words };
        commands::decide(store, &Actor::Shell, new, now).await?
    };
    tell(&results, out)
}

/// Takes back the last such decision on each comment.
async fn undo(
    chosen: &Chosen,
    act: Act,
    (store, now): (&dyn Store, UnixMillis),
) -> anyhow::Result<Vec<DecidedComment>> {
    let mut results = Vec::new();
    for &id in &chosen.ids {
        let query = LogQuery { comment: Some(id), act: Some(act), limit: 1, ..LogQuery::default() };
        results.push(match store.log(&query).await?.pop() {
            Some(decision) => commands::undo(store, &Actor::Shell, decision.id, now).await?,
            None => DecidedComment { id, outcome: Err(DecisionRefusal::NotThere.into()), now: None },
        });
    }
    Ok(results)
}

/// Tells what became of each comment; fails when something was not done.
pub(super) fn tell(results: &[DecidedComment], out: &mut impl Write) -> anyhow::Result<()> {
    let mut missing = 0;
    for DecidedComment { id, outcome, .. } in results {
        match outcome {
            Ok(decision) => writeln!(out, "{id} is {}", state(decision))?,
            Err(reason) => {
                writeln!(out, "{id} {}", why_not(*reason))?;
                missing += 1;
            }
        }
    }
    ensure!(missing == 0, "{missing} of {} comments were not decided on", results.len());
    Ok(())
}

fn state(decision: &DecisionRecord) -> &'static str {
    match decision.act {
        Act::Feature => "featured",
        Act::Unfeature => "not featured",
        Act::Pin => "pinned",
        Act::Unpin => "not pinned",
        _ => decision.to.as_str(),
    }
}

fn why_not(reason: NotDecided) -> &'static str {
    match reason {
        NotDecided::NotAllowed => "is not yours to decide on",
        NotDecided::Refused(DecisionRefusal::NotThere) => "is not there",
        NotDecided::Refused(DecisionRefusal::Outdated) => "has another text by now",
        NotDecided::Refused(DecisionRefusal::NotFitting) => {
            "is not published, or a reply, which is not pinned"
        }
        NotDecided::Refused(DecisionRefusal::Superseded) => {
            "was decided on again, or the decision was taken back"
        }
    }
}
