//! Two widgets on one page know nothing of each other.

use anyhow::Result;
use e2e::{Reader, Server, Site};

#[tokio::test(flavor = "multi_thread")]
async fn each_widget_of_a_page_has_its_own_form_and_thread() -> Result<()> {
    let server = Server::serve().await?;
    let body = format!(
        "<script async src={}></script>\
         <dumka-comments id=first page=one load=eager></dumka-comments>\
         <dumka-comments id=second page=two load=eager lang=uk></dumka-comments>",
        server.url("/embed.js")
    );
    let site = Site::with_body(&body, server.url("")).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.sees("#first .dumka-count", "Comments (0)").await?;
    reader.sees("#second .dumka-count", "Коментарі (0)").await?;

    reader.clicks("#first .dumka-add").await?;
    reader.types("#first [name=text]", "Only in the first").await?;
    reader.types("#first [name=name]", "Ann").await?;
    reader.counts("#second[data-composer=closed]", 1).await?;
    reader.holds("document.querySelector('#second [name=text]').value === ''").await?;

    reader.clicks("#first .dumka-submit").await?;
    reader.sees("#first .dumka-body", "Only in the first").await?;
    reader.sees("#first .dumka-count", "(1)").await?;
    reader.sees("#second .dumka-count", "(0)").await?;
    reader.counts("#second .dumka-comment", 0).await
}
