// node tests/browser/run.mjs BINARY [--shots DIR] [--only NAME]: journeys through a running Kith in Chromium.
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { launch } from "./lib/chrome.mjs";
import { Trial } from "./lib/trial.mjs";

const journeys = [
  "setup",
  "scripts",
  "keyboard",
  "no_scripts",
  "kept_words",
  "break",
  "drafts",
  "offline",
  "first_reply",
  "reflow",
  "slow",
  "live",
  "rights",
  "rota",
  "key",
  "quick_exit",
  "veil",
  "notes",
  "report",
  "crisis",
  "hold",
  "helper",
  "pacing",
  "account",
  "door",
  "people",
  "roles",
  "learning",
  "pictures",
  "push",
  "post",
  "axe",
  "csp",
  "shots",
];
const failures = path.join(os.tmpdir(), "kith-browser-failures");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { shots: { type: "string" }, only: { type: "string" } },
});
if (positionals.length !== 1) {
  console.error("node tests/browser/run.mjs BINARY [--shots DIR] [--only NAME]");
  process.exit(2);
}

let trial;
process.on("exit", () => trial?.abandon());
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1));

const browser = await launch();
try {
  const chosen = await Promise.all(journeys.map((file) => import(`./journeys/${file}.mjs`)));
  for (const journey of chosen) {
    const is_one_of_all = !journey.only_when_asked && (!journey.needs_shots || values.shots);
    const is_wanted = values.only ? journey.name === values.only : is_one_of_all;
    if (is_wanted) await take(journey);
  }
} finally {
  await browser.close();
}

async function take({ name, run }) {
  const start = Date.now();
  trial = new Trial({ binary: positionals[0], browser, shots: values.shots });
  try {
    await run(trial);
    trial.assertQuiet();
    console.log(`ok    ${name}, ${seconds(start)}`);
  } catch (problem) {
    process.exitCode = 1;
    console.log(`FAIL  ${name}, ${seconds(start)}\n${problem.stack}`);
    await trial.photograph(failures, name);
  } finally {
    await trial.end();
  }
}

function seconds(start) {
  return `${((Date.now() - start) / 1000).toFixed(1)} s`;
}
