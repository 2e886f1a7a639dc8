//! The schema of a comment's body: recursive, and either form of it, which no derive can tell.

use std::borrow::Cow;

use utoipa::openapi::schema::{
    ArrayBuilder, KnownFormat, ObjectBuilder, OneOfBuilder, Schema, SchemaFormat, Type,
};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

/// Stands for [`Body`](crate::Body) where schemas are made.
#[derive(Debug)]
pub struct BodySchema;

impl PartialSchema for BodySchema {
    fn schema() -> RefOr<Schema> {
        let plain = described("Plain text, shown as it is with its line breaks");
        OneOfBuilder::new()
            .description(Some("What a comment says"))
            .item(plain)
            .item(array_of(reference("Block")))
            .into()
    }
}

impl ToSchema for BodySchema {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Body")
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.extend([("Block".into(), block()), ("Span".into(), span())]);
    }
}

fn block() -> RefOr<Schema> {
    let items = array_of(array_of(reference("Block")));
    let start = ObjectBuilder::new()
        .schema_type(Type::Integer)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int32)))
        .minimum(Some(0))
        .description(Some("The first number; absent for bullets"));
    let list = ObjectBuilder::new().property("start", start).property("items", items).required("items");
    OneOfBuilder::new()
        .description(Some("A block of a comment: an object with the one key that names it"))
        .item(keyed("paragraph", array_of(reference("Span"))))
        .item(keyed("quote", array_of(reference("Block"))))
        .item(keyed("list", list))
        .item(keyed("code", described("Preformatted text")))
        .into()
}

fn span() -> RefOr<Schema> {
    let link = ObjectBuilder::new()
        .property("href", described("An absolute http, https or mailto address"))
        .property("content", array_of(reference("Span")))
        .required("href")
        .required("content");
    OneOfBuilder::new()
        .description(Some("Text, or an object with the one key that names it"))
        .item(described("Text; a line feed in it is a line break"))
        .item(keyed("em", array_of(reference("Span"))))
        .item(keyed("strong", array_of(reference("Span"))))
        .item(keyed("code", described("Inline code")))
        .item(keyed("link", link))
        .into()
}

fn keyed(key: &str, value: impl Into<RefOr<Schema>>) -> ObjectBuilder {
    ObjectBuilder::new().property(key, value).required(key)
}

fn described(text: &str) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).description(Some(text))
}

fn array_of(items: impl Into<RefOr<Schema>>) -> ArrayBuilder {
    ArrayBuilder::new().items(items.into())
}

fn reference(name: &str) -> RefOr<Schema> {
    Ref::from_schema_name(name).into()
}
