//! The page id of a thread: taken from the page's own address, in whatever spelling.

use anyhow::Result;
use axum::Router;
use axum::extract::Query;
use axum::response::Html;
use axum::routing::get;
use e2e::{Client, Reader, Server, Site};
use serde_json::json;

/// The messages on the console.
const EAR: &str = "<script>window.said = []; console.warn = text => said.push(text)</script>";

/// Articles told apart by `id` alone, each with its canonical link where `canonical` says so.
async fn site(server: &Server, canonical: &'static str, tag: &'static str) -> Result<Site> {
    let article = async move |Query(asked): Query<Vec<(String, String)>>| {
        let id = asked.iter().find(|(name, _)| name == "id").map_or("", |(_, value)| value).to_owned();
        let link = canonical.replace("ID", &id);
        Html(format!(
            "<!doctype html><html lang=en><meta charset=utf-8><title>Article {id}</title><link rel=icon href=data:,>\
             {link}{EAR}<h1>News</h1>{tag}"
        ))
    };
    let article = get(article);
    Site::with_pages(Router::new().route("/news", article.clone()).route("/news/", article), server.url(""))
        .await
}

async fn discussed(pages: &[&str]) -> Result<Server> {
    let server = Server::serve().await?;
    for (number, page) in pages.iter().enumerate() {
        let client = Client::new(server.url("/api/v1/comments"), page);
        client.post("Ann", &format!("About {page}."), &number.to_string()).await?;
    }
    Ok(server)
}

const EAGER: &str = "<script async src=/embed.js data-load=eager></script>";

#[tokio::test(flavor = "multi_thread")]
async fn canonical_link_tells_articles_apart_by_its_query() -> Result<()> {
    let server = discussed(&["/news?id=7", "/news?id=8", "/news"]).await?;
    let site = site(&server, "<link rel=canonical href='/news/?id=ID#top'>", EAGER).await?;
    let reader = Reader::new().await?;
    for id in [7, 8] {
        reader.open(&format!("{}news?utm_source=x&id={id}&fbclid=y#end", site.url())).await?;
        reader.sees(".dumka-body", &format!("About /news?id={id}.")).await?;
        reader.counts(".dumka-comment", 1).await?;
    }
    reader.writes("Оля", "І я про це.").await?;
    reader.clicks(".dumka-submit").await?;
    reader.counts(".dumka-comment", 2).await?;
    let list = reqwest::get(server.url("/api/v1/comments?site=127.0.0.1&page=/news%3Fid%3D8")).await?;
    let thread = list.json::<serde_json::Value>().await?["thread"].clone();
    assert_eq!((&thread["page"], &thread["total"]), (&json!("/news?id=8"), &json!(2)));
    assert_eq!(
        (&thread["title"], &thread["url"]),
        (&json!("Article 8"), &json!(format!("{}news/?id=8", site.url())))
    );
    assert_eq!(reader.value("said.length").await?, 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn page_that_nothing_tells_apart_says_so_once_on_the_console() -> Result<()> {
    let server = discussed(&["/news", "own"]).await?;
    let site = site(&server, "", EAGER).await?;
    let reader = Reader::new().await?;
    reader.open(&format!("{}news?id=7", site.url())).await?;
    reader.sees(".dumka-body", "About /news.").await?;
    reader.holds("said.length === 1 && /\\/news .*\\?id=7/.test(said[0])").await?;

    // What has a word of its own, or no query at all, has nothing to say.
    reader.value("void document.querySelector('dumka-comments').setAttribute('page', 'own')").await?;
    reader.sees(".dumka-body", "About own.").await?;
    assert_eq!(reader.value("said.length").await?, 1);
    reader.open(&format!("{}news", site.url())).await?;
    reader.sees(".dumka-body", "About /news.").await?;
    reader.holds("document.querySelector('.dumka-permalink time')?.title.length > 0").await?;
    assert_eq!(reader.value("said.length").await?, 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_those_of_the_page_in_whatever_spelling() -> Result<()> {
    let server = discussed(&["/новини/їжак", "/news/42"]).await?;
    let body = "<script async src=/embed.js></script>\
        <i data-dumka-count=/новини/їжак></i><i data-dumka-count=/новини/їжак/></i>\
        <i data-dumka-count=/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8/%d1%97%d0%b6%d0%b0%d0%ba></i>\
        <i data-dumka-count=/news/42></i><i data-dumka-count=/news/42/></i><i data-dumka-count=/news/43></i>";
    let (site, reader) = (Site::with_body(body, server.url("")).await?, Reader::new().await?);
    reader.web().goto(site.url()).await?;
    let numbers = "[...document.querySelectorAll('[data-dumka-count]')].map(it => it.textContent).join()";
    reader.holds(&format!("{numbers} === '1,1,1,1,1,0'")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn copied_link_keeps_the_route_of_the_page_and_leads_back() -> Result<()> {
    let server = Server::serve().await?;
    let id = Client::new(server.url("/api/v1/comments"), "5").post("Ann", "About five.", "key").await?;
    let body = "<script async src=/embed.js></script><dumka-comments page=5 load=eager></dumka-comments>";
    let (site, reader) = (Site::with_body(body, server.url("")).await?, Reader::with_whole_browser().await?);
    for (fragment, kept) in [("#/news/5", "#/news/5"), ("#!/news/5", "#!/news/5"), ("#top", "")] {
        reader.open(&format!("{}{fragment}", site.url())).await?;
        reader.holds("document.querySelector('.dumka-permalink time')?.title.length > 0").await?;
        reader.clicks(".dumka-permalink").await?;
        reader.sees(".dumka-notice", "The link to the comment has been copied.").await?;
        let link = format!("{}{kept}#comment-{id}", site.url());
        reader.holds(&format!("location.href === '{link}'")).await?;
        reader.clicks(".dumka-add").await?;
        reader.pastes(".dumka-composer [name=text]").await?;
        reader.holds(&format!("document.querySelector('[name=text]').value.endsWith('{link}')")).await?;

        reader.web().goto("about:blank").await?;
        reader.open(&link).await?;
        reader.counts(&format!("[id='comment-{id}'][aria-current=location]"), 1).await?;
    }
    Ok(())
}

/// The key under which a page's words are kept is the one of before: nobody's draft is lost.
#[tokio::test(flavor = "multi_thread")]
async fn draft_is_found_again_whatever_the_spelling_of_the_address() -> Result<()> {
    let server = Server::serve().await?;
    let site = site(&server, "", EAGER).await?;
    let reader = Reader::new().await?;
    reader.open(&format!("{}news", site.url())).await?;
    reader.writes("Оля", "Недописане").await?;
    let key = format!("dumka:draft {}api/v1/comments 127.0.0.1 /news", site.url());
    reader.holds(&format!("localStorage[{}]?.includes('Недописане')", json!(key))).await?;
    for address in ["news/", "news?utm_source=x", "news/#end"] {
        reader.open(&format!("{}{address}", site.url())).await?;
        reader.holds("document.querySelector('[name=text]')?.value === 'Недописане'").await?;
    }
    Ok(())
}
