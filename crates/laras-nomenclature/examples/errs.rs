#![allow(warnings)]
#[path = "../tests/support/perturb.rs"]
mod perturb;
use laras_nomenclature::*;
use perturb::*;
fn main() {
    let n = Nomenclature::builtin();
    let mut list: Vec<String> = n.names().map(|x| x.name.to_lowercase()).collect();
    list.sort(); list.dedup_by_key(|x| n.fold(x));
    let mut r = Random(20_261_101);
    let o = MatchOptions::default();
    for x in list.iter().step_by(20) { let mut q=x.clone(); for _ in 0..3 { q = perturb(&q, r.below(KINDS), &mut r, &|_| false);}
      let m = n.match_name(&Query::new(&q), &o);
      let best = if m.code.is_empty() { m.candidates.first().map(|c| c.official_name.clone()).unwrap_or_default() } else { m.official_name.clone() };
      if n.fold(&best) != n.fold(x) {
        let rank = n.evidence(&Query::new(&q), &o).iter().position(|c| n.fold(&c.official_name)==n.fold(x));
        println!("{:?} {} '{}'\n     of '{}'\n    got '{}' {:.2} {}", rank, m.status, q, x, best, m.score, m.explanation);
      }
    }
}
