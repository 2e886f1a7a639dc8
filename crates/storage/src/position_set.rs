//! A compact set of positions already returned, encoded in the cursor.
//!
//! By score, the order of comments changes while somebody reads. A place in it would return some twice and others
//! never; the set of those already returned tells exactly which are left.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

/// The longest text of a set. With an id beside it, that makes a cursor of at most 16 KiB, which holds a hundred
/// thousand comments one beside the other, and fits the head of a request.
const TEXT_MAX_BYTES: usize = 16 * 1024 - 64;

/// The prefix of a text of bits: one for each position from 1, the lowest bit of a byte first.
const BITS: char = 'b';
/// The prefix of a text of distances: from each position to the next, in LEB128.
const DISTANCES: char = 'd';

/// A set of positions, as text for a URL.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PositionSet(Box<str>);

/// The failure to read a set of positions.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a set of positions")]
pub struct InvalidPositionSet;

impl PositionSet {
    /// Packs positions, which count from 1 and come in ascending order; none where they are too many.
    pub fn pack(positions: &[u64]) -> Option<Self> {
        let distances = distances(positions);
        let bits_bytes = positions.last().map_or(0, |last| last.div_ceil(8));
        let (form, bytes) = if bits_bytes < distances.len() as u64 {
            (BITS, bits(positions))
        } else {
            (DISTANCES, distances)
        };
        let mut text = String::from(form);
        BASE64_URL_SAFE_NO_PAD.encode_string(bytes, &mut text);
        (text.len() <= TEXT_MAX_BYTES).then(|| Self(text.into()))
    }

    /// Unpacks the positions, in ascending order.
    pub fn positions(&self) -> Vec<u64> {
        unpack(&self.0).expect("a set is made of positions only")
    }

    /// Returns the length of its text in bytes.
    pub fn text_bytes(&self) -> usize {
        self.0.len()
    }
}

impl fmt::Display for PositionSet {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for PositionSet {
    type Err = InvalidPositionSet;

    fn from_str(text: &str) -> Result<Self, InvalidPositionSet> {
        if text.len() > TEXT_MAX_BYTES {
            return Err(InvalidPositionSet);
        }
        unpack(text).ok_or(InvalidPositionSet)?;
        Ok(Self(text.into()))
    }
}

fn unpack(text: &str) -> Option<Vec<u64>> {
    let mut rest = text.chars();
    let form = rest.next()?;
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(rest.as_str()).ok()?;
    match form {
        BITS => Some(from_bits(&bytes)),
        DISTANCES => from_distances(&bytes),
        _ => None,
    }
}

fn bits(positions: &[u64]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for position in positions {
        let index = usize::try_from((position - 1) / 8).expect("bits are taken where they are few");
        bytes.resize(index + 1, 0);
        bytes[index] |= 1 << ((position - 1) % 8);
    }
    bytes
}

fn from_bits(bytes: &[u8]) -> Vec<u64> {
    let all = (1..).zip(bytes.iter().flat_map(|byte| (0..8).map(move |bit| byte >> bit & 1 == 1)));
    all.filter_map(|(position, is_set)| is_set.then_some(position)).collect()
}

fn distances(positions: &[u64]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(positions.len());
    let mut former = 0;
    for position in positions {
        let mut distance = position - former;
        while distance > 0x7F {
            bytes.push(lowest_byte(distance) | 0x80);
            distance >>= 7;
        }
        bytes.push(lowest_byte(distance));
        former = *position;
    }
    bytes
}

fn lowest_byte(number: u64) -> u8 {
    number.to_le_bytes()[0]
}

fn from_distances(bytes: &[u8]) -> Option<Vec<u64>> {
    let (mut positions, mut former) = (Vec::new(), 0_u64);
    let mut bytes = bytes.iter();
    while bytes.len() > 0 {
        let distance = distance(&mut bytes).filter(|distance| *distance > 0)?;
        former = former.checked_add(distance).filter(|position| i64::try_from(*position).is_ok())?;
        positions.push(former);
    }
    Some(positions)
}

fn distance<'a>(bytes: &mut impl Iterator<Item = &'a u8>) -> Option<u64> {
    let mut distance = 0;
    for shift in (0..63).step_by(7) {
        let byte = bytes.next()?;
        distance |= u64::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return Some(distance);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(positions: &[u64]) -> PositionSet {
        PositionSet::pack(positions).expect("so few fit")
    }

    #[test]
    fn positions_come_back_as_they_were_packed() {
        let dense: Vec<u64> = (1..=1_000).filter(|position| position % 7 != 3).collect();
        let sparse: Vec<u64> = (1..50).map(|step| step * step * 1_000).collect();
        let huge = [1, 127, 128, 129, 16_384, i64::MAX as u64];
        for positions in [&[][..], &[1], &[8], &[9], &dense, &sparse, &huge] {
            let set = packed(positions);
            assert_eq!(set.positions(), positions);
            assert_eq!(set.to_string().parse(), Ok(set));
        }
    }

    #[test]
    fn shorter_form_is_taken() {
        let dense: Vec<u64> = (1..=800).collect();
        let sparse: Vec<u64> = (1..=800).map(|step| step * 100).collect();
        for (positions, form, bytes) in [(dense, BITS, 100), (sparse, DISTANCES, 800_usize)] {
            let text = packed(&positions).to_string();
            assert!(text.starts_with(form));
            assert_eq!(text.len(), 1 + (bytes * 4).div_ceil(3));
        }
    }

    #[test]
    fn hundred_thousand_neighbours_fit_and_no_more_than_that() {
        let positions: Vec<u64> = (1..=97_000).collect();
        assert_eq!(packed(&positions).positions(), positions);
        assert_eq!(PositionSet::pack(&(1..=100_000).collect::<Vec<_>>()), None);
        let scattered: Vec<u64> = (1..=20_000).map(|step| step * 1_000).collect();
        assert_eq!(PositionSet::pack(&scattered), None);
    }

    #[test]
    fn text_that_is_no_set_is_refused() {
        let text = |form: char, bytes: &[u8]| format!("{form}{}", BASE64_URL_SAFE_NO_PAD.encode(bytes));
        let most = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F];
        assert_eq!(text(DISTANCES, &most).parse::<PositionSet>().unwrap().positions(), [i64::MAX as u64]);
        for text in [
            String::new(),
            text('x', &[1]),
            "b!!".into(),
            "bBw==".into(),
            text(DISTANCES, &[1, 0]),
            text(DISTANCES, &[1, 0x80]),
            text(DISTANCES, &[0xFF; 9]),
            text(DISTANCES, &[&most[..], &[1]].concat()),
            text(BITS, &[0; TEXT_MAX_BYTES]),
        ] {
            assert_eq!(text.parse::<PositionSet>(), Err(InvalidPositionSet), "{text}");
        }
    }
}
