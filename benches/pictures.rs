//! The picture stage alone, for `benches/pictures`.
//!
//! `stage make PROFILE PIXELS QUALITY BUDGET OUT FILE...` probes every file and writes what an edition gets of it, on every core within
//! BUDGET megabytes. `stage quality QUALITY FILE...` compares JPEGs of the same pixels at equal bytes: `vips jpegsave` at
//! QUALITY, and ours for publication. `stage warm PIXELS CACHE FILE...` times the finding of pictures that are kept. `stage one OUT FILE` says of a file of any kind whether it is sound or refused, with the peak of
//! memory in MB, the milliseconds and the reason, and writes its samples to OUT, for `tests/conformance/hostile`.

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a bench reads, writes and reports")]
#![allow(missing_docs, reason = "no library")]

use masthead::picture::{
    Budget, Derived, Format, Judge, Prepared, Probe, Profile, Samples, Wanted, artwork, derive, derive_within, prepare,
    probe,
};
use masthead::source::Cache;
use rayon::prelude::*;
use std::error::Error;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs};

type Outcome = Result<(), Box<dyn Error + Send + Sync>>;

fn main() -> Outcome {
    // Cargo may add `--bench`.
    let args: Vec<String> = env::args().skip(1).filter(|a| a != "--bench").collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["make", profile, pixels, quality, budget, out, files @ ..] => {
            let profile = if *profile == "draft" { Profile::Draft } else { Profile::Publication };
            let pixels = pixels.parse()?;
            let wanted = Wanted { profile, quality: quality.parse()?, ..Wanted::within(pixels, pixels) };
            make(&wanted, &Budget::new(budget.parse::<u64>()? << 20), Path::new(out), files)
        }
        ["quality", quality, files @ ..] => compare(quality, files),
        ["warm", pixels, cache, files @ ..] => {
            let pixels = pixels.parse()?;
            warm(&Wanted { profile: Profile::Draft, ..Wanted::within(pixels, pixels) }, Path::new(cache), files)
        }
        ["one", out, file] => one(Path::new(out), file),
        _ => Ok(()),
    }
}

/// A row of the table: how long it takes to find every picture in the cache, after they were made once.
fn warm(wanted: &Wanted, cache: &Path, files: &[&str]) -> Outcome {
    let cache = Cache::new(Some(cache));
    let start = Instant::now();
    let read = files.iter().map(fs::read).collect::<Result<Vec<_>, _>>()?;
    let reading = start.elapsed();
    let start = Instant::now();
    let probes =
        read.par_iter().map(|bytes| probe(bytes)).collect::<Result<Vec<_>, _>>().map_err(|e| format!("{e:?}"))?;
    let probing = start.elapsed();
    read.par_iter().zip(&probes).try_for_each(|(bytes, (probe, _))| -> Outcome {
        let made = derive(bytes, probe, wanted).map_err(|e| format!("{e:?}"))?;
        cache.put(&wanted.key(probe), &made.bytes);
        Ok(())
    })?;
    let start = Instant::now();
    let found = probes.par_iter().filter_map(|(probe, _)| Derived::from_bytes(cache.get(&wanted.key(probe))?).ok());
    let (count, finding) = (found.count(), start.elapsed());
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    println!("| {count} in the cache | {:.0} ms | {:.0} ms | {:.0} ms |", ms(reading), ms(probing), ms(finding));
    Ok(())
}

fn one(out: &Path, file: &str) -> Outcome {
    let bytes = fs::read(file)?;
    let start = Instant::now();
    let drawn = |probe: &Probe, profile: Profile| match probe.format {
        Format::Pdf => artwork(&bytes)?.raster(1000),
        _ => derive(&bytes, probe, &Wanted { profile, ..Wanted::within(2000, 2000) }),
    };
    let made = probe(&bytes).and_then(|(probe, _)| {
        drawn(&probe, Profile::Draft)?;
        drawn(&probe, Profile::Publication)?;
        if probe.is_vector() {
            return Ok(None);
        }
        Ok(Some(prepare(&bytes, &probe, &Wanted::within(2000, 2000))?.samples()))
    });
    let (verdict, why) = match made {
        Ok(samples) => {
            if let Some(samples) = samples {
                write(out, &samples)?;
            }
            ("sound", String::new())
        }
        Err(fault) => ("refused", format!("{fault:?}").replace(['\n', '\t'], " ")),
    };
    println!("{verdict}\t{}\t{}\t{file}\t{why}", peak()?, start.elapsed().as_millis());
    Ok(())
}

