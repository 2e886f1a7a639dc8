//! The story of a reader: comes, reads, shows all, writes, comes back.

use anyhow::Result;
use e2e::{Reader, Server};

const SHOWN: &str = ".dumka-comment";
const TOP_LEVEL: &str = ".dumka-comment[data-depth='0']";

#[tokio::test(flavor = "multi_thread")]
async fn reader_reads_shows_all_writes_and_finds_the_comment_again() -> Result<()> {
    let server = Server::demo().await?;
    let reader = Reader::new().await?;

    reader.open(&server.url("/demo/")).await?;
    reader
        .holds(r"/^Комментарии \(\d+\)$/.test(document.querySelector('.dumka-count')?.textContent)")
        .await?;
    let total = number(&reader).await?;
    assert!(total > 20, "the demo has many comments, the heading says {total}");
    reader.counts(TOP_LEVEL, 20).await?;

    let before = reader.count(SHOWN).await?;
    reader.clicks(".dumka-all").await?;
    reader.counts(SHOWN, total).await?;
    reader.counts(".dumka-all", 0).await?;
    let first_new = format!("document.activeElement === document.querySelectorAll('{SHOWN}')[{before}]");
    reader.holds(&first_new).await?;

    let text = "Ехал первым вагоном. Спасибо, что напомнили про дверь!";
    reader.clicks(".dumka-add").await?;
    reader.sees(".dumka-form", "Добавить комментарий").await?;
    reader.holds("document.activeElement.closest('.dumka-form') !== null").await?;
    reader.types(".dumka-form [name=text]", text).await?;
    reader.types(".dumka-form [name=name]", "Ирина").await?;
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-body", text).await?;
    reader.sees(".dumka-count", &format!("({})", total + 1)).await?;
    reader.holds("document.activeElement.classList.contains('dumka-comment')").await?;

    reader.reload().await?;
    reader.sees(".dumka-count", &format!("({})", total + 1)).await?;
    sees_among_all(&reader, text).await?;

    let second = Reader::new().await?;
    second.open(&server.url("/demo/")).await?;
    sees_among_all(&second, text).await
}

#[tokio::test(flavor = "multi_thread")]
async fn article_without_comments_says_so_in_its_language() -> Result<()> {
    let server = Server::demo().await?;
    let reader = Reader::new().await?;
    reader.open(&server.url("/demo/en/")).await?;
    reader.sees(".dumka-count", "Comments (0)").await?;
    reader.sees(".dumka-add", "add a comment").await?;
    reader.counts("dumka-comments[data-state=empty]", 1).await?;
    reader.counts(".dumka-all", 0).await
}

#[tokio::test(flavor = "multi_thread")]
async fn field_that_was_refused_takes_all_that_is_typed_into_it() -> Result<()> {
    let server = Server::demo().await?;
    let reader = Reader::new().await?;
    reader.open(&server.url("/demo/en/")).await?;
    reader.clicks(".dumka-add").await?;
    reader.clicks(".dumka-submit").await?;
    reader.counts(".dumka-form [aria-invalid]", 1).await?;
    // To where the focus is, as a hand does.
    reader.web().action_chain().send_keys("I can write, after all").perform().await?;
    reader
        .holds("document.querySelector('.dumka-form [name=text]').value === 'I can write, after all'")
        .await?;
    reader.counts(".dumka-form [aria-invalid]", 0).await
}

async fn number(reader: &Reader) -> Result<usize> {
    let number = reader.value("+document.querySelector('.dumka-count').textContent.match(/\\d+/)[0]").await?;
    Ok(serde_json::from_value(number)?)
}

async fn sees_among_all(reader: &Reader, text: &str) -> Result<()> {
    reader.clicks(".dumka-all").await?;
    reader.sees(".dumka-body", text).await
}
