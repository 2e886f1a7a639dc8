//! Light and dark: the attribute decides, then the site, then the reader's system; and all text is legible.

/// The reader's system turns light or dark under an open page by Chromium's own protocol.
mod chromium_alone {
    use anyhow::{Context, Result, ensure};
    use e2e::{Client, Reader, Server, Site, until};
    use serde_json::{Value, json};

    /// A page whose sheet can be changed, with the same thread twice.
    const BODY: &str = "<style>html { background: Canvas }</style><style id=sheet></style><script async src=/embed.js></script>\
    <dumka-comments id=plain page=story load=eager></dumka-comments>\
    <dumka-comments id=isolated page=story load=eager isolate></dumka-comments>";

    /// The page's own style, and whether its text is light where no `color-scheme` changes that.
    const PAGES: [(&str, &str); 3] = [
        ("plain", ""),
        ("dark", "body { background: #141414; color: #e4e4e4 }"),
        ("light", "body { background: #fdfdfd; color: #222 }"),
    ];

    /// The site's settings: attributes of `<html>`, and of the element where the name begins with a point.
    const WORDS: [&[(&str, &str)]; 18] = [
        &[],
        &[("style", "color-scheme: light")],
        &[("style", "color-scheme: dark")],
        &[("style", "color-scheme: light dark")],
        &[("data-theme", "dark")],
        &[("data-theme", "light")],
        &[("data-bs-theme", "dark")],
        &[("data-color-scheme", "light")],
        &[("data-mode", "dark")],
        &[("class", "js dark")],
        &[("class", "light-mode")],
        &[("class", "dark-theme")],
        &[("class", "theme-light")],
        &[(".theme", "dark")],
        &[(".theme", "light")],
        &[(".theme", "auto")],
        &[("data-theme", "dark"), (".theme", "light")],
        &[("style", "color-scheme: light"), ("class", "dark")],
    ];

    /// Puts a state of the page in the place of the one before.
    const SET: &str = "((sheet, words) => { const html = document.documentElement; \
    document.querySelector('#sheet').textContent = sheet; \
    for (const it of [html, ...document.querySelectorAll('dumka-comments')]) \
      for (const name of ['style', 'class', 'theme', 'data-theme', 'data-bs-theme', 'data-color-scheme', 'data-mode']) \
        it.removeAttribute(name); \
    html.setAttribute('data-page', sheet.length); \
    for (const [name, value] of words) \
      if (name[0] === '.') document.querySelectorAll('dumka-comments').forEach(it => it.setAttribute(name.slice(1), value)); \
      else html.setAttribute(name, value) })";

    /// Of both elements: the scheme, the alpha of the background, whether the text has the page's own colour, and the
    /// words of the lowest contrast.
    const SEEN: &str = "(() => { \
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true }); \
    const over = (below, colours) => { canvas.clearRect(0, 0, 1, 1); \
      for (const it of [below, ...colours]) { canvas.fillStyle = it; canvas.fillRect(0, 0, 1, 1) } \
      return [...canvas.getImageData(0, 0, 1, 1).data] }; \
    const up = it => it.assignedSlot ?? it.parentElement ?? it.getRootNode().host; \
    const grounds = it => it ? [...grounds(up(it)), getComputedStyle(it).backgroundColor] : []; \
    const light = ([r, g, b]) => [r, g, b].map(it => it / 255).map(it => it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4) \
      .reduce((sum, it, at) => sum + it * [0.2126, 0.7152, 0.0722][at], 0); \
    const contrast = it => { const ground = over('#fff', grounds(it)); const css = `rgb(${ground.slice(0, 3)})`; \
      let opacity = 1; for (let at = it; at; at = up(at)) opacity *= getComputedStyle(at).opacity; \
      const ink = over(css, [getComputedStyle(it).color]).map((it, at) => it * opacity + ground[at] * (1 - opacity)); \
      const [low, high] = [light(ink), light(ground)].sort((a, b) => a - b); return (high + 0.05) / (low + 0.05) }; \
    return [...document.querySelectorAll('dumka-comments')].map(host => { const section = (host.shadowRoot ?? host).querySelector('section'); \
      const texts = [...section.querySelectorAll('*')].filter(it => it.checkVisibility() && it.localName !== 'option' \
        && [...it.childNodes].some(node => node.nodeType === 3 && node.data.trim())); \
      const [worst, words] = texts.map(it => [contrast(it), it.className + ' ' + it.textContent]).sort(([a], [b]) => a - b)[0]; \
      const own = getComputedStyle(section).color, page = getComputedStyle(document.body).color; \
      return { scheme: getComputedStyle(host).colorScheme, ground: over('#0000', [getComputedStyle(host).backgroundColor])[3] / 255, \
        isOwn: own === page, worst, words } }) })()";

