// The whole journey with JavaScript off, and back in with a recovery code.
import assert from "node:assert/strict";
import { password } from "../../process/client.mjs";
import { makeCommunity, words_of, write } from "../lib/community.mjs";
import { comeIn, readThread, returnToUnread } from "../lib/steps.mjs";

export const name = "no-scripts";

export async function run(t) {
  await t.startKith();
  const { otter, group, thread } = await makeCommunity(t.base);
  await chooseCountry(await t.person("Whoever needs help", { javaScriptEnabled: false }));
  const maple = await t.person("Maple", { javaScriptEnabled: false });
  const codes = await comeIn(maple, group);
  await readThread(maple, thread);
  await maple.reply("Hello without scripts.");
  await maple.isAt(`/threads/${thread}?page=2#p23`);

  await write(otter, thread, "Welcome all the same.");
  await maple.page.reload();
  await maple.post("Welcome all the same.");

  await giveSupport(maple, thread);
  await replyTo(maple, thread);

  await maple.visit("/groups");
  await write(otter, thread, words_of(26));
  await returnToUnread(maple, thread, 26);
  await openHiddenText(maple, otter, thread);
  await comeBackWithCode(maple, codes[0]);
}

// Without an account, once: its numbers come first, and the others are a tap away.
async function chooseCountry(guest) {
  await guest.visit("/help-now");
  await guest.page.getByLabel("Which country are you in?").selectOption("Ireland");
  await guest.press("Show its numbers first");
  await guest.isAt("/help-now");
  const calls = guest.page.getByRole("link", { name: /^(Call|Text) / }).filter({ visible: true });
  assert.deepEqual(await calls.evaluateAll((links) => links.map(({ href }) => href)), ["tel:0209100123", "tel:112"]);
  await guest.page.getByText("Help in other countries").click();
  await guest.page.getByRole("link", { name: "Text 85258 (Lantern)" }).filter({ visible: true }).waitFor();
}

async function giveSupport(maple, thread) {
  const post = maple.page.locator("#p24");
  await post.getByRole("button", { name: "Gentle hug", exact: true }).click();
  await maple.isAt(`/threads/${thread}?page=2#p24`);
  await post.locator(".mine-hug").filter({ visible: true }).waitFor();
  await post.getByRole("button", { name: "Take back", exact: true }).click();
  await post.locator(".mine-hug").waitFor({ state: "hidden" });
}

// On a page of its own, with the words it answers. What was typed survives a mistake.
async function replyTo(maple, thread) {
  await maple.page.locator("#p24 a.reply-to").click();
  await maple.reads("Write a reply");
  await maple.page.locator("blockquote").filter({ hasText: "Welcome all the same." }).waitFor();
  await maple.press("Send my reply");
  await maple.page.getByRole("alert").waitFor();
  await maple.reply("Thank you all.");
  await maple.isAt(`/threads/${thread}?page=2#p25`);
  await maple.page.locator("#p25").getByRole("link", { name: "in reply to post 24" }).waitFor();
}

// Hidden until somebody points at it or tabs to it; then its link can be reached, too.
async function openHiddenText(maple, otter, thread) {
  await write(otter, thread, "Careful: ||the end of [the film](/about) is sad|| that was it.\n\n>! and long");
  await maple.visit(`/threads/${thread}?page=2`);
  const post = maple.page.locator("#p27");
  const inline = post.locator("span.spoiler");
  const inside = inline.locator("> span");
  const isHidden = async () => {
    for (const part of [inside, inside.locator("a")])
      assert.equal(await part.evaluate((element) => getComputedStyle(element).visibility), "hidden");
  };
  await maple.page.mouse.move(0, 0);
  assert.match(await inline.innerText(), /^Hidden text/);
  for (const media of [{ media: "screen" }, { media: "print" }, { media: "screen", forcedColors: "active" }]) {
    await maple.page.emulateMedia(media);
    await isHidden();
  }
  await maple.page.emulateMedia({ media: "screen", forcedColors: "none" });
  await inline.hover();
  await inside.filter({ visible: true }).waitFor();
  await maple.page.mouse.move(0, 0);
  await isHidden();
  await inline.focus();
  await inside.filter({ visible: true }).waitFor();
  await maple.page.keyboard.press("Tab");
  assert.equal(await maple.page.evaluate(() => document.activeElement.getAttribute("href")), "/about");
  await inside.filter({ visible: true }).waitFor();

  const long = post.getByText("and long");
  assert.equal(await long.isVisible(), false);
  await post.locator("details.spoiler > summary").filter({ hasText: "Hidden text" }).click();
  await long.waitFor();
}

async function comeBackWithCode(maple, code) {
  await maple.page.locator("details.menu > summary").click();
  await maple.press("Sign out");
  await maple.link("Sign in").waitFor();
  await maple.visit("/sign-in");
  await maple.follow("I cannot get in");
  await maple.type("Name", maple.name);
  await maple.type("Recovery code", code);
  await maple.type("New password", `${password} again`);
  await maple.press("Save the new password and sign in");
  await maple.reads(`Welcome, ${maple.name}`);
}
