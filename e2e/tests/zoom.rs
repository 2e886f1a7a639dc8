//! Readers who see a page larger, narrower, with more air, in their own colours or without movement: nothing is cut off,
//! nothing is lost.

/// Forced colours, zoom and reduced motion are emulated by Chromium's own protocol.
mod chromium_alone {
    use anyhow::{Result, ensure};
    use e2e::{Client, Reader, Server, Site, story};
    use serde_json::{Value, json};

    const PAGE: &str = "<meta name=viewport content='width=device-width'><script async src=/embed.js></script>\
    <style>body { margin: 1rem; color-scheme: light dark; background: Canvas; color: CanvasText }</style>\
    <main><dumka-comments page=story load=eager limit=3 lang=LANG></dumka-comments></main>";

    const LANGUAGES: [&str; 3] = ["uk", "ru", "en"];

    /// The text spacing that WCAG 1.4.12 grants readers.
    const AIR: &str = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } \
    p { margin-block-end: 2em !important }";

    /// Elements that are wider than the page or hide a part of their words. A parent's name is cut to one line by
    /// design: the whole of it is what the link is called, and stands above.
    const CUT: &str = "(() => { const out = [...document.querySelectorAll('dumka-comments *')].filter(it => it.checkVisibility() && !it.closest('.dumka-sr-only, .dumka-parent > *'));\
    return [document.documentElement.scrollWidth > innerWidth ? 'the page scrolls sideways' : null,\
    ...out.filter(it => it.getBoundingClientRect().right > innerWidth + 1).map(it => 'outside: ' + it.className + ' ' + it.localName),\
    ...out.filter(it => !/^(TEXTAREA|INPUT|SELECT|PROGRESS|PRE)$/.test(it.tagName) && !it.matches('.dumka-parent') && getComputedStyle(it).overflow !== 'visible' \
    && (it.scrollWidth > it.clientWidth + 1 || it.scrollHeight > it.clientHeight + 1)).map(it => 'cut: ' + it.className)].filter(Boolean) })()";

    /// Controls that overlap one another.
    const OVERLAPS: &str = "(() => { const all = [...document.querySelectorAll('dumka-comments :is(button, summary, a, input, textarea, select)')]\
    .filter(it => it.checkVisibility() && !it.matches('.dumka-new')).map(it => [it, it.getBoundingClientRect()]); \
    return all.flatMap(([one, a], n) => all.slice(n + 1).filter(([other, b]) => a.left < b.right - 1 && b.left < a.right - 1 \
    && a.top < b.bottom - 1 && b.top < a.bottom - 1).map(([other]) => one.className + ' over ' + other.className)) })()";

    /// Targets below 24 by 24 pixels (2.5.8), but for links within sentences, which the criterion leaves out.
    const SMALL: &str = "[...document.querySelectorAll('dumka-comments :is(button, summary, a, input:not([type=hidden]), textarea, select)')]\
    .filter(it => it.checkVisibility() && !it.closest('.dumka-body')).map(it => [it, it.getBoundingClientRect()])\
    .filter(([, box]) => box.width < 23.9 || box.height < 23.9).map(([it, box]) => it.className + ' ' + box.width + '×' + box.height)";

    fn client(server: &Server) -> Client {
        Client::new(server.url("/api/v1/comments"), "story")
    }

    /// Long words, a deep branch, code, and more than is shown at first.
    async fn discussed(lang: &str) -> Result<(Server, Site)> {
        let server = Server::serve().await?;
        let mut parent = client(&server).post("Олександра Вишневецька-Загоруйко", "Трамваї `тихіші` за автобуси: https://example.org/trams-and-buses-in-cities-without-hills-and-with-them", "first").await?;
        for depth in 0..7 {
            let name = ["Ben", "Конституціоналізаційнийпротивник"][depth % 2];
            parent = client(&server)
                .reply(&parent, name, "Не на пагорбі, там вони буксують.", &format!("reply-{depth}"))
                .await?;
        }
        let edited = client(&server).writes("Written in haste.", "edited").await?;
        client(&server)
            .edits(
                &edited,
                "```\nlet trams = quieter_than(buses) && cleaner_than(cars) && cheaper_than(both);\n```",
            )
            .await?;
        for number in 0..4 {
            client(&server)
                .post("Ann", &format!("Comment number {number}."), &format!("key-{number}"))
                .await?;
        }
        let site = Site::with_body(&PAGE.replace("LANG", lang), server.url("")).await?;
        Ok((server, site))
    }

    /// Opens the thread in a view of this width, with everything in it that can be open.
    async fn opens_all(reader: &Reader, (server, site): &(Server, Site), width: u32) -> Result<()> {
        let view = json!({ "width": width, "height": 700, "deviceScaleFactor": 1, "mobile": false });
        reader.web().cdp().send_raw("Emulation.setDeviceMetricsOverride", view).await?;
        reader.open(site.url()).await?;
        story::is_live(reader).await?;
        reader.writes("Olha", "Mine").await?;
        reader.clicks(".dumka-composer .dumka-submit").await?;
        let own = reader.finds("Mine").await?;
        reader.clicks(".dumka-vote-up[aria-pressed=false]").await?;
        reader.clicks(".dumka-add").await?;
        reader.clicks(".dumka-composer .dumka-submit").await?;
        reader.counts(".dumka-composer [aria-invalid=true]", 1).await?;
        reader.clicks(&format!("{own} .dumka-edit")).await?;
        reader.counts(&format!("{own} .dumka-form"), 1).await?;
        client(server).post("Ben", "News.", &format!("news-{}", client(server).list().await?.len())).await?;
        reader.counts(".dumka-new", 1).await
    }

    async fn nothing_is_wrong(reader: &Reader, state: &str) -> Result<()> {
        for (what, look) in [("cut off", CUT), ("in each other's way", OVERLAPS), ("too small", SMALL)] {
            let found = reader.value(look).await?;
            ensure!(found == json!([]), "{state}: {what}: {found}");
        }
        Ok(())
    }

    async fn styles(reader: &Reader, css: &str) -> Result<()> {
        let add = format!(
            "void document.head.append(Object.assign(document.createElement('style'), {{ textContent: {} }}))",
            json!(css)
        );
        reader.value(&add).await?;
        Ok(())
    }

    async fn prefers(reader: &Reader, features: Value) -> Result<()> {
        reader.web().cdp().send_raw("Emulation.setEmulatedMedia", json!({ "features": features })).await?;
        Ok(())
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn nothing_is_cut_off_at_400_percent_with_large_text_or_more_air() -> Result<()> {
        let reader = Reader::new().await?;
        for lang in LANGUAGES {
            let thread = discussed(lang).await?;
            // 1280 pixels at 400 % are 320.
            for width in [320, 1280] {
                opens_all(&reader, &thread, width).await?;
                nothing_is_wrong(&reader, &format!("{lang}, {width} px")).await?;
                styles(&reader, AIR).await?;
                nothing_is_wrong(&reader, &format!("{lang}, {width} px, more air")).await?;
                reader.value("void document.querySelector('style:last-of-type').remove()").await?;
                styles(&reader, "html { font-size: 32px }").await?;
                nothing_is_wrong(&reader, &format!("{lang}, {width} px, text at 200 %")).await?;
            }
        }
        Ok(())
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn targets_of_every_form_are_large_enough() -> Result<()> {
        let reader = Reader::new().await?;
        for lang in LANGUAGES {
            let thread = discussed(lang).await?;
            opens_all(&reader, &thread, 360).await?;
            for button in ["reply", "report", "delete"] {
                reader.clicks(&format!(".dumka-{button}")).await?;
                reader.counts(".dumka-comment .dumka-form", 1).await?;
                nothing_is_wrong(&reader, &format!("{lang}: the form of «{button}»")).await?;
            }
            thread.1.hold(Some("cursor="));
            reader.clicks(".dumka-all").await?;
            reader.counts(".dumka-stop", 1).await?;
            nothing_is_wrong(&reader, &format!("{lang}: the rest on its way")).await?;
            thread.1.hold(None);
        }
        Ok(())
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn forced_colours_leave_what_is_pressed_and_what_is_a_button_to_be_seen() -> Result<()> {
        let reader = Reader::new().await?;
        let thread = discussed("uk").await?;
        for theme in ["light", "dark"] {
            prefers(&reader, json!([{ "name": "forced-colors", "value": "active" }, { "name": "prefers-color-scheme", "value": theme }])).await?;
            opens_all(&reader, &thread, 360).await?;
            let style = |selector: &str, name: &str| {
                format!("getComputedStyle(document.querySelector('{selector}')).{name}")
            };
            for filled in [".dumka-submit", ".dumka-new"] {
                ensure!(
                    reader.value(&style(filled, "borderTopStyle")).await? == "solid",
                    "{theme}: {filled} has a border"
                );
            }
            let [pressed, other] =
                [".dumka-vote-up[aria-pressed=true]", ".dumka-vote-down[aria-pressed=false]"];
            for name in ["backgroundColor", "color"] {
                let differ = format!("{} !== {}", style(pressed, name), style(other, name));
                ensure!(reader.value(&differ).await? == true, "{theme}: what is pressed has another {name}");
            }
            nothing_is_wrong(&reader, &format!("forced colours, {theme}")).await?;
        }
        Ok(())
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn nothing_moves_for_those_who_want_no_movement() -> Result<()> {
        let reader = Reader::new().await?;
        let thread = discussed("en").await?;
        prefers(&reader, json!([{ "name": "prefers-reduced-motion", "value": "reduce" }])).await?;
        opens_all(&reader, &thread, 360).await?;
        // What takes no longer than a millisecond tells the loader that the page turned dark; nobody sees it.
        let moves = "[...document.querySelectorAll('html, dumka-comments, dumka-comments *')].filter(it => { const style = getComputedStyle(it); \
        return style.scrollBehavior === 'smooth' || parseFloat(style.transitionDuration) + parseFloat(style.transitionDelay) > 0.0011 || style.animationName !== 'none' }).length + document.getAnimations().length";
        assert_eq!(reader.value(moves).await?, 0);
        Ok(())
    }
}
