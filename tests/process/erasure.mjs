// node tests/process/erasure.mjs BINARY: what somebody had erased is in no byte of the data folder any more: neither in
// the database, its free pages and its log, nor in the index of words. What others wrote is.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { freshFolder, join, Kith, makeGroup, password, setUp, signUp, startThread } from "./client.mjs";

const binary = process.argv[2];
const folder = freshFolder();
const kith = new Kith(binary, folder, ["--posts-per-minute", "0", "--log-level", "error"]);

// Made-up words, each the same in every run. They stay whole where only what differs from the word before is kept.
const letters = "bcdfghjklmnpqrstvwxz";
let state = 1;
function madeUp(length) {
  let word = "";
  while (word.length < length) {
    state = (state * 48271) % 2147483647;
    word += letters[state % letters.length];
  }
  return word;
}
const hers = Array.from({ length: 400 }, () => madeUp(16));
const others = Array.from({ length: 400 }, () => madeUp(16));
const name = `Maple${madeUp(8)}`;

async function post(visitor, thread, text) {
  const sent = await visitor.post(`/threads/${thread}/posts`, { text, form_key: text.slice(0, 20) });
  assert.equal(sent.status, 303, sent.body);
}

// All bytes of the folder.
function bytes() {
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  assert.ok(files.some((one) => one.name === "kith.db"));
  return Buffer.concat(files.map((one) => fs.readFileSync(path.join(one.path, one.name))));
}
// The first letters of a word may stand with the word before it in an index.
const left = (words) => {
  const all = bytes();
  return words.filter((word) => all.includes(word.slice(5)));
};

async function eventually(what, condition) {
  for (let i = 0; i < 300; ++i) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${what} never came`);
}

try {
  await kith.start();
  const host = await setUp(kith.base);
  const group = await makeGroup(host, "The square");
  const maple = await signUp(kith.base, name);
  const otter = await signUp(kith.base, "Otter");
  for (const visitor of [maple, otter]) await join(visitor, group);
  const thread = await startThread(otter, group, "Long talk");
  const own = await startThread(maple, group, `About ${hers[0]}`, `It began with ${hers[1]}.`);
  // Long and short ones by turns, so that pages of the database split and merge.
  for (let i = 2; i < 390; ++i) {
    await post(maple, thread, `${hers[i]} ${"was hard. ".repeat((i * 7) % 300)}`);
    if (i % 2) await post(otter, thread, `${others[i]} ${"is soft. ".repeat((i * 11) % 300)}`);
  }
  const changed = await maple.post(`/posts/${own * 2 ** 20 + 1}/editing`, { title: `About ${hers[0]}`, text: `Now it is ${hers[391]}.` });
  assert.equal(changed.status, 303, changed.body);
  const findable = async (word) => (await otter.get(`/search?q=${word}`)).body.includes("/threads/");
  await eventually("the last post in the search", () => findable(hers[389]));
  await maple.post(`/drafts/reply/${thread}`, { text: `Not sent: ${hers[390]}` });

  await kith.stop();
  assert.equal(left(hers).length, 392, "before, all that was written is there: the test looks where it must");
  assert.ok(bytes().includes(name));
  await kith.start();
  for (const visitor of [maple, otter]) visitor.base = kith.base;

  const asked = await maple.post("/me/erasure", { words: "take", current: password });
  assert.equal(asked.status, 303, asked.body);
  await kith.stop();
  // Seven days later, and at once.
  kith.sql("update erasure set due_at_ms = 1");
  kith.sql("update job set due_at_ms = 1 where kind = 'erase'");
  await kith.start();
  otter.base = kith.base;
  await eventually("the erasure", () => kith.sql("select count(*) from erasure") === "0");
  await eventually("the night's work", () => kith.sql("select count(*) from job where kind = 'write_anew'") === "1");
  await kith.stop();
  kith.sql("update job set due_at_ms = 1 where kind = 'write_anew'");
  await kith.start();
  otter.base = kith.base;
  const is_done = "select count(*) from job where kind = 'write_anew' and done_at_ms is not null";
  await eventually("the file written anew", () => kith.sql(is_done) === "1");
  assert.deepEqual(left(hers), [], "erased words are in the files while it runs");
  await kith.stop();

  assert.deepEqual(left(hers), [], "erased words are in the files");
  assert.deepEqual(left([`_____${name}`]), [], "the erased name is in the files");
  const theirs = others.filter((_, i) => i % 2 && i > 2 && i < 390);
  assert.equal(left(theirs).length, theirs.length, "what others wrote stays");
  console.log(`erasure: none of ${hers.length} words in ${(bytes().length / 1e6).toFixed(1)} MB`);
} catch (problem) {
  console.error(problem, kith.output);
  process.exitCode = 1;
} finally {
  await kith.stop("SIGKILL").catch(() => {});
  fs.rmSync(folder, { recursive: true, force: true });
}
