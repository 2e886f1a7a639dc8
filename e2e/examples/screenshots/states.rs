//! The widget in its states, at two widths, light and dark, in two languages.

use std::path::Path;

use anyhow::Result;
use e2e::{Client, Server};

use crate::camera::{Camera, Format, Part, Setting};

/// A demo page with its thread and a comment that was answered.
struct Page {
    lang: &'static str,
    path: &'static str,
    thread: &'static str,
    answered: &'static str,
    name: &'static str,
    text: &'static str,
}

const PAGES: [Page; 2] = [
    Page {
        lang: "uk",
        path: "/demo/uk/",
        thread: "news/43",
        answered: "Дали квиток",
        name: "Ганна",
        text: "Дякую, **прийду** в суботу.\n\n> квиток № 7\n\nА мені який дістанеться?",
    },
    Page {
        lang: "ru",
        path: "/demo/",
        thread: "news/42",
        answered: "Дождались",
        name: "Анна",
        text: "Спасибо, **приеду** в субботу.\n\n> ждали\n\nА на чём?",
    },
];

const LOOKS: [&str; 6] = ["", "newspaper/", "dark/", "forum/", "cards/", "large/"];

/// One window on a demo of its own, since its states change the thread.
struct Shoot<'a> {
    camera: Camera,
    page: &'a Page,
    prefix: String,
}

/// Takes them all.
pub(crate) async fn take_all(folder: &Path) -> Result<()> {
    for scheme in ["light", "dark"] {
        for width in [360, 1280] {
            let setting = Setting { width, scheme, scale: 1.0 };
            for page in &PAGES {
                take_states(folder, page, setting).await?;
            }
            take_looks(folder, setting).await?;
        }
    }
    Ok(())
}

/// Every look of the gallery, with a form and an error.
async fn take_looks(folder: &Path, setting: Setting) -> Result<()> {
    let (server, page) = (Server::demo().await?, &PAGES[0]);
    let camera = Camera::new(folder, Format::Png).await?;
    for look in LOOKS {
        camera.opens(&server, &format!("/demo/styles/{look}"), setting).await?;
        let comment = camera.reader.finds(page.answered).await?;
        camera.reader.replies(&comment, page.name, " ").await?;
        camera.reader.counts(".dumka-form .dumka-error", 1).await?;
        camera.reader.value("(document.activeElement.blur(), scrollTo(0, 0))").await?;
        let name = look.strip_suffix('/').unwrap_or("plain");
        let whole = Part { selector: "body", above: 0.0, height: 2_400.0 };
        camera.takes(&format!("look-{name}-{}-{}", setting.width, setting.scheme), whole).await?;
        camera.reader.clicks(&format!("{comment} .dumka-cancel")).await?;
    }
    Ok(())
}

async fn take_states(folder: &Path, page: &Page, setting: Setting) -> Result<()> {
    let server = Server::demo().await?;
    let camera = Camera::new(folder, Format::Png).await?;
    camera.opens(&server, page.path, setting).await?;
    let prefix = format!("{}-{}-{}", page.lang, setting.width, setting.scheme);
    let shoot = Shoot { camera, page, prefix };
    shoot.thread().await?;
    shoot.composer().await?;
    shoot.panels().await?;
    shoot.own().await?;
    shoot.news(&server).await
}

impl Shoot<'_> {
    /// The list, and a branch of it folded up.
    async fn thread(&self) -> Result<()> {
        self.whole("list").await?;
        self.camera.reader.clicks(".dumka-fold").await?;
        self.camera.reader.counts(".dumka-fold[aria-expanded=false]", 1).await?;
        self.whole("folded").await?;
        self.camera.reader.clicks(".dumka-fold").await
    }

    /// The thread's form: refused, and filled in with its preview.
    async fn composer(&self) -> Result<()> {
        let reader = &self.camera.reader;
        reader.clicks(".dumka-add").await?;
        reader.clicks(".dumka-composer .dumka-submit").await?;
        reader.counts("dumka-comments[data-composer=rejected]", 1).await?;
        self.part("rejected", ".dumka-composer").await?;
        reader.fills(".dumka-composer .dumka-form", self.page.name, self.page.text).await?;
        reader.clicks(".dumka-composer .dumka-preview").await?;
        reader.holds("document.querySelector('.dumka-preview-body strong') !== null").await?;
        self.part("form", ".dumka-composer").await?;
        reader.clicks(".dumka-add").await
    }

    /// A form under a comment: an answer, a report.
    async fn panels(&self) -> Result<()> {
        let comment = self.camera.reader.finds(self.page.answered).await?;
        for (panel, opener) in [("reply", ".dumka-reply"), ("report", ".dumka-report")] {
            self.camera.reader.clicks(&format!("{comment} {opener}")).await?;
            self.camera.reader.counts(&format!("{comment} .dumka-form"), 1).await?;
            self.part(panel, &comment).await?;
            self.camera.reader.clicks(&format!("{comment} .dumka-cancel")).await?;
        }
        Ok(())
    }

    /// A comment of one's own, its text being edited, and the question before it is deleted.
    async fn own(&self) -> Result<()> {
        let reader = &self.camera.reader;
        let answered = reader.finds(self.page.answered).await?;
        reader.replies(&answered, self.page.name, self.page.text).await?;
        reader.counts(".dumka-edit", 1).await?;
        let own = ".dumka-comment:has(.dumka-edit)";
        self.part("own", own).await?;
        reader.clicks(".dumka-edit").await?;
        reader.counts(&format!("{own} .dumka-form"), 1).await?;
        self.part("edit", own).await?;
        reader.clicks(&format!("{own} .dumka-cancel")).await?;
        reader.clicks(".dumka-delete").await?;
        reader.counts(&format!("{own} .dumka-form"), 1).await?;
        self.part("delete", own).await
    }

    /// The comments that others wrote meanwhile.
    async fn news(&self, server: &Server) -> Result<()> {
        let client = Client::new(server.url("/api/v1/comments"), self.page.thread);
        client.post(self.page.name, self.page.text, "news").await?;
        self.camera.reader.counts(".dumka-new", 1).await?;
        self.camera.takes_window(&format!("{}-pill", self.prefix)).await
    }

    async fn whole(&self, state: &str) -> Result<()> {
        self.part(state, "dumka-comments").await
    }

    async fn part(&self, state: &str, selector: &str) -> Result<()> {
        let part = Part { selector, above: 16.0, height: 1_600.0 };
        self.camera.takes(&format!("{}-{state}", self.prefix), part).await
    }
}
