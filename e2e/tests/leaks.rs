//! A reader who stays on a single-page site for hours: what is over is freed.

/// Only Chromium counts what a page holds, after a collection that is asked for.
mod chromium_alone {
    use anyhow::{Context, Result, ensure};
    use axum::Router;
    use axum::http::header;
    use axum::response::Html;
    use axum::routing::get;
    use e2e::{Client, Reader, Server, Site, packages, until};
    use serde_json::{Value, json};

    /// Nodes that Yew keeps of each application for good, since it takes its listeners for static: the element that was drawn
    /// into, empty, with a listener for each kind of event, and what those close over.
    const KEPT_NODES: f64 = 1.0;
    const KEPT_LISTENERS: f64 = 4.0;
    const KEPT_BYTES: f64 = 2_048.0;

    /// The nodes that may be on their way in the moment of counting; a thread that stays would be some hundreds.
    const SLACK: f64 = 30.0;

    /// The program's memory grows by whole pages.
    const SLACK_BYTES: f64 = 4.0 * 65_536.0;

    /// Opens all of a thread before the site goes on: the thread itself, with the program, the form and a reply's form.
    const VISIT: &str = "const seen = async what => { while (!what()) await new Promise(done => setTimeout(done, 4)) }; \
    const one = selector => document.querySelector(selector); \
    window.visit = async () => { await seen(() => one('.dumka-reply')); one('.dumka-add').click(); one('.dumka-reply').click(); \
      await seen(() => one('.dumka-comment .dumka-form')) }; \
    window.gone = () => seen(() => !one('section.dumka'));";

    #[derive(Debug)]
    struct Held {
        nodes: f64,
        listeners: f64,
        memory_bytes: f64,
    }

    impl Held {
        /// Names what has grown by more than so many applications leave behind for good.
        fn since(&self, before: &Self, applications: f64) -> Vec<String> {
            let grown = [
                ("nodes", self.nodes - before.nodes, applications * KEPT_NODES + SLACK),
                ("listeners", self.listeners - before.listeners, applications * KEPT_LISTENERS + SLACK),
                ("bytes", self.memory_bytes - before.memory_bytes, applications * KEPT_BYTES + SLACK_BYTES),
            ];
            let too_much = grown.into_iter().filter(|(_, grown, most)| grown >= most);
            too_much.map(|(name, grown, most)| format!("{grown} {name} of {most}")).collect()
        }
    }

    /// Counts what the browser holds for the page after a garbage collection.
    async fn held(reader: &Reader) -> Result<Held> {
        let cdp = reader.web().cdp();
        // What waits a moment for its turn, such as the end of an element that was not moved, has had it.
        reader.web().execute_async("setTimeout(arguments[0], 50)", vec![]).await?;
        for _ in 0..3 {
            cdp.send_raw("HeapProfiler.collectGarbage", json!({})).await?;
        }
        let counted = cdp.send_raw("Memory.getDOMCounters", json!({})).await?;
        let number = |name: &str| counted[name].as_f64().context("the browser counts");
        Ok(Held {
            nodes: number("nodes")?,
            listeners: number("jsEventListeners")?,
            memory_bytes: memory(reader).await?,
        })
    }

    /// The size of all memories of WebAssembly that are alive.
    async fn memory(reader: &Reader) -> Result<f64> {
        let cdp = reader.web().cdp();
        let group = "memories";
        let prototype = json!({ "expression": "WebAssembly.Memory.prototype", "objectGroup": group });
        let prototype = cdp.send_raw("Runtime.evaluate", prototype).await?;
        let query = json!({ "prototypeObjectId": prototype["result"]["objectId"], "objectGroup": group });
        let memories = cdp.send_raw("Runtime.queryObjects", query).await?;
        let sum = "function () { return this.reduce((sum, it) => sum + it.buffer.byteLength, 0) }";
        let call = json!({ "functionDeclaration": sum, "objectId": memories["objects"]["objectId"], "returnByValue": true });
        let summed = cdp.send_raw("Runtime.callFunctionOn", call).await?;
        cdp.send_raw("Runtime.releaseObjectGroup", json!({ "objectGroup": group })).await?;
        summed["result"]["value"].as_f64().context("the program has a memory")
    }

