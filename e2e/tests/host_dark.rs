//! A page turns dark in its own way, without an event and without a transition: the comments follow at once.

use anyhow::{Context, Result, ensure};
use e2e::hostile_page::{Case, HostilePage};
use e2e::shadow_dom::all;

/// Light and dark style sheets of pages, which can be switched.
const SHEET: &str = "<style>:where(body, #wrap) { background: #fff; color: #222 } #wrap { padding: 1rem } \
    :is(body, #wrap):is(.night, [data-look=night]), .night body { background: #141414; color: #e4e4e4 }</style>\
    <style id=changed></style><style id=night media=not-all>body, #wrap { background: #141414; color: #e4e4e4 }</style>\
    <link id=linked rel=stylesheet disabled href='data:text/css,body,%23wrap{background:%23141414;color:%23e4e4e4}'>";

/// Scripts that turn the page dark, and light again.
const SWITCHES: [(&str, &str, &str); 13] = [
    (
        "a class of <html>",
        "document.documentElement.classList.add('night')",
        "document.documentElement.classList.remove('night')",
    ),
    ("a class of <body>", "document.body.classList.add('night')", "document.body.classList.remove('night')"),
    ("a class of what stands around", "wrap.classList.add('night')", "wrap.className = ''"),
    ("an attribute of <body>", "document.body.dataset.look = 'night'", "delete document.body.dataset.look"),
    ("an attribute of what stands around", "wrap.dataset.look = 'night'", "delete wrap.dataset.look"),
    (
        "the style of what stands around",
        "wrap.style.cssText = 'background: #141414; color: #e4e4e4'",
        "wrap.style.cssText = ''",
    ),
    ("a sheet that applies", "night.media = 'all'", "night.media = 'not-all'"),
    (
        "a sheet that is put in",
        "document.head.append(Object.assign(document.createElement('style'), { id: 'late', textContent: 'body, #wrap { background: #141414; color: #e4e4e4 }' }))",
        "late.remove()",
    ),
    (
        "the text of a sheet",
        "changed.textContent = 'body, #wrap { background: #141414; color: #e4e4e4 }'",
        "changed.textContent = ''",
    ),
    ("a linked sheet", "linked.disabled = false", "linked.disabled = true"),
    (
        "an adopted sheet",
        "{ const sheet = new CSSStyleSheet(); sheet.replaceSync('body, #wrap { background: #141414; color: #e4e4e4 }'); \
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, self.own = sheet] }",
        "document.adoptedStyleSheets = document.adoptedStyleSheets.filter(it => it !== own)",
    ),
    (
        "a rule",
        "document.styleSheets[0].insertRule('body, #wrap { background: #141414 !important; color: #e4e4e4 !important }')",
        "document.styleSheets[0].deleteRule(0)",
    ),
    (
        "a class that fades in",
        "wrap.style.transition = 'color 60ms, background-color 60ms', wrap.classList.add('night')",
        "wrap.className = ''",
    ),
];

/// Rules of pages that leave nearly nothing of all transitions, for readers who want no movement.
const RESETS: [&str; 2] = [
    "*, ::before, ::after { transition-duration: .01ms !important; animation-duration: .01ms !important }",
    "* { transition-duration: 1ms !important; transition-delay: 0s !important }",
];

/// The lowest contrast of the words of the thread, links among them, against what lies behind them.
const CONTRAST: &str = "(() => { const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true }); \
    const over = colours => { canvas.clearRect(0, 0, 1, 1); for (const it of ['#fff', ...colours]) { canvas.fillStyle = it; canvas.fillRect(0, 0, 1, 1) } \
      return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3) }; \
    const up = it => it.assignedSlot ?? it.parentElement ?? it.getRootNode().host; \
    const grounds = it => it ? [...grounds(up(it)), getComputedStyle(it).backgroundColor] : []; \
    const light = colour => colour.map(it => it / 255).map(it => it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4) \
      .reduce((sum, it, at) => sum + it * [0.2126, 0.7152, 0.0722][at], 0); \
    const contrast = it => { const ground = grounds(it), [low, high] = [over(ground), over([...ground, getComputedStyle(it).color])].map(light).sort((a, b) => a - b); \
      return (high + 0.05) / (low + 0.05) }; \
    return Math.min(...WORDS.filter(it => it.checkVisibility() && it.textContent.trim()).map(contrast)) })()";

#[tokio::test(flavor = "multi_thread")]
async fn page_that_turns_dark_by_whatever_it_likes_is_followed_at_once() -> Result<()> {
    let hostile = HostilePage::with_body(SHEET, "<div id=wrap><!--tag--></div>").await?;
    let reader = &hostile.reader;
    let words = all(
        ".dumka-body a, .dumka-body p, .dumka-actions a, .dumka-actions button, .dumka-add, .dumka-sort a",
    );
    let contrast = CONTRAST.replace("WORDS", &words);
    for case in [Case::ALL[0], Case::ALL[1], Case::ALL[3], Case::ALL[4]] {
        let thread = hostile.opens(case).await?;
        thread.receives("A [link](https://a.example/x) and words.").await?;
        reader.reload().await?;
        thread.is_shown().await?;
        reader.sees(".dumka-body a", "link").await?;
        for (name, dark, light) in SWITCHES {
            for (look, switch) in [("dark", dark), ("light", light)] {
                reader.value(&format!("void (() => {{ {switch} }})()")).await?;
                let is_fading = name.contains("fades");
                let is_read = format!("!document.getAnimations().length && {contrast} >= 4.5");
                if is_fading || name.contains("sheet") {
                    // A sheet is read and a colour fades in its own time.
                    reader.holds(&is_read).await.with_context(|| format!("{case:?} {name}, {look}"))?;
                }
                two_frames(reader.web()).await?;
                let lowest = reader.value(&contrast).await?;
                ensure!(lowest.as_f64().is_some_and(|it| it >= 4.5), "{case:?} {name}, {look}: {lowest} : 1");
            }
        }
        thread.arrives().await?;
        thread.is_unharmed().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn page_with_the_shortest_of_transitions_is_followed_when_it_turns_dark() -> Result<()> {
    for (number, reset) in RESETS.into_iter().enumerate() {
        let sheets = format!("{SHEET}<style>{reset}</style>");
        let hostile = HostilePage::with_body(&sheets, "<div id=wrap><!--tag--></div>").await?;
        let reader = &hostile.reader;
        let contrast = CONTRAST.replace("WORDS", &all(".dumka-body p, .dumka-actions a, .dumka-add"));
        for case in if number == 0 { &Case::RUNNING[..] } else { &Case::RUNNING[..1] } {
            hostile.opens(*case).await?;
            for (look, switch) in [("dark", "add"), ("light", "remove")] {
                reader.value(&format!("void document.body.classList.{switch}('night')")).await?;
                let is_read = format!("{contrast} >= 4.5");
                reader.holds(&is_read).await.with_context(|| format!("{case:?} {reset}, {look}"))?;
            }
        }
    }
    Ok(())
}

/// A frame that shows the change, and one in which it has been seen.
async fn two_frames(web: &thirtyfour::WebDriver) -> Result<()> {
    let framed = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))";
    web.execute_async(framed, Vec::new()).await?;
    Ok(())
}
