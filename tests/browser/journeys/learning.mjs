// What people here decide teaches the house what to read first: a moderator reads posts drawn by lot on a phone, says in
// one tap that nothing is needed, or that somebody is; a host sees how far it is, and how it has done. Members see nothing
// of it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { checkWidth, isFine, runAxe } from "../lib/page_checks.mjs";

export const name = "learning";

export async function run(t) {
  const kith = await t.startKith({ demo: true });
  for (const javaScriptEnabled of [true, false]) await readsByLot(t, javaScriptEnabled);
  await saysWhatIsNeeded(t);
  await looksAsHost(t);
  await goesBack(t, kith.data);
  const member = await t.person("Member");
  await member.signIn(t.signIns.member.name, t.signIns.member.password);
  for (const address of ["/learning", "/admin/learning", "/admin/learning/report"]) await member.visit(address, 404);
}

async function moderator(t, settings) {
  const person = await t.person("Moderator", settings);
  await person.signIn(t.signIns.moderator.name, t.signIns.moderator.password);
  return person;
}

async function readsByLot(t, javaScriptEnabled) {
  const person = await moderator(t, { javaScriptEnabled, viewport: { width: 360, height: 740 } });
  await person.visit("/cases");
  await person.follow("Read a few posts");
  await person.page.getByText("drawn by lot").waitFor();
  assert.equal(await person.page.getByText("of 100 posts with such a score").count(), 0, "the score is hidden");
  const first = await person.page.locator("article.reported").innerText();
  assert.deepEqual(await checkWidth(person.page), []);
  if (javaScriptEnabled) assert.deepEqual(await runAxe(person.page), []);
  await person.press("Nothing needed");
  await person.isAt("/learning");
  if ((await person.page.locator("article.reported").count()) === 0) return;
  assert.notEqual(await person.page.locator("article.reported").innerText(), first, "the next one comes");
  await person.follow("Leave it to somebody else");
}

// What needs somebody comes to the list of reports.
async function saysWhatIsNeeded(t) {
  const person = await moderator(t, {});
  await person.visit("/cases");
  await person.page.locator('main a[href^="/cases/"]').first().click();
  await person.follow("What does this post need?");
  await person.reads("What does this post need?");
  await person.visit("/learning");
  await person.page.locator("main summary").last().focus();
  await person.page.keyboard.press("Enter");
  await person.tick("When you can");
  await person.tick("It is advertising, or a trick");
  await person.press("Save this");
  await person.page.getByText("Somebody who looks after the group read it and asks for another look.").waitFor();
}

async function looksAsHost(t) {
  const host = await t.person("Host");
  await host.signIn(t.signIns.host.name, t.signIns.host.password);
  await host.visit("/admin");
  await host.follow("What the house has learned");
  const far = host.page.getByText(/It has \d+ labels of the 250 that it needs, and \d+ of the 30 that say yes/);
  assert.equal(await far.count(), 4, "for each of four flags");
  await host.type("Of 100 posts that nothing pointed to, how many shall people read?", "90");
  await host.press("Save");
  await host.page.getByRole("heading", { name: /problem/i }).waitFor();
  await host.type("Of 100 posts that nothing pointed to, how many shall people read?", "10");
  await host.press("Save");
  await host.isAt("/admin/learning");
  await host.follow("How it has done");
  await host.page.getByText("Not enough evidence", { exact: true }).first().waitFor();
  assert.deepEqual(await runAxe(host.page), []);
}

// Two models that nobody can read, as after a disk that failed: a host is told; the first may not
// take its place at work, as nobody can read it either, but while it only reads along.
async function goesBack(t, folder) {
  const model = "'spam', 1764000000000, 1, x'00', '', 300, 60, 1764000000000, 1764000000000, 0.9, 0.8, 1, 0.1, 0, ''";
  const columns =
    "flag, made_at_ms, taken, bytes, lessons, labels, positives, first_at_ms, last_at_ms, auc, auc_low, auc_high, " +
    "calibration_error, unseen, spread";
  const sql = [
    "pragma busy_timeout = 5000",
    `insert into learned_model (${columns}) values (${model}), (${model})`,
    "update learned_flag set state = 'working', since_ms = 1764000000000, model_id = 2, fault = 'damaged', " +
      "fault_at_ms = 1764000000000 where flag = 'spam'",
  ].join("; ");
  const made = spawnSync("sqlite3", [path.join(folder, "kith.db"), sql]);
  if (made.error) return console.log("      learning: going back is left out, there is no sqlite3 here");
  assert.equal(made.status, 0, String(made.stderr));
  const host = await t.person("Careful host");
  await host.signIn(t.signIns.host.name, t.signIns.host.password);
  await host.visit("/");
  await host.follow("What reads posts needs you. Please look.");
  const spam = host.page.locator("#spam");
  await spam.getByText("The model is damaged").waitFor();
  const goBack = async () => {
    await spam.getByText("Earlier models").click();
    await spam.getByRole("button", { name: "Go back to this one" }).click();
  };
  await goBack();
  await host.page.getByText("This model cannot be read. Choose an earlier one.").waitFor();
  await host.visit("/admin/learning");
  await spam.getByRole("button", { name: "Turn it off" }).click();
  await spam.getByText("It reads along, and says nothing.").waitFor();
  await goBack();
  await host.page.waitForURL("**/admin/learning#spam");
  assert.equal(await spam.getByText("The model is damaged").count(), 0, "until it reads again");
  await spam.getByText("Earlier models").click();
  await spam.getByText("You went back to a model.").waitFor();
  await isFine(host);
}
