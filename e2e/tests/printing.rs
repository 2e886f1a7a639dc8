//! A page with comments on paper.

/// Only Chromium prints by its own protocol, and shows a page as it would be printed.
mod chromium_alone {
    use anyhow::{Context, Result, ensure};
    use base64::Engine;
    use base64::prelude::BASE64_STANDARD;
    use e2e::Reader;
    use e2e::hostile_page::{Case, HostilePage};
    use e2e::shadow_dom::{all, one};
    use serde_json::json;

    /// The controls, which are useless on paper.
    const PRESSED: &str = ".dumka :is(form, button, input, textarea, select, summary, progress), \
        .dumka :is(.dumka-add, .dumka-reply, .dumka-report, .dumka-sort, .dumka-all, .dumka-show-earlier, .dumka-fold, .dumka-new-bar)";

    async fn wears(reader: &Reader, media: &str) -> Result<()> {
        reader.web().cdp().send_raw("Emulation.setEmulatedMedia", json!({ "media": media })).await?;
        let framed =
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))";
        reader.web().execute_async(framed, Vec::new()).await?;
        Ok(())
    }

    async fn pages(reader: &Reader) -> Result<usize> {
        let printed = reader.web().cdp().send_raw("Page.printToPDF", json!({})).await?;
        let pdf = BASE64_STANDARD.decode(printed["data"].as_str().context("it is printed")?)?;
        let pages = String::from_utf8_lossy(&pdf).matches("/Type /Page\n").count();
        ensure!(pages > 0, "a page is counted");
        Ok(pages)
    }

    /// The number of these elements that are visible.
    async fn seen(reader: &Reader, selector: &str) -> Result<u64> {
        let seen = format!(
            "{}.filter(it => it.checkVisibility({{ opacityProperty: true, visibilityProperty: true }}) && it.getClientRects().length).length",
            all(selector)
        );
        reader.value(&seen).await?.as_u64().context("elements are counted")
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_was_written_is_on_paper_and_nothing_to_press() -> Result<()> {
        let hostile = HostilePage::with("").await?;
        let reader = &hostile.reader;
        for case in Case::ALL {
            let thread = hostile.opens(case).await?;
            reader.clicks(".dumka-add").await?;
            reader.types(".dumka-composer [name=text]", "Half a thought").await?;
            reader.clicks(&format!("{} .dumka-reply", thread.first)).await?;
            thread.arrives().await?;
            reader.counts(&format!("{} .dumka-form", thread.first), 1).await?;
            ensure!(seen(reader, PRESSED).await? > 10, "{case:?}: on the screen they are seen");

            wears(reader, "print").await?;
            let pressed = seen(reader, PRESSED).await?;
            ensure!(pressed == 0, "{case:?}: {pressed} things to press are on paper");
            for comment in [&thread.first, &thread.answer, &thread.last] {
                let words = format!("{comment} :is(.dumka-body, .dumka-author, .dumka-time)");
                // Without the program an answer's form comes with the part of the thread where it stands.
                let there = reader.count(&words).await?;
                ensure!(seen(reader, &words).await? == there as u64, "{case:?}: the comments are on paper");
            }
            ensure!(seen(reader, ".dumka-count").await? == 1, "{case:?}: and so is what they are called");
            wears(reader, "").await?;
            reader
                .holds(&format!("{}.value === 'Half a thought'", one(".dumka-composer [name=text]")))
                .await?;
            thread.is_unharmed().await?;
        }
        Ok(())
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn comments_that_were_not_loaded_leave_no_empty_paper() -> Result<()> {
        // So far down that nobody has been near them.
        let body = "<p style='block-size: 300vh'>The article</p>";
        let (with, without) = (
            HostilePage::with_body("", &[body, "<!--tag-->"].concat()).await?,
            HostilePage::with_body("", body).await?,
        );
        without.reader.web().goto(&format!("{}article/", without.site.url())).await?;
        let expected = pages(&without.reader).await?;
        for attributes in ["", "load=manual", "isolate"] {
            let reader = &with.reader;
            let url = format!("{}article/?page=story&{attributes}", with.site.url());
            reader.web().goto(&url).await?;
            reader.holds("customElements.get('dumka-comments') !== undefined").await?;
            reader.counts("dumka-comments[data-state]", 0).await?;
            ensure!(pages(reader).await? == expected, "{attributes}: more paper than without comments");
            wears(reader, "print").await?;
            // Printed, the page may have become so short that the comments were loaded by now.
            let is_nothing =
                "(it => !it.dataset.state && it.offsetHeight > 0)(document.querySelector('dumka-comments'))";
            ensure!(reader.value(is_nothing).await? == false, "{attributes}: pixels of nothing");
            wears(reader, "").await?;
        }
        Ok(())
    }
}
