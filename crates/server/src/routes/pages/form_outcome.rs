//! The outcome of a form, and the address at which a browser goes on after it.

use dumka_api::{CommentState, Submitted};

use super::page_request::{PageRequest, PageState};
use crate::commands::Posted;
use crate::domain::comment::CommentId;
use crate::http::params::WHOLE_PAGE;
use crate::http::problem::ApiError;
use crate::render::{Announcement, FormResponse};
use crate::storage::{ListQuery, PageStart};

/// The outcome of an accepted form.
pub(super) enum FormOutcome {
    /// There is a vote on the comment with this id.
    Voted(CommentId),
    /// The comment with this id is reported.
    Reported(CommentId),
    /// There is a new comment.
    Posted(Posted),
    /// A comment has another text.
    Edited(Submitted),
    /// The comment that the form is about is gone.
    Deleted,
    /// Nothing has changed; the form is shown.
    Shown(FormResponse),
}

impl FormOutcome {
    /// Tells whether the sender has something of their own from now on, by which they shall be known.
    pub(super) fn has_own(&self) -> bool {
        matches!(self, Self::Voted(_) | Self::Posted(Posted::New(_)))
    }

    /// Returns what a page announces of it.
    pub(super) fn announcement(&self) -> Option<Announcement> {
        let is_held = |submitted: &Submitted| submitted.comment.state == CommentState::Pending;
        let is_deleted = |submitted: &Submitted| submitted.comment.state == CommentState::Deleted;
        match self {
            Self::Voted(_) | Self::Shown(_) => None,
            // Sent once more after its deletion, it stays deleted.
            Self::Posted(Posted::Repeated(old)) if is_deleted(old) => Some(Announcement::Deleted),
            Self::Reported(_) => Some(Announcement::Reported),
            Self::Posted(Posted::New(new) | Posted::Repeated(new)) if is_held(new) => {
                Some(Announcement::Held)
            }
            Self::Posted(_) => Some(Announcement::Published),
            Self::Edited(edited) if is_held(edited) => Some(Announcement::Held),
            Self::Edited(_) => Some(Announcement::Saved),
            Self::Deleted => Some(Announcement::Deleted),
        }
    }

    /// Returns the address of what has changed on the thread's page.
    pub(super) async fn redirect_url(
        self,
        state: &PageState,
        request: &PageRequest,
    ) -> Result<String, ApiError> {
        let url = request.url();
        let posted = self.announcement().map(|it| ["&posted=", it.name()].concat()).unwrap_or_default();
        let at_comment = |id: &str| format!("{url}&comment={id}{posted}#comment-{id}");
        Ok(match self {
            Self::Voted(id) | Self::Reported(id) => at_comment(&id.to_string()),
            Self::Edited(edited) if edited.comment.state != CommentState::Pending => {
                at_comment(edited.comment.id.as_str())
            }
            Self::Posted(new) => {
                let submitted = new.into_submitted();
                if submitted.comment.state != CommentState::Published {
                    return Ok(url + &posted);
                }
                comment_url(state, request, &submitted).await?
            }
            Self::Edited(_) | Self::Deleted | Self::Shown(_) => url + &posted,
        })
    }
}

/// Returns the address of a new comment: on the page with all of them, or on the one that begins there. The page with all
/// is read from the cache, where the browser finds it then.
async fn comment_url(
    state: &PageState,
    request: &PageRequest,
    submitted: &Submitted,
) -> Result<String, ApiError> {
    let (url, id) = (request.url(), submitted.comment.id.as_str());
    let query = ListQuery { limits: WHOLE_PAGE, start: PageStart::Top, ..request.query.clone() };
    let whole = request.shared(query, Some(Announcement::Published));
    let page = state.responses.cached(&request.policy, &whole).await?;
    let is_there = page.shown.iter().any(|shown| shown.to_string() == id);
    let part = if is_there { "limit=all".into() } else { format!("comment={id}") };
    Ok(format!("{url}&{part}&posted=published#comment-{id}"))
}
