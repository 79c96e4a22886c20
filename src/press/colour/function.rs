//! Functions of a PDF (ISO 32000-1, 7.10), evaluated, and sampled anew in other colours.
//!
//! What is not understood is `None`: whoever asks leaves the object as it is, and the preflight tells of it.

use super::{calculator, plain};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

/// A function from numbers to numbers.
#[derive(Debug, Clone)]
pub(super) struct Function {
    domain: Vec<(f64, f64)>,
    range: Vec<(f64, f64)>,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    Sampled {
        size: Vec<usize>,
        encode: Vec<(f64, f64)>,
        decode: Vec<(f64, f64)>,
        samples: Vec<f64>,
        outputs: usize,
    },
    Exponential {
        from: Vec<f64>,
        to: Vec<f64>,
        power: f64,
    },
    Stitched {
        parts: Vec<Function>,
        bounds: Vec<f64>,
        encode: Vec<(f64, f64)>,
    },
    Calculated(calculator::Program),
    /// Several functions of one input, each for one output.
    Together(Vec<Function>),
}

/// The most samples that are read of one function.
const MOST_SAMPLES: usize = 1 << 20;
/// Functions within functions.
const DEEPEST: usize = 8;

impl Function {
    /// Reads a function, or an array of them.
    pub(super) fn read(document: &Document, object: &Object) -> Option<Function> {
        read(document, object, 0)
    }

    /// The values for some inputs.
    pub(super) fn at(&self, inputs: &[f64]) -> Vec<f64> {
        let inside = |(i, v): (usize, &f64)| self.domain.get(i).map_or(*v, |(low, high)| v.max(*low).min(*high));
        let inputs: Vec<f64> = inputs.iter().enumerate().map(inside).collect();
        let first = inputs.first().copied().unwrap_or_default();
        let mut out = match &self.kind {
            Kind::Exponential { from, to, power } => {
                let t = first.powf(*power);
                from.iter().zip(to).map(|(a, b)| a + t * (b - a)).collect()
            }
            Kind::Stitched { parts, bounds, encode } => self.stitched(first, parts, bounds, encode),
            Kind::Sampled { size, encode, decode, samples, outputs } => {
                self.sampled(&inputs, size, encode, decode, samples, *outputs)
            }
            Kind::Calculated(program) => program.run(&inputs, self.range.len()),
            Kind::Together(list) => list.iter().flat_map(|f| f.at(&inputs)).collect(),
        };
        for (value, (low, high)) in out.iter_mut().zip(&self.range) {
            *value = value.max(*low).min(*high);
        }
        out
    }

    /// The domain of the first input.
    pub(super) fn domain(&self) -> (f64, f64) {
        self.domain.first().copied().unwrap_or((0.0, 1.0))
    }

    fn stitched(&self, t: f64, parts: &[Function], bounds: &[f64], encode: &[(f64, f64)]) -> Vec<f64> {
        let k = bounds.iter().filter(|b| t >= **b).count().min(parts.len().saturating_sub(1));
        let (low, high) = self.domain();
        let from = if k == 0 { low } else { bounds[k - 1] };
        let to = bounds.get(k).copied().unwrap_or(high);
        let (a, b) = encode.get(k).copied().unwrap_or((0.0, 1.0));
        let part = if to > from { (t - from) / (to - from) } else { 0.0 };
        parts.get(k).map(|f| f.at(&[a + part * (b - a)])).unwrap_or_default()
    }

    /// Between samples, linearly in every direction.
    fn sampled(
        &self,
        inputs: &[f64],
        size: &[usize],
        encode: &[(f64, f64)],
        decode: &[(f64, f64)],
        samples: &[f64],
        outputs: usize,
    ) -> Vec<f64> {
        let place = |i: usize| {
            let (low, high) = self.domain[i];
            let part = if high > low { (inputs.get(i).copied().unwrap_or(low) - low) / (high - low) } else { 0.0 };
            let (a, b) = encode[i];
            (a + part * (b - a)).clamp(0.0, (size[i] - 1) as f64)
        };
        let places: Vec<f64> = (0..size.len()).map(place).collect();
        let mut out = vec![0.0; outputs];
        for corner in 0..1usize << size.len() {
            let (mut index, mut step, mut weight) = (0, 1, 1.0);
            for (i, place) in places.iter().enumerate() {
                let low = place.floor() as usize;
                let part = place - low as f64;
                let up = corner >> i & 1 == 1;
                weight *= if up { part } else { 1.0 - part };
                index += (low + usize::from(up)).min(size[i] - 1) * step;
                step *= size[i];
            }
            if weight > 0.0 {
                for (j, value) in out.iter_mut().enumerate() {
                    *value += weight * samples.get(index * outputs + j).copied().unwrap_or_default();
                }
            }
        }
        let scaled = |(v, (a, b)): (f64, &(f64, f64))| a + v * (b - a);
        out.into_iter().zip(decode).map(scaled).collect()
    }
}

