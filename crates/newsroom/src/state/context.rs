//! The surroundings of a comment, shown in place, and the answer to it.

use dumka_api::newsroom::{CommentDetail, NewStaffReply, NewsroomComment};

use super::State;
use super::action::ReplyAction;
use super::call::Call;
use super::card::{Card, Note};
use super::effect::{Effect, Focus, call};
use super::failure::Failure;
use super::outcome::Outcome;

/// The surroundings of one comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// The comment's id.
    pub id: String,
    /// The surroundings, once they are there, or the failure.
    pub detail: Option<Result<Box<CommentDetail>, Failure>>,
}

/// An answer that is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The comment's id.
    pub id: String,
    /// The text.
    pub text: String,
    /// True while the server is asked.
    pub is_sending: bool,
    /// The reason why it was not sent.
    pub failure: Option<Failure>,
}

impl State {
    /// Shows the surroundings of a comment, or hides them.
    pub(super) fn toggle_context(&mut self, id: Option<String>) -> Vec<Effect> {
        let Some(id) = id.or_else(|| self.list.current.clone()) else { return Vec::new() };
        if self.context.as_ref().is_some_and(|context| context.id == id) {
            self.context = None;
            return self.focus_current();
        }
        self.list.current = Some(id.clone());
        self.context = Some(Context { id: id.clone(), detail: None });
        vec![call(Call::Comment(id))]
    }

    /// Takes the surroundings of a comment.
    pub(super) fn detailed(&mut self, id: &str, detail: Result<Box<CommentDetail>, Failure>) -> Vec<Effect> {
        if let (Ok(detail), super::Place::Comment(shown)) = (&detail, &self.place)
            && shown == id
        {
            self.list.loading = super::Loading::Idle;
            if self.list.position(id).is_none() {
                self.list.put_back(0, super::Card::new(detail.comment.clone()));
            }
            self.list.current = Some(id.to_owned());
        }
        if let (Ok(detail), Some(card)) = (&detail, self.list.card_mut(id)) {
            card.comment = detail.comment.clone();
        }
        if let Some(context) = self.context.as_mut().filter(|context| context.id == id) {
            context.detail = Some(detail);
        }
        Vec::new()
    }

    pub(super) fn apply_reply(&mut self, action: ReplyAction) -> Vec<Effect> {
        match action {
            ReplyAction::Open(id) => return self.open_reply(id),
            ReplyAction::Close => {
                self.reply = None;
                return self.focus_current();
            }
            ReplyAction::Send => return self.send_reply(),
            ReplyAction::Draft(id, text) => {
                // What was typed meanwhile is newer.
                if let Some(reply) = self.reply.as_mut().filter(|it| it.id == id && it.text.is_empty()) {
                    reply.text = text;
                }
            }
            ReplyAction::Typed(text) => {
                if let Some(reply) = &mut self.reply {
                    reply.text.clone_from(&text);
                    return vec![Effect::SaveDraft(reply.id.clone(), text)];
                }
            }
        }
        Vec::new()
    }

    fn open_reply(&mut self, id: Option<String>) -> Vec<Effect> {
        let id = id.or_else(|| self.list.current.clone());
        let card = |id: &str| self.list.cards.get(self.list.position(id)?);
        let is_answered = |card: &Card| card.is_published() && self.access.replies_on(&card.comment.site);
        let Some(id) = id.filter(|id| card(id).is_some_and(is_answered)) else { return Vec::new() };
        self.list.current = Some(id.clone());
        self.reply = Some(Reply { id: id.clone(), text: String::new(), is_sending: false, failure: None });
        vec![Effect::LoadDraft(id), Effect::Focus(Focus::Element("reply-text"))]
    }

    fn send_reply(&mut self) -> Vec<Effect> {
        let Some(reply) = &mut self.reply else { return Vec::new() };
        if reply.is_sending || reply.text.trim().is_empty() {
            return vec![Effect::Focus(Focus::Element("reply-text"))];
        }
        (reply.is_sending, reply.failure) = (true, None);
        vec![call(Call::Reply(reply.id.clone(), NewStaffReply { text: reply.text.clone() }))]
    }

    /// Takes the answer to an answer.
    pub(super) fn replied(&mut self, id: &str, answer: Result<Box<NewsroomComment>, Failure>) -> Vec<Effect> {
        match answer {
            Ok(_) => {
                self.reply = self.reply.take().filter(|reply| reply.id != id);
                if let Some(card) = self.list.card_mut(id) {
                    card.note = Note::Answered;
                }
                self.say(Outcome::Replied);
                let mut effects = vec![Effect::SaveDraft(id.to_owned(), String::new())];
                if self.context.as_ref().is_some_and(|context| context.id == id) {
                    effects.push(call(Call::Comment(id.to_owned())));
                }
                effects.extend(self.focus_current());
                effects
            }
            Err(failure) => {
                if let Some(reply) = self.reply.as_mut().filter(|reply| reply.id == id) {
                    (reply.is_sending, reply.failure) = (false, Some(failure));
                }
                Vec::new()
            }
        }
    }
}
