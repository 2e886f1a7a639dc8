//! The gallery: one discussion, restyled by style sheets alone, for readers on any screen.

/// The reader's system turns light or dark under an open page by Chromium's own protocol.
mod chromium_alone {
    use anyhow::{Result, ensure};
    use e2e::axe::Audit;
    use e2e::{Reader, Server};
    use serde_json::json;

    const LOOKS: [&str; 6] = ["", "newspaper/", "dark/", "forum/", "cards/", "large/"];

    /// Controls on the screen that are narrower or lower than 24 pixels.
    const SMALL: &str = "[...document.querySelectorAll('.dumka :is(button, summary, input, textarea, .dumka-meta a, \
    .dumka-actions a)')].filter(it => (size => size.width > 0 && (size.width < 24 || size.height < 24))\
    (it.getBoundingClientRect())).map(it => it.className)";

    #[tokio::test(flavor = "multi_thread")]
    async fn every_look_is_for_everybody_on_a_phone_in_light_and_dark() -> Result<()> {
        let (server, reader) = (Server::demo().await?, Reader::new().await?);
        let mut look = Audit::with(&reader)?;
        reader.resize(360, 640).await?;
        for name in LOOKS {
            reader.open(&server.url(&format!("/demo/styles/{name}"))).await?;
            let comment = reader.finds("Дали квиток").await?;
            reader.clicks(&format!("{comment} .dumka-reply")).await?;
            reader.clicks(&format!("{comment} .dumka-submit")).await?;
            reader.counts(".dumka-form .dumka-error", 1).await?;
            reader.holds("document.documentElement.scrollWidth <= 360").await?;
            let small = reader.value(SMALL).await?;
            ensure!(small == json!([]), "{name}: {small} are small");
            look.at("dumka-comments", name).await?;
            reader.clicks(&format!("{comment} .dumka-cancel")).await?;
        }
        look.ends()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn dark_look_is_dark_for_who_reads_in_light() -> Result<()> {
        let (server, reader) = (Server::demo().await?, Reader::new().await?);
        reader.wears("light").await?;
        reader.open(&server.url("/demo/styles/dark/")).await?;
        reader.counts(".dumka-count", 1).await?;
        reader.holds("getComputedStyle(document.body).backgroundColor === 'rgb(15, 19, 24)'").await?;
        reader
            .holds("getComputedStyle(document.querySelector('.dumka-body')).color === 'rgb(213, 219, 226)'")
            .await
    }
}
