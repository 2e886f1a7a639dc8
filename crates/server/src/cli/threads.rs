//! `dumka threads`: renames threads in a shell.

use std::io::Write;

use anyhow::ensure;
use dumka_api::site;

use crate::commands::{Actor, RenameThread, rename_thread};
use crate::config::{self, Flags};
use crate::domain::thread::ThreadKey;
use crate::sites::Sites;
use crate::storage::{self, Store};

/// The action of a moderator.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Action {
    /// Say what a thread is called and where its page is
    Name(Name),
}

/// A thread, and its new names.
#[derive(Debug, clap::Args)]
pub(super) struct Name {
    /// The site of the thread
    #[arg(long)]
    site: String,
    /// The page of the thread, in any spelling
    #[arg(long)]
    page: String,
    /// Its title; an empty one leaves it to what comments bring
    #[arg(long, required_unless_present = "url")]
    title: Option<String>,
    /// The address of its page; likewise
    #[arg(long)]
    url: Option<String>,
    #[command(flatten)]
    flags: Flags,
}

/// Opens the database of the settings, which must be there, and does what is asked.
pub(super) fn main(Action::Name(name): &Action) -> anyhow::Result<()> {
    let settings = config::load(&name.flags)?;
    check_origin(&Sites::new(&settings), name)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let store = storage::open_existing(settings.database_url()).await?;
        let done = run(name, &*store, &mut std::io::stdout()).await;
        store.close().await;
        done
    })
}

/// Refuses an address that nobody would be led to: readers are sent to pages of the site alone.
fn check_origin(sites: &Sites, Name { site, url, .. }: &Name) -> anyhow::Result<()> {
    let url = url.as_deref().map_or("", str::trim);
    let site = site::canonical(site);
    ensure!(
        url.is_empty() || sites.has_page(&site, url),
        "{url} is not on one of the origins of {site}; see [[sites]]"
    );
    Ok(())
}

/// Renames the thread and tells `out`; fails where there is none.
async fn run(name: &Name, store: &dyn Store, out: &mut impl Write) -> anyhow::Result<()> {
    let Name { site, page, title, url, .. } = name;
    let rename = RenameThread { site, page, title: title.as_deref(), url: url.as_deref() };
    let ThreadKey { site, page } = rename_thread(store, &Actor::Shell, rename).await?;
    writeln!(out, "the thread of {page} on {site} is named")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;
    use std::sync::Arc;

    use clap::Parser;
    use dumka_api::NewAuthor;
    use dumka_api::NewComment;

    use super::*;
    use crate::clock::SystemClock;
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
            let Action::Name(name) = Line::try_parse_from(line).unwrap().action;
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

    async fn said(store: &dyn Store, line: &[&str]) -> anyhow::Result<String> {
        let Action::Name(name) = Line::try_parse_from([&["threads", "name"], line].concat())?.action;
        let mut out = Vec::new();
        run(&name, store, &mut out).await?;
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
        let context =
            Context::new(store.clone(), Arc::new(SystemClock), Arc::new(SystemEntropy)).await.unwrap();
        let policy = SitePolicy { metadata_source: MetadataSource::Site, ..SitePolicy::OPEN };
        post(&context, &policy, "one").await;
        let thread = ["--site", "News.Example", "--page", "/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8/"];

        let line = [&thread[..], &["--title", "Наша \u{202E}назва"]].concat();
        assert_eq!(said(&*store, &line).await.unwrap(), "the thread of /новини on news.example is named\n");
        post(&context, &policy, "two").await;
        assert_eq!(named(&*store).await, told("Наша назва", "https://news.example/two"));

        let line = [&thread[..], &["--title", "", "--url", "https://news.example/three?fbclid=1"]].concat();
        said(&*store, &line).await.unwrap();
        assert_eq!(named(&*store).await, told("two", "https://news.example/three"));
    }

    #[tokio::test]
    async fn what_cannot_be_said_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", directory.path().join("dumka.db").display());
        let store = storage::open(&url).await.unwrap();
        let thread = ["--site", "news.example", "--page", "p"];
        for (words, why) in [
            (&["--title", "T"][..], "there is no thread of p on news.example"),
            (&["--url", "javascript:alert(1)"], "url:"),
            (&["--title", "\u{200B}"], "shows nothing"),
            (&[], "--title"),
        ] {
            let refused = said(&*store, &[&thread[..], words].concat()).await.unwrap_err();
            assert!(refused.to_string().contains(why), "{refused}");
        }
    }
}
