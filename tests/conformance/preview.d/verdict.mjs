// Verdicts: one line for each, counted.

let passed = 0;
let failed = 0;

/** Says whether something holds, and why it does not. */
export function verdict(what, holds, why = "") {
  if (holds) passed++;
  else failed++;
  console.log(`${holds ? "pass" : "FAIL"}  ${what}${!holds && why !== "" ? `: ${why}` : ""}`);
}

/** The closing line; the exit status. */
export function closing() {
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

/** Waits. */
export const rest = (ms) => new Promise((done) => setTimeout(done, ms));

/** Asks again until an answer is true, at most so long; the last answer. */
export async function until(ask, ms = 10000) {
  const end = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (answer || Date.now() > end) return answer;
    await rest(20);
  }
}
