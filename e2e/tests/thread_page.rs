//! A thread's own page in a real browser: it holds no script, and its policy would run none.

use anyhow::Result;
use e2e::{Reader, Server};

#[tokio::test(flavor = "multi_thread")]
async fn comment_is_refused_corrected_and_found_without_any_script() -> Result<()> {
    let server = Server::serve().await?;
    let reader = Reader::new().await?;
    reader.open(&server.url("/thread?site=news.example&page=news/42&lang=ru")).await?;
    reader.sees(".dumka-count", "Комментарии (0)").await?;
    reader.holds("document.scripts.length === 0 && document.styleSheets.length === 2").await?;

    reader.writes(" ", "Без единого скрипта").await?;
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-field .dumka-error", "Укажите имя").await?;
    reader.holds("document.querySelector('.dumka-form [name=text]').value === 'Без единого скрипта'").await?;

    reader.types(".dumka-form [name=name]", "Аня").await?;
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-body", "Без единого скрипта").await?;
    reader.sees(".dumka-notice", "опубликован").await?;
    reader.holds("document.querySelector(':target')?.classList.contains('dumka-comment') === true").await?;

    reader.reload().await?;
    reader.counts(".dumka-comment", 1).await
}
