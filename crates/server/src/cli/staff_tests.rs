//! `dumka staff` and `dumka keys`, with what they print.

use std::sync::Arc;

use clap::Parser;
use tempfile::TempDir;

use super::super::keys;
use super::*;
use crate::clock::SystemClock;
use crate::commands::{Context, linked_member, make_password};
use crate::credentials::Passwords;
use crate::domain::token::TokenHash;
use crate::entropy::SystemEntropy;
use crate::storage;

#[derive(Parser)]
enum Line {
    #[command(subcommand)]
    Staff(Action),
    #[command(subcommand)]
    Keys(keys::Action),
}

async fn newsroom() -> (Newsroom, TempDir) {
    let directory = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", directory.path().join("dumka.db").display());
    let store = storage::open(&url).await.unwrap();
    let context = Context::new(store, Arc::new(SystemClock), Arc::new(SystemEntropy)).await.unwrap();
    let sites = crate::sites::tests::configured();
    (Newsroom { context, sites, address: "https://c.example/dumka".into() }, directory)
}

async fn said(newsroom: &Newsroom, line: &[&str]) -> anyhow::Result<String> {
    let mut out = Vec::new();
    match Line::try_parse_from([&["dumka"], line].concat())? {
        Line::Staff(action) => run(&action, newsroom, &mut out).await?,
        Line::Keys(action) => keys::run(&action, newsroom, &mut out).await?,
    }
    Ok(String::from_utf8(out)?)
}

async fn secret(newsroom: &Newsroom, line: &[&str]) -> String {
    let said = said(newsroom, line).await.unwrap();
    said.split_once("https://c.example/dumka/newsroom/#invite=").unwrap().1.trim().to_owned()
}

#[tokio::test]
async fn invited_person_signs_up_by_the_printed_link() {
    let (newsroom, _directory) = newsroom().await;
    let link = secret(&newsroom, &["staff", "invite", "Olha", "--role", "owner"]).await;
    assert_eq!(said(&newsroom, &["staff", "list"]).await.unwrap(), "Olha  owner on *  invited\n");
    let another = secret(&newsroom, &["staff", "link", "OLHA"]).await;
    let (passwords, context) = (Passwords::default(), &newsroom.context);
    make_password(context, &passwords, (&link, "correct horse"), "Firefox").await.unwrap();
    assert!(linked_member(context, &another).await.is_err());
    assert_eq!(said(&newsroom, &["staff", "list"]).await.unwrap(), "Olha  owner on *  can sign in\n");
    let sessions = said(&newsroom, &["staff", "sessions", "Olha"]).await.unwrap();
    assert!(sessions.contains("Firefox"), "{sessions}");
    let ended = said(&newsroom, &["staff", "sessions", "Olha", "--end-all"]).await.unwrap();
    assert!(ended.contains("has ended"), "{ended}");
    assert_eq!(said(&newsroom, &["staff", "sessions", "Olha"]).await.unwrap(), "");
}

#[tokio::test]
async fn shell_may_take_the_last_owners_role_and_shut_anybody_out() {
    let (newsroom, _directory) = newsroom().await;
    secret(&newsroom, &["staff", "invite", "Olha", "--role", "owner"]).await;
    let role = said(&newsroom, &["staff", "role", "Olha", "--role", "author", "--site", "A"]).await.unwrap();
    assert_eq!(role, "Olha  owner on *, author on a  invited\n");
    assert_eq!(said(&newsroom, &["staff", "role", "Olha"]).await.unwrap(), "Olha  author on a  invited\n");
    said(&newsroom, &["staff", "revoke", "Olha"]).await.unwrap();
    assert_eq!(said(&newsroom, &["staff", "list"]).await.unwrap(), "Olha  no role  shut out\n");
}

#[tokio::test]
async fn what_cannot_be_done_is_refused() {
    let (newsroom, _directory) = newsroom().await;
    secret(&newsroom, &["staff", "invite", "Olha", "--role", "owner"]).await;
    for (line, why) in [
        (&["staff", "invite", "olha", "--role", "author"][..], "called so already"),
        (&["staff", "invite", " ", "--role", "author"], "name:"),
        (&["staff", "invite", "Bohdan", "--role", "king"], "--role"),
        (&["staff", "invite", "Bohdan", "--role", "author", "--site", "c"], "the site c is not configured"),
        (&["staff", "link", "Bohdan"], "no such"),
        (&["staff", "sessions", "Olha", "--end", "7"], "no such session"),
        (&["keys", "revoke", "importer"], "no such"),
    ] {
        let refused = said(&newsroom, line).await.unwrap_err().to_string();
        assert!(refused.contains(why), "{refused}");
    }
}

#[tokio::test]
async fn key_is_printed_once() {
    let (newsroom, _directory) = newsroom().await;
    let key =
        said(&newsroom, &["keys", "add", "importer", "--role", "moderator", "--site", "a"]).await.unwrap();
    assert!(key.starts_with("dk_") && key.len() == 47, "{key}");
    let found = newsroom.context.store.key(TokenHash::of(key.trim())).await.unwrap();
    assert_eq!(found.unwrap().name, "importer");
    let listed = said(&newsroom, &["keys", "list"]).await.unwrap();
    assert_eq!(listed, "importer  moderator on a  never used\n");
    said(&newsroom, &["keys", "revoke", "importer"]).await.unwrap();
    assert_eq!(newsroom.context.store.key(TokenHash::of(key.trim())).await.unwrap(), None);
    assert_eq!(said(&newsroom, &["keys", "list"]).await.unwrap(), "importer  moderator on a  withdrawn\n");
}
