//! Links to comments on pages that keep their route in the fragment.

use anyhow::{Result, ensure};
use e2e::hostile_page::{Case, HostilePage};
use e2e::shadow_dom::one;
use serde_json::json;

/// An address that leads all other links elsewhere.
const BASE: &str = "<base href=https://elsewhere.example/>";

/// Fragments of addresses: routes of the page, with a comment behind them or not, and places in the article.
const FRAGMENTS: [(&str, &str); 6] = [
    ("#/news/5", "#/news/5"),
    ("#!/a", "#!/a"),
    ("#/route/5?x=1", "#/route/5?x=1"),
    ("#/news/5#comment-x", "#/news/5"),
    ("#about", ""),
    ("#comment-x", ""),
];

#[tokio::test(flavor = "multi_thread")]
async fn permalink_stands_once_behind_the_route_in_the_fragment() -> Result<()> {
    for (at, base) in ["", BASE].into_iter().enumerate() {
        let hostile = HostilePage::with(base).await?;
        let reader = &hostile.reader;
        for (number, (fragment, route)) in FRAGMENTS.into_iter().enumerate() {
            for case in Case::of_example(number + at).iter().copied().filter(|case| !case.is_isolated) {
                let thread = hostile.opens_with(case, "", fragment).await?;
                for comment in [&thread.last, &thread.first, &thread.first] {
                    reader.clicks(&format!("{comment} .dumka-permalink")).await?;
                    reader.counts(&format!("{comment}[aria-current=location]"), 1).await?;
                    let place = reader.value("location.hash").await?;
                    let id = reader.value(&format!("{}.id", one(comment))).await?;
                    let wanted = format!("{route}#{}", id.as_str().unwrap_or_default());
                    ensure!(place == json!(wanted), "{case:?} {base} {fragment}: {place}");
                }
                thread.is_unharmed().await?;
            }
        }
    }
    Ok(())
}
