// What somebody writes is kept while they write: over a new visit, beside a second window, without a network, past the
// end of a session, and without scripts; and nothing of it in the browser.
import assert from "node:assert/strict";
import { password } from "../../process/client.mjs";
import { makeCommunity, write } from "../lib/community.mjs";
import { checkWidth, phone } from "../lib/page_checks.mjs";
import { comeIn } from "../lib/steps.mjs";

export const name = "drafts";

const saved = /^Saved \d\d:\d\d$/;

export async function run(t) {
  await t.startKith();
  const { group, thread, otter } = await makeCommunity(t.base, { posts: 3 });
  const maple = await t.person("Maple", { viewport: phone });
  await comeIn(maple, group);
  // Answers to scripts that the browser reports.
  maple.seen.expected.push(/status of (401|422)/, /ERR_INTERNET_DISCONNECTED/);
  await comesBackTo(maple, thread);
  await writesInTwoWindows(maple, thread);
  await sendsWhileSaving(maple, thread);
  await losesTheNetwork(maple);
  await signsInOnThePage(maple, otter, thread);
  await leavesNothingBehind(maple);
  const rowan = await t.person("Rowan", { javaScriptEnabled: false, viewport: phone });
  await comeIn(rowan, group);
  await savesForLater(rowan, thread);
}

const isKept = (page) => page.getByText(saved).waitFor();

async function comesBackTo(maple, thread) {
  await maple.visit(`/threads/${thread}`);
  await maple.type("Your words", "I could not sleep, and");
  await isKept(maple.page);
  await maple.page.getByText("Add a content note").click();
  await maple.type("Something else, in a few words", "sleep");
  await maple.page.waitForResponse((response) => response.url().includes("/drafts/") && response.ok());
  await maple.visit("/");
  await maple.follow("You have begun to write something. It is kept for you.");
  await maple.reads("What I have begun to write");
  await maple.page.getByText("I could not sleep, and").waitFor();
  assert.deepEqual(await checkWidth(maple.page), []);
  await maple.visit(`/threads/${thread}`);
  await isKept(maple.page);
  assert.equal(await maple.field("Your words").inputValue(), "I could not sleep, and");
  assert.equal(await maple.page.locator("#note").inputValue(), "sleep");
  assert.equal(await maple.page.locator("#draft-note").count(), 0);
}

async function writesInTwoWindows(maple, thread) {
  const second = await maple.context.newPage();
  await second.goto(`/threads/${thread}/posts/new`);
  assert.equal(await second.locator("#text").inputValue(), "I could not sleep, and");
  await second.locator("#text").fill("From the second window.");
  await isKept(second);

  await maple.type("Your words", "From the first window.");
  await maple.page.getByText("You also wrote here in another window or on another device.").waitFor();
  await maple.page.locator(".draft-status blockquote").filter({ hasText: "From the second window." }).waitFor();
  assert.deepEqual(await checkWidth(maple.page), []);
  await maple.press("Keep the words I wrote here");
  await isKept(maple.page);

  await second.locator("#text").fill("From the second window, more.");
  await second.getByRole("button", { name: "Keep the words I wrote there" }).click();
  assert.equal(await second.locator("#text").inputValue(), "From the first window.");
  await second.close();
}

// On a slow line the form is sent before the last saving is answered; what was sent is no draft.
async function sendsWhileSaving(maple, thread) {
  const line = await maple.context.newCDPSession(maple.page);
  const slow = { offline: false, latency: 1200, downloadThroughput: -1, uploadThroughput: -1 };
  await line.send("Network.emulateNetworkConditions", slow);
  const saving = maple.page.waitForRequest((request) => request.url().includes("/drafts/"));
  await maple.type("Your words", "Sent on a slow line.");
  await saving;
  await maple.press("Send my reply");
  await maple.post("Sent on a slow line.");
  await line.send("Network.emulateNetworkConditions", { ...slow, latency: 0 });
  await maple.visit("/me/drafts");
  await maple.page.getByText("Nothing. While you write,").waitFor();
  await maple.visit(`/threads/${thread}`);
}

async function losesTheNetwork(maple) {
  await maple.context.setOffline(true);
  await maple.type("Your words", "Written in a tunnel.");
  await maple.page.getByText("Not saved yet. Your words are still here. We keep trying.").waitFor();
  await maple.context.setOffline(false);
  await isKept(maple.page);
}

async function signsInOnThePage(maple, otter, thread) {
  const other = await maple.context.newPage();
  await other.goto("/me");
  await other.getByText("Menu", { exact: true }).click();
  await other.getByRole("button", { name: "Sign out", exact: true }).click();
  await other.getByRole("link", { name: "Sign in", exact: true }).first().waitFor();
  await other.close();

  await maple.markPage();
  await maple.type("Your words", "Written in a tunnel, and sent in the sun.");
  await maple.page.getByText("You have been signed out. Your words are still here.").waitFor();
  await maple.page.getByText("Sign in again as Maple").waitFor();
  assert.deepEqual(await checkWidth(maple.page), []);
  await maple.type("Password", "not my password");
  await maple.press("Sign in");
  await maple.page.getByText("That name and password do not go together.").waitFor();
  await maple.type("Password", password);
  await maple.press("Sign in");
  await isKept(maple.page);
  await write(otter, thread, "While you were away.");
  await maple.button("Show 1 new post").waitFor();
  await maple.assertSamePage();
  await maple.press("Send my reply");
  await maple.isAt(new RegExp(`^/threads/${thread}#p\\d+$`));
  assert.equal(await maple.page.locator("article.post").filter({ hasText: "sent in the sun" }).count(), 1);
  await maple.visit("/me/drafts");
  await maple.page.getByText("Nothing. While you write, your words are saved here until you send them.").waitFor();
}

async function leavesNothingBehind(maple) {
  const stored = await maple.page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
  }));
  assert.deepEqual(stored, { local: 0, session: 0, databases: 0 });
}

async function savesForLater(rowan, thread) {
  await rowan.visit(`/threads/${thread}`);
  await rowan.type("Your words", "Without scripts.");
  await rowan.press("Save for later");
  await rowan.reads("What I have begun to write");
  await rowan.visit(`/threads/${thread}`);
  await rowan.page.getByText("You have begun a reply. It is kept for you.").waitFor();
  await rowan.type("Your words", "Other words.");
  await rowan.press("Save for later");
  await rowan.reads("Which words shall stay?");
  assert.equal(await rowan.field("What you wrote there").inputValue(), "Without scripts.");
  await rowan.press("Keep the words I wrote here");
  await rowan.follow("Go on writing");
  assert.equal(await rowan.field("Your words").inputValue(), "Other words.");
  await rowan.press("Send my reply");
  await rowan.post("Other words.");
  await rowan.visit("/me/drafts");
  await rowan.page.getByText("Nothing. While you write,").waitFor();
}
