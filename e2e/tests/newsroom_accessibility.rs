//! The newsroom is usable by whoever uses it: axe finds nothing in any state, in three languages, light and dark.

/// axe comes past the page's policy, and colours are set under an open page, by Chromium's own protocol.
mod chromium_alone {
    use anyhow::Result;
    use e2e::axe::Audit;
    use e2e::keyboard::presses;
    use e2e::{Client, Reader, Server, newsroom};
    use serde_json::json;

    const LANGUAGES: [&str; 3] = ["uk", "ru", "en"];

    /// A comment that was answered and reported, and some that wait.
    async fn discussed(server: &Server) -> Result<()> {
        let client = Client::new(server.url("/api/v1/comments"), "news/44");
        let rich = "First *line* of [words](https://example.org/x).\n\n> quoted `code`\n\n1. one\n2. two";
        let first = client.post_with_address(("Ann", "ann@mail.example"), rich, "first").await?;
        server.moderate("approve", &first)?;
        client.reply(&first, "Боб", "An answer", "reply").await?;
        client.post("Ann", "Another one.", "second").await?;
        client.reports(&first, "insult", "It is about me.").await
    }

    async fn before_the_door(
        look: &mut Audit<'_>,
        (reader, server): (&Reader, &Server),
        lang: &str,
    ) -> Result<()> {
        newsroom::forgets(reader).await?;
        reader.web().goto(server.newsroom("/")).await?;
        newsroom::prefers(reader, (lang, "auto")).await?;
        reader.web().refresh().await?;
        reader.counts("#name", 1).await?;
        look.at("html", &format!("{lang}: the sign-in")).await?;
        reader.types("#name", "Nobody").await?;
        reader.types("#password", "not this one at all").await?;
        reader.clicks(newsroom::SUBMIT).await?;
        reader.counts(".failure", 1).await?;
        look.at("html", &format!("{lang}: a sign-in that failed")).await?;
        reader.web().goto(server.invites(&format!("Olha {lang}"), "owner")?).await?;
        reader.counts("#password[minlength]", 1).await?;
        look.at("html", &format!("{lang}: an invitation")).await?;
        newsroom::makes_password(reader, &format!("Olha {lang}")).await
    }

    async fn a_queue(look: &mut Audit<'_>, (reader, server): (&Reader, &Server), lang: &str) -> Result<()> {
        newsroom::opens_queue(reader, server, ("all?q=answer&page=news%2F44", 1)).await?;
        look.at("html", &format!("{lang}: a search")).await?;
        newsroom::opens_queue(reader, server, ("reported?page=news%2F44", 1)).await?;
        presses(reader, "o").await?;
        reader.counts(".context .numbers", 1).await?;
        look.at("html", &format!("{lang}: a card with its surroundings")).await?;
        presses(reader, "e").await?;
        reader.counts("#reply-text", 1).await?;
        look.at("html", &format!("{lang}: an answer")).await?;
        presses(reader, "\u{E00C}").await?;
        presses(reader, "r").await?;
        reader.clicks(".choice summary").await?;
        look.at("html", &format!("{lang}: the choice of a reason")).await?;
        presses(reader, "\u{E00C}").await?;
        // The bar stays in view over a longer list; of what it covers, axe knows no background.
        presses(reader, "o").await?;
        reader.counts(".context", 0).await?;
        presses(reader, "x").await?;
        reader.counts(".selection", 1).await?;
        look.at("html", &format!("{lang}: a selection")).await?;
        presses(reader, "\u{E00C}").await?;
        presses(reader, "a").await?;
        reader.counts(".undo-bar", 1).await?;
        newsroom::has_cards(reader, 0).await?;
        look.at("html", &format!("{lang}: an empty queue and the bar of undo")).await?;
        presses(reader, "z").await?;
        newsroom::has_cards(reader, 1).await?;
        presses(reader, "?").await?;
        reader.counts(".dialog", 1).await?;
        look.at("html", &format!("{lang}: the keys")).await
    }

    async fn other_screens(
        look: &mut Audit<'_>,
        (reader, server): (&Reader, &Server),
        lang: &str,
    ) -> Result<()> {
        let thread = "/thread?site=127.0.0.1&page=news%2F44";
        for screen in
            ["/threads", thread, "/log", "/log?by=shell&since=2020-01-01T00:00:00.000Z", "/staff", "/me"]
        {
            newsroom::opens(reader, server, screen).await?;
            reader.counts("main .quiet[role=status]", 0).await?;
            look.at("html", &format!("{lang}: {screen}")).await?;
        }
        newsroom::opens(reader, server, "/staff").await?;
        reader.types("#invite-name", &format!("Ivan {lang}")).await?;
        reader.clicks("form .button.strong").await?;
        reader.counts("#staff-link", 1).await?;
        look.at("html", &format!("{lang}: a link that is shown once")).await?;
        server.ends_sessions(&format!("Olha {lang}"))?;
        reader.clicks("a.section[href$='/log']").await?;
        reader.counts(".dialog #password", 1).await?;
        look.at("html", &format!("{lang}: the sign-in after a session")).await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn axe_finds_nothing_in_the_newsroom_in_any_language_and_theme() -> Result<()> {
        let server = Server::moderated_demo().await?;
        discussed(&server).await?;
        let reader = Reader::new().await?;
        // The queues have room beside each other: of what is half in view, axe knows no background.
        reader.resize(1280, 900).await?;
        reader.web().cdp().send_raw("Page.setBypassCSP", json!({ "enabled": true })).await?;
        let mut look = Audit::with(&reader)?;
        for lang in LANGUAGES {
            let desk = (&reader, &server);
            before_the_door(&mut look, desk, lang).await?;
            a_queue(&mut look, desk, lang).await?;
            other_screens(&mut look, desk, lang).await?;
        }
        look.ends()
    }
}
