// The program under judgement, and its publication.

import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";
import { until } from "./verdict.mjs";

const { MASTHEAD, WORK } = process.env;
const EDITED = process.env.EDITED ?? "2026-11/articles/turn-it-down.md";
const START_MS = 120000;

/** A running preview of a copy of the sample publication. */
export class Program {
  root = join(WORK, "issues");
  edited = EDITED;
  slug = EDITED.replace(/.*\//, "").replace(/\.md$/, "");
  original = readFileSync(join(WORK, "issues", EDITED), "utf8");

  static async start() {
    const program = new Program();
    await program.launch(0);
    return program;
  }

  /** Starts it on a port, and waits for its address and its first pages. */
  async launch(port) {
    const editor = `cp {file} ${WORK}/opened-{line}`;
    this.child = spawn(MASTHEAD, ["preview", "--port", String(port), "--editor", editor, this.root], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let out = "";
    this.child.stdout.on("data", (data) => (out += data));
    const ended = () => this.child.exitCode !== null || this.child.signalCode !== null;
    await until(() => out.includes("\n") || ended(), START_MS);
    this.address = out.split("\n")[0];
    this.port = Number(/^http:\/\/127\.0\.0\.1:(\d+)\/$/.exec(this.address)?.[1]);
    if (!this.port) throw new Error(`the first line is not its address: ${JSON.stringify(out)}`);
    await until(async () => (await this.state()).number >= 1, START_MS);
  }

  async stop() {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((done) => this.child.once("exit", done));
    this.child.kill("SIGKILL");
    await gone;
  }

  /** Resident memory, in kB. */
  memory() {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${this.child.pid}/status`, "utf8"))[1]);
  }

  /** The whole state, as a new browser hears it. */
  state() {
    return new Promise((done, failed) => {
      const asked = http.get(`${this.address}events`, (response) => {
        let text = "";
        response.on("data", (data) => {
          text += data;
          const state = /^event: state\ndata: (.*)\n\n/m.exec(text);
          if (!state && !/^event: busy\ndata: .*\n\n/m.test(text)) return;
          asked.destroy();
          done(state ? JSON.parse(state[1]) : { number: 0 });
        });
      });
      asked.on("error", (error) => (error.code === "ECONNRESET" ? done({ number: 0 }) : failed(error)));
    });
  }

  /** Status, headers and text of a polite request. */
  get(path) {
    return new Promise((done, failed) => {
      http
        .get(`${this.address}${path}`, (response) => {
          let text = "";
          response.setEncoding("utf8");
          response.on("data", (data) => (text += data));
          response.on("end", () => done({ status: response.statusCode, headers: response.headers, text }));
        })
        .on("error", failed);
    });
  }

  path(file) {
    return join(this.root, file);
  }

  /** The edited manuscript with another word at the start of its first long paragraph. */
  text(word) {
    const [, front, body] = /^(---\n[\s\S]*?\n---\n)([\s\S]*)$/.exec(this.original);
    return front + body.replace(/^[A-Z][^\n]{199,}$/m, (line) => `${word} ${line}`);
  }

  /** Saves as editors do: over the old file, beside it and renamed, or emptied first and then filled in two strokes. */
  save(text, way, file = this.edited) {
    const path = this.path(file);
    if (way === 0) return writeFileSync(path, text);
    if (way === 1) {
      writeFileSync(`${path}.tmp`, text);
      renameSync(path, `${path}~`);
      return renameSync(`${path}.tmp`, path);
    }
    const half = Math.floor(text.length / 2);
    const open = openSync(path, "w");
    writeSync(open, text.slice(0, half));
    writeSync(open, text.slice(half));
    closeSync(open);
  }
}
