//! Accessibility in every state: axe finds no fault,
//! and screen readers announce what changes.

/// Themes are changed in an open page by Chromium's own protocol; what axe looks at is the same in every engine.
mod chromium_alone {
    use std::fmt::Write;

    use anyhow::{Result, ensure};
    use e2e::axe::Audit;
    use e2e::{Client, Reader, Server, Site, Trouble, story};
    use serde_json::json;

    const LANGUAGES: [&str; 3] = ["uk", "ru", "en"];

    /// The page around the thread: axe checks all of it.
    const PAGE: &str = "<script async src=/embed.js></script><style>body { color-scheme: light dark; background: Canvas; color: CanvasText }</style>\
    <main><dumka-comments page=story load=eager limit=3 lang=LANG></dumka-comments></main>";

    const COMMENTS: &str = ".dumka-comment";

    fn client(server: &Server) -> Client {
        Client::new(server.url("/api/v1/comments"), "story")
    }

    /// A thread with a reply, an edited and a deleted comment, votes, and more than is shown at first.
    async fn discussed(server: &Server) -> Result<String> {
        let client = client(server);
        let text = "*Trams* are `better`:\n\n> than buses\n\n1. quiet\n2. [clean](https://example.org/trams)";
        let first = client.post("Ann", text, "first").await?;
        let reply = client.reply(&first, "Ben", "Not on a hill.", "reply").await?;
        client.reply(&reply, "Ann", "There too.", "reply-2").await?;
        let edited = client.writes("Written in haste.", "edited").await?;
        client.edits(&edited, "Written with care.").await?;
        let deleted = client.writes("Regretted.", "deleted").await?;
        client.reply(&deleted.id, "Ben", "Why?", "why").await?;
        client.deletes(&deleted).await?;
        client.votes(&first, 1).await?;
        for number in 0..4 {
            client.post("Ann", &format!("Comment number {number}."), &format!("key-{number}")).await?;
        }
        Ok(format!("#comment-{first}"))
    }

    async fn newspaper(server: &Server, lang: &str) -> Result<Site> {
        Site::with_body(&PAGE.replace("LANG", lang), server.url("")).await
    }

    /// Every state of the thread that a reader comes through, in one language.
    async fn whole_story(reader: &Reader, lang: &str) -> Result<()> {
        let server = Server::serve().await?;
        let first = discussed(&server).await?;
        let site = newspaper(&server, lang).await?;
        let mut look = Audit::with(reader)?;
        site.hold(Some(".wasm"));
        reader.open(site.url()).await?;
        reader.counts(COMMENTS, 6).await?;
        look.at("dumka-comments", &format!("{lang}: as the server drew it")).await?;
        site.hold(None);
        story::is_live(reader).await?;
        look.at("dumka-comments", &format!("{lang}: a list")).await?;
        forms(reader, &site, &first, &mut look).await?;
        votes_and_folds(reader, &server, &first, &mut look).await?;
        shows_all(reader, &site, &mut look).await?;
        look.ends()
    }

    async fn forms(reader: &Reader, site: &Site, first: &str, look: &mut Audit<'_>) -> Result<()> {
        reader.clicks(".dumka-add").await?;
        look.at("dumka-comments", "a form").await?;
        reader.clicks(".dumka-submit").await?;
        reader.counts(".dumka-form [aria-invalid=true]", 1).await?;
        look.at("dumka-comments", "a form that came back").await?;
        reader.fills(".dumka-composer", "Olha", "*Words*").await?;
        reader.clicks(".dumka-preview").await?;
        reader.counts(".dumka-preview-body", 1).await?;
        look.at("dumka-comments", "a preview").await?;
        site.set_trouble(Some(Trouble { address: "", method: "POST", status: 502, answer: "Bad" }));
        reader.clicks(".dumka-composer .dumka-submit").await?;
        reader.counts(".dumka-form > .dumka-error", 1).await?;
        look.at("dumka-comments", "a form that failed").await?;
        site.set_trouble(None);
        site.hold(Some("/api/v1/comments"));
        reader.clicks(".dumka-composer .dumka-submit").await?;
        reader.counts("dumka-comments[data-composer=sending]", 1).await?;
        look.at("dumka-comments", "sending").await?;
        site.hold(None);
        let own = reader.finds("Words").await?;
        look.at("dumka-comments", "an own comment").await?;
        for (comment, button) in [(first, "reply"), (&own, "edit"), (&own, "delete"), (first, "report")] {
            reader.clicks(&format!("{comment} .dumka-{button}")).await?;
            reader.counts(&format!("{comment} .dumka-form"), 1).await?;
            look.at("dumka-comments", &format!("the form of «{button}»")).await?;
        }
        reader.clicks(".dumka-cancel").await
    }

    async fn votes_and_folds(
        reader: &Reader,
        server: &Server,
        first: &str,
        look: &mut Audit<'_>,
    ) -> Result<()> {
        reader.clicks(&format!("{first} .dumka-vote-up")).await?;
        reader.counts("[aria-pressed=true].dumka-vote-up", 1).await?;
        reader.clicks(&format!("{first} .dumka-fold")).await?;
        reader.counts(".dumka-comment[hidden]", 2).await?;
        client(server).post("Ben", "News.", "news").await?;
        reader.counts(".dumka-new", 1).await?;
        look.at("dumka-comments", "a vote, a fold and a new comment").await
    }

