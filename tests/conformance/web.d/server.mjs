// A loopback server of static files, as any host would serve them: in a folder of its own, with media types, without compression.

import { createServer } from "node:http";
import { createReadStream, statSync } from "node:fs";
import { extname, join, normalize, sep } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".xml": "application/xml",
  ".svg": "image/svg+xml",
  ".jpg": "image/jpeg",
  ".png": "image/png",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".epub": "application/epub+zip",
  ".pdf": "application/pdf",
};
/** The folder in which the site stands on the server: links that begin with `/` lead out of it. */
const FOLDER = "/press/magazine/";

/** Serves a site; its address, and how to stop it at once. */
export async function serve(root) {
  const server = createServer((request, answer) => {
    const file = fileOf(root, new URL(request.url, "http://site").pathname);
    if (!file) {
      answer.writeHead(404, { "content-type": "text/plain" }).end("not found");
      return;
    }
    if (file === "folder") {
      answer.writeHead(301, { location: `${request.url}/` }).end();
      return;
    }
    const kept = file.includes(`${sep}assets${sep}`) ? "public, max-age=31536000, immutable" : "no-cache";
    answer.writeHead(200, {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "content-length": statSync(file).size,
      "cache-control": kept,
    });
    if (request.method === "HEAD") answer.end();
    else createReadStream(file).pipe(answer);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const address = `http://127.0.0.1:${server.address().port}${FOLDER}`;
  const stop = () => new Promise((done) => {
    server.close(done);
    server.closeAllConnections();
  });
  return { address, stop };
}

/** The file of a path: nothing outside the root; `folder` where the path lacks its last `/`. */
export function fileOf(root, path) {
  if (!path.startsWith(FOLDER)) return null;
  let inside;
  try {
    inside = normalize(decodeURIComponent(path.slice(FOLDER.length)) || ".");
  } catch {
    return null;
  }
  if (inside.startsWith("..")) return null;
  const named = join(root, inside);
  const kind = statSync(named, { throwIfNoEntry: false });
  if (!kind) return null;
  if (!kind.isDirectory()) return named;
  if (!path.endsWith("/")) return "folder";
  const index = join(named, "index.html");
  return statSync(index, { throwIfNoEntry: false }) ? index : null;
}
