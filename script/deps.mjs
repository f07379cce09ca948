// Holds src/ and schema/ against src/deps.txt. Prints each offence as file:line: what is wrong.
import fs from "node:fs";
import path from "node:path";
import url from "node:url";

const root = url.fileURLToPath(new URL("..", import.meta.url));
const rules = readRules(path.join(root, "src/deps.txt"));
const offences = [];
for (const file of filesUnder(path.join(root, "src"), /\.[ch]pp$/)) checkFile(file);
checkSchema();
checkForCycles();
for (const offence of offences) console.error(offence);
process.exitCode = offences.length ? 1 : 0;

function readRules(file) {
  const read = { include: new Map(), owner: new Map(), any: new Set(), network: new Set() };
  for (const line of fs.readFileSync(file, "utf8").split("\n")) {
    const [kind, first, ...rest] = line.replace(/#.*/, "").trim().split(/\s+/);
    if (kind === "include") read.include.set(first, new Set(rest));
    else if (kind === "table") for (const table of rest) read.owner.set(table, first);
    else if (kind === "any" || kind === "network") for (const name of [first, ...rest]) read[kind].add(name);
    else if (kind) throw new Error(`src/deps.txt: unknown word ${kind}`);
  }
  return read;
}

function checkFile(file) {
  const name = path.relative(path.join(root, "src"), file);
  const text = fs.readFileSync(file, "utf8");
  const feature = name.includes("/") ? name.split("/")[0] : "main";
  if (!["base", "platform", "main"].includes(feature) && !rules.include.has(feature))
    report(name, 1, `src/deps.txt does not list the folder ${feature}`);
  for (const { line, target } of includesOf(text)) {
    const wrong = whyNotInclude(name, feature, target);
    if (wrong) report(name, line, `${target}: ${wrong}`);
  }
  if (rules.include.has(feature) && !rules.any.has(feature) && /(^|\/)(store\w*|\w+_store)\.cpp$/.test(name))
    checkTables(name, feature, text);
}

function includesOf(text) {
  const pattern = /^\s*#\s*include\s*[<"]([^>"]+)[>"]/;
  return text.split("\n").flatMap((content, i) => {
    const match = content.match(pattern);
    return match ? [{ line: i + 1, target: match[1] }] : [];
  });
}

function whyNotInclude(name, feature, target) {
  if (/^boost\/(asio|beast)\b/.test(target))
    return rules.network.has(path.dirname(name)) ? "" : "Boost.Asio and Beast stay in platform/http";
  const folder = target.split("/")[0];
  if (target === "url.hpp") return feature === "base" ? "base includes base alone" : "";
  if (folder === "tests") return /(_test\.cpp|^testing\.hpp|\/testing\.hpp)$/.test(name) ? "" : "only a test includes tests/";
  if (folder === "base" || folder === feature) return "";
  if (folder === "platform") return feature === "base" ? "base includes base alone" : "";
  if (!rules.include.has(folder)) return "";
  if (feature === "base" || feature === "platform") return `${feature} includes no feature`;
  if (name === "main.cpp" && folder === "app") return "";
  const isTest = /_test\.cpp$|(^|\/)testing\.hpp$/.test(name);
  if (isTest && target === `${folder}/testing.hpp`) return whyNotInclude(name, feature, `${folder}/${folder}.hpp`);
  if (target !== `${folder}/${folder}.hpp`) return `only ${folder}/${folder}.hpp is for others`;
  if (feature === "main") return "";
  const allowed = rules.include.get(feature) ?? new Set();
  if (allowed.has(folder) || (allowed.has("*") && folder !== "app")) return "";
  return `${feature} may not include ${folder}`;
}

// The tables that a store's SQL names after from, join, into or update.
function checkTables(name, feature, text) {
  const list = /\b(?:from|join|into|update)\s+([a-z_]+(?:(?:\s+(?:as\s+)?[a-z_]+)?\s*,\s*[a-z_]+)*)/g;
  for (const { at, literal } of literalsOf(text)) {
    for (const match of literal.matchAll(list)) {
      for (const part of match[1].split(",")) {
        const table = part.trim().split(/\s+/)[0];
        const owner = rules.owner.get(table);
        const line = text.slice(0, at + match.index).split("\n").length;
        if (owner && owner !== feature) report(name, line, `the table ${table} belongs to ${owner}`);
      }
    }
  }
}

function literalsOf(text) {
  const pattern = /\/\/.*|\/\*[^]*?\*\/|R"(\w*)\(([^]*?)\)\1"|"((?:[^"\\\n]|\\.)*)"|'(?:[^'\\\n]|\\.)+'/g;
  return [...text.matchAll(pattern)].flatMap((match) => {
    const literal = match[2] ?? match[3];
    return literal === undefined ? [] : [{ at: match.index + match[0].indexOf(literal), literal }];
  });
}

function checkSchema() {
  const pattern = /^\s*create\s+(?:virtual\s+)?table\s+(?:if\s+not\s+exists\s+)?([a-z_]+)/gim;
  for (const file of filesUnder(path.join(root, "schema"), /\/\d[^/]*\.sql$/)) {
    const text = fs.readFileSync(file, "utf8");
    for (const match of text.matchAll(pattern)) {
      const line = text.slice(0, match.index).split("\n").length;
      if (!rules.owner.has(match[1]))
        offences.push(`schema/${path.basename(file)}:${line}: src/deps.txt names no owner of ${match[1]}`);
    }
  }
}

function checkForCycles() {
  const visit = (feature, trail) => {
    const way = [...trail, feature];
    if (trail.includes(feature)) return offences.push(`src/deps.txt: a circle: ${way.join(" > ")}`);
    for (const next of rules.include.get(feature) ?? []) if (next !== "*") visit(next, way);
  };
  for (const feature of rules.include.keys()) visit(feature, []);
}

function report(name, line, wrong) {
  offences.push(`src/${name}:${line}: ${wrong}`);
}

function filesUnder(folder, pattern) {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const full = path.join(folder, entry.name);
      return entry.isDirectory() ? filesUnder(full, pattern) : pattern.test(full) ? [full] : [];
    })
    .sort();
}
