// Debian's Chromium on a site; everything that it complains of is kept.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const require = createRequire(join(process.env.TOOLS, "package.json"));
const { default: puppeteer } = await import(require.resolve("puppeteer-core"));
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

/** The sizes that a site is looked at: pixels, as their browsers tell them. */
export const SCREENS = {
  phone: { width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  tablet: { width: 820, height: 1180, deviceScaleFactor: 1, isMobile: true, hasTouch: true },
  desktop: { width: 1280, height: 800, deviceScaleFactor: 1 },
};

/** Starts the browser. What is not this machine has no address. */
export function start() {
  return puppeteer.launch({
    executablePath: process.env.BROWSER,
    headless: true,
    args: ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
  });
}

/** A reader with a memory of their own: one page, its complaints, and requests that went elsewhere. */
export class Reader {
  complaints = [];
  foreign = new Set();

  static async come(browser, address, screen = SCREENS.desktop) {
    const self = new Reader();
    self.address = address;
    self.context = await browser.createBrowserContext();
    self.page = await self.context.newPage();
    await self.page.setViewport(screen);
    self.listen();
    return self;
  }

  listen() {
    const { page } = this;
    const say = (what) => this.complaints.push(`${what} (on ${page.url().replace(this.address, "")})`);
    page.on("console", (m) => ["error", "warn"].includes(m.type()) && say(m.text()));
    page.on("pageerror", (error) => say(String(error)));
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (!["data:", "about:", "blob:"].includes(url.protocol) && url.origin !== new URL(this.address).origin) this.foreign.add(request.url());
    });
    // What a page no longer wants when it is left is no failure.
    page.on("requestfailed", (request) => request.failure()?.errorText !== "net::ERR_ABORTED" && say(`${request.failure()?.errorText} ${request.url()}`));
    page.on("response", (answer) => answer.status() >= 400 && say(`${answer.status()} ${answer.url()}`));
  }

  /** Goes to a path of the site; away from the page first, so that a new fragment is a new visit. */
  async go(path) {
    await this.page.goto("about:blank");
    await this.page.goto(this.address + path, { waitUntil: "load" });
  }

  /** Where it is, relative to the site. */
  where() {
    return this.page.url().replace(this.address, "");
  }

  /** Evaluates within the page. */
  ask(what, ...values) {
    return this.page.evaluate(what, ...values);
  }

  /** Waits until something holds within the page; whether it came to hold. */
  until(what, ...values) {
    return this.page.waitForFunction(what, { timeout: 15000, polling: 30 }, ...values).then(() => true, () => false);
  }

  press(key) {
    return this.page.keyboard.press(key);
  }

  /** Clicks and waits for the page that comes. */
  async follow(selector) {
    await Promise.all([this.page.waitForNavigation({ waitUntil: "load" }), this.page.click(selector)]);
  }

  /** The reader is there, and the drawings of the shown pages with their words; a page that is named is among them. */
  drawn(folio = null) {
    return this.until((named) => {
      const shown = [...document.querySelectorAll(".sheet.shown")];
      const there = named === null || shown.some((s) => s.dataset.folio === named);
      return there && shown.length > 0 && shown.every((s) => s.dataset.sharp === "done");
    }, folio);
  }

  /** Folios of the pages that are shown, from left to right. */
  shown() {
    return this.ask(() => {
      const shown = [...document.querySelectorAll(".sheet.shown")];
      const left = (sheet) => sheet.getBoundingClientRect().left;
      return shown.sort((a, b) => left(a) - left(b)).map((s) => s.dataset.folio);
    });
  }

  colours(scheme) {
    return this.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }, { name: "prefers-reduced-motion", value: "reduce" }]);
  }

  /** What axe finds against WCAG 2.2 A and AA and its own best practice. */
  async axe() {
    if (!(await this.ask(() => "axe" in window))) await this.ask(AXE);
    return this.ask(async (values) => {
      const { violations } = await window.axe.run(document, { runOnly: values, resultTypes: ["violations"], elementRef: true });
      // A link over a printed page is as high as the line in which it stands (WCAG 2.5.8, "Inline"); axe sees no line there.
      const printed = (rule, node) => rule === "target-size" && node.element?.closest(".words");
      return violations.flatMap(({ id, nodes }) => {
        const own = nodes.filter((node) => !printed(id, node)).map((node) => node.target.join(" "));
        return own.length ? [`${id} (${own.length}: ${own.slice(0, 3).join(", ")})`] : [];
      });
    }, TAGS);
  }

  leave() {
    return this.context.close();
  }
}
