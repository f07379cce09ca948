// Without a network: numbers for urgent help, words that are still there and arrive once; and nothing private is kept.
import assert from "node:assert/strict";
import { makeCommunity, words_of, write } from "../lib/community.mjs";
import { eventually } from "../lib/eventually.mjs";
import { isFine, phone } from "../lib/page_checks.mjs";
import { comeIn } from "../lib/steps.mjs";

export const name = "offline";

export async function run(t) {
  await t.startKith();
  const { otter, group, thread } = await makeCommunity(t.base, { posts: 3 });
  await leavesNoWorkerWithVisitors(t);
  const maple = await t.person("Maple", { viewport: phone });
  maple.seen.expected.push(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch|net::/);
  await comeIn(maple, group);
  await isInstalled(maple);
  await countsWhatWasReadBeforeLeaving(maple, otter, thread);
  await readsNumbers(maple, thread);
  await sendsWhatWasUnsent(maple, thread);
  await keepsNothingPrivate(maple);
  await forgetsWithTheSession(maple);
}

async function leavesNoWorkerWithVisitors(t) {
  const visitor = await t.person("Visitor");
  await visitor.visit("/");
  const workers = () => visitor.page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
  assert.equal(await workers(), 0, "somebody who only looks keeps nothing");
}

async function isInstalled(maple) {
  await maple.page.evaluate(() => navigator.serviceWorker.ready);
  const manifest = await maple.page.evaluate(async () => {
    const link = document.querySelector("link[rel=manifest]");
    return (await fetch(link.href)).json();
  });
  assert.equal(manifest.name, "Kith", "a home screen does not name the community");
  await eventually("the worker takes this page", () => maple.page.evaluate(() => !!navigator.serviceWorker.controller));
}

// A page that is left tells at once what was read on it; the worker must not stand in the way.
async function countsWhatWasReadBeforeLeaving(maple, otter, thread) {
  for (let number = 4; number < 10; number++) {
    await maple.visit(`/threads/${thread}`);
    await write(otter, thread, words_of(number));
    await maple.press("Show 1 new post");
    await maple.post(words_of(number));
    await maple.page.waitForTimeout(200); // less than the second after which it counts
    await maple.visit("/groups");
    const unread = `a[href="/threads/${thread}#p${number}"]`;
    await eventually(
      `post ${number} counts as read`,
      async () => {
        await maple.visit("/");
        return (await maple.page.locator(unread).count()) === 0;
      },
      8_000,
    );
  }
}

async function readsNumbers(maple, thread) {
  await maple.visit(`/threads/${thread}`);
  await maple.context.setOffline(true);
  await maple.page.goto(`/groups`);
  await maple.reads("No network just now");
  await maple.page.getByText("Is somebody in danger right now?").waitFor();
  await isFine(maple);
  assert.equal(await maple.page.getByText("Maple").count(), 0);
  await maple.context.setOffline(false);
  await maple.follow("Try again");
  await maple.isAt("/groups");
}

async function sendsWhatWasUnsent(maple, thread) {
  const words = 'A "long" reply,\nwritten <b>underground</b> & not lost.';
  await maple.visit(`/threads/${thread}`);
  await maple.type("Your words", words);
  await maple.context.setOffline(true);
  await maple.page.getByRole("button", { name: "Send my reply", exact: true }).click();
  await maple.reads("Not sent yet");
  assert.equal(await maple.page.locator("textarea[name=text]").inputValue(), words);
  await isFine(maple);
  await maple.press("Try again");
  await maple.reads("Not sent yet");
  assert.equal(await maple.page.locator("textarea[name=text]").inputValue(), words);
  await maple.context.setOffline(false);
  await maple.press("Try again");
  await maple.isAt(new RegExp(`^/threads/${thread}#p\\d+$`));
  assert.equal(await maple.page.locator("article.post").filter({ hasText: "underground" }).count(), 1);
}

// Two pages that are the same for everybody, and their styles.
async function keepsNothingPrivate(maple) {
  const kept = await maple.page.evaluate(async () => {
    const found = {};
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        found[new URL(request.url).pathname] = await (await cache.match(request)).text();
      }
    }
    return found;
  });
  const addresses = Object.keys(kept).map((address) => address.replace(/-[0-9a-f]{10}\./, "."));
  assert.deepEqual(addresses.sort(), ["/assets/app.css", "/offline", "/offline/unsent"]);
  for (const text of Object.values(kept)) assert.doesNotMatch(text, /Maple|underground|form_token|sign-out/);
}

async function forgetsWithTheSession(maple) {
  await maple.page.getByText("Menu", { exact: true }).click();
  await maple.press("Sign out");
  await maple.link("Sign in").waitFor();
  const left = () =>
    maple.page.evaluate(async () => {
      const workers = await navigator.serviceWorker.getRegistrations();
      return workers.length + (await caches.keys()).length;
    });
  await eventually("signing out takes the worker along", async () => (await left()) === 0);
}
