// Requests that must be refused, written to raw sockets so that no client tidies them.

import { existsSync, readFileSync } from "node:fs";
import net from "node:net";
import { join } from "node:path";
import { rest, until, verdict } from "./verdict.mjs";

/** Writes bytes, and gives the whole answer. */
function raw(port, bytes, ms = 8000) {
  return new Promise((done) => {
    let text = "";
    const socket = net.connect(port, "127.0.0.1", () => socket.write(bytes));
    const end = () => (socket.destroy(), done(text));
    socket.setTimeout(ms, end);
    socket.on("data", (data) => (text += data));
    socket.on("close", end);
    socket.on("error", end);
  });
}

const status = (answer) => Number(/^HTTP\/1\.[01] (\d+)/.exec(answer)?.[1] ?? 0);

async function refuses(program, what, bytes, ...codes) {
  const answer = await raw(program.port, bytes);
  verdict(`${what} is refused`, codes.includes(status(answer)) && !/root:|\[publisher\]/.test(answer), answer.slice(0, 200));
}

const PATHS = [
  ["a step up", "/../../../../etc/passwd", 404],
  ["a step up within", "/picture/../masthead.toml", 404],
  ["an encoded step up", "/picture/%2e%2e/%2E%2e/masthead.toml", 404],
  ["a half-encoded step up", "/picture/.%2e/masthead.toml", 404],
  ["a twice-encoded step up", "/picture/%252e%252e%252fmasthead.toml", 404],
  ["an encoded slash", "/picture/..%2f..%2fmasthead.toml", 404],
  ["a backslash", "/picture/..\\..\\masthead.toml", 400, 404],
  ["an encoded backslash", "/picture/..%5c..%5cmasthead.toml", 404],
  ["a doubled slash", "//etc/passwd", 404],
  ["a doubled slash within", "/picture//etc/passwd", 404],
  ["an absolute picture", "/picture/%2fetc%2fpasswd", 404],
  ["a zero byte", "/picture/a%00.png", 404],
  ["broken encoding", "/picture/%zz", 400],
  ["overlong UTF-8", "/picture/%c0%ae%c0%ae%c0%afmasthead.toml", 400],
  ["a manifest by its path", "/masthead.toml", 404],
  ["a source that steps up", "/source?file=../../../../etc/passwd", 404],
  ["an encoded source that steps up", "/source?file=%2e%2e%2f%2e%2e%2fetc%2fpasswd", 404],
  ["an absolute source", "/source?file=/etc/passwd", 404],
  ["an encoded absolute source", "/source?file=%2Fetc%2Fpasswd", 404],
  ["a source with a backslash", "/source?file=..%5c..%5cetc%5cpasswd", 404],
  ["no source", "/source", 404],
  ["a page that never was", "/page/00000000000000000000000000000000.svg", 404],
  ["an address with a host", "http://evil.example/", 400],
  ["an address with its own host", "http://127.0.0.1/", 400],
];

