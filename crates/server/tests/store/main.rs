//! The store's contract, held by every backend.

mod contract;
mod fixture;
