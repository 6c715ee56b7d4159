//! Names that look like an official one and are none.

use crate::perturb::Random;

/// Replaces a telling word by another word, so that the name is no official one any more.
pub(crate) fn look_alike(
    name: &str,
    random: &mut Random,
    is_telling: &dyn Fn(&str) -> bool,
    others: &[String],
) -> Option<String> {
    let mut words: Vec<String> = name.split(' ').map(str::to_owned).collect();
    let telling: Vec<usize> = (0..words.len()).filter(|at| is_telling(&words[*at])).collect();
    let at = *telling.get(random.below(telling.len()))?;
    let other = &others[random.below(others.len())];
    if words[at].to_lowercase() == *other {
        return None;
    }
    words[at].clone_from(other);
    Some(words.join(" "))
}
