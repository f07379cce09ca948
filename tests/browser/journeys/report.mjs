// A member reports what hurts; a volunteer triages it on a phone; the author reads why, and asks somebody else for another
// look. Nobody learns who reported.
import assert from "node:assert/strict";
import { makeCommunity } from "../lib/community.mjs";
import { isFine } from "../lib/page_checks.mjs";
import { askForAnotherLook, comeIn, giveTask, takeDecisionBack } from "../lib/steps.mjs";

export const name = "report";

const reason = "It is unkind or threatening";
const unkind = "You are only lazy.";

export async function run(t) {
  await t.startKith();
  const { host, group, thread } = await makeCommunity(t.base, { posts: 2 });
  const maple = await t.person("Maple");
  await comeIn(maple, group);
  await maple.visit(`/threads/${thread}`);
  await maple.reply(unkind);

  const fern = await t.person("Fern");
  await comeIn(fern, group);
  await reportIt(fern, thread);

  // Two who moderate: the host, and a volunteer on a phone.
  const moss = await t.person("Moss", { viewport: { width: 360, height: 740 } });
  await comeIn(moss, group);
  await giveTask(host, group, "Moss");
  await decideOnPhone(moss);
  await fern.visit("/me/reports");
  await fern.page.getByText("Somebody has looked and done something about it.").waitFor();
  await fern.visit(`/threads/${thread}`);
  assert.equal(await fern.page.getByText(unkind).count(), 0);

  await maple.visit("/notices");
  await maple.page.getByText("wrote to you about a post").click();
  await maple.page.getByText("Please speak kindly here.").waitFor();
  assert.equal(await maple.page.getByText("Fern").count(), 0);
  await askForAnotherLook(maple);

  await takeDecisionBack(t, reason);
  await maple.visit(`/threads/${thread}`);
  await maple.page.locator("#p3").getByText(unkind).waitFor();
  await appealRemoval(maple, host, thread);
}

async function reportIt(person, thread) {
  await person.visit(`/threads/${thread}`);
  await person.page.locator("#p3").getByRole("link", { name: "Report" }).click();
  await person.reads("Report a post");
  assert.ok((await person.page.locator("main a[href^=tel]").count()) > 0, "numbers for urgent help come first");
  await person.press("Send the report");
  await person.page.getByRole("heading", { name: /problem/i }).waitFor();
  await person.page.getByLabel(reason).check();
  await person.type("Is there more that they should know?", "It made me cry.");
  await person.press("Send the report");
  await person.reads("Your report was sent");
}

async function decideOnPhone(person) {
  await person.visit("/");
  await person.follow("A report waits for you.");
  await person.follow(reason);
  await person.page.getByText("It made me cry.").waitFor();
  await person.page.locator(".reported").getByText(unkind).waitFor();
  await person.page.locator("mark").getByText(unkind).waitFor(); // a rule noticed it, too
  assert.equal(await person.page.getByText("Fern", { exact: true }).count(), 0);
  await person.press("I take this on");
  await person.page.getByText("You work on this until").waitFor();
  await person.page.getByLabel("Remove the post", { exact: true }).check();
  await person.type("Your words to the author", "Please speak kindly here.");
  await person.press("Decide this");
  await person.page.getByText("Moss decided on").waitFor();
  const width = await person.page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 360, `no sideways scrolling: ${width}`);
}

// A removal without a report can be looked at again, too.
async function appealRemoval(person, host, thread) {
  await person.visit(`/threads/${thread}`);
  await person.reply("Here is my number: 555 0100.");
  const answer = await host.request(`/threads/${thread}`, { headers: { accept: "application/json" } });
  const { id } = (await answer.json()).posts.at(-1);
  const removed = await host.post(`/posts/${id}/removal`, { reason: "No numbers, please." });
  assert.equal(removed.status, 303, removed.body);
  await person.visit(`/posts/${id}/appeal`);
  await person.page.getByText("No numbers, please.").waitFor();
  await isFine(person);
}
