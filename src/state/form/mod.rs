//! Forms: a composer for every kind of form, and how the state opens, fills and submits them.

pub mod composer;
mod input;
pub mod kind;
mod open;
mod submit;

pub use composer::{Composer, Phase, Preview};
pub use kind::FormKind;
