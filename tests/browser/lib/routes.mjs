// The routes with a page behind them, from the golden file of the route table.
import fs from "node:fs";

const golden = new URL("../../golden/routes.txt", import.meta.url);
const no_pages = [
  /^\/assets\//, /^\/(pictures|feeds|drafts)\//, /\/events$/, /\.(txt|ico|svg|js|webmanifest)$/, /^\/(healthz|readyz|leave|setup)$/,
  /\/(csv|pdf)$/,
  /^\/posts\/\{post\}$/, /\/unread$/, // lead somewhere else
  /^\/posts\/\{post\}\/appeal$/, // journeys/report.mjs looks at it
];

// Patterns like /groups/{group}/settings that none of these addresses matches.
export function uncovered(addresses) {
  if (!fs.existsSync(golden)) return [];
  const paths = addresses.map((address) => address.split("?")[0]);
  const patterns = fs
    .readFileSync(golden, "utf8")
    .split("\n")
    .map((line) => /^(\S+)\s+GET\s/.exec(line)?.[1])
    .filter((pattern) => pattern && !no_pages.some((none) => none.test(pattern)));
  return patterns.filter((pattern) => {
    const shape = new RegExp(`^${pattern.replace(/\{[^}]+\}/g, "[^/]+")}$`);
    return !paths.some((path) => shape.test(path));
  });
}
