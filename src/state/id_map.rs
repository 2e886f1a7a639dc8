//! A hash map whose values know their own ids.
//!
//! The map of the standard library would weigh ten times as much in the bundle.

/// A value that is found by its id.
pub trait HasId {
    /// The id; it never changes.
    fn id(&self) -> &str;
}

/// An open hash table, always half empty at least.
#[derive(Debug, PartialEq)]
pub struct IdMap<V> {
    slots: Vec<Option<V>>,
    len: usize,
}

impl<V> Default for IdMap<V> {
    fn default() -> Self {
        Self { slots: Vec::new(), len: 0 }
    }
}

impl<V: HasId + Clone> IdMap<V> {
    /// Returns the value with this id.
    pub fn get(&self, id: &str) -> Option<&V> {
        self.slots.get(self.slot(id))?.as_ref()
    }

    /// Inserts a value, or replaces the one with its id, in amortised constant time.
    pub fn insert(&mut self, value: V) {
        if self.slots.len() <= 2 * self.len {
            self.grow();
        }
        let slot = self.slot(value.id());
        self.len += usize::from(self.slots[slot].replace(value).is_none());
    }

    /// Removes a value. Values behind it in the table move up, so that they are still found.
    pub fn remove(&mut self, id: &str) {
        let mut slot = self.slot(id);
        if self.slots.get(slot).is_none_or(Option::is_none) {
            return;
        }
        self.slots[slot] = None;
        self.len -= 1;
        loop {
            slot = (slot + 1) & (self.slots.len() - 1);
            let Some(next) = self.slots[slot].take() else { return };
            let free = self.slot(next.id());
            self.slots[free] = Some(next);
        }
    }

    fn grow(&mut self) {
        let doubled = vec![None; (2 * self.slots.len()).max(64)];
        for value in std::mem::replace(&mut self.slots, doubled).into_iter().flatten() {
            let slot = self.slot(value.id());
            self.slots[slot] = Some(value);
        }
    }

    /// The slot of a value with this id, or the free one for it; 0 in an empty table.
    fn slot(&self, id: &str) -> usize {
        // The number of slots is a power of two.
        let mask = self.slots.len().saturating_sub(1);
        let mut slot = hash(id) as usize & mask;
        while self.slots.get(slot).and_then(Option::as_ref).is_some_and(|value| value.id() != id) {
            slot = (slot + 1) & mask;
        }
        slot
    }
}

/// FNV-1a, by Fowler, Noll and Vo. Ids are the endpoint's, not the readers': nobody chooses them to collide.
fn hash(id: &str) -> u32 {
    id.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
