//! Elements of the page are called as what scripts ask a document, a form or a window for: that hides nothing from the
//! widget, wherever they stand.

use anyhow::{Context, Result, ensure};
use e2e::hostile_page::{Case, HostilePage};
use e2e::shadow_dom::one;
use e2e::{Client, Reader, Server, Site};
use serde_json::json;

/// Has elements called as everything that the document has, of the kinds that hide it.
const HIDES_ALL_OF_THE_DOCUMENT: &str = "{
    const create = Document.prototype.createElement.bind(document), { body } = document
    const names = [Document, HTMLDocument, Node, EventTarget].flatMap(it => Object.getOwnPropertyNames(it.prototype))
    for (const [number, name] of names.entries()) {
      const it = create(['img', 'form', 'object'][number % 3])
      it.setAttribute('name', name)
      it.hidden = true
      body.append(it)
    }
  }";

/// The same for a form, by fields in every form of ours; but for the name that a field of ours has.
const HIDES_ALL_OF_FORMS: &str = "{
    const names = [HTMLFormElement, HTMLElement, Element, Node, EventTarget].flatMap(it => Object.getOwnPropertyNames(it.prototype)).filter(it => it !== 'name')
    const fields = new Map()
    const hide = () => {
      for (const form of root.querySelectorAll('form')) {
        if (fields.has(form)) continue
        fields.set(form, names.map(name => Object.assign(document.createElement('input'), { type: 'hidden', [FIELD]: name })))
        HTMLElement.prototype.append.call(form, ...fields.get(form))
      }
    }
    hide()
    new MutationObserver(hide).observe(root, { subtree: true, childList: true })
  }";

/// Names that say the same to all engines, each hidden by an element of this kind.
const NAMED: [&str; 6] = [
    "<img name=querySelector><img name=querySelectorAll><img name=getElementById>",
    "<form name=createElement></form><form name=createElementNS></form><form name=createTextNode></form>",
    "<iframe name=addEventListener></iframe><iframe name=documentElement></iframe>",
    "<object name=readyState></object><object name=adoptedStyleSheets></object><object id=body></object>",
    "<img name=currentScript src=https://elsewhere.example/embed.js><embed name=title>",
    "<img name=activeElement><img name=host><img name=matches><form name=createRange></form>",
];

fn script(script: &str) -> String {
    format!("<script>{script}</script>")
}

