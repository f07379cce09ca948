// Who leaves a group hears nothing more of it, also on a page that is open; a guest sees what is public only.
import assert from "node:assert/strict";
import { signUp } from "../../process/client.mjs";
import { evening, long_thread, makeCommunity, makeQuietGroup, quiet, write } from "../lib/community.mjs";
import { eventually } from "../lib/eventually.mjs";

export const name = "rights";

export async function run(t) {
  await t.startKith();
  const { host, otter, group, thread } = await makeCommunity(t.base, { posts: 3 });
  const inside = await makeQuietGroup(host, [otter, await signUp(t.base, "Maple")]);

  await leave(t, otter, inside);
  await visitAsGuest(t, { group, thread }, inside);
}

async function leave(t, otter, { group, thread }) {
  const maple = await t.person("Maple");
  await maple.signIn();
  const events = watchStreams(maple.page);
  await maple.visit(`/threads/${thread}`);
  await eventually("the stream is open", () => events.size === 1);
  await write(otter, thread, "Heard by all.");
  await maple.post("Heard by all.");

  const second = await maple.context.newPage();
  await second.goto(`/groups/${group}/membership`);
  await second.getByRole("button", { name: "Leave this group" }).click();
  await second.waitForURL("**/groups");
  await eventually("the stream has ended", () => events.size === 0);

  await write(otter, thread, "Heard by those who stayed.");
  assert.equal((await second.goto(`/threads/${thread}`)).status(), 404);
  assert.equal((await second.goto(`/threads/${thread}/events`)).status(), 404);
  assert.equal(await maple.page.getByText("Heard by those who stayed.").count(), 0);
  assert.equal(events.size, 0);
}

// The requests of event streams of this page that are open.
function watchStreams(page) {
  const open = new Set();
  page.on("response", (response) => {
    const request = response.request();
    if (new URL(request.url()).pathname.endsWith("/events")) open.add(request);
  });
  page.on("requestfinished", (request) => open.delete(request));
  page.on("requestfailed", (request) => open.delete(request));
  return open;
}

async function visitAsGuest(t, open, inside) {
  const guest = await t.person("guest");
  await guest.visit("/groups");
  await guest.link(evening).waitFor();
  await guest.visit(`/groups/${open.group}`);
  await guest.link(long_thread).waitFor();
  await guest.visit(`/threads/${open.thread}`);
  await guest.reads(long_thread);
  assert.equal(await guest.button("With you").count(), 0, "a guest cannot give support");
  assert.equal(await guest.page.locator("textarea").filter({ visible: true }).count(), 0, "a guest cannot write");

  for (const address of [`/groups/${inside.group}`, `/threads/${inside.thread}`, `/threads/${inside.thread}/events`])
    await isClosed(guest, address);
  await guest.visit("/search?q=members");
  assert.equal(await guest.page.getByText("Words for the members alone").count(), 0);
  await guest.visit("/");
  assert.equal(await guest.page.getByText(quiet).count(), 0, "the landing page names no closed group");
}

// Either it is not there or it asks to sign in; in no case it says what is inside.
async function isClosed(guest, address) {
  const answer = await guest.page.goto(address);
  const asks = new URL(answer.url()).pathname === "/sign-in";
  assert.ok(asks || [401, 403, 404].includes(answer.status()), `${address}: ${answer.status()}`);
  assert.equal(await guest.page.getByText("Between us").count(), 0, address);
}
