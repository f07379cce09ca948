// Words that were typed before somebody signed out in another tab arrive after all, and once; also after the server
// was away.
import assert from "node:assert/strict";
import { password } from "../../process/client.mjs";
import { makeCommunity } from "../lib/community.mjs";
import { comeIn } from "../lib/steps.mjs";

export const name = "kept-words";

const words = "All in one go,\nand not to be written twice.";

export async function run(t) {
  await t.startKith();
  const { group, thread } = await makeCommunity(t.base, { posts: 3 });
  for (const javaScriptEnabled of [true, false]) {
    const person = await t.person(javaScriptEnabled ? "Maple" : "Rowan", { javaScriptEnabled });
    person.seen.expected.push(/status of 401/); // of a saving, while nobody is signed in
    await comeIn(person, group);
    await signOutMeanwhile(person, thread);
    await signInMeanwhile(person);
    await sendOnceMore(person, thread);
  }
}

async function signOutMeanwhile(person, thread) {
  await person.visit(`/threads/${thread}`);
  await person.type("Your words", words);
  const other = await person.context.newPage();
  await other.goto("/me");
  await other.getByText("Menu", { exact: true }).click();
  await other.getByRole("button", { name: "Sign out", exact: true }).click();
  await other.getByRole("link", { name: "Sign in", exact: true }).first().waitFor();
  await other.close();

  await person.press("Send my reply");
  await person.reads("Please sign in");
  assert.equal(await person.field("Your words").inputValue(), words);
}

async function signInMeanwhile(person) {
  const opened = person.context.waitForEvent("page");
  await person.follow("Sign in (in a new tab)");
  const other = await opened;
  await other.getByLabel("Name", { exact: true }).fill(person.name);
  await other.getByLabel("Password", { exact: true }).fill(password);
  await other.getByRole("button", { name: "Sign in", exact: true }).click();
  await other.waitForURL((url) => url.pathname === "/");
  await other.close();
}

async function sendOnceMore(person, thread) {
  await person.press("Send again");
  await person.reads("Please send this once more");
  assert.equal(await person.field("Your words").inputValue(), words);
  await person.press("Send again");
  await person.isAt(new RegExp(`^/threads/${thread}#p\\d+$`));
  const posts = person.page.locator("article.post").filter({ hasText: "not to be written twice" });
  const own = posts.filter({ hasText: person.name });
  assert.equal(await own.count(), 1);
}
