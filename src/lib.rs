//! The Dumka comments widget.
