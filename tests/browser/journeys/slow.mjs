// How soon there is something to read on a slow phone in a poor network; prints what it measured. Nothing is asserted
// about time: it depends on the machine.
import assert from "node:assert/strict";
import { makeCommunity } from "../lib/community.mjs";
import { phone } from "../lib/page_checks.mjs";
import { comeIn } from "../lib/steps.mjs";

export const name = "slow";
export const only_when_asked = true;

// Chromium's "Slow 3G" (400 ms there and back, 400 kbit/s each way), and a processor four times slower.
const slow_3g = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const slower = 4;
const rounds = 3;

export async function run(t) {
  await t.startKith();
  const { group, thread } = await makeCommunity(t.base, { posts: 20 });
  const maple = await t.person("Maple", { viewport: phone });
  await comeIn(maple, group);
  const line = await maple.context.newCDPSession(maple.page);
  await line.send("Network.emulateNetworkConditions", slow_3g);
  await line.send("Emulation.setCPUThrottlingRate", { rate: slower });
  for (const address of ["/", `/groups/${group}`, `/threads/${thread}`, `/threads/${thread}/posts/new`]) {
    const cold = [];
    const warm = [];
    for (let round = 0; round < rounds; ++round) {
      await line.send("Network.clearBrowserCache");
      cold.push(await firstPaint(maple, address));
      warm.push(await firstPaint(maple, address));
    }
    console.log(`      ${address}: first content after ${middle(cold)} ms, seen before ${middle(warm)} ms`);
  }
}

async function firstPaint(person, address) {
  await person.page.goto("about:blank");
  await person.page.goto(address, { waitUntil: "load" });
  const time = await person.page.evaluate(
    () =>
      new Promise((resolve) => {
        const find = (entries) => entries.find(({ name }) => name === "first-contentful-paint");
        const now = find(performance.getEntriesByType("paint"));
        if (now) return resolve(now.startTime);
        new PerformanceObserver((list) => find(list.getEntries()) && resolve(find(list.getEntries()).startTime)).observe({
          type: "paint",
          buffered: true,
        });
      }),
  );
  assert.ok(time > 0);
  return Math.round(time);
}

function middle(times) {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}
