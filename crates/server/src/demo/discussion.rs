//! Writes the demo discussions into the database, once.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::Arc;

use dumka_api::{CommentEdit, NewAuthor, NewComment, Submitted};
use serde::Deserialize;

use crate::clock::Clock;
use crate::commands::{
    self, Actor, CastVote, CastVoteError, Context, OwnComment, OwnCommentError, Post, Posted, SitePolicy,
    SubmissionError,
};
use crate::domain::comment::{CommentId, UnixMillis};
use crate::domain::site_policy::Moderation;
use crate::domain::token::TokenHash;
use crate::domain::vote::Vote;
use crate::storage::{StoreError, SubmitError};

/// The hosts under which the demo is opened, each a site of its own.
const SITES: [&str; 2] = ["localhost", "127.0.0.1"];
/// Threads with a discussion; the English article has none yet.
const THREADS: [Thread; 2] = [
    Thread {
        page: "news/42",
        title: "Третий трамвай снова идёт к реке",
        comments: include_str!("../../../../demo/comments/ru.json"),
    },
    Thread {
        page: "news/43",
        title: "У старій нитковій фабриці відкрили бібліотеку",
        comments: include_str!("../../../../demo/comments/uk.json"),
    },
];

/// A discussion of the demo.
struct Thread {
    /// Its page's id.
    page: &'static str,
    /// Its article's title.
    title: &'static str,
    /// Its comments, as a JSON array of [`DemoComment`].
    comments: &'static str,
}

const POLICY: SitePolicy = SitePolicy { edit_window_secs: 3_600, ..SitePolicy::OPEN };

/// The policy for comments that wait, so that the newsroom has something to decide.
const HOLDING: SitePolicy = SitePolicy { moderation: Moderation::Before, ..POLICY };

/// A comment of the demo.
#[derive(Debug, Deserialize)]
struct DemoComment {
    /// Its name in the file.
    key: String,
    /// The key of its parent, which stands before it in the file.
    parent: Option<String>,
    name: String,
    text: String,
    /// Minutes since it was written.
    minutes: i64,
    /// The number of votes for it.
    #[serde(default)]
    up: u32,
    /// The number of votes against it.
    #[serde(default)]
    down: u32,
    /// Minutes from its writing to its edit, where it was edited.
    edited_after: Option<i64>,
    /// Minutes from its writing to its deletion, where it was deleted.
    deleted_after: Option<i64>,
    /// `true` where it waits for a moderator.
    #[serde(default)]
    held: bool,
}

/// A comment that was just stored, with a time of the demo.
struct SeededComment<'a> {
    comment: &'a DemoComment,
    id: CommentId,
    /// The token of its author.
    token: TokenHash,
    at: UnixMillis,
}

