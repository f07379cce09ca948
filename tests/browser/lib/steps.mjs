// The parts of the whole journey that are the same with a mouse, a keyboard and without scripts.
import assert from "node:assert/strict";
import { evening, long_thread, words_of } from "./community.mjs";
import { eventually } from "./eventually.mjs";

// From the landing page into the group under a new name. Returns the recovery codes.
export async function comeIn(person, group) {
  await person.visit("/");
  await person.follow("Find a group");
  await person.isAt("/groups");
  await person.type("What is it about?", "evening");
  await person.press("Find groups");
  await person.isAt("/groups?q=evening");
  await person.follow(evening);
  await person.isAt(`/groups/${group}/membership`);
  await person.follow("Choose a name");
  await person.signUp();
  await person.reads("Your recovery codes");
  const codes = await person.page.locator(".codes li").allInnerTexts();
  assert.equal(codes.length, 10);
  await person.follow("I have kept them safe");
  await person.isAt(`/groups/${group}/membership`);
  await person.press("I agree to the rules. Join this group");
  await person.isAt(`/groups/${group}`);
  await person.reads(evening);
  return codes;
}

// Reads the long thread to its end.
export async function readThread(person, thread) {
  await person.follow(long_thread);
  await person.isAt(`/threads/${thread}`);
  await person.reads(long_thread);
  assert.equal(await person.page.locator("article.post").count(), 20);
  await person.follow("Next page");
  await person.isAt(`/threads/${thread}?page=2`);
  await person.post(words_of(22));
}

// After a while away: the start page says what is new and leads to the first unread post.
export async function returnToUnread(person, thread, number) {
  await person.visit("/groups");
  const address = `/threads/${thread}?page=2#p${number}`;
  await eventually("the start page leads to the first unread post", async () => {
    await person.visit("/");
    return (await person.link(long_thread).getAttribute("href", { timeout: 500 })) === address;
  });
  await person.follow(long_thread);
  await person.isAt(address);
  const post = person.page.locator(`#p${number}`);
  await person.sees(post, `post ${number}`);
  await post.locator(".unread-word").filter({ visible: true }).waitFor();
  assert.equal(await person.page.locator(`#p${number - 1} .unread-word`).isVisible(), false);
}
