//! The settings of a server and their defaults.

use std::net::SocketAddr;

use ipnet::IpNet;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::read;
use crate::moderation::Moderation;
use crate::render::PhraseSettings;
use crate::storage::DatabaseUrl;

/// Everything an operator can set.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The address and port to listen on.
    #[serde(deserialize_with = "read::address")]
    pub listen: SocketAddr,
    /// The address of the database: `sqlite://` and a path, or `postgres://USER:PASSWORD@HOST/DATABASE`.
    #[serde(deserialize_with = "read::database")]
    pub database: String,
    /// The address of the same PostgreSQL database without a pooler, where `database` leads through one.
    #[serde(deserialize_with = "read::database_direct")]
    pub database_direct: Option<String>,
    /// The address at which browsers reach this server: `scheme://host[:port][/path]`, without a slash at the end. Rendered HTML
    /// in another server's page needs it for its form and links.
    #[serde(deserialize_with = "read::public_url")]
    pub public_url: Option<String>,
    /// The sites served. Where there are none, any page on a loopback host.
    pub sites: Vec<SiteSettings>,
    /// Limits on what one client may ask for, and on the time that may take.
    pub limits: Limits,
    /// The proxies in front of this server.
    pub proxy: Proxy,
    /// The settings of the log.
    pub log: Log,
    /// Variables of the environment that begin like settings and are not.
    #[serde(skip)]
    pub passed_over: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            database: "sqlite://dumka.db".into(),
            database_direct: None,
            public_url: None,
            sites: Vec::new(),
            limits: Limits::default(),
            proxy: Proxy::default(),
            log: Log::default(),
            passed_over: Vec::new(),
        }
    }
}

impl Settings {
    /// Returns the addresses of the database.
    pub fn database_url(&self) -> DatabaseUrl {
        DatabaseUrl { url: self.database.clone(), direct: self.database_direct.clone() }
    }
}

/// A site whose pages carry comments.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteSettings {
    /// The id its widgets send, as a rule the host name, in any spelling.
    pub id: String,
    /// Origins of its pages, each `scheme://host[:port]` as browsers send it, compared exactly.
    #[serde(deserialize_with = "read::origins")]
    pub origins: Vec<String>,
    /// Its name for readers and moderators.
    #[serde(default)]
    pub name: Option<String>,
    /// Its language, as a tag such as `uk`.
    #[serde(default)]
    pub lang: Option<String>,
    /// Its own phrases in the place of the widget's: by language, then by a name of the language's file.
    #[serde(default)]
    pub words: PhraseSettings,
    /// The zone of the times in rendered HTML, by its IANA name; UTC where none is given.
    #[serde(default = "read::utc", deserialize_with = "read::timezone")]
    pub timezone: TimeZone,
    /// The order in which moderators and readers see a new comment.
    #[serde(default)]
    pub moderation: Moderation,
    /// Days after its first published comment when a thread closes; 0 is never.
    #[serde(default)]
    pub close_after_days: u32,
}

/// Default of reads a minute from one public address: twenty a second, far beyond what the readers behind one
/// address of a provider ask for.
pub const READS_PER_MINUTE: u32 = 1_200;

/// Limits on what one client may ask for, and on the time that may take.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// New comments, edits and deletions a minute from one address; 0 is unlimited.
    pub posts_per_minute: u32,
    /// Reads a minute from one address; 0 is unlimited. The default is [`READS_PER_MINUTE`], from every public address.
    pub reads_per_minute: Option<u32>,
    /// Votes a minute from one address; 0 is unlimited.
    pub votes_per_minute: u32,
    /// Attempts to sign in to the newsroom a minute from one address, and by one name; 0 is unlimited.
    pub sign_ins_per_minute: u32,
    /// Readers of one address who may vote on one comment in a day; 0 is unlimited.
    pub votes_per_address: u32,
    /// Seconds in which authors may change and delete their comments; 0 is never.
    pub edit_window_secs: u32,
    /// Addresses from which reports must come to hold a comment for a moderator; 0 is never.
    pub reports_to_hold: u32,
    /// Bytes of memory for cached responses; 0 keeps none.
    pub cache_bytes: u32,
    /// Connections held at once.
    pub connections: u32,
    /// Streams open at once; 0 is none.
    pub streams: u32,
    /// Streams open at once to one address; 0 is unlimited.
    pub streams_per_address: u32,
    /// Seconds between two signs of life of a stream, at most.
    pub heartbeat_secs: u32,
    /// Bytes of a request's head, at most.
    pub header_bytes: u32,
    /// Seconds for a request's head to arrive, and for an idle connection to stay.
    pub header_secs: u32,
    /// Seconds for a request's body to arrive.
    pub body_secs: u32,
    /// Seconds in which every request gets its response.
    pub request_secs: u32,
    /// Seconds for a client to take a response.
    pub write_secs: u32,
    /// Seconds for which a server that was asked to stop only says so, and still takes requests.
    pub drain_secs: u32,
    /// Seconds that a stopping server waits for requests in flight.
    pub stop_secs: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            posts_per_minute: 6,
            reads_per_minute: None,
            votes_per_minute: 60,
            sign_ins_per_minute: 20,
            votes_per_address: 5,
            edit_window_secs: 900,
            reports_to_hold: 3,
            cache_bytes: 16 * 1024 * 1024,
            connections: 20_000,
            streams: 6_000,
            streams_per_address: 50,
            heartbeat_secs: 15,
            header_bytes: 32_768,
            header_secs: 10,
            body_secs: 10,
            request_secs: 14,
            write_secs: 20,
            drain_secs: 2,
            stop_secs: 10,
        }
    }
}

/// The proxies in front of this server.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Proxy {
    /// Addresses or ranges of proxies whose `X-Forwarded-For` is believed.
    #[serde(deserialize_with = "read::networks")]
    pub trusted: Vec<IpNet>,
}

/// The settings of the log.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Log {
    /// The least important level written.
    pub level: LogLevel,
    /// The format of a line.
    pub format: LogFormat,
}

/// The least important level written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogLevel {
    /// Failures that need attention now.
    Error,
    /// Also what may need attention soon.
    Warn,
    /// Also one line per request.
    #[default]
    Info,
    /// Also what helps to find a fault.
    Debug,
}

/// The format of a log line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// Text for people.
    #[default]
    Text,
    /// JSON, one object a line.
    Json,
}
