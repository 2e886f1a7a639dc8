//! A thread's page for one reader: what it shows beyond what it shows to all.

use std::sync::Arc;

use super::form_reader::FormReader;
use super::reading::{framed, listing, make, scene};
use crate::app::App;
use crate::commands::{self, SitePolicy};
use crate::domain::comment::{CommentId, UnixMillis};
use crate::domain::thread::ThreadKey;
use crate::domain::vote::Vote as Judgement;
use crate::problem::Failure;
use crate::ready::{Asked, Encoded, Ready};
use crate::render::{Answer, Audience, Lang, Outcome, Own, Scene, Session, Vote};
use crate::storage::{ListQuery, Page};

/// What a page of a thread shows to one reader beyond what it shows to all.
pub(super) struct ForOne<'r> {
    /// Who acts on it.
    pub(super) audience: Audience,
    /// The reader, where they have acted before.
    pub(super) reader: Option<&'r FormReader>,
    /// What has just been done.
    pub(super) outcome: Option<Outcome>,
    /// What the page is the answer to.
    pub(super) answer: Option<Answer>,
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
    Ok(framed(app, Scene { outcome, answer, audience, own, ..scene(app, query, lang, listing) }).await)
}

/// The thread's page that everybody gets, for a reader who has nothing of their own on it; nothing where they have.
pub(super) async fn page_for_all(
    app: &App,
    policy: &SitePolicy,
    asked: &Asked,
    reader: &FormReader,
) -> Result<Option<Arc<Encoded>>, Failure> {
    let make = |page| make(app, policy, asked, page);
    let Ready { encoded, shown } = app.shelf.answer(&app.context, asked, make).await?;
    let (Session { own, votes }, _) = own(app, policy, (&asked.query.thread, &shown), reader).await?;
    Ok((own.is_empty() && votes.is_empty()).then_some(encoded))
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
    let vote = |(id, vote): (CommentId, Judgement)| Vote {
        id: id.to_string().into(),
        value: i8::try_from(vote.value()).unwrap_or_default(),
    };
    let recent = context.store.authors_since(thread, policy.edit_cutoff(now)).await?;
    let is_own = |id, author| commands::form_edit_token(context, id, reader.token()) == author;
    let own = recent.into_iter().filter(|(id, _, author)| is_own(*id, *author));
    // The token is not told: the page's forms are known by the cookie.
    let own = own.map(|(id, created_at, _)| Own {
        id: id.to_string().into(),
        token: String::new().into(),
        until_ms: policy.edit_until(created_at).0,
    });
    Ok((Session { own: own.collect(), votes: votes.into_iter().map(vote).collect() }, now))
}
