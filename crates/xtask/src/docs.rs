//! `docs`: writes the tables of `docs/styling.md` from the widget's own list of names.

use anyhow::{Context, Result, ensure};
use dumka_api::style_contract;

use crate::repo::Repo;

const PAGE: &str = "docs/styling.md";

/// Writes the tables where they are not what the code says.
pub(crate) fn write(repo: &Repo) -> Result<()> {
    let page = repo.sh.read_file(PAGE)?;
    Ok(repo.sh.write_file(PAGE, filled(&page)?)?)
}

/// Fails where [`write()`] would change something.
pub(crate) fn check(repo: &Repo) -> Result<()> {
    let page = repo.sh.read_file(PAGE)?;
    ensure!(filled(&page)? == page, "{PAGE} is not current; run `cargo xtask docs`");
    Ok(())
}

/// Writes every table anew into the text of the page.
fn filled(page: &str) -> Result<String> {
    let defaults = style_contract::PROPERTIES
        .iter()
        .map(|(name, what, default)| [code(name), (*what).into(), (*default).into()]);
    let tables = [
        ("properties", table(["property", "what it is", "default"], defaults)),
        ("classes", table(["class", "what"], pairs(style_contract::CLASSES))),
        ("latest", table(["class", "what"], pairs(style_contract::LATEST_CLASSES))),
        ("discussed", table(["class", "what"], pairs(style_contract::DISCUSSED_CLASSES))),
        ("states", table(["attribute", "values"], pairs(style_contract::STATES))),
    ];
    tables.iter().try_fold(page.to_owned(), |page, (name, table)| replaced(&page, name, table))
}

fn pairs(rows: &[(&str, &str)]) -> impl Iterator<Item = [String; 2]> {
    rows.iter().map(|(name, what)| [code(name), (*what).into()])
}

fn code(name: &str) -> String {
    format!("`{name}`")
}

fn table<const COLUMNS: usize>(
    head: [&str; COLUMNS],
    rows: impl Iterator<Item = [String; COLUMNS]>,
) -> String {
    let row = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let body: String = rows.map(|cells| row(&cells)).collect();
    format!("{}{}|\n{body}", row(&head.map(Into::into)), "|-".repeat(COLUMNS))
}

/// Puts `table` between the marks of this name.
fn replaced(page: &str, name: &str, table: &str) -> Result<String> {
    let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (before, rest) = page.split_once(&start).with_context(|| format!("{PAGE} has no {start}"))?;
    let (_, after) = rest.split_once(&end).with_context(|| format!("{PAGE} has no {end}"))?;
    Ok([before, &start, table, &end, after].concat())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Every word of `text` that begins like this.
    fn words<'a>(text: &'a str, beginning: &str) -> BTreeSet<&'a str> {
        let is_part = |char: char| char.is_ascii_alphanumeric() || char == '-';
        let word = |(at, _): (usize, &str)| {
            let rest = &text[at..];
            rest.split(|char| !is_part(char)).next().filter(|_| !text[..at].ends_with(is_part))
        };
        let found = text.match_indices(beginning.trim_start_matches('.'));
        let is_class = |at: usize| !beginning.starts_with('.') || text[..at].ends_with('.');
        found.filter(|(at, _)| is_class(*at)).filter_map(word).collect()
    }

    fn style_sheet() -> String {
        let repo = Repo::open().unwrap();
        ["reading", "forms"].map(|name| repo.sh.read_file(format!("styles/{name}.css")).unwrap()).concat()
    }

    #[test]
    fn page_about_styling_has_the_tables_of_the_code() {
        check(&Repo::open().unwrap()).unwrap();
    }

    #[test]
    fn style_sheet_uses_the_custom_properties_that_are_documented_and_no_others() {
        let sheet = style_sheet();
        let documented: BTreeSet<_> = style_contract::PROPERTIES.iter().map(|(name, ..)| *name).collect();
        assert_eq!(words(&sheet, "--dumka"), documented);
    }

    #[test]
    fn style_sheet_selects_no_class_that_is_not_documented() {
        let sheet = style_sheet();
        let documented: BTreeSet<_> = style_contract::CLASSES.iter().map(|(name, _)| *name).collect();
        let selected = words(&sheet, ".dumka");
        assert!(selected.contains("dumka-comment"), "classes are found: {selected:?}");
        let unknown: Vec<_> = selected.difference(&documented).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
