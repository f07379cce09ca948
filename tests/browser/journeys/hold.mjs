// Somebody's account is put on hold by a decision. They sign in, read why on a phone, and ask for another look; somebody
// else takes the decision back, and they are in the house again.
import assert from "node:assert/strict";
import { password } from "../../process/client.mjs";
import { makeCommunity } from "../lib/community.mjs";
import { checkWidth, runAxe } from "../lib/page_checks.mjs";
import { comeIn } from "../lib/steps.mjs";

export const name = "hold";

const unkind = "You are only lazy.";

export async function run(t) {
  await t.startKith();
  const { host, group, thread } = await makeCommunity(t.base, { posts: 2 });
  const maple = await t.person("Maple", { viewport: { width: 360, height: 740 } });
  await comeIn(maple, group);
  await maple.visit(`/threads/${thread}`);
  await maple.reply(unkind);

  const moss = await t.person("Moss");
  await comeIn(moss, group);
  const given = await host.post(`/groups/${group}/leaders`, { person: "Moss", role: "moderator", do: "give", current: password });
  assert.equal(given.status, 303, given.body);
  await reportIt(await t.person("Fern"), group, thread);
  await decide(moss);

  await comeBack(maple);
  await maple.reads("Your account is on hold");
  await maple.page.getByText("Please rest for a while.").waitFor();
  await maple.page.getByText("It ends by itself on").waitFor();
  assert.deepEqual([...(await checkWidth(maple.page)), ...(await runAxe(maple.page))], []);
  await maple.visit(`/threads/${thread}`);
  await maple.isAt("/me/hold");
  await maple.page.getByLabel("Do you see it differently?").fill("It was about myself.");
  await maple.press("Ask for another look");
  await maple.page.getByText("Somebody else will look at it.").waitFor();

  const desk = await t.person("Host");
  await desk.signIn("Oz", password);
  await desk.visit("/cases");
  await desk.page.getByRole("link", { name: "It is unkind or threatening" }).click();
  await desk.page.getByLabel("The decision is taken back").check();
  await desk.type("Your words to the author", "You are right, I read it wrongly.");
  await desk.press("Answer the author");
  await desk.page.getByText("This was answered:").waitFor();
  await maple.visit(`/threads/${thread}`);
  await maple.page.locator("#p3").getByText(unkind).waitFor();
}

// Still signed in, and led to why.
async function comeBack(person) {
  await person.visit("/");
  await person.isAt("/me/hold");
}

async function reportIt(person, group, thread) {
  await comeIn(person, group);
  await person.visit(`/threads/${thread}`);
  await person.page.locator("#p3").getByRole("link", { name: "Report" }).click();
  await person.page.getByLabel("It is unkind or threatening").check();
  await person.press("Send the report");
  await person.reads("Your report was sent");
}

async function decide(person) {
  await person.visit("/cases");
  await person.follow("It is unkind or threatening");
  await person.page.getByLabel("put its author's account on hold").check();
  await person.type("Your words to the author", "Please rest for a while.");
  await person.press("Decide this");
  await person.page.getByText("Moss decided on").waitFor();
}
