//! The whole of Dumka in real browsers.
