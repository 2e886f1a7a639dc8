//! The figures for people: Markdown tables, with Dumka's ratio to the others.

use crate::earlier::Earlier;
use crate::figures::{Figures, Row};

/// The contestant that the others are compared with.
const MEASURED: &str = "Dumka";

/// The description of the measurement, above the figures.
pub(crate) const LEGEND: &str = "\
Medians. KiB are what went over the wire for the widget alone, compressed and with headers: until all initial
comments are drawn, and until the page has settled. Slow is 1.6 Mbit/s, 150 ms there and back and a processor
4 times slower. Times count from the start of the navigation. Blocking is the sum of what long tasks take beyond
50 ms until the page has settled, the article's own included. Heap is JavaScript, DOM, buffers and WebAssembly
memory. Dumka and «20 asked for» show 20 top-level comments and their replies first, floor and Isso all.
A click on «send» comes right after the form was opened, at once when the thread is shown or once the page has settled.
In brackets: Dumka's figure divided by that row's; where an earlier run is compared, the change since then.
";

/// A row and its comparisons: the row of [`MEASURED`] in the same table, and the same row of an earlier run.
type Others<'a> = (Option<&'a Row>, Option<&'a Earlier>);

/// All tables, one after another.
pub(crate) fn print(figures: &Figures, earlier: Option<&Earlier>) -> String {
    let tables: Vec<_> = figures.tables().iter().map(|rows| table(rows, earlier)).collect();
    format!("{LEGEND}\n{}", tables.join("\n"))
}

fn table(rows: &[&Row], earlier: Option<&Earlier>) -> String {
    // A row may lack some of the others' columns; none has one that the fullest has not.
    let columns = rows.iter().map(|row| row.columns()).max_by_key(Vec::len).unwrap_or_default();
    let measured = rows.iter().find(|row| row.case.contestant == MEASURED);
    let head = format!("| | {} |\n|-|{}\n", columns.join(" | "), "-|".repeat(columns.len()));
    let lines: String = rows.iter().map(|row| line(row, &columns, (measured.copied(), earlier))).collect();
    format!("## {}\n\n{head}{lines}", rows[0].case.table)
}

fn line(row: &Row, columns: &[&str], others: Others<'_>) -> String {
    let cells: Vec<_> = columns.iter().map(|column| cell(row, column, others)).collect();
    let note = row.failure.as_ref().map(|failure| format!(" failed: {failure} |")).unwrap_or_default();
    format!("| {} | {} |{note}\n", row.case.contestant, cells.join(" | "))
}

fn cell(row: &Row, column: &str, (measured, earlier): Others<'_>) -> String {
    let Some(figure) = row.median(column) else { return "–".to_owned() };
    let ratio = measured
        .filter(|measured| measured.case != row.case && figure > 0.0)
        .and_then(|measured| measured.median(column))
        .map(|own| format!(" ({:.2}×)", own / figure));
    let change = earlier
        .and_then(|earlier| earlier.median(&row.case, column))
        .filter(|before| *before > 0.0)
        .map(|before| format!(" [{:+.0} %]", (figure / before - 1.0) * 100.0));
    format!("{}{}{}", short(figure), ratio.unwrap_or_default(), change.unwrap_or_default())
}

fn short(figure: f64) -> String {
    match figure {
        figure if figure >= 100.0 || figure.fract() == 0.0 => format!("{figure:.0}"),
        figure if figure >= 1.0 => format!("{figure:.1}"),
        figure => format!("{figure:.3}"),
    }
}
