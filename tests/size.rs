//! The e-book made to fit a size: under each limit, near the tighter ones, and never better with less room.

#[allow(dead_code, reason = "other tests use the rest of it")]
#[path = "support/overlay.rs"]
mod overlay;

use overlay::Overlay;
use std::process::Command;

/// Builds the e-book under a limit: its length and what was said, or the error's words.
fn built(overlay: &Overlay, limit: &str) -> Result<(u64, String), String> {
    let path = overlay.root().join("masthead.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let text = text.split("\n[epub]").next().unwrap().to_owned();
    // It may be a hard link to the sample's.
    std::fs::remove_file(&path).unwrap();
    std::fs::write(&path, format!("{text}\n[epub]\nmax-size = \"{limit}\"\n")).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_masthead"))
        .args(["build", "--edition", "epub", "--out", "made"])
        .current_dir(overlay.root())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    if !output.status.success() {
        return Err(said);
    }
    Ok((std::fs::metadata(overlay.root().join("made/latest.epub")).unwrap().len(), said))
}

/// The score of the worst picture; 100 where none had to give way.
fn worst(said: &str) -> f64 {
    let told = said.split("the worst picture scores ").nth(1);
    told.map_or(100.0, |t| t.split(' ').next().unwrap().parse().unwrap())
}

#[test]
fn an_e_book_fits_its_size_and_more_room_is_never_worse() {
    let overlay = Overlay::with("", None);
    let (whole, said) = built(&overlay, "50 MB").unwrap();
    assert!(!said.contains("e-book:"), "nothing has to give way: {said}");
    let mut before = f64::NEG_INFINITY;
    for part in [70, 85] {
        let limit = whole * part / 100;
        let (bytes, said) = built(&overlay, &format!("{:.3} MB", limit as f64 / 1e6)).unwrap();
        assert!(bytes <= limit + 1000, "{bytes} of {limit}\n{said}");
        assert!(bytes * 100 > limit * 95, "{bytes} of {limit}\n{said}");
        assert!(worst(&said) >= before, "{} after {before}", worst(&said));
        before = worst(&said);
    }
    let refused = built(&overlay, "0.6 MB").unwrap_err();
    assert!(refused.contains("error[epub/too-large]") && refused.contains("masthead.toml:"), "{refused}");
}

/// A photograph of nothing but noise, which hardly becomes smaller as a JPEG.
fn noise(seed: u32) -> Vec<u8> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let data: Vec<u8> = (0..1900 * 1200 * 3).map(|_| next()).collect();
    let mut out = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut out, 98);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_1_1);
    encoder.encode(&data, 1900, 1200, jpeg_encoder::ColorType::Rgb).unwrap();
    out
}

#[test]
fn an_e_book_that_is_too_large_for_mail_is_told() {
    let overlay = Overlay::with("", None);
    let folder = overlay.root().join("2026-10/pictures");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for (n, file) in files.iter().filter(|f| f.extension().is_some_and(|e| e == "jpg")).enumerate() {
        // It may be a hard link to the sample's.
        std::fs::remove_file(file).unwrap();
        std::fs::write(file, noise(n as u32)).unwrap();
    }
    let (bytes, said) = built(&overlay, "90 MB").unwrap();
    assert!(bytes > 25_000_000, "{bytes}");
    assert!(said.contains("warning[epub/shop-limit]") && said.contains("a Kindle by e-mail (25 MB)"), "{said}");
    assert!(!said.contains("Kobo"), "{said}");
}
