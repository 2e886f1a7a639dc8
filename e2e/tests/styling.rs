//! The styling contract: whatever a site says wins, and nothing of the widget's style reaches the page around it.

use anyhow::{Context, Result, ensure};
use dumka_api::style_contract;
use e2e::{Client, Reader, Server, Site};
use serde_json::json;

/// Counts what the page has before anything of the widget is there.
const BEFORE: &str = "<script>window.known = new Set(Object.getOwnPropertyNames(window))</script>";

/// In a box of one size, so that nothing on the page depends on how long the thread is.
const BOX: &str =
    "<div style='position: absolute; inset: 0 auto auto 0; width: 400px; height: 400px; overflow: auto'>";

/// Every element that may stand in a body, plain and with names that are nearly the widget's; the latest comments, too,
/// which the loader fills.
const ORDINARY: &str = "<script>for (const name of `a abbr address area article aside audio b bdi bdo blockquote br button canvas \
    cite code col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure footer form h1 h2 h3 h4 \
    h5 h6 header hgroup hr i iframe img input ins kbd label legend li link main map mark menu meter nav noscript object ol optgroup option \
    output p picture pre progress q rp rt ruby s samp script search section select slot small source span strong sub summary sup table \
    tbody td template textarea tfoot th thead time title tr track u ul var video wbr dumka dumka-list dumka-latest x-dumka`.split(' ')) \
    for (const isNear of [false, true]) { \
      const element = document.createElement(name); element.append('text'); \
      if (isNear) for (const [at, value] of Object.entries({ class: 'dumka-ish dumkacount count comment list dark', id: 'dumka-' + name, \
        'data-depth': 2, 'data-scheme': 'night', 'data-reserved': '', theme: 'dark', 'aria-current': 'location', 'aria-invalid': true, \
        'aria-busy': true })) element.setAttribute(at, value); \
      document.querySelector('main').append(element) }</script>";

/// Switches the widget's style sheets on or off, wherever they are.
const SWITCH: &str = "(isOn => { const roots = [document, ...[...document.querySelectorAll('dumka-comments')].map(it => it.shadowRoot).filter(it => it)]; \
    for (const root of roots) for (const it of [...root.styleSheets, ...root.adoptedStyleSheets]) \
      if ([...it.cssRules].some(rule => rule.name === 'dumka')) it.disabled = !isOn })";

/// All computed properties of what a selector finds, and of what is drawn before it.
const LOOKS: &str = "(selector => [...document.querySelectorAll(selector)].map(it => [it.localName + '.' + it.className, \
    ...[null, '::before', '::after'].map(part => { const style = getComputedStyle(it, part); \
      return Object.fromEntries([...style].filter(name => !name.startsWith('--')).map(name => [name, style.getPropertyValue(name)])) })]))";

/// The differences between two such looks, by element and property.
const DIFFERENCES: &str = "((one, other) => one.flatMap(([name, ...looks], at) => looks.flatMap((look, part) => Object.keys(look) \
    .filter(key => look[key] !== other[at][part + 1][key]).map(key => `${name} ${key}: ${look[key]} is ${other[at][part + 1][key]}`))))";

/// A page around the widget, with a discussion, an open form that was refused, and a report that is begun.
async fn opened(around: &str, element: &str) -> Result<(Server, Site, Reader)> {
    let server = Server::serve().await?;
    let client = Client::new(server.url("/api/v1/comments"), "story");
    let first = client.post("Ann", "A [link](https://example.org/x) and `code`\n\n> quoted", "first").await?;
    client.reply(&first, "Ben", "An answer", "second").await?;
    let body = format!("{around}<script async src=/embed.js></script>{BOX}{element}</dumka-comments></div>");
    let site = Site::with_body(&body, server.url("")).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.counts("dumka-comments[data-state=ready]", 1).await?;
    Ok((server, site, reader))
}

async fn opens_forms(reader: &Reader) -> Result<()> {
    reader.clicks(".dumka-vote-up").await?;
    reader.counts("[aria-pressed=true].dumka-vote-up", 1).await?;
    reader.clicks(".dumka-add").await?;
    reader.clicks(".dumka-composer .dumka-submit").await?;
    reader.counts(".dumka-composer .dumka-error", 1).await?;
    reader.clicks(".dumka-report").await?;
    reader.counts(".dumka-comment .dumka-form", 1).await
}

/// The differences of `selector` without the widget's style.
async fn differences(reader: &Reader, selector: &str) -> Result<Vec<String>> {
    let compared = format!(
        "(() => {{ const looks = () => {LOOKS}({}); const styled = looks(); {SWITCH}(false); const bare = looks(); \
         {SWITCH}(true); return {DIFFERENCES}(styled, bare) }})()",
        json!(selector)
    );
    Ok(serde_json::from_value(reader.value(&compared).await?)?)
}

