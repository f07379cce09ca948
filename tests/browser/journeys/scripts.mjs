// The whole journey: find a group, join, read, reply, be answered live, give support, quote, come back to what is new.
import assert from "node:assert/strict";
import { long_thread, makeCommunity, words_of, write } from "../lib/community.mjs";
import { eventually } from "../lib/eventually.mjs";
import { comeIn, readThread, returnToUnread } from "../lib/steps.mjs";

export const name = "scripts";

export async function run(t) {
  await t.startKith();
  const { otter, group, thread } = await makeCommunity(t.base);
  const maple = await t.person("Maple");
  await comeIn(maple, group);
  await readThread(maple, thread);
  await (await maple.reply("Hello from a new one.")).and(maple.page.locator("#p23")).waitFor();

  await beAnswered(t, maple, thread);
  await giveSupport(maple);
  await quote(maple, thread);
  await quoteMarks(maple, otter, thread);

  await maple.visit("/groups");
  await write(otter, thread, words_of(27));
  await write(otter, thread, words_of(28));
  await returnToUnread(maple, thread, 27);
  await skipToUnread(maple, thread, otter);
}

// The answer comes by itself, is announced, and the announcement leads to it.
async function beAnswered(t, maple, thread) {
  await maple.markPage();
  const otter = await t.person("Otter");
  await otter.signIn();
  await otter.visit(`/threads/${thread}?page=2`);
  await otter.reply("Welcome! We are glad you found us.");

  const answer = await maple.post("Welcome! We are glad you found us.");
  const status = maple.page.getByRole("status");
  const show = status.getByRole("button", { name: "Show 1 new post", exact: true });
  await maple.hand.press(show);
  await maple.isFocused(answer, "the new post");
  await show.waitFor({ state: "detached" });
  await maple.assertSamePage();
}

async function giveSupport(maple) {
  const post = maple.page.locator("#p24");
  await post.getByRole("button", { name: "With you", exact: true }).click();
  await post.locator(".mine-with-you").filter({ visible: true }).waitFor();
  await post.getByRole("button", { name: "Take back", exact: true }).click();
  await post.locator(".mine-with-you").waitFor({ state: "hidden" });
  await maple.assertSamePage();
}

// Another post than the one with the support: that one may be freshened once more, which ends a selection in it.
async function quote(maple, thread) {
  const post = maple.page.locator("#p22");
  await post.locator(".text p").first().evaluate((paragraph) => getSelection().selectAllChildren(paragraph));
  await post.getByRole("button", { name: "Quote", exact: true }).click();
  const text = maple.field("Your words");
  const link = `\\[Post 22, Otter\\]\\(/threads/${thread}\\?page=2#p22\\)`;
  assert.match(await text.inputValue(), new RegExp(`^> ${link}:\\n>\\n> Words of post 22\\..*\\n\\n$`));
  await maple.page.locator(".replying").filter({ hasText: "Post 22, Otter" }).waitFor();
  await text.press("Control+End");
  await text.pressSequentially("That was mine too.");
  await maple.press("Send my reply");
  const reply = await maple.post("That was mine too.");
  await reply.locator("blockquote").filter({ hasText: "Words of post 22." }).waitFor();
  await reply.getByRole("link", { name: "in reply to post 22" }).waitFor();
}

// Signs stay signs, nobody is told again, hidden words stay hidden, and the first post quoted is the one answered.
async function quoteMarks(maple, otter, thread) {
  await write(otter, thread, "1\\. A \\*star\\* for @Maple, ||but *not* now||");
  await maple.visit(`/threads/${thread}?page=2`);
  const text = maple.field("Your words");
  for (const number of [26, 22]) {
    const post = maple.page.locator(`#p${number}`);
    await post.locator(".text p").first().evaluate((paragraph) => getSelection().selectAllChildren(paragraph));
    await post.getByRole("button", { name: "Quote", exact: true }).click();
  }
  const typed = await text.inputValue();
  assert.ok(typed.includes("> 1\\. A \\*star\\* for \\@Maple, ||but not now||\n"), typed);
  await maple.page.locator(".replying").filter({ hasText: "Post 26, Otter" }).waitFor();
  await text.fill("");
}

// The skip link that leads to the first unread post of the page.
async function skipToUnread(maple, thread, otter) {
  await maple.visit("/groups");
  await write(otter, thread, words_of(29));
  await maple.visit(`/threads/${thread}?page=2`);
  await maple.reads(long_thread);
  const skip = maple.link("First unread");
  assert.equal(await skip.getAttribute("href"), "#p29");
  await skip.focus();
  await maple.page.keyboard.press("Enter");
  await eventually("focus on post 29", () => maple.page.evaluate(() => document.activeElement.id === "p29"));
}
