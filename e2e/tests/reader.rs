//! The story of a reader: comes, reads, shows all, writes, comes back.

use anyhow::Result;
use e2e::reader_steps::{
    Arrival, Article, corrects_what_was_refused, finds_nothing_written, reads_writes_and_comes_back,
};
use e2e::{Reader, Server};

fn article(server: &Server, path: &str) -> Article {
    Article::at(server.url(path), Arrival::Page)
}

#[tokio::test(flavor = "multi_thread")]
async fn reader_reads_shows_all_writes_and_finds_the_comment_again() -> Result<()> {
    let server = Server::demo().await?;
    let (reader, second) = (Reader::new().await?, Reader::new().await?);
    let text = "Ехал первым вагоном. Спасибо, что напомнили про дверь!";
    reads_writes_and_comes_back(&article(&server, "/demo/"), [&reader, &second], [text, text]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn article_without_comments_says_so_in_its_language() -> Result<()> {
    let server = Server::demo().await?;
    let reader = Reader::new().await?;
    finds_nothing_written(&article(&server, "/demo/en/"), &reader).await
}

#[tokio::test(flavor = "multi_thread")]
async fn field_that_was_refused_takes_all_that_is_typed_into_it() -> Result<()> {
    let server = Server::demo().await?;
    let reader = Reader::new().await?;
    corrects_what_was_refused(&article(&server, "/demo/en/"), &reader).await
}
