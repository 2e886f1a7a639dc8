//! The page of the newsroom itself: its policy, and what it says where nothing runs.

/// Pages without scripts, and listening before a page's own scripts, are Chromium's own protocol's.
mod chromium_alone {
    use anyhow::{Result, ensure};
    use e2e::keyboard::presses;
    use e2e::{Client, Reader, Server, newsroom};
    use serde_json::json;
    use thirtyfour::By;

    #[tokio::test(flavor = "multi_thread")]
    async fn page_without_scripts_says_what_is_needed_in_three_languages() -> Result<()> {
        let server = Server::serve().await?;
        let reader = Reader::new().await?;
        let off = json!({ "value": true });
        reader.web().cdp().send_raw("Emulation.setScriptExecutionDisabled", off).await?;
        reader.web().goto(server.newsroom("/")).await?;
        let said = reader.web().find(By::Tag("body")).await?.text().await?;
        for words in ["потребує JavaScript", "нужен JavaScript", "needs JavaScript", "dumka comments list"]
        {
            ensure!(said.contains(words), "{said}");
        }
        Ok(())
    }

    /// Notes what the page's policy refuses and what its scripts complain about.
    const LISTENS: &str = "window.complaints = []; \
        addEventListener('securitypolicyviolation', it => complaints.push(it.violatedDirective + ' ' + it.blockedURI), true); \
        addEventListener('error', it => complaints.push(String(it.message ?? it.target?.src)), true); \
        addEventListener('unhandledrejection', it => complaints.push(String(it.reason))); \
        console.error = (...all) => complaints.push(all.join(' '))";

    #[tokio::test(flavor = "multi_thread")]
    async fn nothing_in_the_newsroom_breaks_its_policy() -> Result<()> {
        let server = Server::moderated_demo().await?;
        let client = Client::new(server.url("/api/v1/comments"), "news/44");
        client
            .post("Ann", "A [link](https://example.org/x), `code` and <b style=color:red>no</b>.", "one")
            .await?;
        let reader = Reader::new().await?;
        let source = json!({ "source": LISTENS });
        reader.web().cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", source).await?;
        newsroom::joins(&reader, &server, ("Olha", "owner")).await?;
        for screen in [
            "/queue/all?q=link",
            "/threads",
            "/thread?site=127.0.0.1&page=news%2F44",
            "/log",
            "/staff",
            "/me",
        ] {
            newsroom::opens(&reader, &server, screen).await?;
            reader.counts("main [role=status]:not(.quiet)", 0).await?;
            presses(&reader, "?").await?;
            reader.counts(".dialog", 1).await?;
            let complaints = reader.value("complaints").await?;
            ensure!(complaints == json!([]), "{screen}: {complaints}");
        }
        newsroom::opens_queue(&reader, &server, ("pending?page=news%2F44", 1)).await?;
        presses(&reader, "o").await?;
        reader.counts(".context", 1).await?;
        presses(&reader, "a").await?;
        newsroom::has_cards(&reader, 0).await?;
        let complaints = reader.value("complaints").await?;
        ensure!(complaints == json!([]), "{complaints}");
        Ok(())
    }
}
