//! The author of a comment, as far as other comments can be told to be theirs.

use dumka_domain::comment::CommentId;
use sqlx::AnyConnection;

use super::conditions::Conditions;
use crate::error::StoreError;
use crate::sql;

/// The author whose comments are asked for.
pub(super) enum Author {
    /// Everybody's.
    Anybody,
    /// Those with this e-mail address.
    WithEmail(String),
    /// Those with this name and without an address.
    WithName(String),
    /// Nobody's, since the comment that should name the author is not there.
    Nobody,
}

impl Author {
    /// Reads the author of a comment; anybody, where none is asked for.
    pub(super) async fn asked_for(
        connection: &mut AnyConnection,
        comment: Option<CommentId>,
    ) -> Result<Self, StoreError> {
        let Some(comment) = comment else { return Ok(Self::Anybody) };
        let sql = "SELECT author_email, author_name FROM comments WHERE id = $1";
        let row = sql::query_as(sql).bind(comment.to_string()).fetch_optional(connection).await?;
        Ok(match row {
            None => Self::Nobody,
            Some((Some(email), _)) => Self::WithEmail(email),
            Some((None, name)) => Self::WithName(name),
        })
    }

    /// Lets comments be this author's.
    pub(super) fn restrict(&self, conditions: &mut Conditions) {
        match self {
            Self::Anybody => {}
            Self::WithEmail(email) => conditions.equal("c.author_email", email.clone()),
            Self::WithName(name) => {
                conditions.always("c.author_email IS NULL");
                conditions.equal("c.author_name", name.clone());
            }
            Self::Nobody => conditions.always("1 = 0"),
        }
    }
}
