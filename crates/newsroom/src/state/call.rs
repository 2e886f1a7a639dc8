//! The calls of the newsroom's API: what is sent, and how the answer is read.

use dumka_api::newsroom::{
    CommentDetail, Credentials, DecisionLog, DecisionsMade, InviteSeen, LiveHello, Me, NewDecisions,
    NewPassword, NewStaff, NewStaffReply, NewsroomComment, NewsroomListing, NewsroomThread, PasskeyAnswer,
    PasskeyChallenge, QueueQuery, RoleChange, Session, SignInLink, StaffLink, StaffList, ThreadChange,
    ThreadList, UndoSet,
};
use dumka_api::{Problem, paths};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::failure::Failure;
use super::place::{self, LogQuery, ThreadAddress, ThreadsQuery};

/// A call.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named as the path and the method that it asks")]
pub enum Call {
    Me,
    SignIn(Credentials),
    SignOut,
    OpenInvite(SignInLink),
    MakePassword(NewPassword),
    BeginPasskey(SignInLink),
    EndPasskey(PasskeyAnswer),
    BeginPasskeySignIn,
    EndPasskeySignIn(PasskeyAnswer),
    List(Box<QueueQuery>),
    Comment(String),
    Reply(String, NewStaffReply),
    Decide(Box<NewDecisions>, Ticket),
    Undo(String, Ticket),
    UndoSet(UndoSet, Ticket),
    Log(LogQuery),
    CountSet(LogQuery),
    Counters(Option<String>),
    Threads(ThreadsQuery),
    Thread(ThreadAddress),
    ChangeThread(ThreadAddress, Box<ThreadChange>),
    Staff,
    Invite(NewStaff),
    NewLink(String),
    ChangeRole(String, RoleChange),
    Revoke(String),
    Sessions,
    EndSession(String),
}

/// The number of a decision or of an undo that waits for its answer.
pub type Ticket = u32;

/// An answer, by its type on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named as the type on the wire")]
pub enum Answer {
    Nothing,
    Me(Me),
    Invite(InviteSeen),
    Challenge(PasskeyChallenge),
    Listing(NewsroomListing),
    Detail(Box<CommentDetail>),
    Comment(Box<NewsroomComment>),
    Made(DecisionsMade),
    Log(DecisionLog),
    Counters(LiveHello),
    Threads(ThreadList),
    Thread(Box<NewsroomThread>),
    Staff(StaffList),
    Link(Box<StaffLink>),
    Sessions(Vec<Session>),
}

/// A request as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WireRequest {
    /// The method.
    pub method: &'static str,
    /// The path on the server, with its query.
    pub path: String,
    /// The JSON.
    pub body: Option<String>,
}

impl Call {
    /// The request.
    pub fn request(&self) -> WireRequest {
        match self {
            Self::Me => get("/me"),
            Self::SignIn(body) => send("POST", "/session", body),
            Self::SignOut => bare("DELETE", "/session"),
            Self::OpenInvite(body) => send("POST", "/session/invite", body),
            Self::MakePassword(body) => send("POST", "/session/password", body),
            Self::BeginPasskey(body) => send("POST", "/session/passkey/register", body),
            Self::EndPasskey(body) => send("PUT", "/session/passkey/register", body),
            Self::BeginPasskeySignIn => bare("POST", "/session/passkey"),
            Self::EndPasskeySignIn(body) => send("PUT", "/session/passkey", body),
            Self::List(query) => get_with("/comments", &**query),
            Self::Comment(id) => get(&["/comments/", id].concat()),
            Self::Reply(id, body) => send("POST", &["/comments/", id, "/replies"].concat(), body),
            Self::Decide(body, _) => send("POST", "/decisions", &**body),
            Self::Undo(id, _) => bare("POST", &["/decisions/", id, "/undo"].concat()),
            Self::UndoSet(body, _) => send("POST", "/decisions/undo", body),
            Self::Log(query) | Self::CountSet(query) => get_with("/decisions", query),
            Self::Counters(site) => {
                get_with("/counters", &site.iter().map(|site| ("site", site)).collect::<Vec<_>>())
            }
            other => other.request_of_an_owner(),
        }
    }

