// A night with nobody on shift: the group says so and goes slowly; somebody who is off takes a crisis on, on a phone, tries to
// reach the person, opens with a second person what they left, tells a service outside, decides; the second person closes it;
// then they are asked how they are.
import assert from "node:assert/strict";
import { password } from "../../process/client.mjs";
import { makeCommunity } from "../lib/community.mjs";
import { eventually } from "../lib/eventually.mjs";
import { isFine } from "../lib/page_checks.mjs";
import { comeIn, giveTask, reportPost } from "../lib/steps.mjs";

export const name = "crisis";

const phone = { viewport: { width: 360, height: 740 } };

export async function run(t) {
  await t.startKith();
  const { host, group, thread } = await makeCommunity(t.base, { posts: 2 });
  const listed = await host.post("/admin/services", { name: "Crisis team", purpose: "Comes at night", contact: "555 0111" });
  assert.equal(listed.status, 303, listed.body);

  const moss = await t.person("Moss", phone);
  await comeIn(moss, group);
  await giveTask(host, group, "Moss");
  await planTomorrow(moss);
  const chosen = await host.post(`/groups/${group}/pace/choices`, { posts: "", cover: "slow" });
  assert.equal(chosen.status, 303, chosen.body);

  const maple = await t.person("Maple", phone);
  await comeIn(maple, group);
  await nobodyIsThere(maple, group, thread);
  await leaveContact(maple);
  await maple.visit(`/threads/${thread}`);
  await maple.reply("It is too much tonight.");

  const fern = await t.person("Fern");
  await comeIn(fern, group);
  await reportPost(fern, thread, 3, "Somebody may be in danger");

  const address = await takeItOn(moss);

  const desk = await t.person("Desk");
  await desk.signIn("Oz", password);
  await openContact(moss, desk, address);
  await tellSomebody(moss, address);
  await decideTogether(moss, desk, address);
  await speakAfterwards(moss, desk);
}

async function planTomorrow(person) {
  await person.visit("/rota/shifts/new");
  await person.page.getByLabel("Day", { exact: true }).fill(new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString().slice(0, 10));
  await person.page.getByLabel("From", { exact: true }).fill("20:00");
  await person.page.getByLabel("Until", { exact: true }).fill("23:00");
  await person.press("Plan this shift");
}

async function nobodyIsThere(person, group, thread) {
  await eventually("a group that goes slowly", async () => {
    await person.visit(`/threads/${thread}`);
    return person.page.getByText("Nobody who looks after this group is here at the moment.").count();
  });
  await person.page.getByText("Each person can send one post in 30 minutes.").waitFor();
  await isFine(person);
  await person.visit(`/groups/${group}`);
  await person.page.getByText("Nobody who looks after things here is there just now. Somebody is back tomorrow, 20:00.").waitFor();
}

async function leaveContact(person) {
  await person.visit("/me");
  await person.follow("How to reach me in an emergency");
  await person.press("Seal and keep this");
  await person.page.getByRole("heading", { name: /problem/i }).waitFor();
  await person.type("Your telephone number", "555 0100");
  await person.press("Seal and keep this");
  await person.page.getByText("You left something on").waitFor();
  assert.equal(await person.page.getByText("555 0100").count(), 0);
  await isFine(person);
}

async function takeItOn(person) {
  await person.visit("/");
  await person.follow("Somebody may be in danger. A report waits for you.");
  await person.follow("Somebody may be in danger");
  const address = new URL(person.page.url()).pathname;
  await person.follow("Contact, services outside, and all that was tried");
  await person.page.getByText("Nobody has it in hand yet.").waitFor();
  await person.visit(address);
  await person.press("I take this on");
  await person.follow("Contact, services outside, and all that was tried");
  await person.page.getByText("Moss has it in hand.").waitFor();
  await person.page.getByLabel("By writing to them here").check();
  await person.page.getByLabel("Not yet").check();
  await person.press("Write it down");
  await person.page.getByText("Moss tried to reach them. By writing to them here: not reached.").waitFor();
  await isFine(person);
  return address;
}

// Once in ten minutes.
async function confirm(person) {
  if ((await person.page.getByLabel("Present password").count()) > 0) await person.type("Present password", password);
}

async function openContact(asking, second, address) {
  await asking.follow("How to reach them in an emergency");
  await asking.type("Why do you need to reach them now?", "They wrote that it is too much.");
  await confirm(asking);
  await asking.press("Ask a second person");
  await asking.page.getByText("You have asked.").waitFor();
  await isFine(asking);

  await second.visit(`${address}/timeline`);
  await second.page.getByText("Somebody asks you to open the contact details with them.").waitFor();
  await second.follow("How to reach them in an emergency");
  await second.page.getByText("They wrote that it is too much.").waitFor();
  await confirm(second);
  await second.press("I agree. We both may see them");

  await asking.visit(`${address}/contact`);
  assert.equal(await asking.page.getByText("555 0100").count(), 0);
  await confirm(asking);
  await asking.press("Show me the details");
  await asking.page.getByText("555 0100").waitFor();
  await isFine(asking);
}

async function tellSomebody(person, address) {
  await person.visit(`${address}/timeline`);
  await person.follow("Tell a service outside");
  await person.page.locator('main a[href="tel:5550111"]').waitFor();
  await person.press("Write it down");
  await person.page.getByRole("heading", { name: /problem/i }).waitFor();
  await person.type("What did you tell them, and what did they say?", "They ring the person now.");
  await person.type("Their number for it", "N-7");
  await person.press("Write it down");
  await person.page.getByText("Moss told a service outside: Crisis team. Their number for it: N-7.").waitFor();
  await person.visit(`${address}/escalations`);
  await person.type("What came of it?", "They are with their sister.");
  await person.press("Save");
  await person.page.getByText("They are with their sister.").waitFor();
  await isFine(person);
}

async function decideTogether(first, second, address) {
  await first.visit(address);
  await first.page.getByLabel("Write to the author, and leave the post").check();
  await first.type("Your words to the author", "We are glad that you are here.");
  await first.press("Decide this");
  await first.page.getByText("You decided this. A second person must read it.").waitFor();
  await second.visit(address);
  await second.press("I have read it, and agree");
  await second.follow("Contact, services outside, and all that was tried");
  await second.page.getByText("Oz read it as the second person.").waitFor();
  await isFine(second);
}

async function speakAfterwards(person, host) {
  await eventually("they are asked how they are", async () => {
    await person.visit("/notices");
    return (await person.page.getByText("You looked after somebody in danger.").count()) > 0;
  });
  await person.page.getByText("You looked after somebody in danger.").click();
  await person.page.locator("main .card a").first().click();
  await person.type("What was hard?", "Not knowing for an hour.");
  await person.page.getByLabel("They may read it, and I would like to talk with somebody").check();
  await isFine(person);
  await person.press("Save");
  await host.visit("/debriefs");
  await host.page.getByText("Not knowing for an hour.").waitFor();
  await isFine(host);
  await host.press("We have talked");
  await person.visit("/me/debriefs");
  await person.page.getByText("Somebody has talked with you.").waitFor();
}
