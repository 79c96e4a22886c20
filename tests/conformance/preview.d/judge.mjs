// All verdicts on the preview, in order; exit status 1 if one fails.

import * as broken from "./broken.mjs";
import * as edits from "./edits.mjs";
import * as hostile from "./hostile.mjs";
import * as page from "./page.mjs";
import { Browser } from "./browser.mjs";
import { Program } from "./program.mjs";
import { closing } from "./verdict.mjs";

const program = await Program.start();
let browser;
try {
  await hostile.judge(program);
  browser = await Browser.start(program);
  await page.judge(browser, program);
  await edits.judge(browser, program);
  await broken.judge(browser, program);
  browser.judge();
} finally {
  await browser?.close();
  await program.stop();
}
process.exitCode = closing();
