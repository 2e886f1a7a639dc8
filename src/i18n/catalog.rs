//! The words of one language, as `locales/*.json` hold them.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

/// Declares names of the files: each once, with its variant.
macro_rules! names {
    ($(#[$about:meta])* $kind:ident { $($variant:ident = $name:literal),* $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs, reason = "the English file says what each one is")]
        pub enum $kind { $($variant,)* }

        impl $kind {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];
            /// All names in the files, in the same order.
            pub const NAMES: &[&str] = &[$($name,)*];
        }
    };
}

names! {
    /// A plural category of the Unicode CLDR: which form of a phrase goes with a number.
    Category {
        Zero = "zero",
        One = "one",
        Two = "two",
        Few = "few",
        Many = "many",
        Other = "other",
    }
}

names! {
    /// A phrase with a number. It has a form for each plural category of its language.
    PluralKey {
        CharsLimit = "chars_limit",
        RetrySecs = "retry_secs",
        Comments = "comments",
        Room = "room",
        Over = "over",
        Minutes = "minutes",
        Replies = "replies",
        SlowSecs = "slow_secs",
        SlowMinutes = "slow_minutes",
        New = "new",
    }
}

names! {
    /// A text of the widget; or a property of the language: its direction, and the language whose date formats it
    /// shares.
    Key {
        Dir = "dir",
        Dates = "dates",
        Heading = "heading",
        Back = "back",
        Add = "add",
        FormHeading = "form_heading",
        ShowAll = "show_all",
        ShowingAll = "showing_all",
        AllShown = "all_shown",
        Stop = "stop",
        ShowEarlier = "show_earlier",
        Loading = "loading",
        Empty = "empty",
        Closed = "closed",
        Text = "text",
        Name = "name",
        Email = "email",
        EmailHint = "email_hint",
        Submit = "submit",
        Sending = "sending",
        Retry = "retry",
        Published = "published",
        Held = "held",
        Deleted = "deleted",
        Staff = "staff",
        Moderator = "moderator",
        Featured = "featured",
        Pinned = "pinned",
        InReplyTo = "in_reply_to",
        Edited = "edited",
        Reply = "reply",
        ReplyHeading = "reply_heading",
        HideReplies = "hide_replies",
        VoteUp = "vote_up",
        VoteDown = "vote_down",
        Edit = "edit",
        EditHeading = "edit_heading",
        Save = "save",
        Saved = "saved",
        Delete = "delete",
        DeleteHeading = "delete_heading",
        DeleteDone = "delete_done",
        Report = "report",
        ReportHeading = "report_heading",
        Reported = "reported",
        Reason = "reason",
        Spam = "spam",
        Insult = "insult",
        Hate = "hate",
        Illegal = "illegal",
        PersonalData = "personal_data",
        OtherReason = "other_reason",
        Note = "note",
        Preview = "preview",
        Cancel = "cancel",
        LinkCopied = "link_copied",
        SortBy = "sort_by",
        Oldest = "oldest",
        Newest = "newest",
        Best = "best",
        ListFailed = "list_failed",
        RestFailed = "rest_failed",
        SendFailed = "send_failed",
        Offline = "offline",
        Timeout = "timeout",
        Unreachable = "unreachable",
        Malformed = "malformed",
        ServerFailed = "server_failed",
        Refused = "refused",
        NotConfigured = "not_configured",
        TextEmpty = "text_empty",
        NameEmpty = "name_empty",
        TooLong = "too_long",
        EmailInvalid = "email_invalid",
        ControlCharacters = "control_characters",
        ParentNotFound = "parent_not_found",
        ThreadClosed = "thread_closed",
        ThreadSlow = "thread_slow",
        RateLimited = "rate_limited",
        StoreFull = "store_full",
        ActionFailed = "action_failed",
        EditWindowOver = "edit_window_over",
        EditConflict = "edit_conflict",
        NotYours = "not_yours",
        NotThere = "not_there",
        ReasonMissing = "reason_missing",
        AlreadyReported = "already_reported",
        NotLoaded = "not_loaded",
    }
}

/// The words of one language, read from its file. Names that this version does not know are passed over.
#[derive(Debug)]
pub struct Catalog {
    /// Words in the order of [`Key::ALL`]; empty where the file lacks them.
    texts: Vec<String>,
    /// The forms of each phrase in the order of [`PluralKey::ALL`], each for every category; empty where there is none.
    forms: Vec<String>,
}

impl Catalog {
    /// Creates a catalog from a function that returns the text of a key by its name, and one that returns a plural
    /// form by the names of phrase and category; both may return an empty text.
    pub fn new(text: impl FnMut(&str) -> String, mut form: impl FnMut(&str, &str) -> String) -> Self {
        let mut forms = Vec::new();
        for phrase in PluralKey::NAMES {
            for category in Category::NAMES {
                forms.push(form(phrase, category));
            }
        }
        Self { texts: Key::NAMES.iter().copied().map(text).collect(), forms }
    }

    /// Returns the text of a key.
    pub fn text(&self, key: Key) -> &str {
        self.texts.get(key as usize).map_or("", String::as_str)
    }

    /// Returns the plural form for a category, or else the one for `other`.
    pub fn form(&self, phrase: PluralKey, category: Category) -> &str {
        let form = |category| {
            let number = phrase as usize * Category::NAMES.len() + category as usize;
            self.forms.get(number).filter(|form| !form.is_empty())
        };
        form(category).or_else(|| form(Category::Other)).map_or("", String::as_str)
    }
}

/// An entry of a file.
#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Text(String),
    Forms(BTreeMap<String, String>),
}

impl<'de> Deserialize<'de> for Catalog {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entries = BTreeMap::<String, Entry>::deserialize(deserializer)?;
        let text = |name: &str| match entries.get(name) {
            Some(Entry::Text(text)) => text.clone(),
            _ => String::new(),
        };
        let form = |phrase: &str, category: &str| match entries.get(phrase) {
            Some(Entry::Forms(forms)) => forms.get(category).cloned().unwrap_or_default(),
            _ => String::new(),
        };
        Ok(Self::new(text, form))
    }
}
