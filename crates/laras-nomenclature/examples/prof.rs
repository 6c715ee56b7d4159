#![allow(warnings)]
#[path = "../tests/support/perturb.rs"]
mod perturb;
use laras_nomenclature::*;
use perturb::*;
fn main() {
    let n = Nomenclature::builtin();
    let t=std::time::Instant::now();
    if std::env::args().nth(1).is_none() { for _ in 0..5 { let f: Vec<_> = FILES.iter().map(|(a,b)|(*a,b.as_bytes())).collect(); std::hint::black_box(Nomenclature::from_tables(&f).unwrap()); } }
    println!("load+check {:?}", t.elapsed()/5);
    let mut list: Vec<String> = n.names().map(|x| x.name.to_lowercase()).collect();
    list.sort(); list.dedup();
    let mut r = Random(5);
    let qs: Vec<String> = list.iter().step_by(20).map(|x| { let mut q=x.clone(); for _ in 0..3 { q = damage(&q, 1, &mut r, &|_| false);} q}).collect();
    let o = MatchOptions{explain:false,..Default::default()};
    let t=std::time::Instant::now();
    for _ in 0..(std::env::args().nth(1).and_then(|x|x.parse().ok()).unwrap_or(20)) { for q in &qs { std::hint::black_box(n.match_name(&Query::new(q), &o)); } }
    println!("{:?}", t.elapsed()/20/qs.len() as u32);
}