/// Samples before they are encoded, without loss.
fn write(out: &Path, samples: &Samples) -> Outcome {
    let alpha = samples.alpha.iter().flatten().copied().chain(std::iter::repeat(255));
    let data = samples.rgb.as_chunks::<3>().0.iter().zip(alpha).flat_map(|(&[r, g, b], a)| [r, g, b, a]).collect();
    let image = image::RgbaImage::from_raw(samples.width, samples.height, data).ok_or("samples are missing")?;
    Ok(image.save_with_format(out, image::ImageFormat::Png)?)
}

/// The most memory that this process had at any moment, in MB (Linux only).
fn peak() -> Result<u64, Box<dyn Error + Send + Sync>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or_default();
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1024 / 1_000_000)
}

fn make(wanted: &Wanted, budget: &Budget, out: &Path, files: &[&str]) -> Outcome {
    files.par_iter().try_for_each(|file| -> Outcome {
        let bytes = fs::read(file)?;
        let (probe, _) = probe(&bytes).map_err(|e| format!("{file}: {e:?}"))?;
        let made = derive_within(budget, &bytes, &probe, wanted).map_err(|e| format!("{file}: {e:?}"))?;
        fs::write(out.join(Path::new(file).file_name().unwrap_or_default()), made.bytes)?;
        Ok(())
    })
}

/// One line of the table for each file, then the means.
fn compare(quality: &str, files: &[&str]) -> Outcome {
    println!("| picture | bytes | libvips | Masthead | difference |\n|---|---|---|---|---|");
    let mut sums = (0.0, 0.0, 0.0);
    let mut worst = f64::MAX;
    for file in files {
        let bytes = fs::read(file)?;
        let (probe, _) = probe(&bytes).map_err(|e| format!("{file}: {e:?}"))?;
        // Always scaled: what may stay as it is would be compared with itself.
        let longest = probe.width.max(probe.height) * 3 / 4;
        let wanted = Wanted { quality: 100, ..Wanted::within(longest, longest) };
        let prepared = prepare(&bytes, &probe, &wanted).map_err(|e| format!("{file}: {e:?}"))?;
        let judge = prepared.judge().map_err(|e| format!("{e:?}"))?;
        let theirs = vips(&prepared, quality)?;
        let score = judge.score(&theirs).map_err(|e| format!("{e:?}"))?;
        let ours = at_bytes(&prepared, &judge, theirs.bytes.len())?;
        let name = Path::new(file).file_name().unwrap_or_default().to_string_lossy();
        println!("| {name} | {} | {score:.2} | {ours:.2} | {:+.2} |", theirs.bytes.len(), ours - score);
        sums = (sums.0 + score, sums.1 + ours, sums.2 + 1.0);
        worst = worst.min(ours - score);
    }
    let (theirs, ours) = (sums.0 / sums.2, sums.1 / sums.2);
    println!("| mean | | {theirs:.2} | {ours:.2} | {:+.2}, worst {worst:+.2} |", ours - theirs);
    Ok(())
}

/// The same pixels by `vips jpegsave`.
fn vips(prepared: &Prepared, quality: &str) -> Result<Derived, Box<dyn Error + Send + Sync>> {
    let folder = tempfile::tempdir()?;
    let (raw, jpeg) = (folder.path().join("p.ppm"), folder.path().join("p.jpg"));
    let samples = prepared.samples();
    let mut ppm = format!("P6\n{} {}\n255\n", samples.width, samples.height).into_bytes();
    ppm.extend(&samples.rgb);
    fs::write(&raw, ppm)?;
    let done = Command::new("vips").arg("jpegsave").arg(&raw).arg(&jpeg).args(["--Q", quality]).status()?;
    if !done.success() {
        return Err("vips jpegsave failed".into());
    }
    Derived::from_bytes(fs::read(&jpeg)?).map_err(|e| format!("{e:?}").into())
}

/// The score at so many bytes: between the two qualities that come nearest.
fn at_bytes(prepared: &Prepared, judge: &Judge, bytes: usize) -> Result<f64, Box<dyn Error + Send + Sync>> {
    let encode = |quality: u8| prepared.encode(quality).map_err(|e| format!("{e:?}"));
    let (mut low, mut high) = (10, 100);
    while high - low > 1 {
        let middle = (low + high) / 2;
        if encode(middle)?.bytes.len() > bytes { high = middle } else { low = middle }
    }
    let (below, above) = (encode(low)?, encode(high)?);
    let score = |derived: &Derived| judge.score(derived).map_err(|e| format!("{e:?}"));
    let (from, to) = (score(&below)?, score(&above)?);
    let span = above.bytes.len().saturating_sub(below.bytes.len()).max(1) as f64;
    Ok(from + (to - from) * (bytes as f64 - below.bytes.len() as f64) / span)
}