    /// A server with a discussion, and a page with it in which everything that has a colour of its own is seen.
    async fn opened() -> Result<(Server, Site, Reader)> {
        let server = Server::serve().await?;
        let client = Client::new(server.url("/api/v1/comments"), "story");
        let first =
            client.post("Ann", "A [link](https://example.org/x) and `code`\n\n> quoted", "first").await?;
        client.reply(&first, "Ben", "An answer", "second").await?;
        let site = Site::with_body(BODY, server.url("")).await?;
        let reader = Reader::new().await?;
        reader.open(site.url()).await?;
        reader.counts("dumka-comments[data-state=ready]", 2).await?;
        reader.clicks("#plain .dumka-vote-up").await?;
        reader.counts("#plain [aria-pressed=true].dumka-vote-up", 1).await?;
        reader.clicks("#plain .dumka-add").await?;
        reader.clicks("#plain .dumka-composer .dumka-submit").await?;
        reader.counts("#plain .dumka-form .dumka-error", 1).await?;
        Ok((server, site, reader))
    }

    /// The documented settings in the order of precedence; and whether the page's text is light.
    fn decided(page: &str, system: &str, words: &[(&str, &str)]) -> (bool, bool) {
        let says = |name: &str, part: &str| words.iter().any(|(at, it)| *at == name && it.contains(part));
        let marked = |scheme| {
            words.iter().any(|(at, it)| (at.starts_with("data-") || *at == "class") && it.contains(scheme))
        };
        let is_page_dark = says("style", "dark") && (!says("style", "light") || system == "dark");
        let is_text_light = page == "dark" || (page == "plain" && is_page_dark);
        let is_dark = if says(".theme", "dark") || says(".theme", "light") {
            says(".theme", "dark")
        } else if marked("dark") || marked("light") {
            marked("dark")
        } else if is_text_light || says("style", "") {
            is_text_light || is_page_dark
        } else {
            system == "dark"
        };
        (is_dark, is_text_light)
    }

