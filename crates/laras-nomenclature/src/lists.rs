//! Many short lists behind each other: what belongs to each of a range of keys.

/// Items by key, in the order in which they were given.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lists<T> {
    /// The items of a key are `items[starts[key]..starts[key + 1]]`.
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy + Default> Lists<T> {
    /// Lists for the keys below `keys`; every key of an item is one of them.
    pub(crate) fn new(keys: usize, items: &[(usize, T)]) -> Self {
        let mut starts = vec![0; keys + 2];
        for (key, _) in items {
            starts[key + 2] += 1;
        }
        for at in 2..starts.len() {
            starts[at] += starts[at - 1];
        }
        // While the lists are filled, `starts[key + 1]` is the end of what a key has.
        let mut listed = vec![T::default(); items.len()];
        for (key, item) in items {
            listed[starts[key + 1] as usize] = *item;
            starts[key + 1] += 1;
        }
        starts.pop();
        Self { starts, items: listed }
    }

    /// The items of a key.
    pub(crate) fn of(&self, key: usize) -> &[T] {
        &self.items[self.starts[key] as usize..self.starts[key + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_listed_by_key_in_their_order() {
        let lists = Lists::new(4, &[(2, 'a'), (0, 'b'), (2, 'c'), (3, 'd')]);
        let of = |key| lists.of(key).iter().collect::<String>();
        assert_eq!([of(0), of(1), of(2), of(3)], ["b", "", "ac", "d"]);
    }
}