/// The page and its elements, with all attributes of those that everything stands in.
const PAGE: &str = "html, head, body, main, main *";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_the_page_around_is_changed() -> Result<()> {
    for isolate in ["", "isolate"] {
        let element = format!("<dumka-comments page=story load=eager theme=dark {isolate}>");
        let around = format!("{BEFORE}<main></main>{ORDINARY}");
        let (_server, _site, reader) = opened(&around, &element).await?;
        reader.holds("document.querySelectorAll('main > *').length > 200").await?;
        let section =
            "(it => it.shadowRoot ?? it)(document.querySelector('dumka-comments')).querySelector('section')";
        reader.holds(&format!("getComputedStyle({section}).lineHeight === '24px'")).await?;
        let changed = differences(&reader, PAGE).await?;
        ensure!(changed.is_empty(), "{isolate} {} {:?}", changed.len(), &changed[..changed.len().min(20)]);
        // Chromedriver keeps something there itself.
        let globals = "Object.getOwnPropertyNames(window).filter(it => !known.has(it) && !/^(known|ret_nodes|\\d+|\\$?cdc_.*)$/.test(it))";
        assert_eq!(reader.value(globals).await?, json!([]));
        let attributes = "[document.documentElement, document.head, document.body].map(it => it.getAttributeNames().join())";
        assert_eq!(reader.value(attributes).await?, json!(["lang", "", ""]));
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_of_no_specificity_takes_every_style_away_from_every_element() -> Result<()> {
    let (_server, _site, reader) = opened("", "<dumka-comments page=story load=eager theme=dark>").await?;
    opens_forms(&reader).await?;
    let widget = "dumka-comments, dumka-comments *";
    let styled = differences(&reader, widget).await?;
    ensure!(styled.len() > 500, "the sheet makes a difference: {}", styled.len());
    // `all` is all but two.
    let revert = "{ all: revert; direction: revert; unicode-bidi: revert }";
    let rules = format!(":where({widget}) {revert} :where(dumka-comments *)::before {revert}");
    add_rules(&reader, &rules).await?;
    let left = differences(&reader, widget).await?;
    ensure!(left.is_empty(), "{} {:?}", left.len(), &left[..left.len().min(20)]);
    Ok(())
}

async fn add_rules(reader: &Reader, rules: &str) -> Result<()> {
    let add = "(css => { const style = document.createElement('style'); style.textContent = css; document.head.prepend(style) })";
    reader.value(&format!("void {add}({})", json!(rules))).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn each_class_can_be_styled_and_each_part_of_an_isolated_thread() -> Result<()> {
    let mark = "{ outline: 3px solid rgb(1, 2, 3) }";
    let rule = |(name, _): &(&str, &str)| format!(".{name} {mark} dumka-comments::part({name}) {mark}\n");
    let rules: String = style_contract::CLASSES.iter().map(rule).collect();
    for isolate in ["", "isolate"] {
        let element = format!("<dumka-comments page=story load=eager {isolate}>");
        let (_server, _site, reader) = opened("", &element).await?;
        if isolate.is_empty() {
            opens_forms(&reader).await?;
        }
        add_rules(&reader, &rules).await?;
        let classed = "[...(it => it.shadowRoot ?? it)(document.querySelector('dumka-comments')).querySelectorAll('[class]')]";
        let count = reader.value(&format!("{classed}.length")).await?.as_u64().context("a number")?;
        ensure!(count > 30, "{count} elements have a class");
        let plain = format!(
            "{classed}.filter(it => getComputedStyle(it).outlineColor !== 'rgb(1, 2, 3)').map(it => it.className)"
        );
        assert_eq!(reader.value(&plain).await?, json!([]), "{isolate}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn custom_property_of_the_site_holds_in_light_and_in_dark() -> Result<()> {
    let (_server, _site, reader) = opened("", "<dumka-comments page=story load=eager>").await?;
    let rules: Vec<_> = style_contract::PROPERTIES.iter().map(|(name, ..)| format!("{name}: 7")).collect();
    add_rules(&reader, &format!("dumka-comments, .dumka-comment {{ {} }}", rules.join(";"))).await?;
    for theme in ["light", "dark", "auto"] {
        reader
            .value(&format!("void document.querySelector('dumka-comments').setAttribute('theme', '{theme}')"))
            .await?;
        for (name, ..) in style_contract::PROPERTIES {
            let value = format!(
                "getComputedStyle(document.querySelector('.dumka-comment')).getPropertyValue('{name}')"
            );
            assert_eq!(reader.value(&value).await?, "7", "{name} in {theme}");
        }
    }
    Ok(())
}
