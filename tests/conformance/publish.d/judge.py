"""Drives `masthead publish` and judges what it leaves: `judge.py MASTHEAD WORK`."""

import os
import signal
import socket
import subprocess
import sys
import time
import traceback

import boto3
from botocore.config import Config

import sites
from place import Bucket, Folder, owners, whole
from server import Server

MASTHEAD, WORK = sys.argv[1:3]
KEY, SECRET = "AKIAJUDGEDJUDGED0001", "verySecretSecretOfTheJudge/0123456789abcd"
TOKEN = "aSessionTokenThatIsSecretToo0123456789"
# Nothing of these is ever to be read in what the program says.
SECRETS = {SECRET, TOKEN}
SERVER = Server()
FAILED = 0
BUCKETS = 0
WRITERS = 0


def environment(**more):
    global WRITERS
    WRITERS += 1
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    kept |= {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_SESSION_TOKEN": f"{TOKEN}{WRITERS}", "AWS_REGION": "us-east-1",
             "AWS_ENDPOINT": SERVER.address, "AWS_ALLOW_HTTP": "true"} | more
    return {name: value for name, value in kept.items() if value is not None}


def start(folder, to, *options, **more):
    """The program at work in a folder that holds `dist/site`."""
    command = [MASTHEAD, "publish", "--to", to, "--out", "dist", *options]
    return subprocess.Popen(command, cwd=os.path.join(WORK, folder), env=environment(**more), stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True)


def end(process, limit=300):
    out, err = process.communicate(timeout=limit)
    for secret in SECRETS:
        assert secret not in out + err, "a secret is told"
    return process.returncode, out, err


def run(folder, to, *options, expected=0, **more):
    code, out, err = end(start(folder, to, *options, **more))
    assert code == expected, f"exit {code}, not {expected}: {out} {err}"
    return out + err


def client(key="any", secret="any"):
    config = Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1})
    return lambda service: boto3.client(service, endpoint_url=SERVER.address, region_name="us-east-1", aws_access_key_id=key,
                                        aws_secret_access_key=secret, config=config)


def bucket():
    global BUCKETS
    BUCKETS += 1
    return Bucket(client()("s3"), f"press-{BUCKETS}")


def site(folder, *issues):
    return sites.site(os.path.join(WORK, folder), *issues)


def same(one, other, but=("publish/",)):
    """Paths that differ between two states."""
    return {path for path in one.keys() | other.keys() if not path.startswith(but) and one.get(path) != other.get(path)}


def puts():
    return [key.removeprefix("magazine/") for method, key in SERVER.writes if method == "PUT"]


# Kills

def fresh(old):
    """A bucket that shows the old issue."""
    place = bucket()
    run(old, place.to)
    return place


def killed(place, folder, kill):
    SERVER.watch(kill)
    process = start(folder, place.to)
    SERVER.process = process
    code, _, _ = end(process)
    assert code == -signal.SIGKILL, f"not killed but exit {code}"
    SERVER.watch()


def completes(place, folder, names, new):
    place.remove("publish/lock")
    run(folder, place.to)
    assert whole(place, names) == (new, new), f"then shows {whole(place, names)}"


