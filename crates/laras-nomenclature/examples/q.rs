#![allow(warnings)]
use laras_nomenclature::*;
fn main() {
    let n = Nomenclature::builtin();
    for q in std::env::args().skip(1) {
        let m = n.match_name(
            &Query {
                year: Some(2024),
                tier: Some(Tier::KabupatenKota),
                level: Some(laras_model::Level::SubKegiatan),
                ..Query::new(&q)
            },
            &MatchOptions { least_listed: 0.0, ..Default::default() },
        );
        println!("{} {} {:.3} {}\n {}", m.status, m.code, m.score, m.official_name, m.explanation);
        for c in &m.candidates {
            println!("   {:.4} {} {}", c.score, c.code, c.official_name);
        }
    }
}
