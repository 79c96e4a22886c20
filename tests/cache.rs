//! What stays after a build was disturbed: damaged pictures, two builds at once, a build killed at any moment.
//!
//! `MASTHEAD_KILLS=200 cargo test --release --test cache -- --nocapture` kills as many builds as it says.

use masthead::cli::init;
use masthead::data::Date;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant, SystemTime};
use tempfile::TempDir;

const EPUB: &str = "2026-12/gazette-2026-12.epub";
const PDF: &str = "2026-12/gazette-2026-12-screen.pdf";
const LEDGER: &str = "2026-12/build.json";
/// The order in which a build gives files their names, after it struck them from the ledger.
const ORDER: [&str; 5] = [EPUB, PDF, "latest.epub", "latest.pdf", LEDGER];
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

type Files = BTreeMap<String, Vec<u8>>;

/// A small publication of its own, with a few photographs so that there is something to keep.
struct Gazette {
    _folder: TempDir,
    root: PathBuf,
}

impl Gazette {
    fn new() -> Gazette {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let root = folder.path().join("gazette");
        init::run(&root, Date::parse("2026-11-20").unwrap()).unwrap();
        let article = root.join("2026-12/articles/seven-minutes-fast.md");
        let mut text = fs::read_to_string(&article).unwrap();
        for name in ["bridge", "stream", "tea"] {
            let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("issues/2026-10/pictures/{name}.jpg"));
            fs::copy(from, root.join(format!("2026-12/pictures/{name}.jpg"))).unwrap();
            text.push_str(&format!("\n![A picture of the {name}](../pictures/{name}.jpg)\n\nPhoto: A. Name\n"));
        }
        fs::write(&article, text).unwrap();
        Gazette { _folder: folder, root }
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_masthead"));
        command.args(words).current_dir(&self.root).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// What a run that must end with a status says, results first.
    fn run(&self, words: &[&str], status: i32) -> String {
        said(self.command(words).output().unwrap(), status)
    }

    fn start(&self) -> Child {
        self.command(&["build"]).spawn().unwrap()
    }

    /// Changes the issue, so that its outputs are other ones.
    fn be(&self, state: &str) {
        let path = self.root.join("masthead.toml");
        let text = fs::read_to_string(&path).unwrap();
        let line = |l: &str| if l.starts_with("tagline") { format!("tagline = \"{state}\"") } else { l.to_owned() };
        fs::write(&path, text.lines().map(|l| line(l) + "\n").collect::<String>()).unwrap();
    }

    fn dist(&self) -> Files {
        let mut files = Files::new();
        gather(&self.root.join("dist"), "", &mut files);
        files
    }

    fn set_dist(&self, files: &Files) {
        self.forget("dist");
        for (name, bytes) in files {
            let path = self.root.join("dist").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }

    fn forget(&self, folder: &str) {
        let _ = fs::remove_dir_all(self.root.join(folder));
    }

    /// The files of the cache.
    fn kept(&self) -> Vec<PathBuf> {
        let mut files = Files::new();
        let folder = self.root.join(".cache/pictures");
        gather(&folder, "", &mut files);
        files.keys().map(|name| folder.join(name)).collect()
    }
}

fn said(output: Output, status: i32) -> String {
    let text = [output.stdout, output.stderr].map(|b| String::from_utf8(b).unwrap()).concat();
    assert_eq!(output.status.code(), Some(status), "{text}");
    text
}

fn gather(folder: &Path, under: &str, files: &mut Files) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = format!("{under}{}", path.file_name().unwrap().to_str().unwrap());
        match path.is_dir() {
            true => gather(&path, &format!("{name}/"), files),
            false => drop(files.insert(name, fs::read(&path).unwrap())),
        }
    }
}

fn digest(bytes: &[u8]) -> [u8; 32] {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).into()
}