    async fn rounds(reader: &Reader, round: &str, number: usize) -> Result<()> {
        let script = format!(
            "const done = arguments[0]; (async () => {{ for (let n = 0; n < {number}; n++) {{ {round} }} }})().then(() => done(null), error => done(String(error)))"
        );
        let failed = reader.web().execute_async(script, vec![]).await?;
        ensure!(*failed.json() == Value::Null, "{}", failed.json());
        Ok(())
    }

    /// Of rounds with so many threads each. Counts after 50 rounds, when all that is made once is made, and after 200.
    async fn nothing_is_left_of(
        (round, threads): (&str, f64),
        server: &Server,
        reader: &Reader,
    ) -> Result<()> {
        reader.web().set_script_timeout(std::time::Duration::from_mins(4)).await?;
        reader.web().execute(VISIT, vec![]).await?;
        rounds(reader, round, 50).await?;
        let before = held(reader).await?;
        for _ in 0..3 {
            rounds(reader, round, 50).await?;
        }
        // What is freed in a later task counts as freed.
        until("what is over is freed", async || {
            let grown = held(reader).await?.since(&before, 150.0 * threads);
            ensure!(grown.is_empty(), "{}", grown.join(", "));
            Ok(Some(()))
        })
        .await?;
        until("no stream is open", async || {
            let metrics = reqwest::get(server.url("/metrics")).await?.text().await?;
            Ok(metrics.lines().any(|line| line == "dumka_streams_open 0").then_some(()))
        })
        .await
    }

    async fn discussed() -> Result<Server> {
        let server = Server::serve().await?;
        for page in ["one", "two"] {
            let client = Client::new(server.url("/api/v1/comments"), page);
            for number in 0..3 {
                client.post("Ann", &format!("Comment number {number}"), &format!("{page}-{number}")).await?;
            }
        }
        Ok(server)
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn two_hundred_pages_of_a_react_site_leave_nothing() -> Result<()> {
        let server = discussed().await?;
        let program = packages::bundle("react.jsx")?;
        let page = "<!doctype html><html lang=en><meta charset=utf-8><link rel=icon href=data:,><div id=root></div>\
        <script src=/embed.js></script><script>window.shown = { page: 'one', load: 'eager', order: [] }</script><script src=/app.js></script>\
        <span data-dumka-count=one></span>";
        let script = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")];
        let pages = Router::new()
            .route("/", get(async move || Html(page)))
            .route("/app.js", get(async move || (script, program)));
        let site = Site::with_pages(pages, server.url("")).await?;
        let reader = Reader::new().await?;
        reader.web().goto(site.url()).await?;
        let round = "const show = detail => dispatchEvent(new CustomEvent('show', { detail })); \
        show({ order: ['comments'], page: 'one' }); await visit(); \
        show({ page: 'two' }); await new Promise(done => setTimeout(done)); await visit(); show({ order: [] }); await gone()";
        nothing_is_left_of((round, 2.0), &server, &reader).await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn two_hundred_swapped_bodies_with_the_tag_leave_nothing() -> Result<()> {
        let server = discussed().await?;
        let site = Site::with_body(
            "<span data-dumka-count=one></span><script src=/embed.js></script>",
            server.url(""),
        )
        .await?;
        let reader = Reader::new().await?;
        reader.web().goto(site.url()).await?;
        let round = "const body = document.createElement('body'), tag = document.createElement('script'); \
        Object.assign(tag, { src: '/embed.js' }).dataset.page = n % 2 ? 'one' : 'two'; tag.dataset.load = 'eager'; body.append(tag); \
        document.body.replaceWith(body); await visit(); document.querySelector('dumka-comments').remove(); await gone()";
        nothing_is_left_of((round, 1.0), &server, &reader).await
    }
}
