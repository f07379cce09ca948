// Every page in the colours of a device, on a phone and at 400 %, and with letters of twice the size on a desktop:
// nothing is wider than the window, nothing is cut off, and what can be pressed has an edge without its background.
import assert from "node:assert/strict";
import path from "node:path";
import { openPage, pagesByRole, signInAs, titleOf } from "../lib/pages.mjs";
import { checkClipping, checkEdges, checkWidth, desktop, phone, zoomed } from "../lib/page_checks.mjs";

export const name = "reflow";

const most_examples = 6;

export async function run(t) {
  await t.startKith({ demo: true });
  const pages = await pagesByRole(t);
  const complaints = new Map();
  const roles = Object.keys(pages);
  for (let i = 0; i < roles.length; i += 2)
    await Promise.all(roles.slice(i, i + 2).map((role) => checkAll(t, complaints, role, pages[role])));
  const lines = [...complaints].map(([what, found]) => `${what}:\n      ${found.slice(0, most_examples).join("\n      ")}`);
  assert.ok(lines.length === 0, `${lines.length} complaints:\n  ${lines.join("\n  ")}`);
}

async function checkAll(t, complaints, role, pages) {
  const person = await t.person(role, { forcedColors: "active", viewport: phone });
  await signInAs(t, person, role);
  for (const entry of pages) {
    await openPage(person.page, entry);
    await checkSizes(t, person.page, (size, found) => {
      for (const { what, example = "" } of found)
        complaints.set(what, [...(complaints.get(what) ?? []), `${titleOf(entry)} as ${role}, ${size}: ${example}`]);
    }, `${role}${titleOf(entry)}`);
  }
  await person.context.close();
}

async function checkSizes(t, page, add, title) {
  // Chromium forgets the colours, but not the question for them, when it loads a page.
  for (const forcedColors of ["none", "active"]) await page.emulateMedia({ forcedColors });
  for (const viewport of [phone, zoomed]) {
    await page.setViewportSize(viewport);
    add(`${viewport.width} x ${viewport.height}`, await checkWidth(page));
  }
  await page.setViewportSize(phone);
  add("the colours of a device", await checkEdges(page));
  await photograph(t, page, `forced-${title}`);
  await page.setViewportSize(desktop);
  await page.evaluate(() => {
    const { fontSize } = getComputedStyle(document.documentElement);
    document.documentElement.style.fontSize = `${2 * parseFloat(fontSize)}px`;
  });
  add("letters of twice the size", [...(await checkWidth(page)), ...(await checkClipping(page))]);
  await photograph(t, page, `twice-${title}`);
  await page.setViewportSize(phone);
}

async function photograph(t, page, title) {
  if (!t.shots) return;
  const file = `${title.replace(/[^a-z0-9]+/gi, "-").replace(/-$/, "")}.png`;
  await page.screenshot({ path: path.join(t.shots, "reflow", file), fullPage: true });
}
