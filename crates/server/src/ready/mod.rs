//! Ready answers: made once, compressed once in each encoding that somebody takes, given to everybody until a write makes them old.
//!
//! An answer is true as long as nothing at all was written; the store says so without reading. When
//! something was, the thread's revision says whether it was here. Only then is an answer made again, by
//! one request for all that wait.

mod compress;
mod encoded;
mod latest;

use std::hash::BuildHasher;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter};
use tokio::sync::Mutex;

pub use compress::Envelope;
pub use encoded::{Encoded, tag};
pub use latest::LatestShelf;

use crate::commands::Context;
use crate::domain::comment::{CommentId, UnixMillis};
use crate::domain::thread::ThreadKey;
use crate::render::{Audience, HeadingLevel, Lang, Outcome, Style};
use crate::storage::{Cursor, ListError, ListQuery, Page, PageStart, StoreError, Version};

/// Answers that are made at the same time, at most.
const TURNS: usize = 64;
/// Bytes that an entry takes besides its answer, roughly.
const ENTRY_BYTES: u64 = 512;
/// Bytes of an answer, by which the number of entries is guessed.
const USUAL_ANSWER_BYTES: usize = 16 * 1024;

/// Which answer: a part of a thread, in a form.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Asked {
    /// The part of the thread.
    pub query: ListQuery,
    /// The form.
    pub form: Form,
    /// The thread in another spelling, where an answer has to repeat it.
    pub spelled: Option<ThreadKey>,
}

/// The form of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Form {
    /// For programs.
    Json,
    /// The thread alone, as HTML, with its heading at the level that was asked for.
    Fragment(Lang, Style, Option<HeadingLevel>, Links),
    /// The loader with the thread in it, likewise.
    Script(Lang, Option<HeadingLevel>),
    /// A whole HTML page, for a browser by itself or for a script that puts its thread in place, which may say what has
    /// just been done.
    Page(Lang, Audience, Option<Outcome>),
}

/// Where the links between the comments of a fragment lead.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Links {
    /// To the page that the fragment stands on, whichever that is.
    Page,
    /// To the article, whatever `<base>` the page has: at this address, or at what is known of the thread.
    Article(Option<String>),
}

/// An answer before it is ready.
#[derive(Debug)]
pub struct Made {
    /// Its bytes.
    pub encoded: Encoded,
    /// When time alone makes it old.
    pub until: Option<UnixMillis>,
    /// The comments in it.
    pub shown: Vec<CommentId>,
}

/// An answer that is ready.
#[derive(Debug, Clone)]
pub struct Ready {
    /// Its bytes.
    pub encoded: Arc<Encoded>,
    /// The comments in it.
    pub shown: Arc<[CommentId]>,
}

/// A ready answer and what it depends on.
#[derive(Debug)]
struct Answer {
    ready: Ready,
    until: Option<UnixMillis>,
    revision: Option<u64>,
    generation: u64,
    /// The latest version at which it was known to be true.
    writes: AtomicU64,
}

/// The ready answers.
pub struct Shelf {
    answers: Cache<Asked, Arc<Answer>, ByBytes>,
    turns: Vec<Mutex<()>>,
    hasher: DefaultHashBuilder,
}

impl Shelf {
    /// A shelf for so many bytes.
    pub fn of_bytes(bytes: u32) -> Self {
        // One shard, since each would take no answer larger than its own part of the memory.
        let options = OptionsBuilder::new()
            .shards(1)
            .estimated_items_capacity(bytes as usize / USUAL_ANSWER_BYTES)
            .weight_capacity(bytes.into())
            .build()
            .expect("both capacities are given");
        let hasher = DefaultHashBuilder::default();
        let answers = Cache::with_options(options, ByBytes, hasher.clone(), DefaultLifecycle::default());
        Self { answers, turns: (0..TURNS).map(|_| Mutex::default()).collect(), hasher }
    }

    /// The answer as of now: a ready one where it is still true, else what `make` makes of the thread.
    pub async fn answer<M>(
        &self,
        context: &Context,
        asked: &Asked,
        make: impl FnOnce(Page) -> M,
    ) -> Result<Ready, ListError>
    where
        M: Future<Output = Made>,
    {
        let (version, now) = (context.store.version().await?, context.clock.now());
        if let Some(answer) = self.found(asked, version, now) {
            return Ok(answer);
        }
        let _turn = self.turn(asked).lock().await;
        if let Some(answer) = self.found(asked, version, now) {
            return Ok(answer);
        }
        if let Some(answer) = self.confirmed(context, asked, version, now).await? {
            return Ok(answer);
        }
        let page = context.store.list(&asked.query).await?;
        let revision = page.thread.revision;
        let Made { encoded, until, shown } = make(page).await;
        let ready = Ready { encoded: Arc::new(encoded), shown: shown.into() };
        let (generation, writes) = (version.generation, AtomicU64::new(version.writes));
        let answer = Answer { ready: ready.clone(), until, revision, generation, writes };
        self.answers.insert(asked.clone(), Arc::new(answer));
        Ok(ready)
    }

    fn found(&self, asked: &Asked, version: Version, now: UnixMillis) -> Option<Ready> {
        let answer = self.answers.get(asked)?;
        let is_true =
            answer.could_be_true(version, now) && answer.writes.load(Ordering::Acquire) >= version.writes;
        is_true.then(|| answer.ready.clone())
    }

    /// An answer that is true in spite of writes, which were elsewhere.
    async fn confirmed(
        &self,
        context: &Context,
        asked: &Asked,
        version: Version,
        now: UnixMillis,
    ) -> Result<Option<Ready>, StoreError> {
        let Some(answer) = self.answers.get(asked).filter(|answer| answer.could_be_true(version, now)) else {
            return Ok(None);
        };
        if context.store.revision(&asked.query.thread).await? != answer.revision {
            return Ok(None);
        }
        answer.writes.fetch_max(version.writes, Ordering::AcqRel);
        Ok(Some(answer.ready.clone()))
    }

    /// Who makes an answer holds its turn, so that those who ask for the same wait for it.
    fn turn(&self, asked: &Asked) -> &Mutex<()> {
        let hash = usize::try_from(self.hasher.hash_one(asked) % TURNS as u64);
        &self.turns[hash.expect("it is below the number of turns")]
    }
}

impl Answer {
    fn could_be_true(&self, version: Version, now: UnixMillis) -> bool {
        self.generation == version.generation && self.until.is_none_or(|until| now <= until)
    }
}

/// An answer weighs what it holds.
#[derive(Clone)]
struct ByBytes;

impl Weighter<Asked, Arc<Answer>> for ByBytes {
    fn weight(&self, asked: &Asked, answer: &Arc<Answer>) -> u64 {
        let spelled = asked.spelled.as_ref().map_or(0, |thread| thread.site.len() + thread.page.len());
        let ThreadKey { site, page } = &asked.query.thread;
        let given = match &asked.query.start {
            PageStart::After(Cursor { returned: Some(returned), .. }) => returned.text_bytes(),
            _ => 0,
        };
        let article = match &asked.form {
            Form::Fragment(.., Links::Article(Some(address))) => address.len(),
            _ => 0,
        };
        let Ready { encoded, shown } = &answer.ready;
        (site.len() + page.len() + spelled + given + article + encoded.len() + size_of_val(&**shown)) as u64
            + ENTRY_BYTES
    }
}
