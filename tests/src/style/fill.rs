//! Text filled to a width.

/// Breaks a line at spaces so that no part is wider than `width`, a longer word at `width`.
pub(super) fn fill(line: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut current = String::new();
    for word in line.split_whitespace() {
        let mut rest: Vec<char> = word.chars().collect();
        let needed = current.chars().count() + usize::from(!current.is_empty()) + rest.len();
        if needed > width && !current.is_empty() {
            lines.push(std::mem::take(&mut current));
        }
        while rest.len() > width {
            let tail = rest.split_off(width);
            lines.push(rest.into_iter().collect());
            rest = tail;
        }
        if !current.is_empty() {
            current.push(' ');
        }
        current.extend(rest);
    }
    if !current.is_empty() {
        lines.push(current);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filling_keeps_every_character() {
        assert_eq!(fill("Kewaspadaan dini", 6), ["Kewasp", "adaan", "dini"]);
        assert_eq!(fill("a  b", 9), ["a b"]);
    }
}