    /// Tells whether one element is as dark as it should be, has the properties it needs and no more, and is legible.
    fn fits(seen: &Value, is_dark: bool, is_text_light: bool) -> Result<()> {
        let number = |name: &str| seen[name].as_f64().context("a number");
        ensure!(number("worst")? >= 4.5, "too little contrast");
        let needs_ground = is_dark != is_text_light;
        ensure!((number("ground")? > 0.5) == needs_ground, "a background of its own: {needs_ground}");
        ensure!(seen["isOwn"] != needs_ground, "the page's own text colour: {}", !needs_ground);
        Ok(())
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn comments_are_as_light_or_dark_as_the_site_or_the_reader_says_and_can_be_read() -> Result<()> {
        let (_server, _site, reader) = opened().await?;
        for system in ["light", "dark"] {
            reader.wears(system).await?;
            for (page, sheet) in PAGES {
                for words in WORDS {
                    reader.value(&format!("void {SET}({}, {})", json!(sheet), json!(words))).await?;
                    let (is_dark, is_text_light) = decided(page, system, words);
                    // The text's colour goes over in a moment, in which it is neither of the two.
                    until(
                        &format!("{system} reader, {page} page, {words:?}: dark is {is_dark}"),
                        async || {
                            for seen in reader.value(SEEN).await?.as_array().context("two elements")? {
                                fits(seen, is_dark, is_text_light).with_context(|| seen.to_string())?;
                            }
                            Ok(Some(()))
                        },
                    )
                    .await?;
                }
            }
        }
        Ok(())
    }

    /// A thread that stands in the article with its style, on a page of its own.
    async fn standing(sheet: &str, html: &str) -> Result<(Server, Site, Reader)> {
        let server = Server::serve().await?;
        Client::new(server.url("/api/v1/comments"), "story").post("Ann", "A text", "first").await?;
        let query = "/api/v1/comments?site=127.0.0.1&page=story&format=html&lang=en&style=inline";
        let thread = reqwest::get(server.url(query)).await?.text().await?;
        let body = format!(
            "<style>html {{ background: Canvas }} {sheet}</style><script>{html}</script><script async src=/embed.js></script>\
         <dumka-comments page=story>{thread}</dumka-comments>"
        );
        let site = Site::with_body(&body, server.url("")).await?;
        Ok((server, site, Reader::impatient().await?))
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn thread_in_the_article_looks_the_same_before_the_loader_is_there() -> Result<()> {
        let look = "(it => [it, it.querySelector('section'), it.querySelector('.dumka-add')].map(it => \
        (style => [style.color, style.backgroundColor, style.colorScheme, it.getBoundingClientRect().top])(getComputedStyle(it))))\
        (document.querySelector('dumka-comments'))";
        let mark = "document.documentElement.dataset.theme = 'dark'";
        let meta = "document.head.append(Object.assign(document.createElement('meta'), { name: 'color-scheme', content: 'light' }))";
        for (system, sheet, html, has_ground) in [
            ("light", "", "", false),
            ("dark", "", "", true),
            ("light", "", mark, true),
            ("light", "html { color-scheme: dark }", "", false),
            ("dark", "html { color-scheme: light dark }", "", false),
            ("dark", "", meta, false),
        ] {
            let (_server, site, reader) = standing(sheet, html).await?;
            reader.prefers(system).await?;
            site.hold(Some("embed.js"));
            reader.web().goto(site.url()).await?;
            reader.counts(".dumka-comment", 1).await?;
            reader.counts("#end", 1).await?;
            let before = reader.value(&pixels(look)).await?;
            assert_eq!(before[0][1] != "0,0,0,0", has_ground, "{system} {sheet} {html}");
            site.hold(None);
            reader.counts("dumka-comments[data-state=ready]", 1).await?;
            assert_eq!(reader.value(&pixels(look)).await?, before, "{system} {sheet} {html}");
        }
        Ok(())
    }

    /// The same with each colour as a canvas shows it: a colour can be written in more than one way.
    fn pixels(look: &str) -> String {
        format!(
            "(canvas => {look}.map(([color, ground, ...others]) => [...[color, ground].map(it => {{ canvas.clearRect(0, 0, 1, 1); \
        canvas.fillStyle = it; canvas.fillRect(0, 0, 1, 1); return canvas.getImageData(0, 0, 1, 1).data.join() }}), others[1]]))\
        (document.createElement('canvas').getContext('2d'))"
        )
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn page_that_is_dark_without_a_word_is_found_after_each_change() -> Result<()> {
        let (_server, _site, reader) = opened().await?;
        let sheet = "body { background: #fff; color: #222; transition: color 80ms linear, background-color 80ms linear } \
        .night body { background: #141414; color: oklch(0.9 0.02 250) } \
        @media (prefers-color-scheme: dark) { body { background: #101418; color: #dfe3e6 } }";
        reader
            .value(&format!("void (document.querySelector('#sheet').textContent = {})", json!(sheet)))
            .await?;
        let is_dark = |is_dark: bool| {
            format!(
                "{SEEN}.every(it => (it.scheme === 'dark') === {is_dark} && it.ground < 0.01 && it.isOwn && it.worst >= 4.5)"
            )
        };
        reader.wears("light").await?;
        reader.holds(&is_dark(false)).await?;
        for (act, expected) in [("add", true), ("remove", false)] {
            reader.value(&format!("void document.documentElement.classList.{act}('night')")).await?;
            reader.holds(&is_dark(expected)).await?;
        }
        for (system, expected) in [("dark", true), ("light", false)] {
            reader.wears(system).await?;
            reader.holds(&is_dark(expected)).await?;
        }
        Ok(())
    }
}
