//! Decisions: every change of a comment's state or standing, as a record.

use serde::{Deserialize, Serialize};

use super::words::words;

use crate::{CommentId, Timestamp};

words! {
    /// The status of a comment.
    Status {
        /// Everybody sees it.
        Published = "published",
        /// It waits for a moderator.
        Pending = "pending",
        /// A moderator refused it.
        Rejected = "rejected",
        /// Its author or a moderator removed it.
        Deleted = "deleted",
    }
}

words! {
    /// Something that is done to a comment.
    Act {
        /// Its author sent it.
        Submit = "submit",
        /// Its author changed the text.
        Edit = "edit",
        /// It waits for a moderator, since readers reported it.
        Hold = "hold",
        /// Shows it to everybody, and resolves its open reports.
        Approve = "approve",
        /// Refuses it, and resolves its open reports.
        Reject = "reject",
        /// Removes it; one that was answered leaves a tombstone.
        Delete = "delete",
        /// Puts it among the featured ones.
        Feature = "feature",
        /// Takes it out of these.
        Unfeature = "unfeature",
        /// Lets it stand first.
        Pin = "pin",
        /// Lets it stand in its place.
        Unpin = "unpin",
        /// Takes another decision back.
        Undo = "undo",
    }
}

words! {
    /// The reason of a decision, told to the comment's author.
    DecisionReason {
        /// Unwanted mass mail.
        Spam = "spam",
        /// Advertising.
        Advertising = "advertising",
        /// An insult.
        Insult = "insult",
        /// Hatred against a group.
        Hatred = "hatred",
        /// A threat.
        Threat = "threat",
        /// Against the law.
        Illegal = "illegal",
        /// Somebody's personal data.
        PersonalData = "personal_data",
        /// Something untrue.
        Falsehood = "falsehood",
        /// Not about the article.
        OffTopic = "off_topic",
        /// Said before.
        Duplicate = "duplicate",
        /// Something else.
        Other = "other",
    }
}

words! {
    /// The kind of who decided.
    ActorKind {
        /// The comment's author.
        Author = "author",
        /// A rule of the site.
        Rule = "rule",
        /// Reports of readers.
        Reports = "reports",
        /// A person in a shell of the server's machine.
        Shell = "shell",
        /// A member of staff.
        Staff = "staff",
        /// A program with a key.
        Key = "key",
        /// An import.
        Import = "import",
        /// The upgrade that began the log.
        Upgrade = "upgrade",
    }
}

/// The one who decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Actor {
    /// The kind.
    pub kind: ActorKind,
    /// The id of the member of staff or of the key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The present name of either.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A decision, as the log keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Decision {
    /// Its id; ids sort by time.
    pub id: String,
    /// The comment.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub comment: CommentId,
    /// The site of the comment.
    pub site: String,
    /// The revision at which the comment got the text that was decided on.
    pub text_revision: u64,
    /// By whom.
    pub by: Actor,
    /// The time.
    pub at: Timestamp,
    /// The status before; none where the comment came into being.
    #[serde(default)]
    pub from: Option<Status>,
    /// The status after.
    pub to: Status,
    /// The act.
    pub kind: Act,
    /// The reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<DecisionReason>,
    /// The phase that spoke.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// A note for moderators alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Words to the comment's author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// True where a program found the comment.
    #[serde(default)]
    pub found_automatically: bool,
    /// True where a program decided.
    #[serde(default)]
    pub decided_automatically: bool,
    /// The notice that led to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
    /// The decision that this one takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<String>,
    /// The decision that took this one back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undone_by: Option<String>,
}

/// A page of the log, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecisionLog {
    /// The decisions.
    pub decisions: Vec<Decision>,
    /// Cursor of the next page; absent at the end.
    #[serde(default)]
    pub next: Option<String>,
}
