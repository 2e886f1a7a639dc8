//! Threads as moderators find them.

use std::sync::Arc;

use dumka_domain::comment::Status;
use dumka_domain::thread::ThreadKey;
use dumka_storage::{NewCommentRecord, Store, ThreadFilter};

use crate::fixture::{comment, insert, thread};

fn on(site: &str, page: &str, title: &str, number: u8) -> NewCommentRecord {
    let thread = ThreadKey { site: site.into(), page: page.into() };
    NewCommentRecord { thread, title: Some(title.into()), ..comment(number) }
}

fn all() -> ThreadFilter {
    ThreadFilter { limit: 10, ..ThreadFilter::default() }
}

async fn pages(store: &Arc<dyn Store>, filter: &ThreadFilter) -> Vec<String> {
    store.threads(filter).await.unwrap().into_iter().map(|record| record.thread.page).collect()
}

pub(crate) async fn thread_with_the_latest_comment_comes_first(store: &Arc<dyn Store>) {
    insert(store, [on("a", "1", "T", 1), on("b", "2", "T", 2), on("a", "3", "T", 3), on("a", "1", "T", 4)])
        .await;
    let waiting = NewCommentRecord { status: Status::Pending, ..on("b", "2", "T", 5) };
    insert(store, [waiting]).await;
    assert_eq!(pages(store, &all()).await, ["2", "1", "3"]);
    let records = store.threads(&all()).await.unwrap();
    assert_eq!((records[0].total, records[0].pending, records[1].total), (1, 1, 2));

    let sites = |sites: &[&str]| Some(sites.iter().map(|site| (*site).to_owned()).collect());
    assert_eq!(pages(store, &ThreadFilter { sites: sites(&["a"]), ..all() }).await, ["1", "3"]);
    assert_eq!(pages(store, &ThreadFilter { sites: sites(&["a", "b"]), ..all() }).await, ["2", "1", "3"]);
    let one = ThreadFilter { sites: sites(&["a"]), page: Some("3".into()), ..all() };
    assert_eq!(pages(store, &one).await, ["3"]);
    let mut seen = Vec::new();
    let mut filter = ThreadFilter { limit: 1, ..all() };
    while let Some(record) = store.threads(&filter).await.unwrap().pop() {
        seen.push(record.thread.page);
        filter.after = Some(record.position);
    }
    assert_eq!(seen, ["2", "1", "3"]);
    assert!(pages(store, &ThreadFilter { sites: sites(&[&thread().site]), ..all() }).await.is_empty());
}

pub(crate) async fn words_are_found_in_titles_and_pages_in_any_letters(store: &Arc<dyn Store>) {
    insert(
        store,
        [
            on("a", "/trams", "Київ відкриває трамвай", 1),
            on("a", "/100%_sure", "Budget", 2),
            on("a", "/100-sure", "ТРАМВАЙ", 3),
        ],
    )
    .await;
    for (words, found) in [
        (&["київ"][..], &["/trams"][..]),
        (&["КИЇВ", "Трамвай"], &["/trams"]),
        (&["трамвай"], &["/100-sure", "/trams"]),
        (&["TRAM"], &["/trams"]),
        (&["0%_s"], &["/100%_sure"]),
        (&["budget"], &["/100%_sure"]),
        (&["'", "!"], &[]),
    ] {
        let words: Vec<_> = words.iter().map(|word| (*word).to_owned()).collect();
        assert_eq!(pages(store, &ThreadFilter { words: words.clone(), ..all() }).await, found, "{words:?}");
    }
}
