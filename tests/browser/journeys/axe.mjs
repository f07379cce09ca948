// Every page, by everybody who may see it: nothing for axe to find in light, dark and low energy; nothing wider than
// a phone; targets large enough; one first heading; urgent help at one place.
import assert from "node:assert/strict";
import { addressOf, openPage, pagesByRole, signInAs, titleOf } from "../lib/pages.mjs";
import { checkFrame, checkTargets, checkWidth, desktop, phone, placeOfHelp, runAxe, zoomed } from "../lib/page_checks.mjs";
import { uncovered } from "../lib/routes.mjs";

export const name = "axe";

const most_examples = 6;

// Dark is light in other colours; low energy is another layout.
const looks = [
  { look: "light", colorScheme: "light" },
  { look: "dark", colorScheme: "dark", only_colours: true },
  { look: "low energy, dark by choice", colorScheme: "light", comfort: { theme: "dark", view: "low-energy" } },
];

export async function run(t) {
  const report = new Report();
  await checkSetup(t, report);
  await t.startKith({ demo: true });
  const pages = await pagesByRole(t);
  const missed = uncovered(Object.values(pages).flat().map(addressOf));
  assert.deepEqual(missed, [], "routes that no page of lib/pages.mjs visits");
  // Two at a time: a browser that draws many pages at once draws none of them in time.
  const roles = Object.keys(pages);
  for (const look of looks)
    for (let i = 0; i < roles.length; i += 2)
      await Promise.all(roles.slice(i, i + 2).map((role) => checkAll(t, report, role, pages[role], look)));
  report.assertClean();
}

async function checkSetup(t, report) {
  await t.startKith();
  for (const look of looks.slice(0, 2)) await checkAll(t, report, "guest", ["/setup"], look);
}

async function checkAll(t, report, role, pages, look) {
  const { colorScheme, comfort } = look;
  const person = await t.person(`${role}, ${look.look}`, { colorScheme, viewport: desktop });
  await signInAs(t, person, role);
  if (comfort) await choose(person, comfort);
  for (const entry of pages) {
    const where = `${titleOf(entry)} as ${person.name}`;
    try {
      await openPage(person.page, entry);
      await checkPage(person.page, report, look, where);
    } catch (error) {
      report.add(where, { what: "does not open", example: error.message });
    }
  }
  await person.context.close();
}

async function choose(person, { theme, view }) {
  await person.visit("/comfort");
  await person.page.locator(`input[name=theme][value=${theme}]`).check();
  await person.page.locator(`input[name=view][value=${view}]`).check();
  await person.press("Save");
  await person.page.locator(`html[data-theme=${theme}][data-view=${view}]`).waitFor();
}

async function checkPage(page, report, { look, only_colours }, where) {
  if (only_colours) return report.add(where, ...(await runAxe(page, ["color-contrast"])));
  report.add(where, ...(await runAxe(page)), ...(await checkFrame(page)));
  for (const viewport of [phone, zoomed, desktop]) {
    await page.setViewportSize(viewport);
    report.add(where, ...(await checkWidth(page)), ...(await checkTargets(page)));
    // At 400 % the bar of a member takes two lines.
    if (viewport !== zoomed) report.addHelp(where, `${viewport.width} px, ${look}`, await placeOfHelp(page));
  }
}

// Complaints with the pages they are about, and where urgent help stands.
class Report {
  complaints = new Map();
  help_places = new Map();

  add(where, ...complaints) {
    for (const { what, example = "" } of complaints) {
      const found = this.complaints.get(what) ?? [];
      this.complaints.set(what, [...found, `${where} ${example}`]);
    }
  }

  // At the same place on every page of the same size and look.
  addHelp(where, size, place) {
    const first = this.help_places.get(size) ?? place;
    this.help_places.set(size, first);
    if (place !== first) this.add(where, { what: `urgent help elsewhere at ${size}`, example: `${place}, not ${first}` });
  }

  assertClean() {
    const lines = [...this.complaints].map(([what, found]) => {
      const examples = [...new Set(found)].slice(0, most_examples);
      return `${what}, ${found.length} times:\n      ${examples.join("\n      ")}`;
    });
    assert.ok(lines.length === 0, `${lines.length} complaints:\n  ${lines.join("\n  ")}`);
  }
}