fn read(document: &Document, object: &Object, depth: usize) -> Option<Function> {
    if depth > DEEPEST {
        return None;
    }
    let (_, object) = document.dereference(object).ok()?;
    if let Object::Array(list) = object {
        let list: Option<Vec<Function>> = list.iter().take(32).map(|f| read(document, f, depth + 1)).collect();
        let list = list?;
        let domain = list.first()?.domain.clone();
        return Some(Function { domain, range: Vec::new(), kind: Kind::Together(list) });
    }
    let dict = match object {
        Object::Stream(stream) => &stream.dict,
        other => other.as_dict().ok()?,
    };
    let domain = pairs(document, dict, b"Domain")?;
    let range = pairs(document, dict, b"Range").unwrap_or_default();
    let kind = match dict.get_deref(b"FunctionType", document).ok()?.as_i64().ok()? {
        0 => samples(document, object.as_stream().ok()?, &domain, &range)?,
        2 => Kind::Exponential {
            from: numbers(document, dict, b"C0").unwrap_or_else(|| vec![0.0]),
            to: numbers(document, dict, b"C1").unwrap_or_else(|| vec![1.0]),
            power: number(dict.get_deref(b"N", document).ok()?)?,
        },
        3 => {
            let parts = dict.get_deref(b"Functions", document).ok()?.as_array().ok()?;
            let parts: Option<Vec<Function>> = parts.iter().map(|f| read(document, f, depth + 1)).collect();
            let bounds = numbers(document, dict, b"Bounds")?;
            Kind::Stitched { parts: parts?, bounds, encode: pairs(document, dict, b"Encode")? }
        }
        4 => {
            let program = plain(object.as_stream().ok()?)?;
            Kind::Calculated(calculator::Program::parse(&program)?)
        }
        _ => return None,
    };
    Some(Function { domain, range, kind })
}

fn samples(document: &Document, stream: &Stream, domain: &[(f64, f64)], range: &[(f64, f64)]) -> Option<Kind> {
    let size: Vec<usize> = numbers(document, &stream.dict, b"Size")?.into_iter().map(|n| n as usize).collect();
    let bits = stream.dict.get_deref(b"BitsPerSample", document).ok()?.as_i64().ok()?;
    let outputs = range.len();
    let count = size.iter().try_fold(outputs, |all, n| all.checked_mul(*n))?;
    if size.len() != domain.len() || size.len() > 6 || size.contains(&0) || outputs == 0 || count > MOST_SAMPLES {
        return None;
    }
    let data = plain(stream)?;
    let samples: Vec<f64> = match bits {
        8 => data.iter().map(|b| f64::from(*b) / 255.0).collect(),
        16 => data.as_chunks::<2>().0.iter().map(|b| f64::from(u16::from_be_bytes(*b)) / 65_535.0).collect(),
        32 => data.as_chunks::<4>().0.iter().map(|b| f64::from(u32::from_be_bytes(*b)) / 4_294_967_295.0).collect(),
        _ => return None,
    };
    let usual = || size.iter().map(|n| (0.0, (*n - 1) as f64)).collect();
    let encode = pairs(document, &stream.dict, b"Encode").filter(|e| e.len() == size.len()).unwrap_or_else(usual);
    let decode = pairs(document, &stream.dict, b"Decode").filter(|d| d.len() == outputs);
    let decode = decode.unwrap_or_else(|| range.to_vec());
    (samples.len() >= count).then_some(Kind::Sampled { size, encode, decode, samples, outputs })
}

