// The host writes house rules and asks everybody; a newcomer agrees by signing up; a member is asked by a quiet line, reads
// what changed on a phone, says later, then no, then yes. Then the host publishes a transparency report.
import assert from "node:assert/strict";
import { password } from "../../process/client.mjs";
import { makeCommunity } from "../lib/community.mjs";
import { isFine } from "../lib/page_checks.mjs";
import { comeIn } from "../lib/steps.mjs";

export const name = "account";

const asked = "Something that we agreed on has changed";

export async function run(t) {
  await t.startKith();
  const { group, thread } = await makeCommunity(t.base, { posts: 2 });
  const maple = await t.person("Maple", { viewport: { width: 360, height: 740 } });
  await comeIn(maple, group);

  const desk = await t.person("Host");
  await desk.signIn("Oz", password);
  await writeRules(desk);
  await newcomerAgrees(await t.person("Moss"));
  await memberAnswers(maple, thread);
  await changeRules(desk);
  await askedAgain(maple);
  await publish(desk);
  await anybodyReads(await t.person("Fern"));
}

async function writeRules(desk) {
  await desk.visit("/admin/policies/new");
  await desk.page.getByLabel("House rules").check();
  await desk.type("Title", "House rules");
  await desk.type("Text", "Be kind.\n\nNo advertising.");
  await desk.page.getByLabel("Ask everybody to agree to this version").check();
  await desk.press("Publish it");
  await desk.reads("House rules");
}

async function newcomerAgrees(moss) {
  await moss.visit("/sign-up");
  await moss.page.getByText("By signing up you agree to:").waitFor();
  await moss.page.getByRole("main").getByRole("link", { name: "House rules" }).waitFor();
  await moss.type("Name", "Moss");
  await moss.type("Password", password);
  await moss.press("Sign up");
  await moss.visit("/me/agreements");
  await moss.page.getByRole("link", { name: "House rules" }).waitFor();
  assert.equal(await moss.page.getByText(asked).count(), 0);
}

async function memberAnswers(maple, thread) {
  await maple.visit(`/threads/${thread}`);
  await maple.page.getByText(asked).waitFor();
  await isFine(maple);
  await maple.page.getByText(asked).click();
  await maple.reads("Do you agree?");
  await maple.page.getByText("Read the text").click();
  await maple.page.getByText("No advertising.").waitFor();
  await isFine(maple);
  await maple.page.getByRole("button", { name: "Later" }).click();
  await maple.isAt("/");
  assert.equal(await maple.page.getByText(asked).count(), 0);
  await maple.visit("/agreement");
  await maple.page.getByRole("button", { name: /^No/ }).click();
  await maple.page.getByRole("link", { name: "Take a copy of my data" }).waitFor();
  await maple.visit(`/threads/${thread}`);
  await maple.page.locator("#p1").waitFor();
  await maple.visit("/agreement");
  await maple.page.getByRole("button", { name: "Yes, I agree" }).click();
  await maple.visit("/me/agreements");
  await maple.page.getByRole("link", { name: "House rules" }).waitFor();
}

async function changeRules(desk) {
  await desk.visit("/admin/policies");
  await desk.page.getByRole("main").getByRole("link", { name: "House rules" }).click();
  await desk.type("Text", "Be kind.\n\nNo selling.");
  await desk.type("What changed, in a sentence", "Selling stands in place of advertising.");
  await desk.page.getByLabel("Ask everybody to agree to this version").check();
  await desk.press("Publish the new version");
  await desk.page.getByText("Selling stands in place of advertising.").waitFor();
}

async function askedAgain(maple) {
  await maple.visit("/groups");
  await maple.page.getByText(asked).click();
  await maple.page.getByText("What is different from what you agreed to").click();
  assert.match(await maple.page.locator("del").innerText(), /advertising/);
  assert.match(await maple.page.locator("ins").innerText(), /selling/);
  await isFine(maple);
  await maple.page.getByRole("button", { name: "Yes, I agree" }).click();
  await maple.isAt("/");
}

async function publish(desk) {
  await desk.visit("/admin/transparency");
  await desk.type("What you say to it", "We are new, and learned a lot.");
  await desk.press("Publish this report");
  await desk.page.getByText("We are new, and learned a lot.").waitFor();
}

async function anybodyReads(fern) {
  await fern.visit("/transparency");
  await fern.page.locator("main li a").first().click();
  await fern.page.getByText("We are new, and learned a lot.").waitFor();
  const pdf = await fern.page.request.get(await fern.page.getByRole("link", { name: "As PDF, to print" }).evaluate((a) => a.href));
  assert.equal(pdf.headers()["content-type"], "application/pdf");
  assert.equal((await pdf.body()).subarray(0, 5).toString(), "%PDF-");
}
