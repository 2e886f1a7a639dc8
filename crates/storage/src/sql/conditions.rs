//! The conditions of a statement that a question composes, with the values that they bind.

use dumka_domain::comment::UnixMillis;
use sqlx::any::{Any, AnyArguments};
use sqlx::query::Query;

/// A value that is bound.
enum Value {
    Text(String),
    Number(i64),
}

/// Conditions that must all hold, with their values in the order of the placeholders.
#[derive(Default)]
pub(super) struct Conditions {
    sql: Vec<String>,
    values: Vec<Value>,
}

impl Conditions {
    /// Adds a condition without a value.
    pub(super) fn always(&mut self, condition: &str) {
        self.sql.push(condition.into());
    }

    /// Lets a column be this text.
    pub(super) fn equal(&mut self, column: &str, value: String) {
        self.text(&format!("{column} ="), value);
    }

    /// Adds a condition that ends with a text.
    pub(super) fn text(&mut self, condition: &str, value: String) {
        let placeholder = self.bound(Value::Text(value));
        self.sql.push(format!("{condition} {placeholder}"));
    }

    /// Adds a condition that ends with a time, where there is one.
    pub(super) fn time(&mut self, condition: &str, time: Option<UnixMillis>) {
        if let Some(UnixMillis(time)) = time {
            let placeholder = self.number(time);
            self.sql.push(format!("{condition} {placeholder}"));
        }
    }

    /// Lets a column be one of these texts; of none, nothing is found.
    pub(super) fn one_of(&mut self, column: &str, values: &[String]) {
        let placeholders: Vec<_> =
            values.iter().map(|value| self.bound(Value::Text(value.clone()))).collect();
        self.sql.push(match placeholders.as_slice() {
            [] => "1 = 0".into(),
            [one] => format!("{column} = {one}"),
            _ => format!("{column} IN ({})", placeholders.join(", ")),
        });
    }

    /// Binds a number, and returns its placeholder.
    pub(super) fn number(&mut self, number: i64) -> String {
        self.bound(Value::Number(number))
    }

    /// Binds a text, and returns its placeholder.
    pub(super) fn bound_text(&mut self, text: String) -> String {
        self.bound(Value::Text(text))
    }

    fn bound(&mut self, value: Value) -> String {
        self.values.push(value);
        format!("${}", self.values.len())
    }

    /// Returns the conditions as SQL.
    pub(super) fn sql(&self) -> String {
        if self.sql.is_empty() { "1 = 1".into() } else { self.sql.join(" AND ") }
    }

    /// Binds the values to a statement.
    pub(super) fn bind<'q>(&self, query: Query<'q, Any, AnyArguments>) -> Query<'q, Any, AnyArguments> {
        self.values.iter().fold(query, |query, value| match value {
            Value::Text(text) => query.bind(text.clone()),
            Value::Number(number) => query.bind(*number),
        })
    }
}
