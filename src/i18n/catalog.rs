//! The words of one language, as `locales/*.json` hold them.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use super::plural::Category;

/// Declares every key once: variant and name in the files.
macro_rules! keys {
    ($($variant:ident = $name:literal),* $(,)?) => {
        /// Something the widget says. A counted phrase has a key for each plural category, in the order of
        /// [`Category`](super::plural::Category).
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs, reason = "the English file says what each one is")]
        pub enum Key { $($variant,)* }

        impl Key {
            /// Every key.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];
            /// Every key's name in the files, in the same order.
            pub const NAMES: &[&str] = &[$($name,)*];
        }
    };
}

keys! {
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
    RateLimited = "rate_limited",
    StoreFull = "store_full",
    ActionFailed = "action_failed",
    EditWindowOver = "edit_window_over",
    EditConflict = "edit_conflict",
    NotYours = "not_yours",
    NotThere = "not_there",
    ReasonMissing = "reason_missing",
    AlreadyReported = "already_reported",
    CharsLimitOne = "chars_limit_one",
    CharsLimitFew = "chars_limit_few",
    CharsLimitMany = "chars_limit_many",
    CharsLimitOther = "chars_limit_other",
    RetrySecsOne = "retry_secs_one",
    RetrySecsFew = "retry_secs_few",
    RetrySecsMany = "retry_secs_many",
    RetrySecsOther = "retry_secs_other",
    CommentsOne = "comments_one",
    CommentsFew = "comments_few",
    CommentsMany = "comments_many",
    CommentsOther = "comments_other",
    RoomOne = "room_one",
    RoomFew = "room_few",
    RoomMany = "room_many",
    RoomOther = "room_other",
    OverOne = "over_one",
    OverFew = "over_few",
    OverMany = "over_many",
    OverOther = "over_other",
    MinutesOne = "minutes_one",
    MinutesFew = "minutes_few",
    MinutesMany = "minutes_many",
    MinutesOther = "minutes_other",
    RepliesOne = "replies_one",
    RepliesFew = "replies_few",
    RepliesMany = "replies_many",
    RepliesOther = "replies_other",
    NewOne = "new_one",
    NewFew = "new_few",
    NewMany = "new_many",
    NewOther = "new_other",
}

/// The words of one language, read from its file. Keys that this version does not know are passed over.
#[derive(Debug)]
pub struct Catalog {
    /// Words by key, in the order of [`Key::ALL`]; empty where the file lacks one.
    texts: Vec<String>,
}

impl Catalog {
    /// The words of a language that has a text, or an empty one, for every key by its name.
    pub fn new(text: impl FnMut(&str) -> String) -> Self {
        Self { texts: Key::NAMES.iter().copied().map(text).collect() }
    }

    /// The words of a key.
    pub fn text(&self, key: Key) -> &str {
        self.numbered(key as usize)
    }

    /// A counted phrase in one of its forms, of which `first` is the one for [`Category::One`].
    pub fn form(&self, first: Key, category: Category) -> &str {
        self.numbered(first as usize + category as usize)
    }

    fn numbered(&self, key: usize) -> &str {
        self.texts.get(key).map_or("", String::as_str)
    }
}

impl<'de> Deserialize<'de> for Catalog {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut texts = BTreeMap::<String, String>::deserialize(deserializer)?;
        Ok(Self::new(|name| texts.remove(name).unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::i18n::plural::category;

    fn files() -> Vec<(String, BTreeMap<String, String>)> {
        std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/locales"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| {
                let lang = path.file_stem().unwrap().to_str().unwrap().to_owned();
                (lang, serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap())
            })
            .collect()
    }

    /// The plural forms that a language never uses may be left out of its file.
    fn is_needed(lang: &str, name: &str) -> bool {
        let used = |wanted| (0..=200).any(|n| category(lang, n) == wanted);
        match name.rsplit('_').next() {
            Some("one") => used(Category::One),
            Some("few") => used(Category::Few),
            Some("many") => used(Category::Many),
            Some("other") => used(Category::Other),
            _ => true,
        }
    }

    #[test]
    fn every_language_says_every_key_and_nothing_else() {
        let files = files();
        assert!(files.len() >= 3);
        for (lang, texts) in files {
            let expected: BTreeSet<_> =
                Key::NAMES.iter().copied().filter(|name| is_needed(&lang, name)).collect();
            assert_eq!(texts.keys().map(String::as_str).collect::<BTreeSet<_>>(), expected, "{lang}");
            assert!(texts.values().all(|text| !text.trim().is_empty()), "{lang}");
        }
    }

    #[test]
    fn every_language_keeps_the_placeholders() {
        let files = files();
        let placeholders = |text: &str| text.matches(['{', '}']).count();
        let (_, english) = files.iter().find(|(lang, _)| lang == "en").unwrap();
        for (lang, texts) in &files {
            for (name, text) in texts {
                let model = english
                    .get(name)
                    .or_else(|| english.get(&name.replace("_few", "_other").replace("_many", "_other")));
                assert_eq!(placeholders(text), placeholders(model.unwrap()), "{lang} {name}");
            }
        }
    }
}
