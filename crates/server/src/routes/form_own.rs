//! What authors do on a thread's own page with the comments that they sent from there.

use dumka_api::EditedAt;

use super::form_reader::FormReader;
use crate::app::App;
use crate::commands::{self, OwnComment, OwnFailure, SitePolicy};
use crate::domain::comment::CommentId;
use crate::domain::thread::ThreadKey;
use crate::problem::Failure;
use crate::render::{Field, FormKind, FormResponse, OpenForm};
use crate::storage::{CommentRecord, Visibility};

/// Opens the form; what is not the reader's to change is said in its place.
pub(super) async fn opened(
    app: &App,
    policy: &SitePolicy,
    thread: &ThreadKey,
    (purpose, reader): (FormKind, Option<&FormReader>),
) -> FormResponse {
    let plain = |kind| OpenForm { kind, fields: Vec::new(), problem: None };
    let (FormKind::Edit(id, _) | FormKind::Delete(id)) = &purpose else {
        return FormResponse::Form(plain(purpose));
    };
    let id = id.clone();
    let source = async {
        let own = claim(app, thread, &id, reader).await?;
        Ok::<_, Failure>(commands::source(&app.context, policy, own)?)
    };
    match source.await {
        Err(failure) => FormResponse::ActionError(id, failure.into_problem()),
        Ok((text, edited_at)) if matches!(purpose, FormKind::Edit(..)) => FormResponse::Form(OpenForm {
            kind: FormKind::Edit(id, Some(EditedAt(edited_at.map(Into::into)))),
            fields: vec![(Field::Text, text)],
            problem: None,
        }),
        Ok(_) => FormResponse::Form(plain(purpose)),
    }
}

/// A comment of this thread.
pub(super) async fn known(app: &App, thread: &ThreadKey, id: &str) -> Result<CommentRecord, Failure> {
    let id: CommentId = id.parse().map_err(|_| Failure::not_found())?;
    let known = app.context.store.comment(id).await?;
    known.filter(|known| known.thread == *thread).ok_or_else(Failure::not_found)
}

/// A comment of this thread that the reader sent by a form. That a hidden one is there is told to nobody else.
pub(super) async fn claim(
    app: &App,
    thread: &ThreadKey,
    id: &str,
    reader: Option<&FormReader>,
) -> Result<OwnComment, Failure> {
    let known = known(app, thread, id).await?;
    let (id, visibility) = (known.comment.id, known.visibility);
    let token = reader.map(|reader| commands::form_edit_token(&app.context, id, reader.token()));
    match token.map(|token| OwnComment::claim(known, token)) {
        Some(Ok(own)) => Ok(own),
        _ if visibility == Visibility::Visible => Err(OwnFailure::NotYours.into()),
        _ => Err(Failure::not_found()),
    }
}
