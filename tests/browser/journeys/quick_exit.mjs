// Leaving in a hurry, by the link and by Shift three times: elsewhere at once, and nothing stays behind.
import assert from "node:assert/strict";
import { signUp } from "../../process/client.mjs";
import { makeCommunity } from "../lib/community.mjs";
import { eventually } from "../lib/eventually.mjs";

export const name = "quick-exit";

export async function run(t) {
  await t.startKith();
  const { thread } = await makeCommunity(t.base, { posts: 3 });
  await signUp(t.base, "Maple");

  const ways = {
    "by the link": { leave: (person) => person.page.locator(".quick-exit").click() },
    "by Shift three times": { leave: shiftThreeTimes },
    "by the keyboard": { leave: (person) => person.follow("Leave this site"), keyboard: true },
    "without scripts": { leave: (person) => person.page.locator(".quick-exit").click(), javaScriptEnabled: false },
  };
  for (const [way, { leave, ...settings }] of Object.entries(ways)) {
    const maple = await t.person("Maple", settings);
    await maple.signIn();
    await maple.visit(`/threads/${thread}`);
    await leave(maple);
    const target = await isGone(maple, way);
    await isSignedOut(maple, thread);
    await maple.context.close();
    assert.deepEqual([...new Set(maple.seen.outside)], [target], `nowhere else, ${way}`);
    maple.seen.outside.length = 0;
  }
}

async function shiftThreeTimes(person) {
  await person.page.keyboard.press("Shift");
  await person.page.keyboard.press("Shift");
  await person.page.keyboard.press("a");
  await person.page.keyboard.press("Shift");
  await person.page.keyboard.press("Shift");
  await person.visit(person.page.url());
  await person.page.keyboard.press("Shift");
  await person.page.keyboard.press("Shift");
  assert.deepEqual(person.seen.outside, [], "Shift twice is not enough");
  await person.page.keyboard.press("Shift");
}

// Nothing but localhost can be reached from here: the way out is seen by what was asked for. Returns it.
async function isGone(person, way) {
  const [target] = await eventually(`another site, ${way}`, () => person.seen.outside.length && person.seen.outside);
  assert.match(target, /^https:\/\//, way);
  assert.deepEqual(await person.context.cookies(person.base), [], `cookies are gone, ${way}`);
  return target;
}

// The next page of this browser is a guest's, and going back does not show the thread.
async function isSignedOut(person, thread) {
  const page = await person.context.newPage();
  await page.goto(`${person.base}/me`);
  assert.equal(new URL(page.url()).pathname, "/sign-in");
  await page.goto(`${person.base}/threads/${thread}`);
  assert.equal(await page.getByRole("link", { name: "Sign in", exact: true }).count(), 1);
  await page.close();
}
