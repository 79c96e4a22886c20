// Reads Ace's report: first the sum, then one line for each violation. Exit status: 1 unless the outcome is a pass.
const report = JSON.parse(require("fs").readFileSync(process.argv[2], "utf8"));
const lines = [];
for (const document of report.assertions) {
  for (const found of document.assertions) {
    const test = found["earl:test"];
    const where = document["earl:testSubject"]?.url ?? "package";
    const html = (found["earl:result"].html ?? "").slice(0, 160).replace(/\s+/g, " ");
    lines.push(`${test["earl:impact"]} ${test["dct:title"]} in ${where}: ${found["earl:result"]["dct:description"]?.split("\n")[0] ?? ""} ${html}`);
  }
}
const outcome = report["earl:result"]["earl:outcome"];
console.log(`${lines.length} violations`);
console.log(lines.join("\n"));
process.exit(outcome === "pass" && lines.length === 0 ? 0 : 1);
