//! Logistic regression by Newton's method, the same on every machine and run.

/// Rounds of Newton's method; a handful is enough, more change nothing.
const ROUNDS: usize = 30;

/// A row of features, whether it was right, and how much it counts.
#[derive(Clone, Debug)]
pub(crate) struct Sample<const N: usize> {
    pub(crate) x: [f64; N],
    pub(crate) right: bool,
    pub(crate) weight: f64,
}

/// The weights that fit the samples best; `penalty` pulls all but the first towards what is
/// believed of them beforehand.
pub(crate) fn fit<const N: usize>(
    samples: &[&Sample<N>],
    believed: &[f64; N],
    penalty: f64,
) -> [f64; N] {
    let mut weights = *believed;
    for _ in 0..ROUNDS {
        let mut gradient = [0.0; N];
        let mut hessian = vec![[0.0; N]; N];
        for sample in samples {
            let p = probability(&weights, &sample.x);
            let off = (f64::from(u8::from(sample.right)) - p) * sample.weight;
            let curve = (p * (1.0 - p)).max(1e-6) * sample.weight;
            for i in 0..N {
                if sample.x[i] == 0.0 {
                    continue;
                }
                gradient[i] += off * sample.x[i];
                for (cell, x) in hessian[i].iter_mut().zip(&sample.x).take(i + 1) {
                    *cell += curve * sample.x[i] * x;
                }
            }
        }
        for i in 0..N {
            let pull = if i == 0 { 1e-3 } else { penalty };
            gradient[i] -= pull * (weights[i] - believed[i]);
            hessian[i][i] += pull;
            let lower = hessian[i];
            for (row, cell) in hessian.iter_mut().zip(lower).take(i) {
                row[i] = cell;
            }
        }
        for (weight, step) in weights.iter_mut().zip(solve(hessian, gradient)) {
            *weight += step.clamp(-2.0, 2.0);
        }
    }
    weights
}

pub(crate) fn probability<const N: usize>(weights: &[f64; N], x: &[f64; N]) -> f64 {
    let sum: f64 = weights.iter().zip(x).map(|(w, x)| w * x).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// Gaussian elimination with pivots.
fn solve<const N: usize>(mut a: Vec<[f64; N]>, mut b: [f64; N]) -> [f64; N] {
    for i in 0..N {
        let pivot = (i..N).max_by(|x, y| a[*x][i].abs().total_cmp(&a[*y][i].abs())).unwrap_or(i);
        a.swap(i, pivot);
        b.swap(i, pivot);
        let own = a[i];
        for k in i + 1..N {
            let factor = a[k][i] / own[i];
            for (cell, above) in a[k].iter_mut().zip(own).skip(i) {
                *cell -= factor * above;
            }
            b[k] -= factor * b[i];
        }
    }
    for i in (0..N).rev() {
        let known: f64 = (i + 1..N).map(|k| a[i][k] * b[k]).sum();
        b[i] = (b[i] - known) / a[i][i];
    }
    b
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of three in four right without the feature and one in four with it, the fit says just that.
    #[test]
    fn shares_are_found_again() {
        let sample = |feature: f64, right: bool| Sample { x: [1.0, feature], right, weight: 1.0 };
        let samples: Vec<Sample<2>> = (0..400)
            .map(|i| sample(f64::from(i % 2), (i / 2) % 4 == 0 || (i % 2 == 0 && (i / 2) % 4 < 3)))
            .collect();
        let weights = fit(&samples.iter().collect::<Vec<_>>(), &[0.0; 2], 1e-6);
        assert!((probability(&weights, &[1.0, 0.0]) - 0.75).abs() < 1e-3);
        assert!((probability(&weights, &[1.0, 1.0]) - 0.25).abs() < 1e-3);
    }

    /// What no sample shows stays as it is believed.
    #[test]
    fn beliefs_hold_where_nothing_is_seen() {
        let samples: Vec<Sample<3>> = (0..8)
            .map(|i| Sample { x: [1.0, f64::from(i % 2), 0.0], right: i < 4, weight: 1.0 })
            .collect();
        let weights = fit(&samples.iter().collect::<Vec<_>>(), &[0.0, 0.0, -6.0], 1.0);
        assert!((weights[2] + 6.0).abs() < 1e-9 && weights[1].abs() < 1e-6, "{weights:?}");
    }
}
