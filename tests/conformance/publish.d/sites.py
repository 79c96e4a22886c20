"""Small built sites: every file says whose it is, so that a mixture shows."""

import hashlib
import json
import os
import shutil

SHEET = b"body { color: #111 }\n"


def digest(data):
    return hashlib.sha256(data).hexdigest()


def write(root, path, data):
    at = os.path.join(root, path)
    os.makedirs(os.path.dirname(at), exist_ok=True)
    with open(at, "wb") as file:
        file.write(data)


def asset(root, data, ending, name=None):
    path = f"assets/{digest(data)[:32]}" + (f"/{name}" if name else f".{ending}")
    write(root, path, data)
    return path


def image(path, width):
    return {"path": path, "media_type": "image/jpeg", "width": width, "height": width * 4 // 3}


def issue(root, name, revision=1, date=None, pictures=30, articles=20, big=0):
    """Writes one issue; `big` is the length of its e-book in bytes."""
    date = date or f"{name}-05"
    mark = f"{name} revision {revision} ".encode()
    files = set()

    def kept(data, ending, as_name=None):
        path = asset(root, data, ending, as_name)
        files.add(path)
        return path

    sheet = kept(SHEET, "css")
    covers = [image(kept(mark + f"cover {width}".encode() * 50, "jpg"), width) for width in (320, 640, 1280)]
    inside = [kept(mark + f"picture {i} ".encode() * 200, "jpg") for i in range(pictures)]
    book = mark + b"e-book "
    book += bytes(i % 251 for i in range(4096)) * max(1, (big - len(book)) // 4096)
    book_path = kept(book, "epub", f"{name}.epub")
    own = f"issues/{name}/"
    pages = {"index.html": f"<h1>{name}</h1> {revision}", "pages/index.html": f"reader {name} {revision}",
             "credits/index.html": f"credits {name}"}
    listed = []
    for i in range(articles):
        # Only the first article changes with the revision.
        text = f"<p>{name} article {i} {revision if i == 0 else ''}</p>"
        pages[f"articles/a{i}/index.html"] = text
        listed.append({
            "slug": f"a{i}", "path": f"{own}articles/a{i}/", "headline": f"Article {i}", "kicker": None, "standfirst": "So it is.",
            "authors": ["Mara Ellison"], "byline": "By Mara Ellison", "language": "en", "folio": str(i + 2), "words": 100,
            "sponsor": None, "image": image(inside[i % len(inside)], 800), "image_alt": "A picture",
        })
    for path, text in pages.items():
        write(root, own + path, text.encode())
        files.add(own + path)
    files.add(own + "issue.json")
    record = {
        "version": 1, "name": name,
        "publication": {"title": "Tidewater", "tagline": None, "language": "en", "issn": None, "publisher": "Tidewater Press",
                        "email": None, "website": None, "rights": None, "address": "https://example.org/magazine/"},
        "number": int(date[:4]) * 12 + int(date[5:7]), "volume": None, "date": date, "label": f"Issue {name}", "title": None,
        "revision": revision, "modified": f"{date[:4]}-01-01T00:00:{revision:02}Z", "price": None,
        "cover": {"images": covers, "alt": "A cover", "credit": None, "lines": []}, "extent": articles + 4,
        "sections": [{"title": "All", "articles": list(range(articles))}], "articles": listed,
        "downloads": [{"edition": "epub", "path": book_path, "media_type": "application/epub+zip", "bytes": len(book),
                       "sha256": digest(book)}],
        "partners": [], "style": {"sheet": sheet, "accent": ["#115577", "#66aacc"]},
        "folios": [str(i + 1) for i in range(articles + 4)], "files": sorted(files),
    }
    write(root, own + "issue.json", json.dumps(record).encode())
    return record


def site(work, *issues):
    """A folder with `dist/site` of these issues: names, or arguments of `issue`."""
    shutil.rmtree(work, ignore_errors=True)
    root = os.path.join(work, "dist/site")
    return [issue(root, **({"name": each} if isinstance(each, str) else each)) for each in issues]
