// node tests/process/outsiders.mjs BINARY [ACCOUNTS]: a thousand accounts from twenty networks try to sign up and to post the same
// advert, while people who are here go on talking. Prints what was measured; nothing of it is left to luck but the times.
import assert from "node:assert/strict";
import { Worker } from "node:worker_threads";
import { freshFolder, join, Kith, makeGroup, password, setUp, signUp, startThread, Visitor } from "./client.mjs";

const binary = process.argv[2];
const accounts = Number(process.argv[3] ?? 1000);
const networks = 20;
const honest_people = 5;
const spam =
  "This tea helps against everything, and I sell it to all of you who have been ill for a long time: tea.example/buy";
const kith = new Kith(binary, freshFolder(), ["--log-level", "error", "--trusted-proxies", "127.0.0.1,::1"]);

// A visitor who comes from somewhere else.
class Outsider extends Visitor {
  constructor(base, address) {
    super(base);
    this.address = address;
  }

  request(target, init = {}) {
    return super.request(target, { ...init, headers: { ...init.headers, "x-forwarded-for": this.address } });
  }
}

// The machine of the spammer: it computes beside the rest, or honest people would seem slow.
const solver = new Worker(
  `const crypto = require("node:crypto");
  const { parentPort } = require("node:worker_threads");
  parentPort.on("message", ({ seed, parts, bits }) => {
    const answer = [];
    for (let part = 0; part < parts; part++)
      for (let number = 0; ; number++) {
        const digest = crypto.createHash("sha256").update(seed + ":" + part + ":" + number).digest();
        if (digest.readUInt32BE(0) >>> (32 - bits) !== 0) continue;
        answer.push(number);
        break;
      }
    parentPort.postMessage({ seed, answer: answer.join(".") });
  });`,
  { eval: true },
);
const solved = new Map();
solver.on("message", ({ seed, answer }) => solved.get(seed)(answer));

function solve(seed, parts, bits) {
  return new Promise((resolve) => {
    solved.set(seed, resolve);
    solver.postMessage({ seed, parts, bits });
  });
}

const attribute = (page, name) => new RegExp(`${name}="([^"]*)"`).exec(page)?.[1];

// With the work of a good machine, which a spammer has as well.
async function tryToSignUp(number) {
  const outsider = new Outsider(kith.base, `198.51.${number % networks}.7`);
  const page = await outsider.get("/sign-up");
  const fields = { name: `Seller ${number}`, password };
  const seed = attribute(page.body, "data-seed");
  if (seed) {
    fields.door_token = /name="door_token" value="([^"]+)"/.exec(page.body)[1];
    fields.door_work = await solve(seed, Number(attribute(page.body, "data-parts")), Number(attribute(page.body, "data-bits")));
  }
  const answer = await outsider.post("/sign-up", fields);
  if (answer.status >= 300) return { status: answer.status, worked: Boolean(seed) };
  await outsider.get("/me");
  return { status: answer.status, worked: Boolean(seed), outsider };
}

// A few try more than a new account may.
async function advertise(outsider, group, threads) {
  await join(outsider, group);
  const sent = [];
  for (let i = 0; i < threads; i++)
    sent.push(await outsider.post(`/groups/${group}/threads`, { title: `Tea ${i}`, text: spam, form_key: `${i}` }));
  return sent.map((one) => one.status);
}

async function seen(reader, group) {
  let posts = 0;
  for (let page = 1; ; page++) {
    const list = await reader.get(`/groups/${group}?page=${page}`);
    if (list.status !== 200) return posts;
    posts += (list.body.match(/>Tea \d</g) ?? []).length;
    if (!list.body.includes(`?page=${page + 1}`)) return posts;
  }
}

// Somebody who talks all the while, with rests as people have them, and how long each post takes.
async function talk(person, thread, times, until) {
  for (let i = 0; i < 30 && !until.over; i++) {
    const began = performance.now();
    const sent = await person.post(`/threads/${thread}/posts`, { text: `I slept ${i} hours.`, form_key: `${i}` });
    if (sent.status !== 303) return sent.body;
    times.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, 8000));
  }
}

