//! Failures on the wire: `application/problem+json` (RFC 9457) with a `kind` from a closed list.

use serde::{Deserialize, Serialize};

/// Media type of a problem.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// A failure of a request, with its reason.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// A URI of the kind: `urn:dumka:problem:<kind>`.
    #[serde(rename = "type", default)]
    pub type_uri: String,
    /// The kind in a few English words.
    #[serde(default)]
    pub title: String,
    /// The HTTP status again.
    #[serde(default)]
    pub status: u16,
    /// This occurrence in English, for developers.
    #[serde(default)]
    pub detail: String,
    /// The kind, to be translated by whoever shows it.
    #[serde(default)]
    pub kind: ProblemKind,
    /// The field at fault: `text`, `name`, `email`, `page`, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The limit that was passed, in the unit its field is measured in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// Seconds to wait before trying again, as in `Retry-After`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
}

/// Declares the closed list once: variant, wire word, English title; those of the newsroom apart, which no reader meets.
macro_rules! kinds {
    (
        everybody { $($(#[$doc:meta])* $variant:ident = $word:literal, $title:literal;)* }
        newsroom { $($(#[$their_doc:meta])* $theirs:ident = $their_word:literal, $their_title:literal;)* }
    ) => {
        /// The closed list of failures.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum ProblemKind {
            $($(#[$doc])* #[serde(rename = $word)] $variant,)*
            $($(#[$their_doc])* #[cfg(feature = "newsroom")] #[serde(rename = $their_word)] $theirs,)*
            /// A kind of a newer or foreign endpoint; its `title` says what it can.
            #[default]
            #[serde(other, rename = "unknown")]
            Unknown,
        }

        impl ProblemKind {
            /// Every kind that Dumka's own server answers.
            pub const ALL: &[Self] = &[
                $(Self::$variant,)*
                $(#[cfg(feature = "newsroom")] Self::$theirs,)*
            ];

            /// The word that stands for it on the wire.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                    $(#[cfg(feature = "newsroom")] Self::$theirs => $their_word,)*
                    Self::Unknown => "unknown",
                }
            }

            /// The kind in a few English words.
            pub const fn title(self) -> &'static str {
                match self {
                    $(Self::$variant => $title,)*
                    $(#[cfg(feature = "newsroom")] Self::$theirs => $their_title,)*
                    Self::Unknown => "Unknown problem",
                }
            }
        }
    };
}

kinds! {
    everybody {
        /// The text is empty or blank.
        TextEmpty = "text_empty", "The text is empty";
        /// The text has more characters than allowed.
        TextTooLong = "text_too_long", "The text is too long";
        /// The name is empty or blank.
        NameEmpty = "name_empty", "The name is empty";
        /// The name has more characters than allowed.
        NameTooLong = "name_too_long", "The name is too long";
        /// The e-mail address is not one.
        EmailInvalid = "email_invalid", "The e-mail address is not valid";
        /// A field holds NUL or another control character.
        ControlCharacters = "control_characters", "Control characters are not accepted";
        /// The site id is missing or empty.
        SiteEmpty = "site_empty", "The site is missing";
        /// The server does not serve this site.
        SiteUnknown = "site_unknown", "The site is not known here";
        /// The page id is missing or empty.
        PageEmpty = "page_empty", "The page is missing";
        /// The page id has more bytes than allowed.
        PageTooLong = "page_too_long", "The page id is too long";
        /// One counts query names more pages than allowed.
        PagesTooMany = "pages_too_many", "Too many pages in one request";
        /// The page's title has more characters than allowed.
        TitleTooLong = "title_too_long", "The page title is too long";
        /// The page's address is not an http(s) address or too long.
        UrlInvalid = "url_invalid", "The page address is not valid";
        /// The comment to answer is not in this thread.
        ParentNotFound = "parent_not_found", "The comment to answer is not there";
        /// The thread takes no new comments.
        ThreadClosed = "thread_closed", "The thread is closed";
        /// The author's last comment in a slow thread is too recent.
        ThreadSlow = "thread_slow", "Wait before the next comment";
        /// `limit` is not a number in its range.
        LimitInvalid = "limit_invalid", "The limit is not valid";
        /// `sort` is not a known order.
        SortInvalid = "sort_invalid", "The order is not known";
        /// The cursor is not one that this thread gave out.
        CursorInvalid = "cursor_invalid", "The cursor is not valid";
        /// A post came without `Idempotency-Key`.
        IdempotencyKeyMissing = "idempotency_key_missing", "The Idempotency-Key header is missing";
        /// The `Idempotency-Key` is empty, too long or not printable ASCII.
        IdempotencyKeyInvalid = "idempotency_key_invalid", "The Idempotency-Key header is not valid";
        /// The same `Idempotency-Key` came before with another body.
        IdempotencyKeyReused = "idempotency_key_reused", "The Idempotency-Key was used for another request";
        /// A request that needs a bearer token came without one.
        TokenMissing = "token_missing", "The token is missing";
        /// The `Authorization` header is not a bearer token.
        TokenInvalid = "token_invalid", "The token is not valid";
        /// The token is not the one of the comment's author.
        NotYours = "not_yours", "The comment is somebody else's";
        /// The comment is too old to be changed by its author.
        EditWindowOver = "edit_window_over", "The comment can no longer be changed";
        /// The text has changed since the edit began.
        EditConflict = "edit_conflict", "The comment has changed meanwhile";
        /// A field holds none of the values it can have.
        ValueInvalid = "value_invalid", "The value is not valid";
        /// The reason of a report is not one of the list.
        ReasonInvalid = "reason_invalid", "The reason is not known";
        /// The note of a report has more characters than allowed.
        NoteTooLong = "note_too_long", "The note is too long";
        /// The same reader has reported the comment before.
        AlreadyReported = "already_reported", "The comment was reported already";
        /// The request body is not the JSON that is expected.
        JsonInvalid = "json_invalid", "The JSON is not valid";
        /// The request body is not declared as JSON.
        ContentTypeUnsupported = "content_type_unsupported", "The content type is not supported";
        /// The request body has more bytes than allowed.
        BodyTooLarge = "body_too_large", "The request is too large";
        /// The query string is not what is expected.
        QueryInvalid = "query_invalid", "The query is not valid";
        /// The request names no host, several, or none that can be.
        HostInvalid = "host_invalid", "The Host header is not valid";
        /// The page's origin may not use this site's comments.
        OriginNotAllowed = "origin_not_allowed", "This origin is not allowed";
        /// Nothing is there, or nothing that may be shown.
        NotFound = "not_found", "Not found";
        /// The path does not know this method.
        MethodNotAllowed = "method_not_allowed", "The method is not allowed";
        /// Too many requests from one address.
        RateLimited = "rate_limited", "Too many requests";
        /// The request did not arrive in time.
        RequestTimeout = "request_timeout", "The request took too long";
        /// The store cannot be reached or is busy.
        StoreUnavailable = "store_unavailable", "The comments cannot be reached for the moment";
        /// The store has no room left.
        StoreFull = "store_full", "There is no room for new comments for the moment";
        /// A fault of the server's own.
        Internal = "internal", "The server failed";
    }
    newsroom {
        /// Nobody is signed in, or no longer.
        SignInRequired = "sign_in_required", "Sign in first";
        /// The name, the password or the passkey is not right.
        SignInFailed = "sign_in_failed", "The name or the password is not right";
        /// The role does not allow this.
        RoleInsufficient = "role_insufficient", "Your role does not allow this";
        /// The link was used, withdrawn, or is too old.
        LinkSpent = "link_spent", "The link can no longer be used";
        /// The password has fewer characters than asked for.
        PasswordTooShort = "password_too_short", "The password is too short";
        /// The password has more bytes than allowed.
        PasswordTooLong = "password_too_long", "The password is too long";
        /// Somebody has the name.
        NameTaken = "name_taken", "The name is taken";
        /// Nobody else would own every site.
        LastOwner = "last_owner", "Nobody else owns every site";
        /// The passkey is another origin's, of nobody here, or its answer is not valid.
        PasskeyInvalid = "passkey_invalid", "The passkey was not accepted";
        /// The comment's text has changed since it was seen.
        DecisionOutdated = "decision_outdated", "The comment has changed meanwhile";
        /// The decision was taken back, or another one was made since.
        DecisionSuperseded = "decision_superseded", "Another decision was made since";
        /// The decision does not fit the comment as it is.
        DecisionInvalid = "decision_invalid", "This cannot be decided about the comment as it is";
        /// A query finds another number of comments than expected.
        QueryChanged = "query_changed", "The query finds another number of comments";
        /// More comments at once than allowed.
        CommentsTooMany = "comments_too_many", "Too many comments at once";
        /// The search has more characters than allowed.
        SearchTooLong = "search_too_long", "The search is too long";
        /// The words to the author have more characters than allowed.
        WordsTooLong = "words_too_long", "The words to the author are too long";
        /// The announcement has more characters than allowed.
        NoticeTooLong = "notice_too_long", "The announcement is too long";
    }
}
