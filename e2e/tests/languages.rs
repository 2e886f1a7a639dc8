//! The thread speaks the language of the page it stands in, and speaks it alike on the server and in the browser.

use anyhow::Result;
use e2e::{Client, Reader, Server, Site, Trouble};
use serde_json::{Value, json};

const TAG: &str = "<script async src=/embed.js></script><dumka-comments page=story></dumka-comments>";

/// The tables that the server's own tests hold it to.
const PLURALS: &str = include_str!("../../crates/server/tests/plurals.txt");
const DATES: &str = include_str!("../../crates/server/tests/dates.txt");

/// The visible text of a thread. Times read «5 minutes ago» in a browser and are whole dates on the server.
const LOOK: &str = "(window.look = node => node.nodeType === 3 ? node.data : \
    node.localName === 'time' ? 'time ' + node.dateTime : [node.localName, \
    ...Array.from(node.attributes, it => it.name + '=' + it.value).sort(), '>', \
    ...Array.from((node.normalize(), node.childNodes), look), '<'].join('|'))";

/// Keeps what the server has drawn as soon as it is shown, and says which languages' files were asked for.
const WATCH: &str = "void (document.addEventListener('dumka:ready', () => { \
        const section = document.querySelector('section.dumka'); \
        window.shown = { section, look: look(section.cloneNode(true)) } }), \
    window.files = () => performance.getEntriesByType('resource').map(it => it.name.match(/(\\w+)\\.json$/)?.[1]).filter(Boolean))";

/// A server whose thread has a comment, an answer, and an answer to that.
async fn discussed() -> Result<Server> {
    let server = Server::serve().await?;
    let client = Client::new(server.url("/api/v1/comments"), "story");
    let first = client.post("Ann", "A comment", "first").await?;
    let reply = client.reply(&first, "Ben", "An answer", "reply").await?;
    client.reply(&reply, "Ann", "An answer to the answer", "reply-2").await?;
    Ok(server)
}

/// The rows of a table: a language, and what follows.
fn rows(table: &str) -> impl Iterator<Item = (&str, Vec<&str>)> {
    table.lines().map(|row| {
        let row = row.trim();
        let mut cells = row.split(if row.contains('\t') { &['\t'][..] } else { &[' '][..] });
        (cells.next().unwrap_or_default(), cells.map(str::trim).filter(|cell| !cell.is_empty()).collect())
    })
}

fn languages() -> Vec<&'static str> {
    rows(DATES).skip(1).map(|(lang, _)| lang).collect()
}

