//! Typed text appears on the screen to the letter.

use anyhow::{Result, ensure};
use e2e::{Client, Reader, Server, Site};
use serde_json::{Value, json};

const TAG: &str = "<script async src=/embed.js></script><dumka-comments page=typed></dumka-comments>";

/// Texts without marks, however much they look like some.
const TYPED: [&str; 10] = [
    "1914. Перша.\n1939. Друга.\n1945. Кінець.",
    "5*3=15, а 6*2=12; п***ц, 2**10",
    "¯\\_(ツ)_/¯ і \\\\сервер\\папка",
    "+ 100500, згоден\n* * *\n- - -",
    "Перше\n---\nДруге\n***\n# третє\n    вірш  із\tпробілами\n  усередині",
    "_так_, __init__, 1) перше, м`яч і п`ять, &amp; <b>жирний</b> ~~ні~~",
    "«https://a.example» https://foo.example/_/A and https://baz.example/_/B, https://b.example/__init__.py…",
    "https://новини.укр/стаття, https://uk.example/Київ_(значення)! https://example.org/",
    "<https://foo.bar.`baz> https://bank.example@evil.example/ [a](javascript:alert(1))",
    "שלום, *עולם; مرحبا بالعالم؟ https://a.example/؟ 東京「https://a.example/東京」。",
];

/// Every body on the page as it is seen.
const SEEN: &str = "Array.from(document.querySelectorAll('.dumka-body'), it => it.innerText.trimEnd())";

/// The targets of the links, and whether a host is named behind any.
const HOSTS: &str = "[document.querySelectorAll('.dumka-host').length, ...Array.from(document.querySelectorAll('.dumka-body a'), it => it.host)]";

async fn is_as_typed(reader: &Reader) -> Result<()> {
    reader.counts(".dumka-body", TYPED.len()).await?;
    let seen = reader.value(SEEN).await?;
    for (number, typed) in TYPED.iter().enumerate() {
        ensure!(seen[number] == *typed, "{typed:?} is seen as {}", seen[number]);
    }
    let hosts = reader.value(HOSTS).await?;
    ensure!(hosts[0] == 0, "no link says its host twice: {hosts}");
    let linked: Vec<_> = hosts.as_array().into_iter().flatten().skip(1).filter_map(Value::as_str).collect();
    let own =
        ["a.example", "foo.example", "baz.example", "b.example", "xn--b1amarcd.xn--j1amh", "uk.example"];
    let more = ["example.org", "a.example", "a.example"];
    ensure!(linked == [own.as_slice(), more.as_slice()].concat(), "{linked:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn text_without_marks_is_seen_as_it_was_typed_early_and_late_and_without_scripts() -> Result<()> {
    let server = Server::serve().await?;
    let client = Client::new(server.url("/api/v1/comments"), "typed");
    for (number, typed) in TYPED.iter().enumerate() {
        client.post("Ann", typed, &format!("typed-{number}")).await?;
    }
    let site = Site::with_body(TAG, server.url("")).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    is_as_typed(&reader).await?;
    reader.value("void (window.shown = document.querySelector('section.dumka'))").await?;
    reader
        .value("void document.querySelector('section.dumka').dispatchEvent(new Event('pointerdown'))")
        .await?;
    reader.holds("document.querySelector('section.dumka') !== window.shown").await?;
    is_as_typed(&reader).await?;

    let page = "document.querySelector('.dumka-form').action";
    reader.holds(&format!("{page} !== ''")).await?;
    let page = reader.value(page).await?;
    reader.web().goto(page.as_str().unwrap_or_default()).await?;
    is_as_typed(&reader).await
}

#[tokio::test(flavor = "multi_thread")]
async fn own_line_stands_outside_of_what_it_answers() -> Result<()> {
    let server = Server::serve().await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.writes("Ann", "> цитата\nа це вже я\n- перше\n- друге\nі знову я").await?;
    reader.clicks(".dumka-submit").await?;
    reader.counts(".dumka-comment", 1).await?;
    let parts = "Array.from(document.querySelector('.dumka-body').children, \
        it => it.localName + ' ' + (Array.from(it.children, item => item.innerText.trimEnd()).join('|') || it.innerText))";
    let expected = json!(["blockquote цитата", "p а це вже я", "ul перше|друге", "p і знову я"]);
    let seen = reader.value(parts).await?;
    ensure!(seen == expected, "{seen}");
    reader
        .holds("getComputedStyle(document.querySelector('.dumka-body ul')).listStyleType === '\"– \"'")
        .await
}
