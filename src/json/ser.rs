//! Serializes into JSON text.
//!
//! The browser's `JSON.stringify` would ask every text, list and object for a `toJSON`, which some pages have given
//! them.

use std::fmt::Error;

use serde::ser::{self, Impossible, Serialize, SerializeSeq, SerializeStruct};

type Result = std::result::Result<(), Error>;

/// Writes values behind one another.
#[derive(Default)]
pub(super) struct Serializer {
    pub(super) text: String,
}

impl Serializer {
    fn quoted(&mut self, text: &str) {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        self.text.push('"');
        for c in text.chars() {
            let code = c as usize;
            if code < 0x20 {
                self.text.push_str("\\u00");
                self.text.push(char::from(DIGITS[code / 16]));
                self.text.push(char::from(DIGITS[code % 16]));
                continue;
            }
            if matches!(c, '"' | '\\') {
                self.text.push('\\');
            }
            self.text.push(c);
        }
        self.text.push('"');
    }
}

/// A number is written as it is written elsewhere.
macro_rules! numbers {
    ($($method:ident: $number:ty)*) => {$(
        fn $method(self, number: $number) -> Result {
            self.text.push_str(&number.to_string());
            Ok(())
        }
    )*};
}

/// The error for types that the wire does not have.
macro_rules! absent {
    ($($method:ident($($given:ty),*) -> $answer:ty;)*) => {$(
        fn $method(self, $(_: $given),*) -> std::result::Result<$answer, Error> {
            Err(Error)
        }
    )*};
}

impl<'a> ser::Serializer for &'a mut Serializer {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Entries<'a>;
    type SerializeTuple = Impossible<(), Error>;
    type SerializeTupleStruct = Impossible<(), Error>;
    type SerializeTupleVariant = Impossible<(), Error>;
    type SerializeMap = Impossible<(), Error>;
    type SerializeStruct = Entries<'a>;
    type SerializeStructVariant = Impossible<(), Error>;

    numbers! {
        serialize_i8: i8 serialize_i16: i16 serialize_i32: i32 serialize_i64: i64
        serialize_u8: u8 serialize_u16: u16 serialize_u32: u32 serialize_u64: u64
    }

    absent! {
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_char(char) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_map(Option<usize>) -> Self::SerializeMap;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
    }

    fn serialize_bool(self, value: bool) -> Result {
        self.text.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_str(self, text: &str) -> Result {
        self.quoted(text);
        Ok(())
    }

    fn serialize_none(self) -> Result {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result {
        self.text.push_str("null");
        Ok(())
    }

    fn serialize_unit_variant(self, _name: &'static str, _index: u32, variant: &'static str) -> Result {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _name: &'static str, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result {
        let mut entries = self.serialize_struct(name, 1)?;
        entries.serialize_field(variant, value)?;
        SerializeStruct::end(entries)
    }

    fn serialize_seq(self, _len: Option<usize>) -> std::result::Result<Entries<'a>, Error> {
        Ok(Entries::begin(self, '['))
    }

    fn serialize_struct(self, _name: &'static str, _len: usize) -> std::result::Result<Entries<'a>, Error> {
        Ok(Entries::begin(self, '{'))
    }
}

/// The entries of a list or an object, with a comma between them.
pub(super) struct Entries<'a> {
    serializer: &'a mut Serializer,
    /// Writes the separator before the next entry.
    separator: char,
}

impl<'a> Entries<'a> {
    fn begin(serializer: &'a mut Serializer, opening: char) -> Self {
        Self { serializer, separator: opening }
    }

    fn separate(&mut self) {
        self.serializer.text.push(std::mem::replace(&mut self.separator, ','));
    }

    fn name(&mut self, name: &str) {
        self.separate();
        self.serializer.quoted(name);
        self.serializer.text.push(':');
    }

    /// Writes the end. Where there was no entry, the beginning is not written yet.
    fn end(self, opening: char, closing: char) {
        if self.separator == opening {
            self.serializer.text.push(opening);
        }
        self.serializer.text.push(closing);
    }
}

impl SerializeSeq for Entries<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
        self.separate();
        value.serialize(&mut *self.serializer)
    }

    fn end(self) -> Result {
        self.end('[', ']');
        Ok(())
    }
}

impl SerializeStruct for Entries<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result {
        self.name(name);
        value.serialize(&mut *self.serializer)
    }

    fn end(self) -> Result {
        self.end('{', '}');
        Ok(())
    }
}
