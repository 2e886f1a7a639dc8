//! The words of one language, as `locales/newsroom/*.json` hold them.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Declares names of the files: each once, with its variant.
macro_rules! names {
    ($(#[$about:meta])* $kind:ident { $($variant:ident = $name:literal),* $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs, reason = "the English file says what each one is")]
        pub enum $kind { $($variant,)* }

        impl $kind {
            /// All names in the files, in the order of the variants.
            pub const NAMES: &[&str] = &[$($name,)*];

            /// The name in the files.
            pub const fn name(self) -> &'static str {
                Self::NAMES[self as usize]
            }
        }
    };
}

names! {
    /// A text of the program. Texts for words of the wire stand beside these, named by a prefix and the word.
    Key {
        Newsroom = "newsroom",
        SkipToContent = "skip_to_content",
        Queues = "queues",
        Threads = "threads",
        Thread = "thread",
        Log = "log",
        Staff = "staff",
        Me = "me",
        Comment = "comment",
        Keys = "keys",
        Loading = "loading",
        Again = "again",
        More = "more",
        Close = "close",
        Cancel = "cancel",
        Undo = "undo",
        JustNow = "just_now",
        Site = "site",
        EverySite = "every_site",
        Search = "search",
        SearchThreads = "search_threads",
        Sort = "sort",
        OneAuthor = "one_author",
        Empty = "empty",
        LineLost = "line_lost",
        Approve = "approve",
        Reject = "reject",
        Delete = "delete",
        Feature = "feature",
        Unfeature = "unfeature",
        Pin = "pin",
        Unpin = "unpin",
        Reply = "reply",
        Context = "context",
        SelectComment = "select_comment",
        Selection = "selection",
        SelectShown = "select_shown",
        Deselect = "deselect",
        HasEmail = "has_email",
        WhyHere = "why_here",
        NoteOutdated = "note_outdated",
        Superseded = "superseded",
        DecisionInvalid = "decision_invalid",
        QueryChanged = "query_changed",
        CommentsTooMany = "comments_too_many",
        SearchTooLong = "search_too_long",
        RejectWhy = "reject_why",
        RejectWithoutReason = "reject_without_reason",
        NoteAndWords = "note_and_words",
        PrivateNote = "private_note",
        WordsToAuthor = "words_to_author",
        ReplyAsStaff = "reply_as_staff",
        Send = "send",
        Sending = "sending",
        Replied = "replied",
        Ancestors = "ancestors",
        Replies = "replies",
        ReportsHeading = "reports_heading",
        Decisions = "decisions",
        Author = "author",
        Others = "others",
        LinkToThis = "link_to_this",
        Open = "open",
        TakenBack = "taken_back",
        TakeBack = "take_back",
        TakeBackAll = "take_back_all",
        OrMore = "or_more",
        SetHint = "set_hint",
        Person = "person",
        Everybody = "everybody",
        Kind = "kind",
        EveryKind = "every_kind",
        Since = "since",
        LogEmpty = "log_empty",
        ThreadsEmpty = "threads_empty",
        OpenPage = "open_page",
        State = "state",
        SlowSecs = "slow_secs",
        EndsBy = "ends_by",
        Never = "never",
        Announcement = "announcement",
        AnnouncementHint = "announcement_hint",
        Page = "page",
        Title = "title",
        Address = "address",
        Save = "save",
        Saved = "saved",
        Name = "name",
        Password = "password",
        NewPassword = "new_password",
        PasswordHint = "password_hint",
        MakePassword = "make_password",
        SignIn = "sign_in",
        SignInButton = "sign_in_button",
        SignInAgain = "sign_in_again",
        NothingIsLost = "nothing_is_lost",
        SignInFailed = "sign_in_failed",
        UsePasskey = "use_passkey",
        MakePasskey = "make_passkey",
        PasskeyExplained = "passkey_explained",
        NoPasskey = "no_passkey",
        Or = "or",
        Invitation = "invitation",
        Welcome = "welcome",
        ChooseWay = "choose_way",
        LinkSpent = "link_spent",
        AskForNewLink = "ask_for_new_link",
        PasswordTooShort = "password_too_short",
        PasswordTooLong = "password_too_long",
        RoleInsufficient = "role_insufficient",
        Role = "role",
        NoRole = "no_role",
        Invite = "invite",
        InviteHeading = "invite_heading",
        Link = "link",
        LinkFor = "link_for",
        LinkExplained = "link_explained",
        CopyLink = "copy_link",
        Copied = "copied",
        NewLink = "new_link",
        NoWayYet = "no_way_yet",
        Revoke = "revoke",
        RevokeSurely = "revoke_surely",
        Revoked = "revoked",
        Sessions = "sessions",
        ThisSession = "this_session",
        LastSeen = "last_seen",
        EndSession = "end_session",
        SignOut = "sign_out",
        Language = "language",
        Theme = "theme",
        Offline = "offline",
        Timeout = "timeout",
        Unreachable = "unreachable",
        Malformed = "malformed",
        ServerFailed = "server_failed",
        Refused = "refused",
        RateLimited = "rate_limited",
        NotFound = "not_found",
        TextEmpty = "text_empty",
        TooLong = "too_long",
        NameInvalid = "name_invalid",
        UrlInvalid = "url_invalid",
    }
}

names! {
    /// A phrase with a number, in a form for each plural category of its language.
    PluralKey {
        Comments = "n_comments",
        NotDecided = "n_not_decided",
        Undone = "n_undone",
        Newcomers = "n_newcomers",
        Reports = "n_reports",
        Selected = "n_selected",
        SelectWhole = "n_select_whole",
        ExpectedBefore = "n_expected_before",
        FoundNow = "n_found_now",
        Waiting = "n_waiting",
        InHours = "n_in_hours",
        Passkeys = "n_passkeys",
        Sessions = "n_sessions",
        TakeBackSet = "n_take_back_set",
    }
}

/// The words of one language.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct Catalog(BTreeMap<String, Entry>);

/// An entry of a file.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Entry {
    Text(String),
    Forms(BTreeMap<String, String>),
}

impl Catalog {
    /// Reads a file.
    pub fn read(file: &str) -> Self {
        serde_json::from_str(file).expect("the files are tested, and built into the program")
    }

    /// The text of a key.
    pub fn text(&self, key: Key) -> &str {
        self.entry(key.name()).unwrap_or_default()
    }

    /// The text for a word of the wire.
    pub fn named(&self, prefix: &str, word: &str) -> Option<&str> {
        self.entry(&[prefix, word].concat())
    }

    /// The plural form for a category.
    pub fn form(&self, phrase: PluralKey, category: &str) -> &str {
        match self.0.get(phrase.name()) {
            Some(Entry::Forms(forms)) => forms.get(category).map_or("", String::as_str),
            _ => "",
        }
    }

    fn entry(&self, name: &str) -> Option<&str> {
        match self.0.get(name)? {
            Entry::Text(text) => Some(text),
            Entry::Forms(_) => None,
        }
    }

    /// The names that the file holds.
    #[cfg(test)]
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}