    fn request_of_an_owner(&self) -> WireRequest {
        match self {
            Self::Threads(query) => get_with("/threads", query),
            Self::Thread(address) => get_with("/threads", address),
            Self::ChangeThread(address, body) => {
                send("PATCH", &["/threads?", &place::write(address)].concat(), &**body)
            }
            Self::Invite(body) => send("POST", "/staff", body),
            Self::NewLink(id) => bare("POST", &["/staff/", id, "/link"].concat()),
            Self::ChangeRole(id, body) => send("PUT", &["/staff/", id, "/roles"].concat(), body),
            Self::Revoke(id) => bare("DELETE", &["/staff/", id].concat()),
            Self::Sessions => get("/sessions"),
            Self::EndSession(id) => bare("DELETE", &["/sessions/", id].concat()),
            _ => get("/staff"),
        }
    }

    /// Reads what came back.
    pub fn read(&self, status: u16, text: &str) -> Result<Answer, Failure> {
        if !(200..300).contains(&status) {
            return self.read_refusal(status, text);
        }
        match self {
            Self::Me => json(text).map(Answer::Me),
            Self::OpenInvite(_) => json(text).map(Answer::Invite),
            Self::BeginPasskey(_) | Self::BeginPasskeySignIn => json(text).map(Answer::Challenge),
            Self::List(_) => json(text).map(Answer::Listing),
            Self::Comment(_) => json(text).map(Answer::Detail),
            Self::Reply(..) => json(text).map(Answer::Comment),
            Self::Decide(..) | Self::Undo(..) | Self::UndoSet(..) => json(text).map(Answer::Made),
            Self::Log(_) | Self::CountSet(_) => json(text).map(Answer::Log),
            Self::Counters(_) => json(text).map(Answer::Counters),
            Self::Threads(_) => json(text).map(Answer::Threads),
            Self::Thread(_) | Self::ChangeThread(..) => json(text).map(Answer::Thread),
            Self::Staff => json(text).map(Answer::Staff),
            Self::Invite(_) | Self::NewLink(_) => json(text).map(Answer::Link),
            Self::Sessions => json(text).map(Answer::Sessions),
            _ => Ok(Answer::Nothing),
        }
    }

    /// Reads a refusal. One of decisions says for each comment what became of it.
    fn read_refusal(&self, status: u16, text: &str) -> Result<Answer, Failure> {
        #[derive(Deserialize)]
        struct Undecided {
            results: Vec<dumka_api::newsroom::DecisionOutcome>,
        }
        if let (Self::Decide(..) | Self::Undo(..) | Self::UndoSet(..), Ok(Undecided { results })) =
            (self, serde_json::from_str(text))
        {
            return Ok(Answer::Made(DecisionsMade { decided: 0, results }));
        }
        let problem = serde_json::from_str::<Problem>(text).ok().filter(|problem| problem.status != 0);
        Err(problem.map_or(Failure::Status(status), |problem| Failure::Problem(Box::new(problem))))
    }
}

fn json<T: DeserializeOwned>(text: &str) -> Result<T, Failure> {
    serde_json::from_str(text).map_err(|_| Failure::Malformed)
}

fn bare(method: &'static str, path: &str) -> WireRequest {
    WireRequest { method, path: [paths::NEWSROOM_API, path].concat(), body: None }
}

fn get(path: &str) -> WireRequest {
    bare("GET", path)
}

fn get_with(path: &str, query: &impl Serialize) -> WireRequest {
    let query = place::write(query);
    if query.is_empty() { get(path) } else { get(&[path, "?", &query].concat()) }
}

fn send(method: &'static str, path: &str, body: &impl Serialize) -> WireRequest {
    let body = serde_json::to_string(body).expect("types of the wire are written without failing");
    WireRequest { body: Some(body), ..bare(method, path) }
}