async function waitFor(what, seconds, condition) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${what}: not within ${seconds} s\n${kith.output}`);
}

try {
  await kith.start();
  const host = await setUp(kith.base);
  const group = await makeGroup(host, "Nights");
  const honest = [];
  for (let i = 0; i < honest_people; i++) {
    honest.push(await signUp(kith.base, `Honest ${i}`));
    await join(honest[i], group);
  }
  const thread = await startThread(honest[0], group, "Bad nights");
  // As every community has it.
  const usual = { new_days: "3", per_network: "20", per_hour: "300", busy_from: "60", asking: "when_busy", same_words: "3" };
  assert.equal((await host.post("/admin/door", usual)).status, 303);
  const until = { over: false };
  const times = [];
  // They are as new as the outsiders, and the door does not mind them.
  const talking = honest.map((one) => talk(one, thread, times, until).catch((problem) => String(problem)));

  const began = performance.now();
  const tries = [];
  for (let i = 0; i < accounts; i += 20)
    tries.push(...(await Promise.all(Array.from({ length: 20 }, (_, j) => tryToSignUp(i + j)))));
  const signing_up_s = (performance.now() - began) / 1000;
  console.error(`signed up: ${signing_up_s.toFixed(0)} s`);
  const inside = tries.filter((one) => one.outsider).map((one) => one.outsider);
  const refused = tries.filter((one) => one.status === 429).length;
  assert.equal(inside.length + refused, accounts);
  assert.ok(inside.length <= 300, `${inside.length} came in`);
  const worked = tries.filter((one) => one.worked).length;
  assert.ok(worked > Math.min(accounts, 300) - 120, `${worked} devices worked`);

  const posted = [];
  for (let i = 0; i < inside.length; i += 20)
    posted.push(...(await Promise.all(inside.slice(i, i + 20).map((one, j) => advertise(one, group, i + j < 10 ? 7 : 2)))).flat());
  const accepted = posted.filter((status) => status === 303).length;
  assert.equal(posted.length - accepted, 20, "a new account begins five threads in a day");
  console.error(`posted: ${((performance.now() - began) / 1000).toFixed(0)} s`);
  const visible = await seen(honest[2], group);
  assert.ok(visible <= 5, `${visible} can be seen before anybody has looked`);

  // The host sees one thing, decides once, and can undo it.
  const door = await host.get("/admin/door");
  const one = [...door.body.matchAll(/href="(\/admin\/door\/floods\/\d+)">The same words/g)].map((found) => found[1]);
  assert.equal(one.length, 1, door.body);
  await host.get(one[0]);
  const decided = performance.now();
  assert.equal((await host.post(one[0], { do: "stop", words: "No adverts, please." })).status, 303);
  const state = async () =>
    (await host.request(one[0], { headers: { accept: "application/json" } })).json();
  await waitFor("the decision", 240, async () => (await state()).waiting === 0);
  const carried_out_s = (performance.now() - decided) / 1000;
  assert.equal(await seen(honest[2], group), 0);
  const barred = await inside[0].post(`/groups/${group}/threads`, { title: "Again", text: spam, form_key: "again" });
  assert.notEqual(barred.status, 303);

  until.over = true;
  assert.deepEqual((await Promise.all(talking)).filter(Boolean), [], "honest people were kept from posting");
  const page = await honest[3].get(`/threads/${thread}`);
  assert.equal(page.status, 200);
  assert.match(page.body, /I slept 1 hours/);
  times.sort((a, b) => a - b);
  console.log(
    JSON.stringify({
      tried: accounts, networks, signed_up: inside.length, turned_away: refused, devices_worked: worked, signing_up_s: signing_up_s.toFixed(1),
      posts_sent: posted.length, posts_accepted: accepted, posts_seen_before_a_decision: visible,
      decisions_of_the_host: 1, carried_out_s: carried_out_s.toFixed(1), posts_seen_after: 0,
      honest_posts: times.length, honest_median_ms: times[times.length >> 1].toFixed(0), honest_slowest_ms: times.at(-1).toFixed(0),
    }, null, 1),
  );
} finally {
  await solver.terminate();
  await kith.stop();
}