/// The failure to write the demo discussions.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The file of a thread cannot be read.
    #[error("the demo discussion of {page} cannot be read: {reason}")]
    File {
        /// The thread's page.
        page: &'static str,
        /// The reason.
        reason: serde_json::Error,
    },
    /// A comment was not accepted.
    #[error("the demo comment {key} of {page} was not accepted: {reason}")]
    Comment {
        /// The thread's page.
        page: &'static str,
        /// The comment's name in the file.
        key: String,
        /// The reason.
        reason: SubmissionError,
    },
    /// A comment was not voted on.
    #[error("the votes of a demo comment were not taken: {0}")]
    Vote(#[from] CastVoteError),
    /// A comment was not edited or deleted.
    #[error("a demo comment was not changed: {0}")]
    Own(#[from] OwnCommentError),
    /// A comment that was stored is not found.
    #[error("a demo comment was not found: {0}")]
    Store(#[from] StoreError),
}

/// Writes the demo discussions. Their idempotency keys make sure that each comment is stored once, however often this
/// runs.
pub async fn seed(context: &Context) -> Result<(), SeedError> {
    for thread in &THREADS {
        let comments: Vec<DemoComment> = serde_json::from_str(thread.comments)
            .map_err(|reason| SeedError::File { page: thread.page, reason })?;
        for site in SITES {
            seed_thread(context, site, thread, &comments).await?;
        }
    }
    Ok(())
}

async fn seed_thread(
    context: &Context,
    site: &str,
    thread: &Thread,
    comments: &[DemoComment],
) -> Result<(), SeedError> {
    let page = thread.page;
    let now = context.clock.now();
    let mut ids: HashMap<&str, String> = HashMap::new();
    let mut new = Vec::new();
    for comment in comments {
        let parent = comment.parent.as_deref().and_then(|key| ids.get(key).cloned());
        let at = later(now, -comment.minutes);
        let key = format!("demo-{site}-{page}-{}", comment.key);
        let to_new = comment.to_new(site, thread, parent);
        let policy = if comment.held { &HOLDING } else { &POLICY };
        let submitted = match submit(&at_time(context, at), policy, (&to_new, &key)).await {
            Ok(posted) => posted.into_submitted(),
            // An earlier version of the demo wrote this thread; it is left as it stands.
            Err(SubmissionError::Store(SubmitError::KeyReused)) => return Ok(()),
            Err(reason) => return Err(SeedError::Comment { page, key: comment.key.clone(), reason }),
        };
        new.extend(seeded(comment, &submitted, at));
        ids.insert(&comment.key, submitted.comment.id.into());
    }
    for comment in new {
        add_history(context, &comment).await?;
    }
    Ok(())
}

/// The comment, unless an earlier run stored it.
fn seeded<'a>(comment: &'a DemoComment, submitted: &Submitted, at: UnixMillis) -> Option<SeededComment<'a>> {
    let is_new = submitted.comment.created_at == at.into();
    let token = TokenHash::of(submitted.edit_token.as_deref().unwrap_or_default());
    let id = submitted.comment.id.parse().ok()?;
    is_new.then_some(SeededComment { comment, id, token, at })
}

/// Adds the votes on a comment, its edit and its deletion.
async fn add_history(context: &Context, seeded: &SeededComment<'_>) -> Result<(), SeedError> {
    let SeededComment { comment, id, token, at } = *seeded;
    for reader in 0..comment.up + comment.down {
        let vote = if reader < comment.up { Vote::Up } else { Vote::Down };
        let actor = guest(Some(TokenHash::of(&format!("demo-reader-{reader}"))));
        let cast = CastVote { comment: id, vote, votes_per_address: 0 };
        commands::vote(&at_time(context, later(at, 1)), &actor, cast).await?;
    }
    if let Some(minutes) = comment.edited_after {
        let edit = CommentEdit { text: comment.text.clone(), edited_at: None };
        let then = at_time(context, later(at, minutes));
        commands::edit(&then, &POLICY, &own(context, id, token).await?, &edit).await?;
    }
    if let Some(minutes) = comment.deleted_after {
        let then = at_time(context, later(at, minutes));
        commands::delete(&then, &POLICY, &own(context, id, token).await?).await?;
    }
    Ok(())
}

async fn own(context: &Context, id: CommentId, token: TokenHash) -> Result<OwnComment, SeedError> {
    let known = context.store.comment(id).await?.ok_or(OwnCommentError::NotFound)?;
    Ok(OwnComment::claim(context, &guest(Some(token)), known)?)
}

async fn submit(
    context: &Context,
    policy: &SitePolicy,
    (new, key): (&NewComment, &str),
) -> Result<Posted, SubmissionError> {
    commands::submit(context, policy, &guest(None), Post::new(new)?.with_key(key)).await
}

fn guest(token: Option<TokenHash>) -> Actor<'static> {
    Actor::Guest { token, address: Ipv4Addr::LOCALHOST.into() }
}

fn at_time(context: &Context, then: UnixMillis) -> Context {
    context.with_clock(Arc::new(StoppedClock(then)))
}

fn later(time: UnixMillis, minutes: i64) -> UnixMillis {
    UnixMillis(time.0 + minutes * 60_000)
}

impl DemoComment {
    fn to_new(&self, site: &str, thread: &Thread, parent: Option<String>) -> NewComment {
        NewComment {
            site: site.into(),
            page: thread.page.into(),
            parent: parent.map(Into::into),
            author: NewAuthor { name: self.name.clone(), email: None },
            text: self.text.clone(),
            title: Some(thread.title.into()),
            url: None,
        }
    }
}

/// A clock that stands at the time of a demo comment.
struct StoppedClock(UnixMillis);

impl Clock for StoppedClock {
    fn now(&self) -> UnixMillis {
        self.0
    }
}
