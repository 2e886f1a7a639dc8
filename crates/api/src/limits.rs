//! The limits both sides hold to.

/// Characters (Unicode scalar values) of a comment's text after trimming, at most.
pub const TEXT_MAX_CHARS: usize = 10_000;
/// Characters of a name after trimming, at most.
pub const NAME_MAX_CHARS: usize = 80;
/// Characters of an e-mail address, at most (RFC 5321, 4.5.3.1.3).
pub const EMAIL_MAX_CHARS: usize = 254;
/// Bytes of a page id in its one form, at most.
pub const PAGE_MAX_BYTES: usize = 512;
/// Bytes of a page id as it is sent, at most: percent-encoded and decomposed, a letter takes many times its own.
pub const PAGE_SENT_MAX_BYTES: usize = 16 * PAGE_MAX_BYTES;
/// Bytes of a site id, at most: a host name's own limit.
pub const SITE_MAX_BYTES: usize = 253;
/// Characters of a page's title, at most.
pub const TITLE_MAX_CHARS: usize = 300;
/// Bytes of a page's address, at most.
pub const URL_MAX_BYTES: usize = 2_048;
/// Top-level comments of one answer, at most.
pub const LIST_LIMIT_MAX: u32 = 100;
/// Top-level comments of one answer where nothing is asked.
pub const LIST_LIMIT_DEFAULT: u32 = 20;
/// Comments of one answer of `latest`, at most.
pub const LATEST_LIMIT_MAX: u32 = 20;
/// Comments of one answer of `latest` where nothing is asked.
pub const LATEST_LIMIT_DEFAULT: u32 = 5;
/// Pages of one answer of `discussed`, at most.
pub const DISCUSSED_LIMIT_MAX: u32 = 20;
/// Pages of one answer of `discussed` where nothing is asked.
pub const DISCUSSED_LIMIT_DEFAULT: u32 = 5;
/// Days whose comments `discussed` counts, at most.
pub const DISCUSSED_DAYS_MAX: u32 = 30;
/// Days whose comments `discussed` counts where nothing is asked.
pub const DISCUSSED_DAYS_DEFAULT: u32 = 7;
/// Characters of an excerpt, at most.
pub const EXCERPT_MAX_CHARS: usize = 140;
/// Pages of one counts query, at most.
pub const COUNTS_MAX_PAGES: usize = 100;
/// Pages of one live stream, at most.
pub const LIVE_MAX_PAGES: usize = 100;
/// Characters of a report's note after trimming, at most.
pub const NOTE_MAX_CHARS: usize = 1_000;
/// Bytes of a request body, at most.
pub const BODY_MAX_BYTES: usize = 64 * 1024;
/// Bytes of an `Idempotency-Key`, at most.
pub const IDEMPOTENCY_KEY_MAX_BYTES: usize = 128;
/// Bytes of a bearer token, at least.
pub const TOKEN_MIN_BYTES: usize = 16;
/// Bytes of a bearer token, at most.
pub const TOKEN_MAX_BYTES: usize = 128;
/// Levels of replies shown indented; deeper ones stand at this level.
pub const DEPTH_MAX_SHOWN: u32 = 6;
/// Bytes of the body of a request that decides, at most: it may name [`DECIDED_MAX_COMMENTS`].
pub const DECISIONS_BODY_MAX_BYTES: usize = 256 * 1024;
/// Comments decided on by one request that names them, at most.
pub const DECIDED_MAX_COMMENTS: usize = 1_000;
/// Comments of one page of a newsroom's list, at most.
pub const QUEUE_LIMIT_MAX: u32 = 100;
/// Comments of one page of a newsroom's list where nothing is asked.
pub const QUEUE_LIMIT_DEFAULT: u32 = 50;
/// The number up to which the comments of a query are counted; this number stands for it and every larger one.
pub const QUEUE_COUNT_MAX: u32 = 10_001;
/// Characters of a search, at most.
pub const SEARCH_MAX_CHARS: usize = 200;
/// Characters of a private note or of the words to an author, at most.
pub const DECISION_NOTE_MAX_CHARS: usize = 1_000;
/// Characters of a thread's announcement, at most.
pub const THREAD_NOTICE_MAX_CHARS: usize = 500;
/// Seconds between two comments of an author in a slow thread, at most.
pub const THREAD_SLOW_MAX_SECS: u32 = 86_400;
/// Threads of one page of a newsroom's list, at most.
pub const THREADS_LIMIT_MAX: u32 = 100;
/// Characters of a password, at least.
pub const PASSWORD_MIN_CHARS: usize = 12;
/// Bytes of a password, at most.
pub const PASSWORD_MAX_BYTES: usize = 1_024;
