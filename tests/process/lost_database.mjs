// node tests/process/lost_database.mjs BINARY: on a private PostgreSQL of its own that goes away and comes back, Kith
// shows a calm page meanwhile, needs no restart, and loses nothing that it acknowledged.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { freshFolder, join, Kith, makeGroup, setUp, signUp, startThread } from "./client.mjs";

const binary = process.argv[2];
const bin = "/usr/lib/postgresql/15/bin";

// PostgreSQL refuses to run as root.
class Postgres {
  constructor() {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), "kith-lost-"));
    this.as_root = process.getuid() === 0;
    if (this.as_root) execFileSync("chown", ["postgres:", this.folder]);
    this.run("initdb", `--pgdata=${this.folder}/data`, "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8");
    this.url = `postgresql:///postgres?host=${this.folder}&user=postgres`;
  }
  run(program, ...args) {
    const command = [`${bin}/${program}`, ...args];
    if (this.as_root) command.unshift("runuser", "-u", "postgres", "--");
    execFileSync(command[0], command.slice(1), { cwd: this.folder, stdio: "ignore" });
  }
  start() {
    const options = `-c listen_addresses= -c unix_socket_directories=${this.folder} -c dynamic_shared_memory_type=mmap`;
    this.run("pg_ctl", "start", `--pgdata=${this.folder}/data`, `--log=${this.folder}/log`, "--wait", "--silent", `--options=${options}`);
  }
  stop(mode) {
    this.run("pg_ctl", "stop", `--pgdata=${this.folder}/data`, `--mode=${mode}`, "--wait", "--silent");
  }
  remove() {
    try {
      this.stop("immediate");
    } catch {
      // it was stopped already
    }
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

const postgres = new Postgres();
const folder = freshFolder();
const kith = new Kith(binary, folder, ["--database", postgres.url, "--posts-per-minute", "0", "--log-level", "error"]);

const reply = (visitor, thread, word) =>
  visitor.post(`/threads/${thread}/posts`, { text: `say ${word}`, form_key: word });

async function allPosts(visitor, thread) {
  const texts = new Set();
  for (let page = 1; ; ++page) {
    const response = await visitor.request(`/threads/${thread}?page=${page}`, { headers: { accept: "application/json" } });
    const body = await response.json();
    for (const post of body.posts) texts.add(/say ([\w-]+)/.exec(post.html)?.[1]);
    if (page >= body.pages) return texts;
  }
}

// Several at once, so that several connections lie idle afterwards.
async function postSome(people, thread, name) {
  const acknowledged = [];
  const one = async (visitor, i) => {
    for (let n = 0; n < 5; ++n) {
      const word = `${name}-${i}-${n}`;
      if ((await reply(visitor, thread, word)).status === 303) acknowledged.push(word);
    }
  };
  await Promise.all(people.map(one));
  return acknowledged;
}

async function outage(people, thread, mode, acknowledged) {
  // Writers are at it when it goes.
  const writing = Promise.all(people.map((visitor, i) => postSome([visitor], thread, `${mode}-${i}`)));
  await new Promise((r) => setTimeout(r, 50));
  postgres.stop(mode);
  acknowledged.push(...(await writing).flat());
  const refused = await reply(people[0], thread, `${mode}-lost`);
  assert.equal(refused.status, 503);
  assert.match(refused.body, /Nothing that was saved is lost/);
  assert.equal((await fetch(`${kith.base}/readyz`)).status, 503);
  assert.equal((await fetch(`${kith.base}/healthz`)).status, 200);
  postgres.start();
  // Not one request fails once it is there again, on whatever connection it comes.
  const pages = await Promise.all(people.flatMap((visitor) => [visitor.get(`/threads/${thread}`), visitor.get("/notices")]));
  assert.deepEqual([...new Set(pages.map((page) => page.status))], [200]);
  const after = await postSome(people, thread, `after-${mode}`);
  assert.equal(after.length, people.length * 5, "posting goes on at once");
  acknowledged.push(...after);
  const there = await allPosts(people[0], thread);
  assert.deepEqual(acknowledged.filter((word) => !there.has(word)), [], "acknowledged posts are missing");
  assert.ok(!there.has(`${mode}-lost`), "what was refused is not there");
  console.log(`PostgreSQL stopped (${mode}) and started: ${acknowledged.length} acknowledged posts, all there`);
}

try {
  postgres.start();
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
  const acknowledged = await postSome(people, thread, "before");
  assert.equal(acknowledged.length, people.length * 5);
  await outage(people, thread, "fast", acknowledged);
  // A server that has just begun knows nobody yet: they are not told to sign in.
  await kith.stop();
  await kith.start();
  for (const visitor of people) visitor.base = kith.base;
  postgres.stop("fast");
  assert.equal((await people[0].get("/notices")).status, 503);
  postgres.start();
  assert.equal((await people[0].get("/notices")).status, 200);
  await outage(people, thread, "immediate", acknowledged);
  assert.equal((await kith.stop()).code, 0, kith.output);
  console.log("lost database: all well");
} catch (problem) {
  console.error(problem, kith.output);
  process.exitCode = 1;
} finally {
  if (kith.child) await kith.stop("SIGKILL").catch(() => {});
  postgres.remove();
  fs.rmSync(folder, { recursive: true, force: true });
}
