// node tests/process/import.mjs BINARY: an import that is killed at any moment and run again ends where an undisturbed
// one does, on SQLite and on PostgreSQL (KITH_TEST_POSTGRES); it says clearly what it cannot read, and what a running
// server means for it.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { freshFolder, Kith, setUp } from "./client.mjs";

const binary = process.argv[2];
const postgres = process.env.KITH_TEST_POSTGRES;
const folder = freshFolder();
const messages = 3000;

// Always the same numbers, so that a failure can be repeated.
let seed = 20260202;
function below(most) {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return seed % most;
}

function writeArchive(file) {
  const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const two = (n) => String(n).padStart(2, "0");
  let text = "";
  for (let i = 0; i < messages; ++i) {
    const at = new Date(Date.UTC(2003, 0, 1) + i * 3_600_000);
    const clock = `${two(at.getUTCHours())}:00:00`;
    const day = `${days[at.getUTCDay()]} ${months[at.getUTCMonth()]} ${String(at.getUTCDate()).padStart(2)}`;
    const author = `author${below(200)} at example.org`;
    const starts = i === 0 || below(4) === 0;
    text += `From ${author}  ${day} ${clock} ${at.getUTCFullYear()}\nFrom: ${author}\n`;
    text += `Date: ${at.getUTCDate()} ${months[at.getUTCMonth()]} ${at.getUTCFullYear()} ${clock} +0000\n`;
    text += `Message-ID: <m${i}@example.org>\nSubject: ${starts ? `Subject ${i}` : "Re: something"}\n`;
    if (!starts) text += `References: <m${below(i)}@example.org>\n`;
    text += `\nMessage ${i}, ${"words and ".repeat(below(60))}no more.\n\n`;
  }
  fs.writeFileSync(file, text);
}

function run(...args) {
  return spawnSync(binary, args, { encoding: "utf8" });
}

function imported(database, ...more) {
  const done = run("import", "mbox", archive, "--group", "Old friends", "--json", ...database, ...more);
  assert.equal(done.status, 0, done.stderr);
  return JSON.parse(done.stdout);
}

async function killedAfter(database, ms) {
  const child = spawn(binary, ["import", "mbox", archive, "--group", "Old friends", ...database], { stdio: "ignore" });
  const ended = new Promise((resolve) => child.on("exit", (code, signal) => resolve(signal)));
  const timer = setTimeout(() => child.kill("SIGKILL"), ms);
  const signal = await ended;
  clearTimeout(timer);
  return signal === "SIGKILL";
}

// All that a reader sees of the group, the names replaced by the order in which they appear.
async function whatIsThere(database) {
  const [flag, value] = database;
  const on_sqlite = flag === "--data";
  const options = ["--log-level", "error", ...(on_sqlite ? [] : database)];
  const kith = new Kith(binary, on_sqlite ? value : path.join(folder, "unused"), options);
  await kith.start();
  try {
    const host = await setUp(kith.base);
    const json = async (target) => {
      const response = await host.request(target, { headers: { accept: "application/json" } });
      assert.ok(response.ok, `${target}: ${response.status}`);
      return response.json();
    };
    const group = (await json("/groups")).groups.find((one) => one.name === "Old friends");
    const threads = [];
    for (let page = 1; ; ++page) {
      const body = await json(`/groups/${group.id}?page=${page}`);
      threads.push(...body.threads);
      if (!body.threads.length || page >= body.pages) break;
    }
    threads.sort((a, b) => a.id - b.id);
    const names = new Map();
    const lines = [];
    for (const thread of threads) {
      lines.push(`# ${thread.title}`);
      for (let page = 1; ; ++page) {
        const body = await json(`/threads/${thread.id}?page=${page}`);
        for (const post of body.posts) {
          if (!names.has(post.author)) names.set(post.author, names.size);
          lines.push(`${post.number} by ${names.get(post.author)} to ${post.reply_to ?? 0}: ${post.html}`);
        }
        if (page >= body.pages) break;
      }
    }
    return lines;
  } finally {
    await kith.stop();
  }
}

