//! Comments that could not be sent because the line was down are sent when it is there again, without another press.

/// Only Chromium can be told to be offline.
mod chromium_alone {
    use anyhow::Result;
    use e2e::story_thread::{PROGRAM, asked_for};
    use e2e::{Client, Reader, Server, Site, story};
    use serde_json::json;

    async fn line(reader: &Reader, is_down: bool) -> Result<()> {
        let line =
            json!({ "offline": is_down, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        reader.web().cdp().send_raw("Network.enable", json!({})).await?;
        reader.web().cdp().send_raw("Network.emulateNetworkConditions", line).await?;
        reader.holds(&format!("navigator.onLine === {}", !is_down)).await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn comment_of_a_reader_who_was_offline_is_sent_once_when_the_line_is_back() -> Result<()> {
        for is_held in [true, false] {
            let server = Server::serve().await?;
            let client = Client::new(server.url("/api/v1/comments"), "story");
            client.post("Olha", "The first", "first").await?;
            let body = "<script async src=/embed.js></script><dumka-comments page=story></dumka-comments>";
            let site = Site::with_body(body, server.url("")).await?;
            site.hold(is_held.then_some(PROGRAM));
            let reader = Reader::new().await?;
            reader.open(site.url()).await?;
            reader.writes("Ann", "From a tunnel").await?;
            for file in ["complaint.js", "en.json"] {
                reader.holds(&asked_for(file)).await?;
            }
            if !is_held {
                story::is_hydrated(&reader, 1).await?;
            }
            line(&reader, true).await?;
            reader.clicks(".dumka-composer .dumka-submit").await?;
            reader.sees(".dumka-composer .dumka-error", "There is no internet connection").await?;
            reader.holds("document.querySelector('[name=text]').value === 'From a tunnel'").await?;
            line(&reader, false).await?;
            reader.finds("From a tunnel").await?;
            assert_eq!(client.list().await?.len(), 2);
        }
        Ok(())
    }
}
