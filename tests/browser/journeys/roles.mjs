// What those who look after the whole site, and those who study it, find when they come in: a coordinator on a phone goes
// from the start page through what is theirs to do, and no further; a researcher reads as every member does.
import assert from "node:assert/strict";
import { isFine } from "../lib/page_checks.mjs";

export const name = "roles";

const phone = { viewport: { width: 360, height: 740 } };

export async function run(t) {
  await t.startKith({ demo: true });
  await coordinate(await t.person("Coordinator", phone), t.signIns.coordinator);
  await study(await t.person("Researcher", phone), t.signIns.researcher);
}

async function coordinate(person, { name: who, password }) {
  await person.signIn(who, password);
  await isFine(person);
  await person.follow("There is a handover note for you to read.");
  await person.press("I have read them");
  await person.visit("/");
  assert.equal(await person.link("There is a handover note for you to read.").count(), 0);

  await person.follow("The rota has gaps in the next 14 days.");
  await person.reads("Gaps ahead");
  await isFine(person);
  await person.visit("/rota");
  await person.follow("Plan a shift");
  const groups = await person.page.getByLabel("Which group?").locator("option").allInnerTexts();
  assert.ok(groups.includes("Living with pain"), `all groups are theirs to plan: ${groups}`);

  for (const [link, heading] of [
    ["Groups", "Find a group"],
    ["Members", "Members"],
    ["Reports", "Reports"],
    ["Those who looked after hard cases", "Those who looked after hard cases"],
    ["What could go wrong", "What could go wrong"],
  ]) {
    await person.visit("/");
    await person.follow("Look after the site");
    await person.page.locator("main").getByRole("link", { name: link }).first().click();
    await person.reads(heading);
    await isFine(person);
  }
  await person.visit("/admin");
  for (const link of ["The door", "What the house has learned", "Work in the background"])
    assert.equal(await person.link(link).count(), 0, `${link} is for hosts`);
  for (const address of ["/admin/door", "/admin/jobs", "/admin/training", "/admin/transparency", "/admin/learning"])
    await person.visit(address, 403);
}

async function study(person, { name: who, password }) {
  await person.signIn(who, password);
  await person.page.getByText("You are a researcher here.").waitFor();
  await isFine(person);
  assert.equal(await person.link("Look after the site").count(), 0);
  for (const address of ["/admin", "/admin/members", "/cases", "/debriefs", "/rota", "/admin/learning/report"])
    await person.visit(address, 404);
  await person.visit("/");
  await person.follow("Find a group");
  await person.page.locator("main").getByRole("link", { name: "Living with pain" }).first().click();
  await person.reads("Living with pain");
  await isFine(person);
}
