// A real browser on the preview's page; everything that it complains of is kept.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { verdict } from "./verdict.mjs";

const require = createRequire(join(process.env.TOOLS, "package.json"));
const { default: puppeteer } = await import(require.resolve("puppeteer-core"));
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** A browser with one page. */
export class Browser {
  complaints = [];
  foreign = new Set();

  static async start(program) {
    const self = new Browser();
    self.browser = await puppeteer.launch({ executablePath: process.env.BROWSER, headless: true });
    self.page = await self.browser.newPage();
    await self.page.setViewport({ width: 1280, height: 800 });
    self.page.on("console", (m) => ["error", "warn"].includes(m.type()) && self.complaints.push(m.text()));
    self.page.on("pageerror", (error) => self.complaints.push(String(error)));
    self.page.on("request", (request) => {
      const url = new URL(request.url());
      if (!["data:", "about:"].includes(url.protocol) && url.origin !== new URL(program.address).origin) self.foreign.add(request.url());
    });
    await self.page.goto(program.address);
    await self.page.waitForSelector("#pages img", { timeout: 60000 });
    return self;
  }

  close() {
    return this.browser.close();
  }

  /** Evaluates within the page. */
  ask(what, ...values) {
    return this.page.evaluate(what, ...values);
  }

  press(key) {
    return this.page.keyboard.press(key);
  }

  async shot(name) {
    if (process.env.SHOTS) await this.page.screenshot({ path: join(process.env.SHOTS, `${name}.png`) });
  }

  /** What axe finds against WCAG 2.2 A and AA. */
  async axe(name) {
    await this.ask(AXE);
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const found = await this.ask((values) => window.axe.run(document, { runOnly: values, iframes: false }), tags);
    const words = found.violations.map((v) => `${v.id} (${v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join(", ")})`);
    verdict(`axe finds nothing: ${name}`, words.length === 0, words.join("; "));
  }

  /** The last verdicts. */
  judge() {
    verdict("no error or warning in the console", this.complaints.length === 0, this.complaints.slice(0, 5).join(" | "));
    verdict("no request to another host", this.foreign.size === 0, [...this.foreign].join(" "));
  }
}
