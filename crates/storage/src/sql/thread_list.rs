//! Lists threads for moderators, the one with the latest comment first.

use dumka_domain::comment::UnixMillis;
use dumka_domain::thread::ThreadKey;
use sqlx::query::QueryAs;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::{placeholders, row};
use crate::error::StoreError;
use crate::moderation::{ThreadFilter, ThreadPosition, ThreadRecord};
use crate::sql;

/// The character after which a pattern's special ones stand for themselves.
const ESCAPE: char = '!';

/// Site, page, title, address, numbers of published and of pending comments, the settings, the place.
type Columns = (
    String,
    String,
    Option<String>,
    Option<String>,
    i64,
    i64,
    String,
    Option<i64>,
    Option<i64>,
    Option<String>,
    Option<i64>,
    i64,
    String,
);

/// Lists the threads that are asked for. Words are searched in all titles: the cost grows with the number of threads.
pub(crate) async fn threads(
    connection: &mut AnyConnection,
    filter: &ThreadFilter,
) -> Result<Vec<ThreadRecord>, StoreError> {
    let mut texts: Vec<String> = filter.sites.iter().flatten().chain(&filter.page).cloned().collect();
    let mut conditions = String::new();
    // Those before it take the time, the id and the limit.
    let sites = filter.sites.as_ref().map_or(0, Vec::len);
    if filter.sites.is_some() {
        conditions.extend([" AND t.site IN (", &placeholders(4, sites), ")"]);
    }
    if filter.page.is_some() {
        conditions.extend([" AND t.page = ", &placeholders(4 + sites, 1)]);
    }
    for word in &filter.words {
        let patterns = patterns(word);
        let numbers = 4 + texts.len()..;
        let each = patterns.iter().zip(numbers).flat_map(|(_, number)| {
            ["title", "page"].map(|column| format!("t.{column} LIKE ${number} ESCAPE '{ESCAPE}'"))
        });
        conditions.extend([" AND (", &each.collect::<Vec<_>>().join(" OR "), ")"]);
        texts.extend(patterns);
    }
    let sql = format!(
        "SELECT t.site, t.page, t.title, t.url, t.total, (SELECT COUNT(*) FROM comments c \
         WHERE c.thread_id = t.id AND c.status = 'pending'), t.state, t.state_until, t.slow_secs, t.notice, \
         t.notice_until, t.active_at, t.id FROM threads t WHERE (t.active_at, t.id) < ($1, $2){conditions} \
         ORDER BY t.active_at DESC, t.id DESC LIMIT $3"
    );
    let (active_at, id) = filter.after.as_ref().map_or((i64::MAX, ""), |it| (it.active_at.0, &it.id));
    let select = sql::query_as(AssertSqlSafe(sql)).bind(active_at).bind(id).bind(i64::from(filter.limit));
    let rows: Vec<Columns> = texts.into_iter().fold(select, QueryAs::bind).fetch_all(connection).await?;
    rows.into_iter().map(record).collect()
}

fn record(columns: Columns) -> Result<ThreadRecord, StoreError> {
    let (site, page, title, url, total, pending, state, state_until, slow_secs, ..) = columns;
    let (.., notice, notice_until, active_at, id) = columns;
    Ok(ThreadRecord {
        thread: ThreadKey { site, page },
        title,
        url,
        total: row::count(total)?,
        pending: row::count(pending)?,
        settings: row::thread_settings((state, state_until, slow_secs, notice, notice_until))?,
        position: ThreadPosition { active_at: UnixMillis(active_at), id },
    })
}

/// Writes the patterns of a word in the letters in which it is likely to stand: SQLite takes capitals and small letters of
/// other alphabets than the Latin for different ones, and PostgreSQL of all.
fn patterns(word: &str) -> Vec<String> {
    let lower = word.to_lowercase();
    let mut rest = lower.chars();
    let capitalized = rest.next().map(|first| first.to_uppercase().collect::<String>() + rest.as_str());
    let mut spellings = vec![word.to_owned(), word.to_uppercase(), lower.clone()];
    spellings.extend(capitalized);
    spellings.sort_unstable();
    spellings.dedup();
    spellings.iter().map(|spelling| format!("%{}%", escaped(spelling))).collect()
}

fn escaped(text: &str) -> String {
    let special = |c: char| matches!(c, '%' | '_' | ESCAPE);
    text.chars().flat_map(|c| special(c).then_some(ESCAPE).into_iter().chain([c])).collect()
}
