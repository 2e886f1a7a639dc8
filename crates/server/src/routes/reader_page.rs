//! A thread's page for one reader: what it shows beyond what it shows to all.

use std::sync::Arc;

use super::form_reader::FormReader;
use super::reading::{framed, listing, make, scene};
use crate::app::App;
use crate::cache::{CacheKey, CachedResponse, Encoded};
use crate::commands::{self, SitePolicy};
use crate::domain::comment::{CommentId, UnixMillis};
use crate::domain::thread::ThreadKey;
use crate::problem::Failure;
use crate::render::{Announcement, FormResponse, Lang, Mode, OwnedComment, Session, ThreadView};
use crate::storage::{ListQuery, Page};

/// What a page of a thread shows to one reader beyond what it shows to all.
pub(super) struct ForOne<'r> {
    /// Who acts on it.
    pub(super) audience: Mode,
    /// The reader, where they have acted before.
    pub(super) reader: Option<&'r FormReader>,
    /// What has just been done.
    pub(super) outcome: Option<Announcement>,
    /// What the page is the answer to.
    pub(super) answer: Option<FormResponse>,
}

/// The thread's page for one reader.
pub(super) async fn page_for_one(
    app: &App,
    policy: &SitePolicy,
    (query, lang): (&ListQuery, Lang),
    ForOne { audience, reader, outcome, answer }: ForOne<'_>,
) -> Result<String, Failure> {
    let drawn = async {
        let page = app.context.store.list(query).await?;
        let own = match reader {
            Some(reader) => {
                let shown: Vec<_> = page.comments.iter().map(|comment| comment.id).collect();
                Some(own(app, policy, (&query.thread, &shown), reader).await?)
            }
            None => None,
        };
        Ok::<_, Failure>((page, own))
    };
    let (page, own) = match drawn.await {
        // Whatever befell the store, the reader's words come back.
        Err(_) if answer.is_some() => (Page::default(), None),
        drawn => drawn?,
    };
    let listing = listing(app, policy, &query.thread, page);
    let view = scene(app, query, lang, listing);
    let (announcement, form_response, mode, session) = (outcome, answer, audience, own);
    Ok(framed(app, ThreadView { announcement, form_response, mode, session, ..view }).await)
}

/// The thread's page that everybody gets, for a reader who has nothing of their own on it; nothing where they have.
pub(super) async fn page_for_all(
    app: &App,
    policy: &SitePolicy,
    asked: &CacheKey,
    reader: &FormReader,
) -> Result<Option<Arc<Encoded>>, Failure> {
    let make = |page| make(app, policy, asked, page);
    let CachedResponse { encoded, shown } =
        app.response_cache.get_or_render(&app.context, asked, make).await?;
    let (session, _) = own(app, policy, (&asked.query.thread, &shown), reader).await?;
    Ok(session.is_empty().then_some(encoded))
}

/// What is the reader's own on a page that shows these comments, as of now.
async fn own(
    app: &App,
    policy: &SitePolicy,
    (thread, shown): (&ThreadKey, &[CommentId]),
    reader: &FormReader,
) -> Result<(Session, UnixMillis), Failure> {
    let (context, now) = (&app.context, app.context.clock.now());
    let votes = context.store.votes_of(reader.hash(), shown).await?;
    let recent = context.store.authors_since(thread, policy.edit_cutoff(now)).await?;
    let is_own = |id, author| commands::form_edit_token(context, id, reader.token()) == author;
    let own = recent.into_iter().filter(|(id, _, author)| is_own(*id, *author));
    let own = own.map(|(id, created_at, _)| OwnedComment { id, edit_until: policy.edit_until(created_at) });
    Ok((Session { own: own.collect(), votes }, now))
}
