//! A site with many comments, the same whenever it is made: who wrote what, when, and under which page.

use dumka_domain::comment::{CommentId, UnixMillis};

/// Comments for each page, in the middle.
const COMMENTS_OF_A_PAGE: usize = 50;
/// Comments of each author, in the middle.
const COMMENTS_OF_AN_AUTHOR: usize = 20;
/// The time of the first comment: 1 January 2025.
const FIRST_AT: i64 = 1_735_689_600_000;
/// The time of all of them: a year and a half.
const SPAN: i64 = 547 * 24 * 60 * 60 * 1_000;
/// The power by which a page has fewer comments than the one before, so that the first has some percent of all.
const STEEPNESS: f64 = 0.75;
/// Of so many comments, one is the first of its tree.
const ROOT_EVERY: usize = 3;

/// The standing of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Published, and not looked at by a moderator.
    New,
    /// Published, and approved.
    Approved,
    /// Published, with an open report.
    Reported,
    /// Waiting, since its site looks at comments first.
    Pending,
    /// Waiting, since a rule held it.
    Held,
    /// Refused.
    Rejected,
}

impl Standing {
    fn is_published(self) -> bool {
        matches!(self, Self::New | Self::Approved | Self::Reported)
    }
}

/// The place of a comment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) page: usize,
    /// Counts up within the thread, from 1.
    pub(crate) position: usize,
    /// The number of the comment that it answers.
    pub(crate) parent: Option<usize>,
    /// The number of the first comment of its tree.
    pub(crate) root: usize,
    pub(crate) author: usize,
    pub(crate) standing: Standing,
}

/// A thread, by the numbers of its comments.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Thread {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) comments: usize,
    pub(crate) published: usize,
    /// The last comment that can be answered, and the first of its tree.
    answerable: Option<(usize, usize)>,
}

/// All comments of the site, and its threads.
pub(crate) struct BigSite {
    pub(crate) places: Vec<Place>,
    pub(crate) threads: Vec<Option<Thread>>,
}

impl BigSite {
    /// Makes a site of so many comments.
    pub(crate) fn of(comments: usize) -> Self {
        let pages = Shares::of(comments / COMMENTS_OF_A_PAGE);
        let authors = Shares::of(comments / COMMENTS_OF_AN_AUTHOR);
        let mut site = Self { places: Vec::with_capacity(comments), threads: vec![None; pages.0.len()] };
        for number in 0..comments {
            let page = pages.pick(dice(number, 1));
            site.add(number, page, authors.pick(dice(number, 2)));
        }
        site
    }

    fn add(&mut self, number: usize, page: usize, author: usize) {
        let standing = standing(number);
        let slot = &mut self.threads[page];
        let thread = slot.get_or_insert(Thread {
            first: number,
            last: number,
            comments: 0,
            published: 0,
            answerable: None,
        });
        let answered = thread.answerable.filter(|_| !dice(number, 3).is_multiple_of(ROOT_EVERY as u64));
        let root = answered.map_or(number, |(_, root)| root);
        (thread.last, thread.comments) = (number, thread.comments + 1);
        if standing.is_published() {
            thread.published += 1;
            thread.answerable = Some((number, root));
        }
        let parent = answered.map(|(parent, _)| parent);
        self.places.push(Place { page, position: thread.comments, parent, root, author, standing });
    }

    /// Returns the time of a comment.
    pub(crate) fn time(&self, number: usize) -> UnixMillis {
        let part = SPAN / i64::try_from(self.places.len()).expect("comments are few");
        UnixMillis(FIRST_AT + part * i64::try_from(number).expect("comments are few"))
    }

    /// Returns the id of a comment.
    pub(crate) fn id(&self, number: usize) -> CommentId {
        let mut random = [0; 10];
        random[..8].copy_from_slice(&dice(number, 4).to_be_bytes());
        CommentId::new(self.time(number), random)
    }

    /// Returns the pages that have a thread, the fullest first.
    pub(crate) fn pages(&self) -> Vec<(usize, Thread)> {
        let threads = self.threads.iter().enumerate();
        let mut pages: Vec<_> = threads.filter_map(|(page, thread)| Some((page, (*thread)?))).collect();
        pages.sort_by_key(|(_, thread)| std::cmp::Reverse(thread.comments));
        pages
    }
}

/// A few of a thousand wait, are reported or refused; one of ten was approved.
fn standing(number: usize) -> Standing {
    match dice(number, 5) % 1_000 {
        0..3 => Standing::Pending,
        3..5 => Standing::Held,
        5..7 => Standing::Reported,
        7..20 => Standing::Rejected,
        20..120 => Standing::Approved,
        _ => Standing::New,
    }
}

/// Shares that become smaller from one to the next (Zipf), as sums up to each.
struct Shares(Vec<f64>);

impl Shares {
    fn of(count: usize) -> Self {
        let mut sum = 0.0;
        let share =
            |place: usize| u32::try_from(place).map_or(0.0, |place| f64::from(place).powf(-STEEPNESS));
        Self(
            (1..=count.max(1))
                .map(|place| {
                    sum += share(place);
                    sum
                })
                .collect(),
        )
    }

    fn pick(&self, dice: u64) -> usize {
        let most = self.0.last().copied().unwrap_or_default();
        let part = f64::from(u32::try_from(dice >> 32).expect("32 bits are left")) / f64::from(u32::MAX);
        self.0.partition_point(|&sum| sum < part * most).min(self.0.len() - 1)
    }
}

/// A number without a pattern, another one for each use (splitmix64, by Sebastiano Vigna).
pub(crate) fn dice(number: usize, purpose: u64) -> u64 {
    let mut dice = (number as u64 * 8 + purpose).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    dice = (dice ^ (dice >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    dice = (dice ^ (dice >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    dice ^ (dice >> 31)
}
