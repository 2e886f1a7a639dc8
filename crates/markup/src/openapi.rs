//! The tree's OpenAPI schema, written by hand because its JSON form is.
