//! The `dumka` program.

fn main() {}
