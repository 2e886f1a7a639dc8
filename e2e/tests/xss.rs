//! Text stays text, whatever it looks like.

use anyhow::Result;
use e2e::{Client, Reader, Server, Site, Trouble};

const ATTEMPTS: [&str; 8] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)></svg>",
    "\"><iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "[a link](javascript:alert(1))",
    "<a href=\"javascript:alert(1)\">press</a>",
    "![picture](x\" onerror=\"alert(1))",
    "</textarea></script><script>alert(1)</script>",
];

#[tokio::test(flavor = "multi_thread")]
async fn markup_in_names_and_texts_is_shown_and_never_run() -> Result<()> {
    let server = Server::serve().await?;
    let client = Client::new(server.url("/api/v1/comments"), "xss");
    for (number, attempt) in ATTEMPTS.iter().enumerate() {
        let name: String = attempt.chars().take(80).collect();
        client.post(&name, attempt, &format!("attempt-{number}-of-the-xss-story")).await?;
    }

    let body = format!(
        "<script>window.alerts = 0; window.alert = () => {{ window.alerts += 1 }}</script>\
         <script async src={}></script><dumka-comments page=xss></dumka-comments>",
        server.url("/embed.js")
    );
    let site = Site::with_body(&body, server.url("")).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.counts(".dumka-comment", ATTEMPTS.len()).await?;
    for attempt in ATTEMPTS {
        reader.sees(".dumka-author", attempt).await?;
    }
    for shown in ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)></svg>"]
    {
        reader.sees(".dumka-body", shown).await?;
    }

    // What the reader types goes the same way.
    reader.writes("<img src=x onerror=alert(2)>", "<img src=x onerror=alert(2)> of my own").await?;
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-body", "<img src=x onerror=alert(2)> of my own").await?;

    let inside = "dumka-comments :is(script, img, svg, iframe, [onerror], [onload], a[href^='javascript' i])";
    reader.counts(inside, 0).await?;
    reader.holds("window.alerts === 0").await
}

/// The tree of an endpoint that is not to be trusted, in the place of a thread.
const EVIL: &str = r#"[["section", {"class": "dumka", "onclick": "alert(3)", "style": "position:fixed"},
    ["p", {"id": "told", "onfocus": "alert(3)"}, "Comments"], ["script", {"src": "data:text/javascript,alert(3)"}, "alert(3)"],
    ["img", {"src": "x", "onerror": "alert(3)"}], ["iframe", {"srcdoc": "<script>parent.alert(3)</script>"}],
    ["svg", {"onload": "alert(3)"}], ["a", {"href": "javascript:alert(3)"}, "a"], ["a", {"href": " JavaScript:alert(3)"}, "b"],
    ["form", {"action": "javascript:alert(3)"}, ["button", {"formaction": "javascript:alert(3)"}, "c"]],
    ["input", {"type": "image", "src": "x", "onerror": "alert(3)", "onfocus": "alert(3)", "autofocus": ""}],
    "<img src=x onerror=alert(3)>"]]"#;

#[tokio::test(flavor = "multi_thread")]
async fn tree_of_an_endpoint_brings_nothing_that_runs_or_loads() -> Result<()> {
    let server = Server::serve().await?;
    let body = "<script>window.alerts = 0; window.alert = () => { window.alerts += 1 }</script>\
        <script async src=/embed.js></script><dumka-comments page=xss></dumka-comments>";
    let site = Site::with_body(body, server.url("")).await?;
    site.set_trouble(Some(Trouble { address: "/api/v1/comments", method: "GET", status: 200, answer: EVIL }));
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.sees("section.dumka p", "Comments").await?;
    let inside = "section.dumka :is(script, img, svg, iframe, [src], [srcdoc], [style], [formaction], [href], [action])";
    reader.counts(inside, 0).await?;
    reader
        .counts("section[onclick], section[style], dumka-comments :is([onerror], [onload], [onfocus])", 0)
        .await?;
    reader
        .value("void document.querySelectorAll('section.dumka, section.dumka *').forEach(it => it.click())")
        .await?;
    reader.holds("window.alerts === 0").await
}
