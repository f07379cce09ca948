// Starts the binary and talks to it as a browser without scripts would.
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";

export const password = "a long made-up password";

export function freshFolder() {
  return fs.mkdtempSync(path.join(os.tmpdir(), "kith-process-"));
}

export function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const statement = `
import json, sqlite3, sys
db = sqlite3.connect(sys.argv[1], uri=True)
rows = db.execute(sys.argv[2], json.loads(sys.argv[3])).fetchall()
db.commit()
print(rows[0][0] if rows else "")`;

export class Kith {
  constructor(binary, data, options = []) {
    Object.assign(this, { binary, data, options });
  }

  // `limit_blocks`: the size in 512-byte blocks that no file may outgrow, as on a full disk.
  async start(limit_blocks = 0) {
    this.port = await freePort();
    this.base = `http://localhost:${this.port}`;
    const args = ["serve", "--data", this.data, "--port", String(this.port), "--public-url", this.base, ...this.options];
    this.child = limit_blocks
      ? spawn("sh", ["-c", `ulimit -f ${limit_blocks}; exec "$0" "$@"`, this.binary, ...args], { stdio: ["ignore", "pipe", "pipe"] })
      : spawn(this.binary, args, { stdio: ["ignore", "pipe", "pipe"] });
    this.output = "";
    this.child.stdout.on("data", (d) => (this.output += d));
    this.child.stderr.on("data", (d) => (this.output += d));
    this.ended = new Promise((resolve) => this.child.on("exit", (code, signal) => resolve({ code, signal })));
    for (let i = 0; i < 600; ++i) {
      const ready = await fetch(`${this.base}/healthz`).then((r) => r.ok).catch(() => false);
      if (ready) return;
      if (this.child.exitCode !== null) break;
      await new Promise((r) => setTimeout(r, 50));
    }
    throw new Error(`kith did not start:\n${this.output}`);
  }

  // Runs a statement on its SQLite database, such as to make something older: nobody can move the clock of a server.
  // Returns the first value. Only reads while the server is up.
  sql(text, ...values) {
    const is_up = this.child?.exitCode === null && this.child.signalCode === null;
    const database = `file:${path.join(this.data, "kith.db")}${is_up ? "?mode=ro" : ""}`;
    return execFileSync("python3", ["-c", statement, database, text, JSON.stringify(values)], { encoding: "utf8" }).trim();
  }

  async stop(signal = "SIGTERM") {
    this.child.kill(signal);
    return this.ended;
  }
}

// One person with a cookie.
export class Visitor {
  constructor(base) {
    this.base = base;
    this.cookies = new Map();
  }

  async request(target, init = {}) {
    const headers = { accept: "text/html", ...init.headers };
    if (this.cookies.size) headers.cookie = [...this.cookies].map(([k, v]) => `${k}=${v}`).join("; ");
    const response = await fetch(this.base + target, { redirect: "manual", ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(";");
      const at = pair.indexOf("=");
      this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }

  async get(target) {
    const response = await this.request(target);
    const body = await response.text();
    const token = /name="form_token" value="([^"]+)"/.exec(body);
    if (token) this.token = token[1];
    return { status: response.status, body, location: response.headers.get("location") };
  }

  async post(target, fields) {
    const body = new URLSearchParams({ ...(this.token ? { form_token: this.token } : {}), ...fields });
    const response = await this.request(target, { method: "POST", body });
    return { status: response.status, body: await response.text(), location: response.headers.get("location") };
  }
}

export async function setUp(base) {
  const host = new Visitor(base);
  await host.get("/setup");
  const answer = await host.post("/setup", {
    site_name: "Harbour",
    helplines: "Emergency | 112 | day and night\nLantern | 0808 157 0123, sms:85258 | GB\nTideline | 020 910 0123 | IE",
    name: "Oz",
    password,
  });
  if (answer.status >= 400) throw new Error(`set-up: ${answer.status} ${answer.body}`);
  await host.get("/me");
  // What the door asks of new accounts (tests/process/outsiders.mjs) would be in the way: here everybody is new.
  const open = await host.post("/admin/door", { new_days: "0", per_network: "1000" });
  if (open.status !== 303) throw new Error(`door: ${open.status} ${open.body}`);
  return host;
}

export async function signUp(base, name) {
  const visitor = new Visitor(base);
  await visitor.get("/sign-up");
  const answer = await visitor.post("/sign-up", { name, password });
  if (answer.status >= 400) throw new Error(`sign-up: ${answer.status} ${answer.body}`);
  await visitor.get("/me");
  return visitor;
}

export async function makeGroup(host, name) {
  const made = await host.post("/groups/new", {
    name,
    purpose: "To talk.",
    rules: "Be kind.",
    admission: "open",
    leadership: "peer",
    public_reading: "yes",
  });
  const id = /\/groups\/(\d+)/.exec(made.location ?? "")?.[1];
  if (!id) throw new Error(`group: ${made.status} ${made.body}`);
  return id;
}

export async function join(visitor, group) {
  const joined = await visitor.post(`/groups/${group}/membership`, { rules_agreed: "yes" });
  if (joined.status !== 303) throw new Error(`join: ${joined.status} ${joined.body}`);
}

export async function startThread(visitor, group, title, text = "First words.") {
  const made = await visitor.post(`/groups/${group}/threads`, { title, text, form_key: title });
  const id = /\/threads\/(\d+)/.exec(made.location ?? "")?.[1];
  if (!id) throw new Error(`thread: ${made.status} ${made.body}`);
  return id;
}
