//! A reader's clock shows another day than the server's: times are written by the server's.

use anyhow::Result;
use e2e::story::client;
use e2e::{Reader, Server, Site};

const DAY_MS: i64 = 86_400_000;

/// A page whose reader's clock is so far ahead, with the comments and the latest ones of another origin.
async fn page(server: &Server, ahead_ms: i64) -> Result<Site> {
    let clock = format!(
        "<script>{{ const real = Date, now = () => real.now() + {ahead_ms}
         Date = class extends real {{ constructor(...given) {{ given.length ? super(...given) : super(now()) }} }}
         Date.now = now }}</script>"
    );
    let body = format!(
        "{clock}<script async src={}></script><span data-dumka-count=story></span><dumka-latest></dumka-latest>\
         <dumka-comments page=story load=eager></dumka-comments>",
        server.url("/embed.js")
    );
    Site::with_body(&body, String::new()).await
}

async fn reads_now(reader: &Reader, comments: usize) -> Result<()> {
    for list in ["dumka-latest", "dumka-comments"] {
        let times = format!("[...document.querySelectorAll('{list} time')].map(it => it.textContent).join()");
        reader.holds(&format!("(it => it === '{}' || it)({times})", vec!["now"; comments].join(","))).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_just_now_reads_so_whatever_the_readers_clock_shows() -> Result<()> {
    // Where nothing is live, the answers alone tell the time.
    for streams in ["0", "6000"] {
        let server = Server::with(&[("DUMKA_LIMITS__STREAMS", streams)]).await?;
        client(&server).post("Ann", "Just now.", "first").await?;
        for ahead_ms in [DAY_MS, -DAY_MS, 400 * DAY_MS] {
            let site = page(&server, ahead_ms).await?;
            let reader = Reader::new().await?;
            reader.open(site.url()).await?;
            reads_now(&reader, 1).await?;
        }
        for ahead_ms in [DAY_MS, -DAY_MS] {
            let site = page(&server, ahead_ms).await?;
            let reader = Reader::new().await?;
            reader.open(site.url()).await?;
            reader.sees("dumka-comments time", "now").await?;
            let text = format!("Sent at {ahead_ms}.");
            reader.writes("Olha", &text).await?;
            reader.clicks(".dumka-submit").await?;
            let own = reader.finds(&text).await?;
            reader.sees(&format!("{own} time"), "now").await?;
            // The time in which it can be changed is counted from here, by any clock.
            reader.counts(&format!("{own} .dumka-edit"), 1).await?;
        }
    }
    Ok(())
}