// `fresh(name)`: the flags that name an empty database.
async function killAndGoOn(engine, fresh) {
  const calm = fresh("calm");
  const began = Date.now();
  const whole = imported(calm);
  const took = Date.now() - began;
  assert.equal(whole.imported, messages);
  const rough = fresh("rough");
  let kills = 0;
  for (let round = 0; round < 6; ++round) if (await killedAfter(rough, 20 + below(Math.max(100, Math.round(took * 0.7))))) ++kills;
  const rest = imported(rough);
  assert.equal(rest.imported + rest.skipped, messages);
  assert.equal(imported(rough).imported, 0, "run again it adds nothing");
  const expected = await whatIsThere(calm);
  assert.ok(expected.length > messages);
  assert.deepEqual(await whatIsThere(rough), expected);
  console.log(`${engine}: killed ${kills} times of 6, then as if undisturbed (${rest.imported} messages were left)`);
}

async function besideAServer() {
  const data = path.join(folder, "served");
  const kith = new Kith(binary, data, ["--log-level", "error"]);
  await kith.start();
  try {
    const refused = run("import", "mbox", archive, "--group", "Old friends", "--data", data);
    assert.equal(refused.status, 7);
    assert.match(refused.stderr, /another Kith is using .* end it first/);
    const foreseen = imported(["--data", data], "--dry-run");
    assert.equal(foreseen.imported, messages);
    assert.ok(foreseen.threads > 0 && foreseen.authors > 0);
  } finally {
    await kith.stop();
  }
  const nowhere = path.join(folder, "nowhere");
  assert.equal(imported(["--data", nowhere], "--dry-run").imported, messages);
  assert.ok(!fs.existsSync(nowhere), "a dry run makes no folder");
  console.log("beside a server: the import says what to do, a dry run works");
}

function brokenInput() {
  const topics = path.join(folder, "topics");
  fs.mkdirSync(topics);
  const data = ["--group", "Topics", "--data", path.join(folder, "broken")];
  const empty = run("import", "discourse", topics, ...data);
  assert.equal(empty.status, 2);
  assert.match(empty.stderr, /no file in it ends in .json/);
  const post = { id: 1, username: "ann", user_id: 3, post_number: 1, created_at: "2013-02-05T21:29:00Z", cooked: "<p>Hello</p>" };
  fs.writeFileSync(path.join(topics, "1.json"), JSON.stringify({ id: 1, title: "T", post_stream: { posts: [post] } }));
  fs.writeFileSync(path.join(topics, "2.json"), "{");
  const partly = run("import", "discourse", topics, ...data, "--json");
  assert.equal(partly.status, 2);
  assert.match(partly.stderr, /2\.json could not be read: not JSON/);
  assert.equal(JSON.parse(partly.stdout).imported, 1);
  const prose = path.join(folder, "prose.txt");
  fs.writeFileSync(prose, "These are no mails.\n");
  assert.equal(run("import", "mbox", prose, ...data).status, 2);
  console.log("broken input: said and counted, the rest comes in");
}

const archive = path.join(folder, "archive.mbox");
try {
  writeArchive(archive);
  await killAndGoOn("SQLite", (name) => ["--data", path.join(folder, name)]);
  if (postgres) {
    await killAndGoOn("PostgreSQL", (name) => {
      const schema = `import_${name}_${process.pid}`;
      const made = spawnSync("psql", [postgres, "-c", `create schema ${schema}`], { encoding: "utf8" });
      assert.equal(made.status, 0, made.stderr);
      return ["--database", `${postgres}${postgres.includes("?") ? "&" : "?"}options=-csearch_path%3D${schema}`];
    });
  } else {
    assert.ok(!process.env.CI, "KITH_TEST_POSTGRES is not set: use script/test");
    console.log("PostgreSQL: not tried, KITH_TEST_POSTGRES is not set");
  }
  await besideAServer();
  brokenInput();
  console.log("import: all well");
} catch (problem) {
  console.error(problem);
  process.exitCode = 1;
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
