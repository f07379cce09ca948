// What a journey works with: a Kith of its own on a fresh folder, and people who visit it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { freshFolder, Kith } from "../../process/client.mjs";
import { Person } from "./person.mjs";

// A mail server that nobody is: pages show all that is there, and no mail goes.
const mail = ["--smtp-url", "smtp://localhost:1", "--mail-from", "harbour@example.org"];
const options = ["--posts-per-minute", "0", "--log-level", "error", ...mail];

export class Trial {
  people = [];
  servers = [];

  constructor({ binary, browser, shots }) {
    Object.assign(this, { binary, browser, shots });
  }

  // `demo`: with the demo community in it, and `signIns` by role.
  async startKith({ demo = false, flags = [] } = {}) {
    const folder = freshFolder();
    if (demo) this.signIns = fillWithDemo(this.binary, folder);
    const kith = new Kith(this.binary, folder, [...options, ...flags]);
    this.servers.push(kith);
    await kith.start();
    this.base = kith.base;
    return kith;
  }

  // Somebody with a browser of their own, as far as cookies go.
  async person(name, settings = {}) {
    const person = await Person.arrive(this.browser, this.base, name, settings);
    this.people.push(person);
    return person;
  }

  // Nobody's page did what no page may do.
  assertQuiet() {
    for (const { name, seen } of this.people) {
      assert.deepEqual(seen.errors, [], `errors on the console of ${name}`);
      assert.deepEqual(seen.outside, [], `requests to other hosts by ${name}`);
    }
  }

  async photograph(folder, journey) {
    fs.mkdirSync(folder, { recursive: true });
    for (const { name, page } of this.people) {
      const file = path.join(folder, `${journey}-${name}.png`);
      await page.screenshot({ path: file }).then(
        () => console.log(`      ${name} was at ${page.url()}, see ${file}`),
        () => {},
      );
    }
  }

  // At once, for a process that is about to exit.
  abandon() {
    for (const kith of this.servers) {
      kith.child?.kill("SIGKILL");
      fs.rmSync(kith.data, { recursive: true, force: true });
    }
  }

  async end() {
    await Promise.all(this.people.map((person) => person.context.close().catch(() => {})));
    for (const kith of this.servers) {
      if (kith.child) await kith.stop("SIGKILL");
      fs.rmSync(kith.data, { recursive: true, force: true });
    }
  }
}

function fillWithDemo(binary, folder) {
  const printed = execFileSync(binary, ["demo", "--no-serve", "--json", "--data", folder], { encoding: "utf8" });
  return Object.fromEntries(JSON.parse(printed).sign_ins.map(({ role, name, password }) => [role, { name, password }]));
}
