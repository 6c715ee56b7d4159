//! Things by number: what hash maps of lists are elsewhere, in two plain lists.

/// Items by the number of their group, in the order in which they came.
pub(crate) struct Groups {
    items: Vec<u32>,
    /// Where those of each group begin, and where those of the last end.
    starts: Vec<u32>,
}

impl Groups {
    /// Groups items; `of` gives each item with its group, which is below `count`.
    pub(crate) fn new(count: usize, of: impl Iterator<Item = (usize, usize)> + Clone) -> Self {
        let mut starts = vec![0_u32; count + 1];
        for (group, _) in of.clone() {
            starts[group + 1] += 1;
        }
        for group in 0..count {
            starts[group + 1] += starts[group];
        }
        let mut next = starts.clone();
        let mut items = vec![0_u32; starts[count] as usize];
        for (group, item) in of {
            items[next[group] as usize] = item as u32;
            next[group] += 1;
        }
        Self { items, starts }
    }

    /// The items of a group.
    pub(crate) fn of(&self, group: usize) -> impl DoubleEndedIterator<Item = usize> + Clone + '_ {
        let (from, to) = (self.starts[group] as usize, self.starts[group + 1] as usize);
        self.items[from..to].iter().map(|item| *item as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_stand_with_their_group_in_their_order() {
        let of = [(2, 7), (0, 8), (2, 9), (2, 1)];
        let groups = Groups::new(4, of.into_iter());
        let listed: Vec<Vec<usize>> = (0..4).map(|group| groups.of(group).collect()).collect();
        assert_eq!(listed, [vec![8], vec![], vec![7, 9, 1], vec![]]);
    }
}