/// A thread is worked on a page that has this body around it, in each of the cases.
async fn is_worked_in(body: &str, cases: &[Case]) -> Result<()> {
    let hostile = HostilePage::with_body("", body).await?;
    for case in cases {
        let thread = hostile.opens(*case).await.with_context(|| format!("{case:?}"))?;
        thread.is_worked().await.with_context(|| format!("{case:?}"))?;
        thread.is_unharmed().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn page_that_hides_all_of_its_document_before_the_tag_is_read_and_written_under() -> Result<()> {
    is_worked_in(&format!("{}<!--tag-->", script(HIDES_ALL_OF_THE_DOCUMENT)), &Case::ALL).await
}

#[tokio::test(flavor = "multi_thread")]
async fn names_before_and_after_the_tag_hide_nothing() -> Result<()> {
    for (number, names) in NAMED.into_iter().enumerate() {
        let body = if number % 2 == 0 { format!("{names}<!--tag-->") } else { format!("<!--tag-->{names}") };
        is_worked_in(&body, Case::of_example(number)).await.context(names)?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn names_that_come_into_the_thread_hide_nothing() -> Result<()> {
    let hostile = HostilePage::with("").await?;
    for case in Case::ALL {
        let thread = hostile.opens(case).await?;
        let names = NAMED.concat();
        thread
            .suffers(&format!(
                "root.querySelector('.dumka-comment').insertAdjacentHTML('beforeend', {})",
                json!(names)
            ))
            .await?;
        thread.is_worked().await.with_context(|| format!("{case:?}"))?;
        thread.is_unharmed().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_called_as_anything_of_a_form_hide_nothing_from_scripts_that_work_ours() -> Result<()> {
    let hostile = HostilePage::with("").await?;
    for (number, field) in ["name", "id"].into_iter().enumerate() {
        for case in Case::of_example(number) {
            let thread = hostile.opens(*case).await?;
            thread.suffers(&HIDES_ALL_OF_FORMS.replace("FIELD", &json!(field).to_string())).await?;
            thread.is_used().await.with_context(|| format!("{case:?} {field}"))?;
            thread.began_anew(0).await?;
            thread.is_unharmed().await?;
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn form_that_was_asked_for_what_a_field_hides_has_that_again() -> Result<()> {
    const ASKS: &str = "const form = root.querySelector('.dumka-composer form'), it = document.createElement('input'); \
        it.type = 'hidden'; form.append(it); it.id = 'closest'; self.asked = form.closest; \
        const other = document.createElement('input'); other.type = 'hidden'; form.append(other); \
        setTimeout(() => { other.name = 'parentNode'; self.asked = form.parentNode })";
    let hostile = HostilePage::with("").await?;
    for case in Case::RUNNING {
        let thread = hostile.opens(case).await?;
        thread.suffers(ASKS).await?;
        let form = one(".dumka-composer form");
        hostile.reader.holds(&format!("{form}.parentNode.localName === 'details'")).await?;
        hostile.reader.holds(&format!("typeof {form}.closest === 'function'")).await?;
        thread.is_used().await?;
        thread.began_anew(0).await?;
        thread.is_unharmed().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn comments_stand_in_a_form_of_the_page_with_any_fields() -> Result<()> {
    let body = format!(
        "<form onsubmit='return false'><!--tag--></form>{}",
        script(
            "const form = document.querySelector('form')
            for (const name of [HTMLElement, Element, Node, EventTarget].flatMap(it => Object.getOwnPropertyNames(it.prototype))) {
              const it = document.createElement('input')
              it.type = 'hidden'
              it.name = name
              HTMLElement.prototype.append.call(form, it)
            }"
        )
    );
    is_worked_in(&body, &Case::ALL).await
}

/// Has elements of each kind called as the globals that the widget's files name.
const HIDES_GLOBALS: &str = "{
    const before = new Map(GLOBALS.map(name => [name, self[name]]))
    for (const name of GLOBALS)
      for (const [kind, attribute] of [['a', 'id'], ['img', 'name'], ['form', 'id'], ['object', 'name']]) {
        const it = document.createElement(kind)
        it.setAttribute(attribute, name)
        it.hidden = true
        document.body.append(it)
      }
    for (const name of ['fetch', 'customElements', 'localStorage', 'getSelection', 'IntersectionObserver']) {
      const it = document.createElement('iframe')
      it.name = name
      document.body.append(it)
    }
    self.hidden = GLOBALS.filter(name => self[name] !== before.get(name))
  }";

const GLOBALS: &str = "addEventListener removeEventListener dispatchEvent customElements localStorage fetch navigator performance crypto \
    getComputedStyle getSelection requestAnimationFrame setTimeout clearTimeout setInterval clearInterval queueMicrotask \
    innerHeight origin self document location CSS Intl WebAssembly HTMLElement HTMLFormElement Document URL URLSearchParams \
    FormData Response CustomEvent Event EventSource XMLHttpRequest BroadcastChannel AbortController AbortSignal \
    CSSStyleSheet IntersectionObserver ResizeObserver MutationObserver NodeFilter Reflect Proxy Object Promise Map Set toString";

#[tokio::test(flavor = "multi_thread")]
async fn no_element_hides_what_a_window_has() -> Result<()> {
    let globals: Vec<_> = GLOBALS.split_whitespace().collect();
    let hides = script(&HIDES_GLOBALS.replace("GLOBALS", &json!(globals).to_string()));
    let hostile = HostilePage::with_body("", &format!("{hides}<!--tag-->")).await?;
    for case in &Case::ALL[..3] {
        let thread = hostile.opens(*case).await?;
        ensure!(
            hostile.reader.value("self.hidden").await? == json!([]),
            "a window hides nothing that it has"
        );
        thread.is_used().await.with_context(|| format!("{case:?}"))?;
        thread.is_unharmed().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn permalink_is_found_under_names_and_around_them() -> Result<()> {
    let body = format!(
        "{}<form><input type=hidden name=parentNode><input type=hidden name=hidden><details><summary>Comments</summary>\
        <!--tag--></details></form>",
        script(HIDES_ALL_OF_THE_DOCUMENT)
    );
    let hostile = HostilePage::with_body("", &body).await?;
    for case in &Case::ALL[..3] {
        let thread = hostile.opens(*case).await?;
        let fragment = format!("#{}", thread.last.trim_start_matches("[id='").trim_end_matches("']"));
        hostile.reader.value(&format!("void (location.hash = {})", json!(fragment))).await?;
        hostile.reader.holds(&format!("{}.checkVisibility()", one(&thread.last))).await?;
        hostile.reader.holds(&format!("{}.ariaCurrent === 'location'", one(&thread.last))).await?;
        thread.is_unharmed().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_and_latest_comments_come_where_the_document_is_hidden() -> Result<()> {
    let server = Server::serve().await?;
    Client::new(server.url("/api/v1/comments"), "one").post("Ann", "One more", "key").await?;
    let body = format!(
        "<script async src=/embed.js></script><i data-dumka-count=one></i>\
        <form lang=uk><input name=lang><b data-dumka-count=one data-dumka-count-words></b></form>\
        <dumka-latest></dumka-latest>{}",
        script(HIDES_ALL_OF_THE_DOCUMENT)
    );
    let site = Site::with_body(&body, server.url("")).await?;
    let reader = Reader::new().await?;
    reader.web().goto(site.url()).await?;
    reader.sees("i", "1").await?;
    reader.sees("b", "1 коментар").await?;
    reader.counts("dumka-latest .dumka-latest-item", 1).await
}

#[tokio::test(flavor = "multi_thread")]
async fn page_that_has_variables_of_its_own_called_as_something_of_the_browsers_is_read_and_written_under()
-> Result<()> {
    let globals = "var CSS = { main: 'dark' }, scheduler = 1, navigation = null, trustedTypes = 'none'";
    is_worked_in(&format!("{}<!--tag-->", script(globals)), &Case::ALL).await
}
