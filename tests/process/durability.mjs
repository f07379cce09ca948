// node tests/process/durability.mjs BINARY: what was acknowledged survives kill -9; a full disk loses nothing,
// shows a calm page and is over when there is room again; SIGTERM lets the running requests end.
import assert from "node:assert/strict";
import fs from "node:fs";
import { freshFolder, join, Kith, makeGroup, setUp, signUp, startThread } from "./client.mjs";

const binary = process.argv[2];
const folder = freshFolder();
const options = ["--posts-per-minute", "0", "--log-level", "error"];

async function allPosts(visitor, thread) {
  const texts = new Set();
  for (let page = 1; ; ++page) {
    const response = await visitor.request(`/threads/${thread}?page=${page}`, { headers: { accept: "application/json" } });
    if (!response.ok) return texts;
    const body = await response.json();
    for (const post of body.posts) texts.add(/say ([\w-]+)/.exec(post.html)?.[1]);
    if (page >= body.pages) return texts;
  }
}

// Posts until the server is gone; returns what it acknowledged.
async function postUntilGone(kith, visitor, thread, name, until) {
  const acknowledged = [];
  for (let i = 0; Date.now() < until; ++i) {
    const word = `${name}-${i}`;
    const answer = await visitor
      .post(`/threads/${thread}/posts`, { text: `say ${word}`, form_key: word })
      .catch(() => undefined);
    if (!answer) break;
    if (answer.status === 303) acknowledged.push(word);
  }
  return acknowledged;
}

async function killed(kith, people, thread, round) {
  const until = Date.now() + 20_000;
  const writers = people.map((visitor, i) => postUntilGone(kith, visitor, thread, `k${round}-${i}`, until));
  await new Promise((r) => setTimeout(r, 1500));
  await kith.stop("SIGKILL");
  const acknowledged = (await Promise.all(writers)).flat();
  await kith.start();
  for (const visitor of people) visitor.base = kith.base;
  const there = await allPosts(people[0], thread);
  const lost = acknowledged.filter((word) => !there.has(word));
  assert.ok(acknowledged.length > 20, `only ${acknowledged.length} posts were acknowledged`);
  assert.equal(lost.length, 0, `lost after kill -9: ${lost.slice(0, 5)}`);
  console.log(`kill -9, round ${round}: ${acknowledged.length} acknowledged posts, all there`);
}

async function fullDisk(kith, people, thread) {
  await kith.stop();
  const size = fs.statSync(`${folder}/kith.db`).size;
  await kith.start(Math.ceil(size / 512) + 200);
  for (const visitor of people) visitor.base = kith.base;
  const acknowledged = [];
  let calm = 0;
  for (let i = 0; i < 400 && calm < 5; ++i) {
    const word = `full-${i}`;
    const answer = await people[0].post(`/threads/${thread}/posts`, { text: `say ${word} ${"x".repeat(4000)}`, form_key: word });
    if (answer.status === 303) acknowledged.push(word);
    if (answer.status === 503) {
      ++calm;
      assert.match(answer.body, /Nothing that was saved is lost/);
    }
  }
  assert.equal(calm, 5, "the disk was never full");
  assert.equal((await people[0].get(`/threads/${thread}`)).status, 200, "reading goes on");
  await kith.stop();
  await kith.start();
  for (const visitor of people) visitor.base = kith.base;
  const there = await allPosts(people[0], thread);
  assert.equal(acknowledged.filter((word) => !there.has(word)).length, 0, "acknowledged posts are missing");
  const after = await people[0].post(`/threads/${thread}/posts`, { text: "say again", form_key: "again" });
  assert.equal(after.status, 303);
  console.log(`full disk: ${acknowledged.length} acknowledged posts, all there; posting goes on`);
}

async function gracefulStop(kith, people, thread) {
  const sent = people.map((visitor, i) =>
    visitor.post(`/threads/${thread}/posts`, { text: `say last-${i}`, form_key: `last-${i}` }).catch(() => undefined),
  );
  await new Promise((r) => setTimeout(r, 5));
  const { code } = await kith.stop("SIGTERM");
  const acknowledged = (await Promise.all(sent)).flatMap((a, i) => (a?.status === 303 ? [`last-${i}`] : []));
  assert.equal(code, 0, kith.output);
  await kith.start();
  for (const visitor of people) visitor.base = kith.base;
  const there = await allPosts(people[0], thread);
  assert.equal(acknowledged.filter((word) => !there.has(word)).length, 0, "acknowledged posts are missing");
  console.log(`SIGTERM: ${acknowledged.length} of ${people.length} requests were answered, all of them kept`);
}

const kith = new Kith(binary, folder, options);
try {
  await kith.start();
  const host = await setUp(kith.base);
  const group = await makeGroup(host, "The square");
  const people = [];
  for (const name of ["Maple", "Otter", "Pebble", "Heron", "Willow", "Lark"]) {
    const visitor = await signUp(kith.base, name);
    await join(visitor, group);
    people.push(visitor);
  }
  const thread = await startThread(people[0], group, "Long talk");
  await killed(kith, people, thread, 1);
  await killed(kith, people, thread, 2);
  await gracefulStop(kith, people, thread);
  await fullDisk(kith, people, thread);
  console.log("durability: all well");
} catch (problem) {
  console.error(problem, kith.output);
  process.exitCode = 1;
} finally {
  await kith.stop("SIGKILL").catch(() => {});
  fs.rmSync(folder, { recursive: true, force: true });
}
