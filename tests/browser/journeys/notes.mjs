// Somebody says beforehand what may be hard to read, and each reader has it their way: folded, open, or kept away. Whoever
// looks after the group says it for others.
import assert from "node:assert/strict";
import { password } from "../../process/client.mjs";
import { makeCommunity } from "../lib/community.mjs";
import { comeIn } from "../lib/steps.mjs";

export const name = "notes";

const hard = "I counted the pills again.";

export async function run(t) {
  await t.startKith();
  const { group, thread } = await makeCommunity(t.base, { posts: 3 });
  const maple = await t.person("Maple");
  await comeIn(maple, group);
  await maple.visit(`/threads/${thread}`);
  await writeWithNote(maple);

  const otter = await t.person("Otter");
  await otter.signIn("Otter", password);
  for (const [choice, check] of [["Fold it away, I can open it", isFolded], ["Show it openly", isOpen], ["Keep it from me", isKeptAway]]) {
    await choose(otter, "Medication", choice);
    await otter.visit(`/threads/${thread}`);
    await check(otter.page.locator("#p4"));
  }
  await arrivesKeptAway(maple, otter);
  await saidByTheHost(t, maple, otter, thread);
}

async function writeWithNote(person) {
  await person.page.getByText("Add a content note").click();
  await person.tick("Medication");
  await person.type("Your words", hard);
  await person.page.locator(".draft-status p.meta").waitFor();
  await person.page.reload();
  await person.page.waitForFunction((words) => document.querySelector("#text").value === words, hard);
  assert.equal(await person.field("Medication").isChecked(), true, "a draft keeps what is ticked");
  await person.press("Send my reply");
  await person.page.getByText("Content note: Medication. Show the post").waitFor();
}

async function choose(person, note, choice) {
  await person.visit("/me/content-notes");
  await person.page.getByLabel(note).selectOption(choice);
  await person.press("Save");
}

async function isFolded(post) {
  await post.getByText("Content note: Medication. Show the post").waitFor();
  assert.equal(await post.getByText(hard).isVisible(), false);
  await post.getByText("Show the post").click();
  await post.getByText(hard).waitFor();
}

async function isOpen(post) {
  await post.getByText(hard).waitFor();
  assert.equal(await post.getByText("Show the post").isVisible(), false);
  await post.getByText("Content note: Medication", { exact: true }).waitFor();
}

async function isKeptAway(post) {
  await post.getByText("This post is kept from you, as you chose.").waitFor();
  assert.equal(await post.getByText(hard).isVisible(), false);
  assert.equal(await post.getByText("Medication").filter({ visible: true }).count(), 0, "not even what it is about");
}

// Also while the page is open.
async function arrivesKeptAway(writer, reader) {
  await writer.page.getByText("Add a content note").click();
  await writer.tick("Medication");
  await writer.reply("More about pills.");
  const post = reader.page.locator("#p5");
  await post.getByText("This post is kept from you, as you chose.").waitFor();
  assert.equal(await post.getByText("More about pills.").isVisible(), false);
}

async function saidByTheHost(t, writer, reader, thread) {
  await writer.reply("A long night.");
  const post = reader.page.locator("#p6");
  await post.getByText("A long night.").waitFor();
  const host = await t.person("Oz");
  await host.signIn("Oz", password);
  await host.visit(`/threads/${thread}`);
  await host.page.locator("#p6").getByRole("link", { name: "More" }).click();
  await host.follow("Add a content note as moderator");
  await host.tick("Feeling hopeless");
  await host.press("Save");
  await post.getByText("Content note: Feeling hopeless. Show the post").waitFor();
  await writer.visit("/notices");
  await writer.page.getByText("A content note was put on a post of yours.").waitFor();
}
