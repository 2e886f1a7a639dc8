//! Threads from a shell, over a real store.

use std::net::Ipv4Addr;

use clap::Parser;
use dumka_api::NewAuthor;
use dumka_api::NewComment;

use super::*;
use crate::commands::{Context, Post, SitePolicy, submit};
use crate::domain::thread::MetadataSource;
use crate::entropy::SystemEntropy;

#[derive(Parser)]
struct Line {
    #[command(subcommand)]
    action: Action,
}

fn comment(title: &str) -> NewComment {
    NewComment {
        site: "news.example".into(),
        page: "/новини".into(),
        parent: None,
        author: NewAuthor { name: "Олена".into(), email: None },
        text: "Думка".into(),
        title: Some(title.into()),
        url: Some(format!("https://news.example/{title}")),
    }
}

#[test]
fn address_of_another_site_is_refused() {
    let sites = crate::sites::tests::configured();
    let check = |url: &str| {
        let line = ["threads", "name", "--site", "A", "--page", "/1", "--url", url];
        let Action::Name(name) = Line::try_parse_from(line).unwrap().action else { unreachable!() };
        check_origin(&sites, &name)
    };
    assert!(check("https://a.example/tram").is_ok());
    assert!(check("").is_ok());
    let refused = check("https://other.example/tram").unwrap_err().to_string();
    assert!(refused.contains("is not on one of the origins of a;"), "{refused}");
}

async fn post(context: &Context, policy: &SitePolicy, title: &str) {
    let new = comment(title);
    let actor = Actor::Guest { token: None, address: Ipv4Addr::LOCALHOST.into() };
    submit(context, policy, &actor, Post::new(&new).unwrap().with_key(title)).await.unwrap();
}

async fn said(store: &Arc<dyn Store>, line: &[&str]) -> anyhow::Result<String> {
    let line = Line::try_parse_from([&["threads"], line].concat())?;
    let mut out = Vec::new();
    run(&line.action, store, &mut out).await?;
    Ok(String::from_utf8(out)?)
}

async fn named(store: &dyn Store) -> (Option<String>, Option<String>) {
    let thread = ThreadKey { site: "news.example".into(), page: "/новини".into() };
    let limits = storage::PageLimits { top_level: 1, comments: 1, text_bytes: 1 };
    let start = storage::PageStart::Top;
    let query = storage::ListQuery { thread, sort: dumka_api::Sort::Oldest, start, limits };
    let thread = store.list(&query).await.unwrap().thread;
    (thread.title, thread.url)
}

fn told(title: &str, url: &str) -> (Option<String>, Option<String>) {
    (Some(title.into()), Some(url.into()))
}

#[tokio::test]
async fn moderators_word_stays_until_they_leave_it_to_the_comments() {
    let directory = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", directory.path().join("dumka.db").display());
    let store = storage::open(&url).await.unwrap();
    let context = Context::new(store.clone(), Arc::new(SystemClock), Arc::new(SystemEntropy)).await.unwrap();
    let policy = SitePolicy { metadata_source: MetadataSource::Site, ..SitePolicy::OPEN };
    post(&context, &policy, "one").await;
    let thread = ["name", "--site", "News.Example", "--page", "/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8/"];

    let line = [&thread[..], &["--title", "Наша \u{202E}назва"]].concat();
    assert_eq!(said(&store, &line).await.unwrap(), "the thread of /новини on news.example is named\n");
    post(&context, &policy, "two").await;
    assert_eq!(named(&*store).await, told("Наша назва", "https://news.example/two"));

    let line = [&thread[..], &["--title", "", "--url", "https://news.example/three?fbclid=1"]].concat();
    said(&store, &line).await.unwrap();
    assert_eq!(named(&*store).await, told("two", "https://news.example/three"));
}

#[tokio::test]
async fn what_cannot_be_said_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", directory.path().join("dumka.db").display());
    let store = storage::open(&url).await.unwrap();
    let thread = ["name", "--site", "news.example", "--page", "p"];
    for (words, why) in [
        (&["--title", "T"][..], "there is no thread of p on news.example"),
        (&["--url", "javascript:alert(1)"], "url:"),
        (&["--title", "\u{200B}"], "shows nothing"),
        (&[], "--title"),
    ] {
        let refused = said(&store, &[&thread[..], words].concat()).await.unwrap_err();
        assert!(refused.to_string().contains(why), "{refused}");
    }
}

#[tokio::test]
async fn thread_is_steered_and_listed() {
    let directory = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", directory.path().join("dumka.db").display());
    let store = storage::open(&url).await.unwrap();
    let thread = ["--site", "News.Example", "--page", "p"];
    let said = async |words: &[&str]| said(&store, words).await.map_err(|error| format!("{error:#}"));
    let steered = async |words: &[&str]| said(&[words, &thread].concat()).await;
    let nothing = "  news.example p  (published: 0, pending: 0)\n";
    assert_eq!(steered(&["slow", "90"]).await.unwrap(), format!("slow 90 s{nothing}"));
    assert_eq!(steered(&["open"]).await.unwrap(), format!("open{nothing}"));
    let held = steered(&["hold", "--for", "2h"]).await.unwrap();
    assert!(held.starts_with("held until 2"), "{held}");
    let closed = steered(&["close", "--until", "2100-01-02T03:04:05Z"]).await.unwrap();
    assert_eq!(closed, format!("closed until 2100-01-02T03:04:05.000Z{nothing}"));
    steered(&["open"]).await.unwrap();
    let announced = steered(&["announce", "Ми \u{202E}стежимо"]).await.unwrap();
    assert_eq!(announced, format!("open{nothing}    announced: Ми стежимо\n"));
    assert_eq!(said(&["list", "--search", "P"]).await.unwrap(), announced);
    assert_eq!(said(&["list", "--site", "other.example"]).await.unwrap(), "");
    assert_eq!(steered(&["announce", ""]).await.unwrap(), format!("open{nothing}"));
    for (words, why) in [
        (&["slow", "0"][..], "slow_secs"),
        (&["close", "--until", "2001-01-01T00:00:00Z"], "state_until"),
        (&["close", "--for", "2 weeks"], "90s, 30m, 2h or 7d"),
        (&["hold", "--for", "1h", "--until", "2100-01-01T00:00:00Z"], "cannot be used with"),
    ] {
        let refused = steered(words).await.unwrap_err();
        assert!(refused.contains(why), "{refused}");
    }
}
