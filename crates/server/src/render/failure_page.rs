//! Renders a failure as a page of its own, without the widget's view, which may be what failed.

use std::fmt::Write as _;
use std::sync::Arc;

use dumka_api::{Problem, ProblemKind};
use dumka_widget::i18n::{Catalog, Key, Locale};
use dumka_widget::state::Failure;
use jiff::tz::TimeZone;

use super::document::{Head, document, escaped};
use super::locale_rules::IcuLocale;
use super::{Field, Lang, SitePhrases};

/// A failure, and what was typed.
#[derive(Debug)]
pub struct FailurePage<'f> {
    /// The language.
    pub lang: Lang,
    /// The site's own phrases, in every language.
    pub phrases: Arc<SitePhrases>,
    /// The failure.
    pub problem: Problem,
    /// The address that failed, relative to itself.
    pub address: String,
    /// The form that was sent, by its names and values.
    pub fields: Option<Vec<(&'f str, &'f str)>>,
}

/// Renders the page. Everything in it that came with the request is text.
pub fn failure_page(page: &FailurePage<'_>) -> String {
    let FailurePage { lang, phrases, problem, address, fields } = page;
    let catalog = phrases.catalog(*lang);
    let text = fields.as_deref().and_then(|fields| value(fields, Field::Text));
    let title = match (fields, text) {
        (_, Some(_)) => Key::SendFailed,
        (Some(_), None) => Key::ActionFailed,
        (None, _) => Key::ListFailed,
    };
    let reason = reason(problem, *lang, &catalog);
    let retry = match fields {
        Some(fields) => form(fields, address, &catalog),
        None if is_worth_repeating(problem) => {
            format!("<p><a href=\"{}\">{}</a></p>", escaped(address), escaped(catalog.text(Key::Retry)))
        }
        None => String::new(),
    };
    let title = escaped(catalog.text(title));
    let body = format!(
        "<h1>{title}</h1><p role=\"alert\">{}</p>{retry}<p><small lang=\"en\">{} {}</small></p>",
        escaped(&reason),
        problem.status,
        problem.kind.as_str(),
    );
    document(*lang, &catalog, &Head { title: &title, style_sheet: "" }, &body)
}

/// The reason in the reader's language; an address without anything is no missing comment.
fn reason(problem: &Problem, lang: Lang, catalog: &Arc<Catalog>) -> String {
    let locale = Locale::new(lang.as_str().into(), Arc::clone(catalog), IcuLocale::new(lang, TimeZone::UTC));
    let failure = match problem.kind {
        ProblemKind::NotFound => Failure::Status(problem.status),
        _ => Failure::Problem(Box::new(problem.clone())),
    };
    let said = locale.reason(&failure);
    // What a reader can do nothing about has no words but English ones; the kind stands below.
    let is_english = !problem.title.is_empty() && said.contains(&problem.title);
    if is_english { locale.reason(&Failure::Status(problem.status)) } else { said }
}

fn is_worth_repeating(problem: &Problem) -> bool {
    problem.status == 429 || problem.status == 408 || problem.status >= 500
}

fn value<'f>(fields: &[(&'f str, &'f str)], wanted: Field) -> Option<&'f str> {
    fields.iter().find(|(name, _)| *name == wanted.name()).map(|(_, value)| *value)
}

/// The form as it was sent: what a reader types can be read and changed, the rest goes along hidden.
fn form(fields: &[(&str, &str)], address: &str, catalog: &Catalog) -> String {
    let mut inputs = String::new();
    for (name, value) in fields {
        let label = match *name {
            "text" => Key::Text,
            "name" => Key::Name,
            "email" => Key::Email,
            _ => {
                let _ = write!(inputs, "<input type=\"hidden\" {}>", named(name, value));
                continue;
            }
        };
        let control = match label {
            // The first line's end is not the text's.
            Key::Text => {
                format!("<textarea name=\"text\" rows=\"12\" dir=\"auto\">\n{}</textarea>", escaped(value))
            }
            _ => format!("<input dir=\"auto\" {}>", named(name, value)),
        };
        let _ = write!(inputs, "<p><label>{} {control}</label></p>", escaped(catalog.text(label)));
    }
    format!(
        "<form class=\"failure\" method=\"post\" accept-charset=\"utf-8\" action=\"{}\">{inputs}\
         <p><button>{}</button></p></form>",
        escaped(address),
        escaped(catalog.text(Key::Retry)),
    )
}

fn named(name: &str, value: &str) -> String {
    format!("name=\"{}\" value=\"{}\"", escaped(name), escaped(value))
}