def kills_in_a_bucket():
    old, = site("old", "2026-10")
    records = site("both", "2026-10", {"name": "2026-11", "big": 20 << 20})
    names = owners(old, *records)
    was, new = ("2026-10", 1), ("2026-11", 1)
    place = fresh("old")
    SERVER.watch()
    run("both", place.to)
    total = len(SERVER.writes)
    assert whole(place, names) == (new, new)
    spread = [1 + total * i // 7 for i in range(7)]
    moments = [(f"write {at} of {total}", at, lambda n, m, k, at=at: n == at and ("after" if at % 2 else "before")) for at in spread]
    for end_of in ("publish/records.json", "latest/index.html", "latest.json"):
        for when in ("before", "after"):
            def kill(_, method, key, end_of=end_of, when=when):
                return when if method == "PUT" and key == f"magazine/{end_of}" else None
            moments.append((f"{when} {end_of}", None, kill))
    shown = []
    for name, _, kill in moments:
        place = fresh("old")
        killed(place, "both", kill)
        page, data = whole(place, names)
        assert page in (was, new) and data in (was, new), f"{name}: shows {page} and {data}"
        shown.append("new" if data == new else "old" if page == was else "page new, data old")
        completes(place, "both", names, new)
    parts = ", ".join(f"{shown.count(each)} {each}" for each in dict.fromkeys(shown))
    return f"{len(moments)} kills among {total} writes: latest whole each time ({parts}); the next publish completes"


def a_killed_one_is_resumed():
    site("old", "2026-10")
    records = site("both", "2026-10", {"name": "2026-11", "big": 20 << 20})
    place = fresh("old")
    killed(place, "both", lambda n, *_: n == 25 and "before")
    there = {path for path in place.standing() if path.startswith("assets/")}
    place.remove("publish/lock")
    SERVER.watch()
    run("both", place.to)
    sent = {key for key in puts() if key.startswith("assets/")}
    wanted = {path for record in records for path in record["files"] if path.startswith("assets/")}
    assert sent == wanted - there, f"{len(sent)} files sent, {len(wanted - there)} were missing"
    return f"{len(there)} files were there, only the other {len(sent)} are sent"


def a_dead_holders_lock_is_taken_over():
    old, = site("old", "2026-10")
    records = site("both", "2026-10", "2026-11")
    place = fresh("old")
    killed(place, "both", lambda n, m, k: k == "magazine/latest/index.html" and "before")
    begun = time.monotonic()
    run("both", place.to)
    took = time.monotonic() - begun
    assert 60 < took < 200, f"after {took:.0f} s"
    new = ("2026-11", 1)
    assert whole(place, owners(old, *records)) == (new, new)
    return f"after {took:.0f} s"


def kills_in_a_folder():
    old, = site("old", "2026-10")
    records = site("both", "2026-10", {"name": "2026-11", "big": 20 << 20})
    names = owners(old, *records)
    was, new = ("2026-10", 1), ("2026-11", 1)
    place = Folder(os.path.join(WORK, "measure"))
    run("old", place.to)
    begun = time.monotonic()
    run("both", place.to)
    took = time.monotonic() - begun
    hit = tries = 0
    while hit < 10 and tries < 40:
        place = Folder(os.path.join(WORK, f"folder-{tries}"))
        run("old", place.to)
        process = start("both", place.to)
        time.sleep(took * (tries % 10 + 0.5) / 10)
        process.kill()
        tries += 1
        hit += end(process)[0] == -signal.SIGKILL
        page, data = whole(place, names)
        assert page in (was, new) and data in (was, new), f"kill {tries}: shows {page} and {data}"
        completes(place, "both", names, new)
    assert hit == 10, f"only {hit} of {tries} were killed in time"
    return f"{hit} kills spread over {took:.2f} s: latest whole each time; the next publish completes"


# Publishing

def two_at_once():
    a, = site("a", "2026-10")
    b, = site("b", "2026-11")
    names, new = owners(a, b), ("2026-11", 1)
    rounds = 6
    for i in range(rounds):
        place = bucket() if i % 2 else Folder(os.path.join(WORK, f"two-{i}"))
        both = [start(folder, place.to) for folder in (("a", "b") if i < rounds / 2 else ("b", "a"))]
        for process in both:
            code, out, err = end(process)
            assert code == 0, f"exit {code}: {out} {err}"
        assert whole(place, names) == (new, new), f"round {i}: shows {whole(place, names)}"
        archive = place.read("index.html").decode()
        assert "2026-10" in archive and "2026-11" in archive, f"round {i}: one of two is not in the index"
        for record in (a, b):
            missing = [path for path in record["files"] if place.read(path) is None]
            assert not missing, f"round {i}: missing {missing}"
    return f"{rounds} rounds, bucket and folder: both in the index, the newest is latest"


def only_what_changed():
    site("one", "2026-10", "2026-11")
    place = bucket()
    SERVER.watch()
    run("one", place.to)
    first = len(puts())
    before = place.standing()
    SERVER.watch()
    said = run("one", place.to)
    again = [key for key in puts() if not key.startswith("publish/")]
    assert not again, f"the same again sends {again}"
    assert not same(before, place.standing()), "the same again changes what stands there"
    assert "nothing to send" in said, said
    # One byte of one page, nothing else.
    sites.write(os.path.join(WORK, "one/dist/site"), "issues/2026-10/articles/a3/index.html", b"<p>corrected</p>")
    SERVER.watch()
    run("one", place.to)
    sent = [key for key in puts() if not key.startswith("publish/")]
    assert sent == ["issues/2026-10/articles/a3/index.html"], f"one page changed, and {sent} are sent"
    assert same(before, place.standing()) == {"issues/2026-10/articles/a3/index.html"}
    # A revision: its pictures, the pages that differ, and what depends on all issues.
    before = place.standing()
    site("one", "2026-10", {"name": "2026-11", "revision": 2})
    sites.write(os.path.join(WORK, "one/dist/site"), "issues/2026-10/articles/a3/index.html", b"<p>corrected</p>")
    SERVER.watch()
    run("one", place.to)
    sent = {key for key in puts() if not key.startswith("publish/")}
    strange = [key for key in sent if "2026-10" in key or "/articles/" in key and "/a0/" not in key]
    assert not strange, f"a revision of 2026-11 sends {strange}"
    assert same(before, place.standing()) <= sent
    return f"first {first} writes; the same again none of the site; a changed page 1; a revision {len(sent)}"


def a_folder_is_written_as_little():
    site("one", "2026-10", "2026-11")
    place = Folder(os.path.join(WORK, "little"))
    run("one", place.to)
    before = place.standing()
    run("one", place.to)
    assert not same(before, place.standing()), f"the same again changes {same(before, place.standing())}"
    left = [path for path in place.standing() if "#" in path]
    assert not left, f"left over: {left}"
    return f"{len(before)} files, none touched again, none left over"


def rollback():
    old, = site("old", "2026-10")
    both = site("both", {"name": "2026-10", "revision": 2}, "2026-11")
    names = owners(old, *both)
    for place in (bucket(), Folder(os.path.join(WORK, "back"))):
        run("old", place.to)
        pages = [path for path in place.standing() if not path.startswith(("publish/", "assets/"))]
        before = {path: place.read(path) for path in pages}
        run("both", place.to)
        assert whole(place, names) == (("2026-11", 1),) * 2
        said = run("both", place.to, "--rollback")
        assert "2026-10" in said and "2026-11" in said, said
        assert whole(place, names) == (("2026-10", 1),) * 2
        differ = [path for path in pages if place.read(path) != before[path]]
        assert not differ, f"not as before: {differ}"
        assert run("both", place.to, "--rollback", expected=2), "nothing is said of nothing to go back to"
        run("both", place.to)
        assert whole(place, names) == (("2026-11", 1),) * 2
        assert place.read("issues/2026-10/index.html") != before["issues/2026-10/index.html"], "and forth again"
    return "bucket and folder: as it was before, byte for byte, and forth again"


def embargo():
    now, later = site("early", "2026-10", {"name": "2999-01"})
    place = bucket()
    SERVER.watch()
    said = run("early", place.to)
    assert "2999-01" in said and "embargo" in said, said
    own = set(later["files"]) - set(now["files"])
    sent = own & set(puts()) | {key for key in puts() if "2999-01" in key}
    assert not sent, f"sent all the same: {sent}"
    assert whole(place, owners(now, later)) == (("2026-10", 1),) * 2
    told = [path for path in place.standing() if b"2999-01" in place.read(path)]
    assert not told, f"told of in {told}"
    return f"none of {len(own)} files is sent, and nothing tells of it"


def dry_run():
    site("one", "2026-10", "2026-11")
    place = bucket()
    site("old", "2026-10")
    run("old", place.to)
    before = place.standing()
    SERVER.watch()
    said = run("one", place.to, "--dry-run")
    assert not SERVER.writes, f"writes: {SERVER.writes}"
    assert place.standing() == before
    assert "2026-11" in said and "MB" in said, said
    folder = os.path.join(WORK, "never")
    run("one", folder, "--dry-run")
    assert not os.path.exists(folder), "makes a folder"
    return "no write at all; no folder made"


def headers():
    record, = site("old", "2026-10")
    place = bucket()
    run("old", place.to)
    ever, asked = "public, max-age=31536000, immutable", "no-cache"
    endings = {"jpg": "image/jpeg", "css": "text/css; charset=utf-8", "epub": "application/epub+zip"}
    wanted = {path: (endings[path.rsplit(".", 1)[1]], ever) for path in record["files"] if path.startswith("assets/")}
    html = "text/html; charset=utf-8"
    wanted |= {path: (html, asked) for path in ("latest/index.html", "index.html", "issues/2026-10/index.html")}
    wanted |= {path: ("application/json", asked) for path in ("latest.json", "issues/2026-10/issue.json")}
    for path, expected in wanted.items():
        assert place.served(path) == expected, f"{path}: {place.served(path)}"
        assert place.known_again(path), f"{path} is not known again by its ETag"
    # The same after a rollback put files back.
    site("old", {"name": "2026-10", "revision": 2})
    run("old", place.to)
    run("old", place.to, "--rollback")
    assert place.served("latest/index.html") == (html, asked), f"after a rollback: {place.served('latest/index.html')}"
    return f"{len(wanted)} files as served, and asked for again with their ETag"


# What is refused

def says(said, *words):
    for word in words:
        assert word in said, f"no `{word}` in: {said}"
    assert "<" not in said and "StringToSign" not in said, f"the store's answer is quoted: {said}"
    return said.strip().splitlines()[-1]


def refusals():
    site("old", "2026-10")
    place = bucket()
    said = [says(run("old", "s3://nobody-has-this/magazine", expected=2), "bucket `nobody-has-this`")]
    for missing in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        said.append(says(run("old", place.to, expected=2, **{missing: None}), "no credentials", "AWS_SECRET_ACCESS_KEY"))
    said.append(says(run("old", place.to, expected=2, AWS_ALLOW_HTTP=None), "AWS_ALLOW_HTTP"))
    said.append(says(run("old", "gs://press/x", expected=2), "s3://BUCKET/PREFIX"))
    said.append(says(run("old", "s3://press/../x", expected=2), "s3://BUCKET/PREFIX"))
    run("old", place.to, "--rollback", expected=2)
    for line in dict.fromkeys(said):
        print(f"        {line[:200]}")
    return "missing bucket, no credentials, plain HTTP, strange places"


def wrong_keys():
    """The server's own check of signatures, with a user of its own."""
    site("old", "2026-10")
    place = bucket()
    iam = client()("iam")
    iam.create_user(UserName="editor")
    key = iam.create_access_key(UserName="editor")["AccessKey"]
    SECRETS.add(key["SecretAccessKey"])
    SERVER.check_keys(True)
    try:
        said = [says(run("old", place.to, expected=2, AWS_SESSION_TOKEN=None), "AWS_ACCESS_KEY_ID")]
        right = {"AWS_ACCESS_KEY_ID": key["AccessKeyId"], "AWS_SESSION_TOKEN": None}
        said.append(says(run("old", place.to, expected=2, **right), "AWS_SECRET_ACCESS_KEY"))
        allowed = run("old", place.to, expected=2, AWS_SECRET_ACCESS_KEY=key["SecretAccessKey"], **right)
        said.append(says(allowed, "may not", "list, read, write and delete"))
    finally:
        SERVER.check_keys(False)
    assert not place.standing(), "something was written all the same"
    for line in said:
        print(f"        {line[:200]}")
    return "unknown key, wrong secret, no permission"


def dead_endpoints():
    site("old", "2026-10")
    took = []
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
        begun = time.monotonic()
        says(run("old", "s3://press/x", expected=2, AWS_ENDPOINT=address), "cannot be reached", "AWS_ENDPOINT")
        took.append(time.monotonic() - begun)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(50)
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        begun = time.monotonic()
        says(run("old", "s3://press/x", expected=2, AWS_ENDPOINT=address), "does not answer", "AWS_ENDPOINT")
        took.append(time.monotonic() - begun)
    assert max(took) < 32, f"took {took}"
    return f"closed port after {took[0]:.0f} s, silent server after {took[1]:.0f} s"


def judge(name, work):
    global FAILED
    begun = time.monotonic()
    try:
        verdict, remark = "pass", work()
    except Exception as error:  # Whatever goes wrong is this judge's verdict, and the others go on.
        verdict, remark = "FAIL", f"{error}"[:600]
        if os.environ.get("VERBOSE"):
            traceback.print_exc()
        FAILED += 1
    SERVER.watch()
    print(f"{verdict:4}  {name:34} {remark}  [{time.monotonic() - begun:.0f} s]", flush=True)


ALL = [
    ("re-publish", only_what_changed),
    ("re-publish to a folder", a_folder_is_written_as_little),
    ("kills, bucket", kills_in_a_bucket),
    ("kills, folder", kills_in_a_folder),
    ("killed in mid-way, resumed", a_killed_one_is_resumed),
    ("two publishers at once", two_at_once),
    ("rollback", rollback),
    ("embargo", embargo),
    ("dry run", dry_run),
    ("headers as served", headers),
    ("refusals", refusals),
    ("wrong keys", wrong_keys),
    ("dead endpoints", dead_endpoints),
    ("the lock of a killed publisher", a_dead_holders_lock_is_taken_over),
]

for each in ALL:
    if os.environ.get("ONLY", "") in each[0]:
        judge(*each)
if FAILED:
    print(f"{FAILED} verdicts are failures")
    sys.exit(1)
print("every judge passes")
