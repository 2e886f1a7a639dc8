//! A failure as a page of its own, which is drawn without the widget's view: it may be what failed.

use std::fmt::Write as _;
use std::sync::Arc;

use dumka_api::{Problem, ProblemKind};
use dumka_widget::i18n::{Catalog, Key, Locale};
use dumka_widget::state::Failure;
use jiff::tz::TimeZone;

use super::page::{document, escaped};
use super::tongue::ServerTongue;
use super::{Field, Lang, OwnWords};

/// What went wrong, and what was typed.
#[derive(Debug)]
pub struct FailureScene<'f> {
    /// The language.
    pub lang: Lang,
    /// The site's own words, in every language.
    pub words: Arc<OwnWords>,
    /// What went wrong.
    pub problem: Problem,
    /// Where it went wrong, as it is from there.
    pub address: String,
    /// The form that was sent, by its names and values.
    pub fields: Option<Vec<(&'f str, &'f str)>>,
}

/// Draws the page. Everything in it that came with the request is text.
pub fn failure(scene: &FailureScene<'_>) -> String {
    let FailureScene { lang, words, problem, address, fields } = scene;
    let catalog = words.in_lang(*lang).map_or_else(|| lang.catalog(), |own| own.catalog.clone());
    let text = fields.as_deref().and_then(|fields| value(fields, Field::Text));
    let what = match (fields, text) {
        (_, Some(_)) => Key::SendFailed,
        (Some(_), None) => Key::ActionFailed,
        (None, _) => Key::ListFailed,
    };
    let reason = reason(problem, *lang, &catalog);
    let way = match fields {
        Some(fields) => form(fields, address, &catalog),
        None if is_worth_repeating(problem) => {
            format!("<p><a href=\"{}\">{}</a></p>", escaped(address), escaped(catalog.text(Key::Retry)))
        }
        None => String::new(),
    };
    let what = escaped(catalog.text(what));
    let body = format!(
        "<h1>{what}</h1><p role=\"alert\">{}</p>{way}<p><small lang=\"en\">{} {}</small></p>",
        escaped(&reason),
        problem.status,
        problem.kind.as_str(),
    );
    document(*lang, &catalog, (&what, ""), &body)
}

/// The reason in the reader's language; what is not at an address is no comment.
fn reason(problem: &Problem, lang: Lang, catalog: &Arc<Catalog>) -> String {
    let locale =
        Locale::new(lang.as_str().into(), Arc::clone(catalog), ServerTongue::new(lang, TimeZone::UTC));
    let failure = match problem.kind {
        ProblemKind::NotFound => Failure::Status(problem.status),
        _ => Failure::Problem(Box::new(problem.clone())),
    };
    locale.reason(&failure)
}

fn is_worth_repeating(problem: &Problem) -> bool {
    problem.status == 429 || problem.status == 408 || problem.status >= 500
}

fn value<'f>(fields: &[(&'f str, &'f str)], wanted: Field) -> Option<&'f str> {
    fields.iter().find(|(name, _)| *name == wanted.name()).map(|(_, value)| *value)
}

/// The form as it was sent: what a reader types can be read and changed, the rest goes along.
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
