// A group goes slowly after a hard week: one post in a while, and each is looked at first. What is typed is never lost. A
// volunteer on a phone lets one post through and sends another back; its author finds the words again as a draft.
import assert from "node:assert/strict";
import { makeCommunity } from "../lib/community.mjs";
import { isFine } from "../lib/page_checks.mjs";
import { comeIn, giveTask } from "../lib/steps.mjs";

export const name = "pacing";

const first = "I am glad that we go slowly.",
  second = "There is something else on my mind.",
  third = "These words need another way to be said.";

export async function run(t) {
  await t.startKith();
  const { host, group, thread } = await makeCommunity(t.base, { posts: 2 });
  const maple = await t.person("Maple");
  await comeIn(maple, group);
  const moss = await t.person("Moss", { viewport: { width: 360, height: 740 } });
  await comeIn(moss, group);
  await giveTask(host, group, "Moss");

  await slowDown(moss, group);
  await maple.visit(`/threads/${thread}`);
  await maple.page.getByText("Be gentle with each other this week.").waitFor();
  await maple.reply(first);
  await maple.type("Your words", second);
  await maple.press("Send my reply");
  await maple.page.getByText("You can write again at").first().waitFor();
  assert.equal(await maple.page.locator("#text").inputValue(), second, "nothing typed is lost");

  await holdFirst(moss, group);
  await maple.visit(`/threads/${thread}`);
  await send(maple, second);
  await maple.page.locator("#waiting").getByText(second).waitFor();
  await send(maple, third);
  await maple.page.locator("#waiting").getByText(third).waitFor();
  await isFine(maple);

  const fern = await t.person("Fern");
  await comeIn(fern, group);
  await fern.visit(`/threads/${thread}`);
  assert.equal(await fern.page.getByText(second).count(), 0, "nobody else sees what waits");

  await letThrough(moss);
  await fern.page.locator("#p4, .arrivals button").first().waitFor();
  await fern.visit(`/threads/${thread}`);
  await fern.page.locator("#p4").getByText(second).waitFor();
  await sendBack(moss);

  await maple.visit("/notices");
  await maple.page.getByText("wrote to you about a post of yours").click();
  await maple.page.getByText("Could you leave out the how?").waitFor();
  await maple.follow("Go on writing");
  await maple.isAt(`/threads/${thread}/posts/new`);
  assert.equal(await maple.page.locator("#text").inputValue(), third, "the words are there again");
}

async function send(person, words) {
  await person.type("Your words", words);
  await person.press("Send my reply");
}

async function slowDown(person, group) {
  await person.visit(`/groups/${group}/pace`);
  await person.page.locator("#now #slow").selectOption("30");
  await person.page.locator("#now #words").fill("Be gentle with each other this week.");
  await person.page.locator("#now").getByRole("button", { name: "Save" }).click();
  await person.page.getByText("one post of each person in 30 minutes").first().waitFor();
  await isFine(person);
}

async function holdFirst(person, group) {
  await person.visit(`/groups/${group}/pace`);
  await person.page.locator("#now #slow").selectOption("0");
  await person.page.locator("#now #held_first").check();
  await person.page.locator("#now").getByRole("button", { name: "Save" }).click();
  await person.page.getByText("each post waits for a look").first().waitFor();
}

async function letThrough(person) {
  await person.visit("/notices");
  await person.page.getByText("A post waits until somebody of you has looked.").click();
  await person.reads("What waits for a look");
  await isFine(person);
  const card = person.page.locator("li.card").filter({ hasText: second });
  await card.getByRole("button", { name: "Let it through" }).click();
  await person.page.getByText(third).waitFor();
  assert.equal(await person.page.getByText(second).count(), 0);
}

async function sendBack(person) {
  const card = person.page.locator("li.card").filter({ hasText: third });
  await card.locator("details summary").filter({ hasText: "kind words" }).click();
  await card.getByLabel("Your words to the author").fill("Could you leave out the how?");
  await card.getByRole("button", { name: "Send it back", exact: true }).click();
  await person.page.getByText("Nothing waits.").waitFor();
}
