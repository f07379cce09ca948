// The whole journey without a mouse.
import assert from "node:assert/strict";
import { makeCommunity, words_of, write } from "../lib/community.mjs";
import { eventually } from "../lib/eventually.mjs";
import { comeIn, readThread, returnToUnread } from "../lib/steps.mjs";

export const name = "keyboard";

export async function run(t) {
  await t.startKith();
  const { otter, group, thread } = await makeCommunity(t.base);
  const maple = await t.person("Maple", { keyboard: true });
  await skipToTheText(maple);
  await useTheMenu(maple);
  await comeIn(maple, group);
  await readThread(maple, thread);
  await walkThePosts(maple, thread);
  await replyTo(maple, 22);
  await beAnswered(maple, otter, thread);
  await giveSupport(maple);

  await maple.visit("/groups");
  await write(otter, thread, words_of(25));
  await returnToUnread(maple, thread, 25);
  await turnShortCutsOff(maple, thread);
}

async function skipToTheText(maple) {
  await maple.visit("/");
  await maple.page.keyboard.press("Tab");
  await maple.isFocused(maple.link("To the text"), "the first skip link");
  await maple.sees(maple.link("To the text"), "the first skip link");
  await maple.page.keyboard.press("Enter");
  await maple.isFocused(maple.page.locator("main"), "the text");
}

async function useTheMenu(maple) {
  const menu = maple.page.locator("details.menu > summary");
  const inside = maple.page.locator(".menu-body").getByRole("link", { name: "Reading comfort" });
  await maple.hand.press(menu);
  await inside.waitFor();
  await maple.hand.goTo(inside);
  await maple.page.keyboard.press("Escape");
  await inside.waitFor({ state: "hidden" });
  await maple.isFocused(menu, "the menu");
}

async function walkThePosts(maple, thread) {
  await maple.visit(`/threads/${thread}?page=2`);
  const at = (number) => maple.isFocused(maple.page.locator(`#p${number}`), `post ${number}`);
  await maple.page.keyboard.press("j");
  await at(21);
  await maple.page.keyboard.press("j");
  await at(22);
  await maple.page.keyboard.press("k");
  await at(21);
  await maple.page.keyboard.press("j");
  await at(22);
}

// Neither letters nor Shift mean anything then (WCAG 2.1.4).
async function turnShortCutsOff(maple, thread) {
  await maple.visit("/comfort");
  await maple.page.locator("input[name=keys][value=off]").check();
  await maple.press("Save");
  await maple.page.locator("html:not([data-keys])").waitFor();
  await maple.visit(`/threads/${thread}?page=2`);
  await maple.markPage();
  for (const key of ["j", "r", "?", "Shift", "Shift", "Shift"]) await maple.page.keyboard.press(key);
  await maple.isFocused(maple.page.locator("body"), "nothing");
  await maple.assertSamePage();
  assert.deepEqual(maple.seen.outside, []);
}

// From the post the keyboard is at.
async function replyTo(maple, number) {
  await maple.page.keyboard.press("r");
  await maple.isFocused(maple.field("Your words"), "the reply");
  await maple.page.locator(".replying").filter({ hasText: `Post ${number}, Otter` }).waitFor();
  await maple.page.keyboard.type("Hello from the keyboard, j and k.");
  await maple.press("Send my reply");
  const post = await maple.post("Hello from the keyboard, j and k.");
  await post.getByRole("link", { name: `in reply to post ${number}` }).waitFor();
}

async function beAnswered(maple, otter, thread) {
  await maple.markPage();
  await write(otter, thread, "Keyboards are fine here.");
  const answer = await maple.post("Keyboards are fine here.");
  await maple.hand.press(maple.button("Show 1 new post"));
  await maple.isFocused(answer, "the new post");
  await maple.assertSamePage();
}

// Focus stays on the button although the post was made anew around it.
async function giveSupport(maple) {
  const post = maple.page.locator("#p24");
  await maple.hand.press(post.getByRole("button", { name: "Thank you", exact: true }));
  await post.locator(".mine-thank-you").filter({ visible: true }).waitFor();
  await eventually("focus is still on the button", () =>
    maple.page.evaluate(() => document.activeElement.textContent.trim() === "Thank you · sent"),
  );
  await maple.assertSamePage();
  assert.equal(await post.getByRole("button", { name: "Take back" }).isVisible(), true);
}
