//! Prints the blocks of a text file: `cargo run -p laras-read --example blocks FILE`.

use laras_read::text::{TextOptions, read_text};

#[expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a tool for people")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("which file?")?;
    let content = read_text(&std::fs::read(path)?, &TextOptions::default())?;
    for block in &content.blocks {
        let text: String = block.text.replace('\n', " ⏎ ").chars().take(110).collect();
        let rows = block.fragment.map_or(String::new(), |f| {
            let fragment = &content.fragments[f as usize];
            let widths: Vec<usize> = fragment.rows.iter().map(|r| r.cells.len()).collect();
            format!(
                "{} {} rows, cells {:?}",
                fragment.style,
                widths.len(),
                &widths[..widths.len().min(20)]
            )
        });
        println!(
            "{:>5}-{:<5}{:<12} {}{text}{rows}",
            block.place.line, block.line_to, block.kind, block.number
        );
    }
    println!("{:?} balances: {}", content.tokens, content.tokens.balances());
    Ok(())
}
