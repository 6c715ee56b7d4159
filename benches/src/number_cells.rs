//! Reads the typical cells a given number of times, for counting instructions: see
//! `benches/instructions.sh`. Prints the number of cells read and of numbers found.

#![expect(clippy::print_stdout, reason = "its output is for the script")]

const CELLS: &str = include_str!("../data/cells.txt");

fn main() {
    let rounds: usize = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(1);
    let cells: Vec<&str> = CELLS.lines().collect();
    let mut numbers = 0;
    for _ in 0..rounds {
        for cell in &cells {
            let found = laras_number::read(std::hint::black_box(cell));
            numbers += usize::from(!std::hint::black_box(found).readings.is_empty());
        }
    }
    println!("{} {numbers}", rounds * cells.len());
}
