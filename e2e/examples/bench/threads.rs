//! The comments that everybody shows: the same words, in the same order.

use anyhow::{Context, Result, ensure};
use reqwest::RequestBuilder;
use serde_json::Value;

use crate::service::{POSTS, Post, Service};

/// Dumka wants one with every post; others overlook it.
pub(crate) const KEY: &str = "Idempotency-Key";

/// Every so many-th comment replies to the one before it.
const REPLY_EVERY: usize = 5;

const NAMES: [&str; 8] =
    ["Олена", "Taras", "Марія К.", "old_miller", "Пётр", "Iryna", "ферри", "Anna Shevchuk"];

const SYLLABLES: [&str; 32] = [
    "во", "на", "ра", "по", "ко", "то", "не", "ли", "ка", "ре", "го", "ста", "за", "та", "ни", "де", "ла",
    "про", "ти", "ва", "пе", "ма", "ри", "же", "до", "сло", "бе", "му", "тря", "ши", "чу", "ём",
];

/// The author of a comment.
pub(crate) fn author(number: usize) -> &'static str {
    NAMES[scramble(number) % NAMES.len()]
}

/// The text of a comment, the same whenever it is asked for: 4 to 64 words of a language that nobody speaks,
/// so that it compresses about as what people write does.
pub(crate) fn text(number: usize) -> String {
    let words = 4 + scramble(number) % 61;
    let word = |place: usize| {
        let dice = scramble(number * 64 + place);
        let syllables = (0..2 + dice % 2).map(|step| SYLLABLES[(dice >> (8 + 5 * step)) % SYLLABLES.len()]);
        syllables.collect::<String>()
    };
    (0..words).map(word).collect::<Vec<_>>().join(" ")
}

/// A number without a pattern (splitmix64, by Sebastiano Vigna).
fn scramble(number: usize) -> usize {
    let mut dice = (number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    dice = (dice ^ (dice >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    dice = (dice ^ (dice >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    // Only ever a remainder is taken of it.
    usize::try_from((dice ^ (dice >> 31)) >> 33).expect("31 bits fit")
}

/// The number of comments, of `size`, that are shown where twenty top-level ones are asked for, replies included.
pub(crate) fn with_twenty_on_top(size: usize) -> usize {
    size.min(20 * REPLY_EVERY / (REPLY_EVERY - 1))
}

/// Posts every thread, and a first comment to the thread for the load.
pub(crate) async fn fill(service: &Service, sizes: &[usize]) -> Result<()> {
    let post = service.post.context("it takes no comments")?;
    let http = reqwest::Client::new();
    let url = |page: &str| format!("http://{}{}", service.address, (post.path)(page));
    for &size in sizes {
        let page = format!("/{size}");
        let mut previous = Value::Null;
        for number in 0..size {
            let parent = if number % REPLY_EVERY == REPLY_EVERY - 1 { &previous } else { &Value::Null };
            let body = (post.body)(&page, parent, number);
            let key = format!("{size}-{number}");
            previous = send(http.post(url(&page)).header(KEY, key).json(&body), post).await?;
        }
    }
    let first = (post.body)(POSTS, &Value::Null, 0);
    send(http.post(url(POSTS)).header(KEY, "first").json(&first), post).await?;
    Ok(())
}

async fn send(request: RequestBuilder, post: Post) -> Result<Value> {
    let answer = request.send().await?;
    let (status, answer) = (answer.status(), answer.json::<Value>().await?);
    ensure!(status.is_success(), "{status}: {answer}");
    Ok((post.id)(&answer).clone())
}
