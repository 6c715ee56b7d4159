//! Things by number: what hash maps of lists are elsewhere, in two plain lists.

/// Items by the number of their group, in the order in which they came.
pub(crate) struct Groups<T> {
    items: Vec<T>,
    /// Where those of each group begin, and where those of the last end.
    starts: Vec<u32>,
}

impl<T: Copy + Default> Groups<T> {
    /// Groups items; `of` gives each item with its group, which is below `count`.
    pub(crate) fn new(count: usize, of: impl Iterator<Item = (usize, T)> + Clone) -> Self {
        // Where a group begins is first kept one place further on: there it moves to where the group ends
        // while it is filled, which is where the next one begins.
        let mut starts = vec![0_u32; count + 2];
        for (group, _) in of.clone() {
            starts[group + 2] += 1;
        }
        for group in 1..=count {
            starts[group + 1] += starts[group];
        }
        let mut items = vec![T::default(); starts[count + 1] as usize];
        for (group, item) in of {
            items[starts[group + 1] as usize] = item;
            starts[group + 1] += 1;
        }
        Self { items, starts }
    }

    /// The items of a group.
    pub(crate) fn of(&self, group: usize) -> &[T] {
        &self.items[self.starts[group] as usize..self.starts[group + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_stand_with_their_group_in_their_order() {
        let of = [(2, 7), (0, 8), (2, 9), (2, 1)];
        let groups = Groups::new(4, of.into_iter());
        let listed: Vec<&[i32]> = (0..4).map(|group| groups.of(group)).collect();
        assert_eq!(listed, [&[8][..], &[], &[7, 9, 1], &[]]);
    }
}
