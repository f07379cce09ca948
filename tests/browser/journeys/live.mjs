// Pages that are open hear what happens: news for the reader, posts in a group, a thread that closes. Nothing moves,
// and nothing counts as read that nobody has looked at.
import assert from "node:assert/strict";
import { makeCommunity, write } from "../lib/community.mjs";
import { comeIn } from "../lib/steps.mjs";

export const name = "live";

export async function run(t) {
  await t.startKith();
  const { host, otter, group, thread } = await makeCommunity(t.base, { posts: 3 });
  const maple = await t.person("Maple");
  await comeIn(maple, group);

  await hearOfNotices(maple, otter, thread);
  await hearOfPosts(maple, otter, { group, thread });
  await missNothingWhileLoading(maple, otter, thread);
  await seeItClose(maple, host, thread);
}

async function hearOfNotices(maple, otter, thread) {
  for (const [address, number] of [["/", 4], [`/threads/${thread}`, 5]]) {
    await maple.visit("/notices");
    const seen = maple.button("I have seen them all");
    if (await seen.count()) await seen.click();
    await maple.visit(address);
    await maple.link("Notices").waitFor();
    await maple.markPage();
    await write(otter, thread, `Post ${number}, for @Maple too.`);
    await maple.link("New notices").waitFor();
    await maple.page.getByRole("status").filter({ hasText: "New notices" }).waitFor({ state: "attached" });
    await maple.assertSamePage();
  }
}

async function hearOfPosts(maple, otter, { group, thread }) {
  await maple.visit(`/groups/${group}`);
  await maple.markPage();
  await write(otter, thread, "Something new.");
  const bar = maple.page.getByRole("status").getByRole("link", { name: "New posts here. Show them", exact: true });
  await bar.waitFor();
  await maple.assertSamePage();
  await bar.click();
  await maple.page.locator(`#t${thread} .unread-word`).filter({ visible: true }).waitFor();
}

// What is posted after the page was made and before its stream is open is announced all the same. The stream waits
// for that post here.
async function missNothingWhileLoading(maple, otter, thread) {
  let posted;
  await maple.page.route("**/events?*", async (route) => {
    posted ??= write(otter, thread, "In between.");
    await posted;
    await route.continue();
  });
  await maple.visit(`/threads/${thread}`);
  await maple.post("In between.");
  await maple.page.unroute("**/events?*");
}

// The box goes, unless somebody is writing in it.
async function seeItClose(maple, host, thread) {
  const closing = (undo) => host.post(`/threads/${thread}/closing`, undo ? { undo: "yes" } : {});
  const closed = maple.page.getByText("This thread is closed.");
  const box = maple.page.locator("#reply-box");
  await closing(false);
  await closed.waitFor();
  await box.waitFor({ state: "hidden" });
  await closing(true);
  await closed.waitFor({ state: "detached" });
  await maple.type("Your words", "I was about to say");
  await closing(false);
  await closed.waitFor();
  assert.equal(await maple.field("Your words").inputValue(), "I was about to say");
  assert.ok(await box.isVisible());
}
