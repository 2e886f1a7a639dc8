//! The style sheet makes buttons look like buttons.

use anyhow::Result;
use e2e::{Client, Reader, Server, Site};

/// Tells whether the element that `selector` finds is filled with a colour, and its words have another one.
fn is_filled(selector: &str) -> String {
    format!(
        "(it => it && getComputedStyle(it).backgroundColor === 'rgb(26, 95, 180)' \
        && getComputedStyle(it).color === 'rgb(255, 255, 255)')(document.querySelector(\"{selector}\"))"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn buttons_look_like_buttons_and_the_chosen_order_stands_out() -> Result<()> {
    let server = Server::serve().await?;
    let client = Client::new(server.url("/api/v1/comments"), "story");
    for text in ["First.", "Second."] {
        client.post("Ann", text, text).await?;
    }
    let body = "<script async src=/embed.js></script><dumka-comments page=story load=eager></dumka-comments>";
    let site = Site::with_body(body, server.url("")).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.clicks(".dumka-add").await?;
    reader.holds(&is_filled(".dumka-composer .dumka-submit")).await?;
    let first = reader.finds("First").await?;
    reader.clicks(&format!("{first} .dumka-vote-up")).await?;
    reader.holds(&is_filled(&format!("{first} .dumka-vote-up"))).await?;
    reader.clicks(&format!("{first} .dumka-report")).await?;
    reader.holds(&is_filled(&format!("{first} .dumka-submit"))).await?;
    client.post("Ann", "Third.", "Third.").await?;
    reader.holds(&is_filled(".dumka-new")).await?;

    let weight =
        |order: &str| format!("getComputedStyle(document.querySelector('.dumka-{order}')).fontWeight");
    reader.holds(&format!("{} === '700' && {} === '400'", weight("oldest"), weight("newest"))).await?;
    reader.clicks(".dumka-newest").await?;
    reader.holds(&format!("{} === '400' && {} === '700'", weight("oldest"), weight("newest"))).await
}
