// Somebody begins a thread anonymously and answers in another, with and without scripts: others read an alias, and the
// author alone sees that it is them.
import assert from "node:assert/strict";
import { password } from "../../process/client.mjs";
import { makeCommunity } from "../lib/community.mjs";
import { comeIn } from "../lib/steps.mjs";

export const name = "veil";

export async function run(t) {
  await t.startKith();
  const { group, thread } = await makeCommunity(t.base, { posts: 3 });
  for (const javaScriptEnabled of [true, false]) {
    const person = await t.person(javaScriptEnabled ? "Maple" : "Rowan", { javaScriptEnabled });
    await comeIn(person, group);
    await beginAnonymously(person, group);
    await answerAnonymously(person, thread);
    await isSeenBySomebodyElse(t, person, thread);
  }
}

async function beginAnonymously(person, group) {
  await person.visit(`/groups/${group}/threads/new`);
  assert.equal(await person.field("My name here").isChecked(), true, "the group lets people choose");
  await person.type("Title", `Quiet fears of ${person.name.length}`);
  await person.type("Your words", "I have told nobody yet.");
  await person.tick("Anonymous in this thread");
  await person.press("Preview");
  assert.equal(await person.field("Anonymous in this thread").isChecked(), true, "a preview keeps the choice");
  await person.page.getByText("Under a made-up name, which you are given").waitFor();
  await person.press("Send my thread");
  const post = await person.post("I have told nobody yet.");
  assert.match(await post.locator("h2").innerText(), /Anonymous \w+ \(you\)/);
  assert.equal(await person.field("Anonymous in this thread").isChecked(), true, "it is proposed again");
}

async function answerAnonymously(person, thread) {
  await person.visit(`/threads/${thread}`);
  assert.equal(await person.field("My name here").isChecked(), true, "each thread has its own choice");
  await person.tick("Anonymous in this thread");
  const post = await person.reply(`Me too, number ${person.name.length}.`);
  assert.match(await post.locator("h2").innerText(), /Anonymous \w+ \(you\)/);
}

async function isSeenBySomebodyElse(t, person, thread) {
  const otter = await t.person("Otter");
  await otter.signIn("Otter", password);
  await otter.visit(`/threads/${thread}`);
  const post = await otter.post(`Me too, number ${person.name.length}.`);
  const heading = await post.locator("h2").innerText();
  assert.match(heading, /Anonymous \w+/);
  assert.doesNotMatch(heading, /\(you\)/);
  assert.equal(await otter.page.getByText(person.name).count(), 0, "nothing on the page says who it is");
}