fn hex(bytes: &[u8]) -> String {
    digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

fn entries(ledger: &[u8]) -> serde_json::Map<String, Value> {
    let value: Value = serde_json::from_slice(ledger).unwrap();
    value["files"].as_object().unwrap().clone()
}

/// Asserts that both editions and their copies are of one build and nothing else stands there; gives back its id.
fn one_state(dist: &Files) -> String {
    let names: BTreeSet<&str> = dist.keys().map(String::as_str).collect();
    assert_eq!(names, BTreeSet::from(ORDER), "nothing is missing and nothing is left over");
    let entries = entries(&dist[LEDGER]);
    for file in [EPUB, PDF] {
        assert_eq!(entries[file]["sha256"], hex(&dist[file]), "{file}");
    }
    assert!(dist[EPUB] == dist["latest.epub"] && dist[PDF] == dist["latest.pdf"], "the copies are of another state");
    assert_eq!(entries[EPUB]["build"], entries[PDF]["build"]);
    entries[EPUB]["build"].as_str().unwrap().to_owned()
}

/// Asserts that every file that has its name is whole.
fn whole(dist: &Files) {
    for (name, bytes) in dist.iter().filter(|(name, _)| !name.contains(".masthead-")) {
        match name.rsplit('.').next().unwrap() {
            "epub" => {
                let mut book = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
                assert_eq!(book.by_index(0).unwrap().name().unwrap(), "mimetype", "{name}");
                for n in 0..book.len() {
                    // Reading to the end compares the checksum.
                    book.by_index(n).unwrap().read_to_end(&mut Vec::new()).unwrap();
                }
            }
            "pdf" => {
                assert!(bytes.trim_ascii_end().ends_with(b"%%EOF"), "{name}");
                assert!(lopdf::Document::load_mem(bytes).unwrap().get_pages().len() > 1, "{name}");
            }
            _ => drop(entries(bytes)),
        }
    }
}

#[test]
fn damaged_pictures_are_named_and_made_again() {
    let gazette = Gazette::new();
    assert_eq!(gazette.run(&["cache", "show"], 0), ".cache/pictures\n  0 results, 0.0 MB\n");
    gazette.run(&["build"], 0);
    let (dist, kept) = (gazette.dist(), gazette.kept());
    assert!(kept.len() >= 4, "{kept:?}");
    let sound = gazette.run(&["cache", "verify"], 0);
    assert!(sound.starts_with(&format!("{} results, ", kept.len())) && sound.ends_with("none damaged\n"), "{sound}");
    let originals: Vec<_> = kept.iter().map(|p| fs::read(p).unwrap()).collect();
    for (n, path) in kept.iter().enumerate() {
        let mut bytes = originals[n].clone();
        let middle = bytes.len() / 2;
        match n % 3 {
            0 => bytes[middle] ^= 0x10,
            1 => bytes.truncate(middle),
            _ => bytes.clear(),
        }
        fs::write(path, bytes).unwrap();
    }
    let named = gazette.run(&["cache", "verify"], 1);
    assert_eq!(named.lines().filter(|l| l.contains(": damaged")).count(), kept.len(), "{named}");
    assert!(named.contains(&format!("{0} of {0} results damaged", kept.len())), "{named}");
    gazette.run(&["build"], 0);
    assert!(gazette.dist() == dist, "the outputs are what they were");
    gazette.run(&["cache", "verify"], 0);
    let again: Vec<_> = gazette.kept().iter().map(|p| fs::read(p).unwrap()).collect();
    assert!(again == originals, "each was made again in its place");
}

/// The entry that holds an issue's layout, and what is in it without its checksum.
fn decisions(gazette: &Gazette) -> (PathBuf, Vec<u8>) {
    let unsealed = |path: &PathBuf| fs::read(path).unwrap().split_last_chunk::<32>().map(|(b, _)| b.to_vec()).unwrap();
    let list = gazette.kept().into_iter().map(|path| (unsealed(&path), path));
    let (bytes, path) = list.into_iter().find(|(b, _)| b.starts_with(b"{\"articles\"")).expect("a layout is kept");
    (path, bytes)
}

#[test]
fn kept_layouts_bring_the_same_pages_and_forged_ones_bring_none() {
    let gazette = Gazette::new();
    gazette.run(&["build", "--no-cache"], 0);
    let dist = gazette.dist();
    assert_eq!(gazette.kept(), Vec::<PathBuf>::new());
    gazette.run(&["build"], 0);
    assert!(gazette.dist() == dist, "the first build with a cache");
    let (path, bytes) = decisions(&gazette);
    gazette.run(&["build"], 0);
    assert!(gazette.dist() == dist, "by the kept layout");
    assert_eq!(decisions(&gazette).1, bytes);

    // The checksum is no secret: an entry can be made by anybody who hands a folder on.
    let text = String::from_utf8(bytes).unwrap();
    let value: Value = serde_json::from_str(&text).unwrap();
    let forged = |change: &dyn Fn(&mut Value)| {
        let mut value = value.clone();
        change(&mut value);
        value.to_string()
    };
    let leaves = |v: &Value| v["leaves"].as_array().unwrap().clone();
    let article = leaves(&value).iter().position(|l| l.get("Article").is_some()).unwrap();
    let forgeries = [
        "[]".to_owned(),
        forged(&|v| v["leaves"][article]["Article"] = 99.into()),
        forged(&|v| drop(v["leaves"].as_array_mut().unwrap().remove(article))),
        forged(&|v| {
            let twice = leaves(v)[article].clone();
            v["leaves"].as_array_mut().unwrap().push(twice);
        }),
        forged(&|v| v["articles"][0]["lead"] = 2_000_000.into()),
        forged(&|v| v["articles"] = Value::Array(Vec::new())),
    ];
    let key = format!(
        "{}{}",
        path.parent().unwrap().file_name().unwrap().to_str().unwrap(),
        path.file_stem().unwrap().to_str().unwrap()
    );
    for forgery in forgeries {
        let mut sealed = forgery.clone().into_bytes();
        let sum = digest(&[key.as_bytes(), &[0], forgery.as_bytes()].concat());
        sealed.extend(sum);
        fs::write(&path, sealed).unwrap();
        gazette.run(&["cache", "verify"], 0);
        gazette.run(&["build"], 0);
        assert!(gazette.dist() == dist, "{forgery}");
        assert_eq!(decisions(&gazette).1, text.as_bytes(), "it is kept anew");
    }
}

#[test]
fn prune_removes_what_no_build_can_use() {
    let gazette = Gazette::new();
    gazette.run(&["build"], 0);
    let kept = gazette.kept();
    let beside = |name: &str| kept[0].with_file_name(name);
    fs::write(&kept[1], "damaged").unwrap();
    let [left, other, mine] = [".masthead-a1B2c3", "0123abcd", "notes.txt"].map(beside);
    [&left, &other, &mine].into_iter().for_each(|p| fs::write(p, "x").unwrap());
    let shown = gazette.run(&["cache", "show"], 0);
    assert!(shown.contains(&format!("{} results", kept.len())) && shown.contains("all used within a day"), "{shown}");
    assert!(shown.contains("1 file, 0.1 MB, kept by another version"), "{shown}");
    assert!(shown.contains("1 file, 0.1 MB, being written, or left by a stopped build"), "{shown}");
    let told = gazette.run(&["cache", "prune"], 0);
    for reason in ["damaged", "kept by another version of the program", "left by a stopped build"] {
        assert!(told.contains(&format!("removed: 1 file, 0.1 MB, {reason}\n")), "{told}");
    }
    assert!(!left.exists() && !other.exists() && !kept[1].exists() && mine.exists());
    fs::remove_file(mine).unwrap();
    gazette.run(&["build"], 0);
    assert_eq!(gazette.kept(), kept);
    let ago = |path: &Path, age: Duration| {
        fs::File::options().write(true).open(path).unwrap().set_modified(SystemTime::now() - age).unwrap();
    };
    ago(&kept[0], DAY * 91);
    ago(&kept[1], DAY * 89);
    assert!(gazette.run(&["cache", "show"], 0).contains("unused for 91 days"));
    gazette.run(&["cache", "prune", "--older-than", "90d"], 0);
    assert_eq!(gazette.kept(), kept[1..]);
    // What a build uses is not old, whenever it was made.
    kept[1..].iter().for_each(|p| ago(p, DAY * 400));
    gazette.run(&["build"], 0);
    let told = gazette.run(&["cache", "prune", "--older-than", "12w"], 0);
    assert!(told.starts_with(&format!("{} results", kept.len())), "{told}");
    gazette.run(&["cache", "prune", "--older-than", "0d"], 0);
    assert_eq!(gazette.kept(), Vec::<PathBuf>::new());
}

#[test]
fn two_builds_at_once_make_the_same() {
    let gazette = Gazette::new();
    gazette.run(&["build"], 0);
    let dist = gazette.dist();
    for round in 0..3 {
        gazette.forget(".cache");
        gazette.forget("dist");
        let both = [gazette.start(), gazette.start()];
        both.into_iter().for_each(|child| drop(said(child.wait_with_output().unwrap(), 0)));
        assert!(gazette.dist() == dist, "round {round}");
        gazette.run(&["cache", "verify"], 0);
    }
    // Of two states, one is whole.
    for round in 0..3 {
        let first = gazette.start();
        std::thread::sleep(Duration::from_millis(30 * round));
        gazette.be(&format!("Round {round}"));
        let second = gazette.start();
        [first, second].into_iter().for_each(|child| drop(said(child.wait_with_output().unwrap(), 0)));
        one_state(&gazette.dist());
    }
}

/// A state that a build leaves which is killed after so many of its files have their names.
fn stopped(before: &Files, after: &Files, named: usize) -> Files {
    let mut dist = before.clone();
    dist.insert(LEDGER.to_owned(), b"{\"files\": {}}".to_vec());
    for name in &ORDER[..named] {
        dist.insert((*name).to_owned(), after[*name].clone());
    }
    dist
}

#[test]
fn a_stop_between_any_two_names_is_noticed_by_a_build_of_one_edition() {
    let gazette = Gazette::new();
    gazette.be("One");
    gazette.run(&["build"], 0);
    let one = gazette.dist();
    gazette.be("Two");
    gazette.run(&["build"], 0);
    let two = gazette.dist();
    assert_ne!(one_state(&one), one_state(&two));
    assert!(ORDER.iter().all(|name| one[*name] != two[*name]), "the states can be told apart");

    for named in 0..ORDER.len() {
        for edition in ["epub", "screen"] {
            gazette.set_dist(&stopped(&one, &two, named));
            let told = gazette.run(&["build", "--edition", edition], 0);
            assert!(told.contains("it was built again too"), "{named} {edition}: {told}");
            assert!(gazette.dist() == two, "{named} {edition}");
        }
    }
    // No ledger at all: the first build was stopped.
    gazette.set_dist(&Files::from([(EPUB.to_owned(), one[EPUB].clone())]));
    gazette.run(&["build", "--edition", "screen"], 0);
    assert!(gazette.dist() == two);
    // A copy of another state, as a disk may leave it that lost its power.
    gazette.set_dist(&Files::from_iter(two.clone().into_iter().chain([("latest.pdf".to_owned(), one[PDF].clone())])));
    gazette.run(&["build", "--edition", "epub"], 0);
    assert!(gazette.dist() == two);
}

#[test]
fn an_edition_that_was_not_asked_for_is_left_when_nothing_was_stopped() {
    let gazette = Gazette::new();
    gazette.run(&["build"], 0);
    let one = gazette.dist();
    // A file that somebody changed is theirs; it is only named.
    let mut changed = one.clone();
    changed.get_mut(PDF).unwrap().extend(b"\n% signed\n");
    gazette.set_dist(&changed);
    let told = gazette.run(&["build", "--edition", "epub"], 0);
    assert!(told.contains(&format!("note: {PDF} is from another state")) && gazette.dist() == changed, "{told}");
    gazette.set_dist(&one);
    gazette.be("Two");
    let told = gazette.run(&["build", "--edition", "epub"], 0);
    assert!(told.contains(&format!("note: {PDF} is from another state")), "{told}");
    assert!(gazette.dist()[PDF] == one[PDF] && gazette.dist()[EPUB] != one[EPUB]);
    gazette.run(&["build", "--edition", "screen"], 0);
    one_state(&gazette.dist());
}

/// When a build is killed.
#[derive(Debug, Clone, Copy)]
enum Moment {
    After(Duration),
    /// So long after it began to give files their names.
    Naming(Duration),
}

/// Waits for the moment and kills; whether the build was still running.
fn kill(mut child: Child, moment: Moment, ledger: &Path) -> bool {
    let (began, known) = (Instant::now(), fs::read(ledger).ok());
    match moment {
        Moment::After(time) => std::thread::sleep(time),
        Moment::Naming(time) => {
            while fs::read(ledger).ok() == known && began.elapsed() < Duration::from_secs(60) {
                std::hint::spin_loop();
            }
            let seen = Instant::now();
            while seen.elapsed() < time {
                std::hint::spin_loop();
            }
        }
    }
    child.kill().unwrap();
    !child.wait().unwrap().success()
}

#[test]
fn a_build_killed_at_any_moment_leaves_whole_files_and_the_next_one_mends() {
    let kills: u32 = std::env::var("MASTHEAD_KILLS").map_or(12, |n| n.parse().unwrap());
    let gazette = Gazette::new();
    let timed = || {
        let start = Instant::now();
        gazette.run(&["build"], 0);
        start.elapsed()
    };
    let (cold, warm) = (timed(), timed());
    let (mut running, mut naming, mut leftovers) = (0, 0, 0);
    for n in 0..kills {
        let before = gazette.dist();
        gazette.be(&format!("State {n}"));
        let part = f64::from(n) / f64::from(kills);
        let moment = match n % 3 {
            0 => {
                gazette.forget(".cache");
                Moment::After(cold.mul_f64(part))
            }
            1 => Moment::After(warm.mul_f64(part)),
            _ => Moment::Naming(Duration::from_micros(u64::from(n / 3 % 20) * 20)),
        };
        running += u32::from(kill(gazette.start(), moment, &gazette.root.join("dist").join(LEDGER)));
        let killed = gazette.dist();
        whole(&killed);
        naming += u32::from(entries(&killed[LEDGER]).is_empty());
        leftovers += killed.keys().filter(|name| name.contains(".masthead-")).count();

        gazette.run(&["build"], 0);
        let after = gazette.dist();
        one_state(&after);
        for (name, bytes) in killed.iter().filter(|(n, _)| n.ends_with(".epub") || n.ends_with(".pdf")) {
            assert!(*bytes == before[name] || *bytes == after[name], "{n} {moment:?}: {name} is neither old nor new");
        }
        gazette.run(&["cache", "verify"], 0);
    }
    gazette.run(&["cache", "prune"], 0);
    assert!(gazette.kept().iter().all(|p| p.extension().is_some_and(|e| e == "v2")), "leftovers are gone");
    eprintln!(
        "{kills} kills: {running} hit a running build, {naming} of them between two names; {leftovers} files were left half made"
    );
    assert!(running > kills / 2, "too few builds were still running");
}
