//! A click like a reader's: it waits until the element stays in place, and checks that it was clicked.

use anyhow::Result;
use thirtyfour::{WebDriver, WebElement};

/// Tells whether an element stays in place until the next frame. From then on it notes that it was clicked; a choice
/// notes it for what can be chosen there.
const STAYS: &str = "const [element, done] = arguments
    const pressed = element.closest('select') ?? element
    const note = event => (element.isHit ||= event.composedPath().includes(pressed))
    const place = () => Object.values(element.getBoundingClientRect().toJSON()).join()
    const before = place()
    requestAnimationFrame(() => setTimeout(() => {
      element.isHit = false
      addEventListener('click', note, { capture: true, once: true })
      done(place() === before)
    }))";

/// Tells whether it noted that.
const IS_HIT: &str = "return arguments[0].isHit";

/// Clicks the element in the middle of the view; whether it was hit. What still moves is not clicked, and missed where
/// it begins to move just then: drivers press where the element was a moment before.
pub(crate) async fn hits(web: &WebDriver, element: &WebElement) -> Result<bool> {
    element.scroll_into_view().await?;
    if web.execute_async(STAYS, vec![element.to_json()?]).await?.json() != true {
        return Ok(false);
    }
    element.click().await?;
    // What is not there any more to be asked has gone because of the click.
    let hit = web.execute(IS_HIT, vec![element.to_json()?]).await;
    Ok(hit.map_or(true, |hit| hit.json() != false))
}