/** Judges. */
export async function judge(program) {
  const home = `Host: 127.0.0.1:${program.port}\r\nConnection: close\r\n`;
  const own = `Origin: http://127.0.0.1:${program.port}\r\n`;
  const good = await raw(program.port, `GET / HTTP/1.1\r\n${home}\r\n`);
  verdict("its own page is answered", status(good) === 200 && good.includes("preview-token"), good.slice(0, 80));
  for (const name of ["content-security-policy: default-src 'none'", "x-content-type-options: nosniff", "referrer-policy: no-referrer",
    "cross-origin-opener-policy: same-origin", "cache-control: no-store"]) {
    verdict(`header ${name}`, good.includes(`\r\n${name}`));
  }
  const head = await raw(program.port, `HEAD / HTTP/1.1\r\n${home}\r\n`);
  verdict("HEAD has no body", status(head) === 200 && head.endsWith("\r\n\r\n"));

  for (const [what, path, ...codes] of PATHS) {
    await refuses(program, what, `GET ${path} HTTP/1.1\r\n${home}\r\n`, ...codes);
  }
  for (const host of ["evil.example", `evil.example:${program.port}`, "127.0.0.1:1", `127.0.0.1:${program.port}.evil.example`, `[::1]:${program.port}`]) {
    await refuses(program, `host ${host}`, `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`, 421);
  }
  await refuses(program, "no host", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400, 421);
  await refuses(program, "no host, as of old", "GET / HTTP/1.0\r\n\r\n", 400, 421);
  await refuses(program, "a second host", `GET / HTTP/1.1\r\n${home}Host: evil.example\r\n\r\n`, 400, 421);
  for (const origin of ["http://evil.example", "null", "http://127.0.0.1:1", `https://127.0.0.1:${program.port}`]) {
    await refuses(program, `origin ${origin}`, `GET /events HTTP/1.1\r\n${home}Origin: ${origin}\r\n\r\n`, 403);
  }
  for (const site of ["cross-site", "same-site"]) {
    await refuses(program, `a ${site} fetch`, `GET / HTTP/1.1\r\n${home}Sec-Fetch-Site: ${site}\r\n\r\n`, 403);
  }
  for (const method of ["PUT", "DELETE", "OPTIONS", "TRACE", "POST"]) {
    await refuses(program, `${method} /`, `${method} / HTTP/1.1\r\n${home}${own}Content-Length: 0\r\n\r\n`, 405);
  }
  await opening(program, home, own, /preview-token" content="(\w+)"/.exec(good)?.[1]);
  await refuses(program, "a head of 20 kB", `GET / HTTP/1.1\r\n${home}X: ${"x".repeat(20000)}\r\n\r\n`, 431);
  await refuses(program, "no HTTP at all", "\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 400, 0);
  loopback(program);
  await slow(program, home);
  const text = await program.get("");
  verdict("its own page is answered after all that", text.status === 200);
}

async function opening(program, home, own, token) {
  const post = (headers, body) => `POST /open HTTP/1.1\r\n${home}${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  const wish = JSON.stringify({ file: program.edited, line: 3 });
  const json = "Content-Type: application/json\r\n";
  const key = `X-Preview-Token: ${token}\r\n`;
  await refuses(program, "opening without the token", post(own + json, wish), 403);
  await refuses(program, "opening with another token", post(`${own}${json}X-Preview-Token: ${"0".repeat(32)}\r\n`, wish), 403);
  await refuses(program, "opening without an origin", post(json + key, wish), 403);
  await refuses(program, "opening from elsewhere", post(`Origin: http://evil.example\r\n${json}${key}`, wish), 403);
  await refuses(program, "opening as a form", post(`${own}${key}Content-Type: text/plain\r\n`, wish), 415);
  for (const file of ["/etc/passwd", "../../etc/passwd", `${program.edited}\\..`, "--version", "masthead.toml; true"]) {
    await refuses(program, `opening ${file}`, post(own + json + key, JSON.stringify({ file, line: 1 })), 404);
  }
  await refuses(program, "opening nonsense", post(own + json + key, "[]"), 400);
  await refuses(program, "opening 1 MB", post(own + json + key, JSON.stringify({ file: "a".repeat(1e6), line: 1 })), 400, 413, 0);
  verdict("nothing was opened", !existsSync(join(process.env.WORK, "opened-1")) && !existsSync(join(process.env.WORK, "opened-3")));
  const answer = await raw(program.port, post(own + json + key, wish));
  const opened = await until(() => existsSync(join(process.env.WORK, "opened-3")));
  verdict("the page itself may open a manuscript", status(answer) === 200 && opened, answer.slice(0, 200));
}

/** Read from the system's table, so that no other address is asked. */
function loopback(program) {
  const port = program.port.toString(16).toUpperCase().padStart(4, "0");
  const table = ["/proc/net/tcp", "/proc/net/tcp6"].filter(existsSync).map((f) => readFileSync(f, "utf8")).join("\n");
  const listening = [...table.matchAll(/^\s*\d+: ([0-9A-F]+):([0-9A-F]{4}) \S+ 0A /gm)].filter((m) => m[2] === port);
  verdict("it listens on 127.0.0.1 alone", listening.length === 1 && listening[0][1] === "0100007F", listening.map((m) => m[1]).join());
}

/** A hundred clients that never finish their head. */
async function slow(program, home) {
  let closed = 0;
  const sockets = Array.from({ length: 100 }, () => {
    const socket = net.connect(program.port, "127.0.0.1", () => socket.write("GET / HTTP/1.1\r\nHost: 127"));
    socket.on("close", () => closed++);
    socket.on("error", () => {});
    socket.resume();
    return socket;
  });
  await rest(300);
  const begun = Date.now();
  const answer = await raw(program.port, `GET / HTTP/1.1\r\n${home}\r\n`);
  const took = Date.now() - begun;
  verdict("100 slow clients hold nobody up", status(answer) === 200 && took < 1000, `${status(answer)} after ${took} ms`);
  verdict("no more than 64 connections are kept", closed >= 36, `${closed} of 100 closed`);
  await until(() => closed === 100, 12000);
  verdict("slow clients are let go", closed === 100, `${closed} of 100 closed`);
  for (const socket of sockets) socket.destroy();
}
