// Pictures of every page for people to look at: phone and desktop, light and dark. Only with --shots.
import path from "node:path";
import { openPage, pagesByRole, signInAs, titleOf } from "../lib/pages.mjs";

export const name = "shots";
export const needs_shots = true;

const widths = { 360: 740, 1280: 900 };

export async function run(t) {
  await t.startKith();
  await photograph(t, "guest", ["/setup"]);
  await t.startKith({ demo: true });
  const pages = await pagesByRole(t);
  await Promise.all(Object.keys(pages).map((role) => photograph(t, role, pages[role])));
}

async function photograph(t, role, pages) {
  for (const colorScheme of ["light", "dark"]) {
    const person = await t.person(`${role}, ${colorScheme}`, { colorScheme });
    await signInAs(t, person, role);
    for (const entry of pages) {
      await openPage(person.page, entry);
      for (const [width, height] of Object.entries(widths)) {
        await person.page.setViewportSize({ width: Number(width), height });
        const file = path.join(t.shots, `${width}-${colorScheme}`, `${role}${slug(titleOf(entry))}.png`);
        await person.page.screenshot({ path: file, fullPage: true });
      }
    }
    await person.context.close();
  }
}

function slug(title) {
  const words = title.replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "");
  return `-${words || "start"}`;
}