/// A sampled function of one input with four outputs: the inks for evenly spaced values of the domain.
pub(super) fn of_inks((low, high): (f64, f64), inks: &[[f64; 4]]) -> Stream {
    let data = inks.iter().flatten().map(|v| (v.clamp(0.0, 1.0) * 255.0).round() as u8).collect();
    let real = |v: f64| Object::Real(v as f32);
    let dict = dictionary! {
        "FunctionType" => 0, "Domain" => vec![real(low), real(high)], "Range" => [0, 1].repeat(4).into_iter().map(Object::Integer).collect::<Vec<_>>(),
        "Size" => vec![Object::Integer(inks.len() as i64)], "BitsPerSample" => 8,
    };
    let mut stream = Stream::new(dict, data);
    // Without compression it is as good, only longer.
    let _ = stream.compress();
    stream
}

/// A number, whole or not.
pub(super) fn number(object: &Object) -> Option<f64> {
    object.as_float().ok().map(f64::from).filter(|v| v.is_finite())
}

/// An array of numbers.
pub(super) fn numbers(document: &Document, dict: &Dictionary, key: &[u8]) -> Option<Vec<f64>> {
    let list = dict.get_deref(key, document).ok()?.as_array().ok()?;
    list.iter().map(|o| number(document.dereference(o).ok()?.1)).collect()
}

fn pairs(document: &Document, dict: &Dictionary, key: &[u8]) -> Option<Vec<(f64, f64)>> {
    Some(numbers(document, dict, key)?.as_chunks::<2>().0.iter().map(|p| (p[0], p[1])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reals(list: &[f64]) -> Object {
        Object::Array(list.iter().map(|v| Object::Real(*v as f32)).collect())
    }

    fn near(got: &[f64], wanted: &[f64]) {
        assert!(got.len() == wanted.len() && got.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-5), "{got:?}");
    }

    #[test]
    fn every_kind_gives_what_the_standard_says() {
        let document = Document::new();
        let ramp = dictionary! { "FunctionType" => 2, "Domain" => reals(&[0.0, 1.0]), "N" => 2, "C0" => reals(&[0.0, 1.0]), "C1" => reals(&[1.0, 0.0]) };
        near(&Function::read(&document, &ramp.clone().into()).unwrap().at(&[0.5]), &[0.25, 0.75]);
        let linear = dictionary! { "FunctionType" => 2, "Domain" => reals(&[0.0, 1.0]), "N" => 1 };
        let joined = dictionary! {
            "FunctionType" => 3, "Domain" => reals(&[0.0, 1.0]), "Functions" => vec![linear.clone().into(), linear.into()],
            "Bounds" => reals(&[0.25]), "Encode" => reals(&[0.0, 1.0, 1.0, 0.0]),
        };
        let joined = Function::read(&document, &joined.into()).unwrap();
        near(&joined.at(&[0.125]), &[0.5]);
        near(&joined.at(&[0.25]), &[1.0]);
        near(&joined.at(&[2.0]), &[0.0]);
        let samples = Stream::new(
            dictionary! { "FunctionType" => 0, "Domain" => reals(&[0.0, 1.0, 0.0, 1.0]), "Range" => reals(&[0.0, 1.0]), "Size" => reals(&[2.0, 2.0]), "BitsPerSample" => 8 },
            vec![0, 255, 0, 255],
        );
        near(&Function::read(&document, &samples.into()).unwrap().at(&[0.25, 0.7]), &[0.25]);
        let program = Stream::new(
            dictionary! { "FunctionType" => 4, "Domain" => reals(&[0.0, 1.0]), "Range" => reals(&[0.0, 1.0, 0.0, 1.0]) },
            b"{ dup 0.5 mul exch 1 exch sub }".to_vec(),
        );
        near(&Function::read(&document, &program.into()).unwrap().at(&[0.4]), &[0.2, 0.6]);
    }

    #[test]
    fn inks_are_found_again_in_their_samples() {
        let document = Document::new();
        let stream = of_inks((0.0, 1.0), &[[0.0, 0.0, 0.0, 0.0], [1.0, 0.4, 0.2, 0.0]]);
        near(&Function::read(&document, &stream.into()).unwrap().at(&[0.5]), &[0.5, 0.2, 0.1, 0.0]);
    }

    #[test]
    fn nonsense_is_none() {
        let document = Document::new();
        let bad = [
            dictionary! {},
            dictionary! { "FunctionType" => 9, "Domain" => reals(&[0.0, 1.0]) },
            dictionary! { "FunctionType" => 0, "Domain" => reals(&[0.0, 1.0]) },
            dictionary! { "FunctionType" => 3, "Domain" => reals(&[0.0, 1.0]) },
        ];
        assert!(bad.into_iter().all(|dict| Function::read(&document, &dict.into()).is_none()));
    }
}