    async fn shows_all(reader: &Reader, site: &Site, look: &mut Audit<'_>) -> Result<()> {
        site.hold(Some("cursor="));
        reader.clicks(".dumka-all").await?;
        reader.counts(".dumka-progress", 1).await?;
        look.at("dumka-comments", "the rest on its way").await?;
        site.hold(None);
        reader.counts(".dumka-loading, .dumka-all", 0).await?;
        look.at("dumka-comments", "all").await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn axe_finds_nothing_in_the_whole_story_in_any_language_and_theme() -> Result<()> {
        let reader = Reader::new().await?;
        let mut complaints = String::new();
        for lang in LANGUAGES {
            if let Err(failure) = whole_story(&reader, lang).await {
                writeln!(complaints, "{failure:#}")?;
            }
        }
        ensure!(complaints.is_empty(), "{complaints}");
        Ok(())
    }

    /// The states of a thread that has no story, and what else there is, in one language.
    async fn other_states(reader: &Reader, lang: &str) -> Result<()> {
        let mut look = Audit::with(reader)?;
        let server = Server::serve().await?;
        let site = newspaper(&server, lang).await?;
        site.hold(Some("/api/v1/comments"));
        reader.open(site.url()).await?;
        reader.counts("dumka-comments[data-state=loading]", 1).await?;
        site.hold(None);
        reader.counts("dumka-comments[data-state=empty]", 1).await?;
        look.at("dumka-comments", &format!("{lang}: no comments")).await?;
        site.set_trouble(Some(Trouble {
            address: "/api/v1/comments",
            method: "GET",
            status: 502,
            answer: "Bad",
        }));
        reader.open(site.url()).await?;
        reader.counts(".dumka-retry", 1).await?;
        look.at("dumka-comments", &format!("{lang}: a list that did not come")).await?;
        look.ends()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn axe_finds_nothing_where_there_is_nothing_to_read() -> Result<()> {
        let reader = Reader::new().await?;
        for lang in LANGUAGES {
            other_states(&reader, lang).await?;
        }
        Ok(())
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn axe_finds_nothing_in_closed_and_held_threads() -> Result<()> {
        let reader = Reader::new().await?;
        let mut look = Audit::with(&reader)?;
        let (closed, moderated) = (Server::closed_demo().await?, Server::moderated_demo().await?);
        for (others, lang) in LANGUAGES.into_iter().enumerate() {
            let speaks =
                format!("void document.querySelector('dumka-comments').setAttribute('lang', '{lang}')");
            let speaking = format!("section.dumka[lang={lang}] .dumka-list");
            reader.open(&closed.url("/demo/")).await?;
            reader.value(&speaks).await?;
            reader.counts(&speaking, 1).await?;
            // The thread is exchanged under whoever looks while the program comes.
            story::is_hydrated(&reader, 1).await?;
            reader.counts(".dumka-composer", 0).await?;
            look.at("html", &format!("{lang}: a closed thread")).await?;
            reader.open(&moderated.url("/demo/")).await?;
            reader.value(&speaks).await?;
            reader.counts(&speaking, 1).await?;
            reader.writes("Olha", "Held").await?;
            reader.clicks(".dumka-submit").await?;
            // Those of the languages before are shown to their author too.
            reader.counts(".dumka-pending", others + 1).await?;
            story::is_hydrated(&reader, 1).await?;
            look.at("html", &format!("{lang}: a held comment")).await?;
        }
        look.ends()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn axe_finds_nothing_in_a_shadow_root_or_among_the_latest() -> Result<()> {
        let server = Server::serve().await?;
        discussed(&server).await?;
        let reader = Reader::new().await?;
        let mut look = Audit::with(&reader)?;
        for lang in LANGUAGES {
            let body = PAGE.replace("load=eager", "load=eager isolate").replace("LANG", lang);
            let latest = format!("<aside lang={lang}><dumka-latest></dumka-latest></aside>");
            let site = Site::with_body(&format!("{body}{latest}"), server.url("")).await?;
            reader.open(site.url()).await?;
            story::is_hydrated(&reader, 1).await?;
            reader.counts("dumka-latest[data-state=ready]", 1).await?;
            look.at("dumka-comments", &format!("{lang}: in a shadow root")).await?;
            look.at("dumka-latest", &format!("{lang}: the latest comments")).await?;
        }
        look.ends()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn axe_finds_nothing_on_the_threads_own_page() -> Result<()> {
        let server = Server::serve().await?;
        let first = discussed(&server).await?;
        let reader = Reader::new().await?;
        let mut look = Audit::with(&reader)?;
        // The page's policy lets no script in, not even axe; the driver brings it past that.
        reader.web().cdp().send_raw("Page.setBypassCSP", json!({ "enabled": true })).await?;
        for lang in LANGUAGES {
            let thread = server.url(&format!("/thread?site=127.0.0.1&page=story&lang={lang}"));
            for form in ["", "reply", "report"] {
                let query = if form.is_empty() {
                    String::new()
                } else {
                    format!("&{form}={}", first.replace("#comment-", ""))
                };
                reader.web().goto(format!("{thread}{query}")).await?;
                look.at("html", &format!("{lang}: the thread's page {form}")).await?;
            }
            reader.web().goto(&thread).await?;
            reader.clicks(".dumka-add").await?;
            reader.clicks(".dumka-composer .dumka-submit").await?;
            reader.counts("[aria-invalid=true]", 1).await?;
            look.at("html", &format!("{lang}: the page with a form that came back")).await?;
        }
        look.ends()
    }
}