/// The reader's own writing of what a table has, by an expression of `lang` and of the table's first row, `given`.
async fn written(reader: &Reader, lang: &str, given: &Value, by: &str) -> Result<Value> {
    reader.value(&format!("((lang, given) => {by})({}, {given})", json!(lang))).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_language_is_drawn_alike_and_no_other_is_loaded() -> Result<()> {
    let server = discussed().await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.value(LOOK).await?;
    reader.value(WATCH).await?;
    for lang in languages() {
        reader
            .value(&format!(
                "void (performance.clearResourceTimings(), document.querySelector('dumka-comments').setAttribute('lang', '{lang}'))"
            ))
            .await?;
        reader.holds(&format!("window.shown?.section.lang === '{lang}'")).await?;
        reader.value("void shown.section.dispatchEvent(new Event('pointerdown'))").await?;
        reader
            .holds("(it => it !== null && it !== shown.section)(document.querySelector('section.dumka'))")
            .await?;
        let look = "look(document.querySelector('section.dumka').cloneNode(true))";
        assert_eq!(reader.value(look).await?, reader.value("shown.look").await?, "{lang}");
        assert_eq!(reader.value("files()").await?, json!([lang]), "{lang}");
    }
    Ok(())
}

/// `WebKitGTK` goes by the language of the system that it runs on; and another engine may know another year's CLDR: the
/// server writes dates as Chromium does.
mod chromium_alone {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn browser_counts_and_writes_dates_as_the_server_does() -> Result<()> {
        let reader = Reader::new().await?;
        reader.web().goto("data:text/html,<p>").await?;
        let numbers =
            json!(PLURALS.lines().next().unwrap_or_default().split_whitespace().collect::<Vec<_>>());
        for (lang, expected) in rows(PLURALS).skip(1) {
            let by = "given.map(number => new Intl.PluralRules(lang).select(number))";
            assert_eq!(written(&reader, lang, &numbers, by).await?, json!(expected), "{lang}");
        }
        let moments = json!(rows(DATES).next().map(|(_, moments)| moments));
        for (lang, expected) in rows(DATES).skip(1) {
            let file =
                std::fs::read_to_string(format!("{}/../locales/{lang}.json", env!("CARGO_MANIFEST_DIR")))?;
            let dates = serde_json::from_str::<Value>(&file)?["dates"].clone();
            let by = "given.map(moment => new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short', \
            timeZone: 'UTC', numberingSystem: 'latn' }).format(new Date(moment)))";
            let lang = dates.as_str().unwrap_or(lang);
            assert_eq!(written(&reader, lang, &moments, by).await?, json!(expected), "{lang}");
        }
        Ok(())
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn page_speaks_its_own_language_and_a_page_without_one_the_readers() -> Result<()> {
        let server = Server::serve().await?;
        let page = async |start: &str| Site::with_body(&[start, TAG].concat(), server.url("")).await;
        let reader = Reader::preferring("en-US,en").await?;
        assert_eq!(reader.value("navigator.languages.join()").await?, "en-US,en");
        let ukrainian = page("<div lang=uk>").await?;
        reader.open(ukrainian.url()).await?;
        reader.sees(".dumka-count", "Коментарі (0)").await?;
        reader.counts("section.dumka[lang=uk][dir=ltr]", 1).await?;

        let reader = Reader::preferring("sr,pt-BR,en").await?;
        let silent = page("<div lang=sr-Latn>").await?;
        reader.open(silent.url()).await?;
        reader.sees(".dumka-count", "Comentários (0)").await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tag_leads_to_the_language_that_there_is() -> Result<()> {
    let server = Server::serve().await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    let cases = [
        ("pt-BR", "pt"),
        ("zh-Hant-TW", "zh"),
        ("be-tarask", "be"),
        ("UK-ua", "uk"),
        ("sr", "en"),
        ("enm", "en"),
    ];
    for (tag, lang) in cases {
        let set = format!("void document.querySelector('dumka-comments').setAttribute('lang', '{tag}')");
        reader.value(&set).await?;
        reader.counts(&format!("dumka-comments[lang='{tag}'] section.dumka[lang={lang}]"), 1).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_did_not_come_is_told_in_the_readers_language_or_in_english() -> Result<()> {
    let server = discussed().await?;
    for (address, asked, lang, words) in [
        ("forms.js", "pl", "pl", "Komentarze nie wczytały się."),
        ("forms.js", "uk", "uk", "Коментарі не завантажилися."),
        ("/assets/", "pl", "en", "Comments did not load."),
    ] {
        let site =
            Site::with_body(&TAG.replace("page=", &format!("lang={asked} page=")), server.url("")).await?;
        let reader = Reader::new().await?;
        site.set_trouble(Some(Trouble { address, method: "GET", status: 404, answer: "No" }));
        reader.open(site.url()).await?;
        reader.clicks(".dumka-reply").await?;
        reader.sees(&format!(".dumka-error button[lang={lang}]"), words).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_that_run_from_the_right_mirror_the_thread() -> Result<()> {
    let server = discussed().await?;
    let edges = "[...document.querySelectorAll('.dumka-comment')].map(it => it.getBoundingClientRect()).map(it => [it.left, it.right])";
    for lang in ["ar", "he"] {
        let site =
            Site::with_body(&TAG.replace("page=", &format!("lang={lang} page=")), server.url("")).await?;
        let reader = Reader::new().await?;
        reader.open(site.url()).await?;
        reader.counts(&format!("section.dumka[lang={lang}][dir=rtl]"), 1).await?;
        let [first, reply, _] = serde_json::from_value::<[[f64; 2]; 3]>(reader.value(edges).await?)?;
        assert!(reply[1] < first[1], "{lang}: an answer is set in from the right");
        assert!((reply[0] - first[0]).abs() < 0.5, "{lang}: and from the right alone");
        let arrow =
            "getComputedStyle(document.querySelector('.dumka-parent'), '::before').content.includes('↪')";
        reader.holds(arrow).await?;
    }
    Ok(())
}
