//! The places of the program, each with its address: every screen and every filter can be linked to, and left by «back».

use dumka_api::newsroom::{Queue, QueueQuery};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// A place, without what stands before it in the address bar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Place {
    /// The beginning: the first queue, or the sign-in.
    #[default]
    Home,
    /// A queue, by its query.
    Queue(Box<QueueQuery>),
    /// One comment with all that stands around it.
    Comment(String),
    /// The threads.
    Threads(ThreadsQuery),
    /// One thread.
    Thread(ThreadAddress),
    /// The log.
    Log(LogQuery),
    /// The staff.
    Staff,
    /// The person who is signed in: sessions, language, theme.
    Me,
}

/// A question for threads.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ThreadsQuery {
    /// Only this site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// Only those with these words in title or id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// The `next` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// A thread by its site and page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ThreadAddress {
    /// The site.
    pub site: String,
    /// The page.
    pub page: String,
}

/// A question for the log.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LogQuery {
    /// Only this site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// Only what this member of staff, key or `shell` did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Only this kind of decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Only what was decided at this time or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// The largest number of decisions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// The `next` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

impl Place {
    /// Reads an address below the newsroom's own; what is none is the beginning.
    pub fn parse(path: &str, query: &str) -> Self {
        let query = query.trim_start_matches('?');
        let (first, rest) = path.trim_matches('/').split_once('/').unwrap_or((path.trim_matches('/'), ""));
        match (first, rest) {
            ("queue", name) => Self::queue(name, query),
            ("comments", id) if !id.is_empty() => Self::Comment(id.into()),
            ("threads", "") => Self::Threads(read(query)),
            ("thread", "") => Self::Thread(read(query)),
            ("log", "") => Self::Log(read(query)),
            ("staff", "") => Self::Staff,
            ("me", "") => Self::Me,
            _ => Self::Home,
        }
    }

    fn queue(name: &str, query: &str) -> Self {
        let queue = Queue::from_word(name).unwrap_or(Queue::Pending);
        let query = QueueQuery { queue: Some(queue), ..read(query) };
        Self::Queue(Box::new(query))
    }

    /// Creates the place of a queue of one site or of all.
    pub fn of_queue(queue: Queue, site: Option<String>) -> Self {
        Self::Queue(Box::new(QueueQuery { queue: Some(queue), site, ..QueueQuery::default() }))
    }

    /// The path.
    pub fn path(&self) -> String {
        match self {
            Self::Home => "/".into(),
            Self::Queue(query) => ["/queue/", query.queue.unwrap_or_default().as_str()].concat(),
            Self::Comment(id) => ["/comments/", id].concat(),
            Self::Threads(_) => "/threads".into(),
            Self::Thread(_) => "/thread".into(),
            Self::Log(_) => "/log".into(),
            Self::Staff => "/staff".into(),
            Self::Me => "/me".into(),
        }
    }

    /// The query behind the path, without its question mark.
    pub fn query(&self) -> String {
        match self {
            Self::Queue(query) => write(&QueueQuery { queue: None, cursor: None, ..(**query).clone() }),
            Self::Threads(query) => write(query),
            Self::Thread(address) => write(address),
            Self::Log(query) => write(query),
            Self::Home | Self::Comment(_) | Self::Staff | Self::Me => String::new(),
        }
    }

    /// The whole address below the newsroom's own.
    pub fn address(&self) -> String {
        let query = self.query();
        if query.is_empty() { self.path() } else { [&self.path(), "?", &query].concat() }
    }
}

fn read<T: DeserializeOwned + Default>(query: &str) -> T {
    serde_urlencoded::from_str(query).unwrap_or_default()
}

/// Writes a query.
pub fn write(query: &impl Serialize) -> String {
    serde_urlencoded::to_string(query).unwrap_or_default()
}
