//! The gallery: one discussion, restyled by style sheets alone, for readers on any screen.

/// The reader's system turns light or dark under an open page by Chromium's own protocol.
mod chromium_alone {
    use anyhow::{Result, ensure};
    use e2e::{Reader, Server, packages};
    use serde_json::{Value, json};

    const LOOKS: [&str; 6] = ["", "newspaper/", "dark/", "forum/", "cards/", "large/"];

    /// What is on the screen and narrower or lower than 24 pixels, of what is pressed.
    const SMALL: &str = "[...document.querySelectorAll('.dumka :is(button, summary, input, textarea, .dumka-meta a, \
    .dumka-actions a)')].filter(it => (size => size.width > 0 && (size.width < 24 || size.height < 24))\
    (it.getBoundingClientRect())).map(it => it.className)";

    async fn set_up(reader: &Reader, scheme: &str) -> Result<()> {
        let scheme = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        reader.web().cdp().send_raw("Emulation.setEmulatedMedia", scheme).await?;
        let size = json!({ "width": 360, "height": 640, "deviceScaleFactor": 1, "mobile": false });
        reader.web().cdp().send_raw("Emulation.setDeviceMetricsOverride", size).await?;
        Ok(())
    }

    /// What axe finds wrong with the comments.
    async fn faults(reader: &Reader, axe: &str) -> Result<Value> {
        let run = format!(
            "{axe}; const done = arguments[arguments.length - 1]; axe.run('dumka-comments').then(found => \
        done(found.violations.map(it => [it.id, ...it.nodes.map(node => node.html.slice(0, 200))])))"
        );
        Ok(reader.web().execute_async(run, vec![]).await?.json().clone())
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn every_look_is_for_everybody_on_a_phone_in_light_and_dark() -> Result<()> {
        let (server, reader) = (Server::demo().await?, Reader::new().await?);
        let axe = packages::text("axe-core/axe.min.js")?;
        for scheme in ["light", "dark"] {
            set_up(&reader, scheme).await?;
            for look in LOOKS {
                reader.open(&server.url(&format!("/demo/styles/{look}"))).await?;
                let comment = reader.finds("Дали квиток").await?;
                reader.clicks(&format!("{comment} .dumka-reply")).await?;
                reader.clicks(&format!("{comment} .dumka-submit")).await?;
                reader.counts(".dumka-form .dumka-error", 1).await?;
                reader.holds("document.documentElement.scrollWidth <= 360").await?;
                let small = reader.value(SMALL).await?;
                ensure!(small == json!([]), "{look} in {scheme}: {small} are small");
                let faults = faults(&reader, &axe).await?;
                ensure!(faults == json!([]), "{look} in {scheme}: {faults}");
                reader.clicks(&format!("{comment} .dumka-cancel")).await?;
            }
        }
        Ok(())
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn dark_look_is_dark_for_who_reads_in_light() -> Result<()> {
        let (server, reader) = (Server::demo().await?, Reader::new().await?);
        set_up(&reader, "light").await?;
        reader.open(&server.url("/demo/styles/dark/")).await?;
        reader.counts(".dumka-count", 1).await?;
        reader.holds("getComputedStyle(document.body).backgroundColor === 'rgb(15, 19, 24)'").await?;
        reader
            .holds("getComputedStyle(document.querySelector('.dumka-body')).color === 'rgb(213, 219, 226)'")
            .await
    }
}
