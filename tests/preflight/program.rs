//! The built program: what it prints, its exit status, and Ghostscript's part where that is installed.

use super::base::{Base, name, picture};
use lopdf::Stream;
use masthead::press::Shop;
use std::path::Path;
use std::process::Command;

/// The program; none where only the library is built.
const PROGRAM: Option<&str> = option_env!("CARGO_BIN_EXE_masthead");

/// Runs it on a file in a folder: exit status, what was said, what was said beside.
fn run(folder: &Path, arguments: &[&str], path: Option<&str>) -> Option<(i32, String, String)> {
    let mut command = Command::new(PROGRAM?);
    command.arg("preflight").args(arguments).current_dir(folder);
    if let Some(path) = path {
        command.env("PATH", path);
    }
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Some((output.status.code().unwrap(), text(&output.stdout), text(&output.stderr)))
}

fn folder(spoil: impl Fn(&mut Base)) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut base = Base::new(&Shop::named("fogra39-x4").unwrap());
    spoil(&mut base);
    std::fs::write(folder.path().join("a.pdf"), base.bytes()).unwrap();
    folder
}

#[test]
fn the_status_tells_well_from_wrong_from_unread() {
    let good = folder(|_| {});
    let Some((status, out, _)) = run(good.path(), &["a.pdf", "--no-render"], None) else { return };
    assert_eq!(status, 0, "{out}");
    assert!(out.contains("not checked: ink on the rendered page"), "{out}");
    assert!(out.ends_with("a.pdf: 4 pages for `fogra39-x4` (PDF/X-4): nothing to complain of\n"), "{out}");
    let bad = folder(|b| b.add(3, "1 0 0 rg 100 100 50 50 re f"));
    let (status, out, _) = run(bad.path(), &["a.pdf", "--no-render", "--format", "json"], None).unwrap();
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((status, &value["faults"][0]["rule"]), (1, &"print/rgb-vector".into()));
    for arguments in [&["none.pdf"][..], &["a.pdf", "--shop", "fogra93-x4"], &["a.pdf", "--shop", "no.toml"]] {
        assert_eq!(run(bad.path(), arguments, None).unwrap().0, 2, "{arguments:?}");
    }
}

#[test]
fn a_profile_of_ones_own_is_obeyed() {
    let folder = folder(|b| b.add(3, "1 1 0.5 0 k 100 100 50 50 re f"));
    std::fs::write(folder.path().join("ours.toml"), "inherits = \"fogra39-x4\"\n[ink]\nlimit = 240\n").unwrap();
    let Some((status, out, _)) = run(folder.path(), &["a.pdf", "--no-render", "--shop", "ours.toml"], None) else {
        return;
    };
    assert!(
        status == 1 && out.contains("print/too-much-ink") && out.contains("shop `ours`: `ink.limit = 240`"),
        "{out}"
    );
}

#[test]
fn without_ghostscript_nothing_is_passed_over() {
    let good = folder(|_| {});
    let Some((status, out, err)) = run(good.path(), &["a.pdf", "--report", "r.html"], Some("")) else { return };
    assert_eq!(status, 0, "{out}{err}");
    assert!(out.contains("white at the cut, small pages of the report (Ghostscript is not installed)"), "{out}");
    let page = std::fs::read_to_string(good.path().join("r.html")).unwrap();
    assert!(page.contains("<b>Not checked:</b>") && page.contains("id=\"page-4\""), "{page}");
}

#[test]
fn ghostscript_finds_a_picture_of_too_much_ink() {
    if Command::new("gs").arg("--version").output().is_err() {
        return;
    }
    let folder = folder(|b| {
        let mut image: Stream = picture(420, 420, name("DeviceCMYK"), 4);
        image.set_plain_content(vec![255; 420 * 420 * 4]);
        b.resource(3, "XObject", "Im2", image);
        b.add(3, "q 100 0 0 100 300 400 cm /Im2 Do Q");
    });
    let Some((status, out, _)) = run(folder.path(), &["a.pdf", "--report", "r.html"], None) else { return };
    assert_eq!(status, 1, "{out}");
    assert!(out.contains("error[print/ink-coverage]: page 3 has up to 400 % ink"), "{out}");
    assert!(out.contains("a.pdf: page 3, 10") && out.contains(" mm from the left and 124 mm from the top"), "{out}");
    let page = std::fs::read_to_string(folder.path().join("r.html")).unwrap();
    assert!(page.contains("data:image/png;base64,"));
}
