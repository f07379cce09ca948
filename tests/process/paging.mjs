// node tests/process/paging.mjs BINARY: somebody may be in danger while the mail server and the program
// that should ring hang, and Kith is killed. People are told all the same, and the calls are signed and hold nothing of health.
import assert from "node:assert/strict";
import crypto from "node:crypto";
import http from "node:http";
import net from "node:net";
import { freshFolder, join, Kith, makeGroup, setUp, signUp, startThread, Visitor } from "./client.mjs";

const binary = process.argv[2];
const secret = "a secret of 16 letters";
const words = "A walrus in the night";

const calls = [];
let hangs = true;
const ringer = http.createServer((request, response) => {
  let body = "";
  request.on("data", (part) => (body += part));
  request.on("end", () => {
    calls.push({ body, signature: request.headers["kith-signature"] });
    if (!hangs) response.end();
  });
});
const port = await new Promise((resolve) => ringer.listen(0, "127.0.0.1", () => resolve(ringer.address().port)));

async function waitFor(what, seconds, condition) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${what}: not within ${seconds} s\n${kith.output}`);
}

// It takes connections and never says a word.
const mail_server = net.createServer(() => {});
const mail_port = await new Promise((resolve) => mail_server.listen(0, "127.0.0.1", () => resolve(mail_server.address().port)));
const kith = new Kith(binary, freshFolder(), [
  "--smtp-url", `smtp://127.0.0.1:${mail_port}`, "--mail-from", "kith@example.org",
  "--page-url", `http://127.0.0.1:${port}/ring`, "--page-secret", secret, "--log-level", "error",
]);

try {
  await kith.start();
  let host = await setUp(kith.base);
  const saved = await host.post("/admin/triage", { crisis: "1", red: "60", amber: "720", hide_after: "3", pause_after: "5" });
  assert.equal(saved.status, 303, saved.body);
  // Mails are on their way, one behind the other, to a server that does not take them.
  const mailbox = await host.post("/me", { email: "oz@example.org", current: "a long made-up password" });
  assert.equal(mailbox.status, 303, mailbox.body);
  const group = await makeGroup(host, "Night");
  const ada = await signUp(kith.base, "Ada");
  await join(ada, group);
  const thread = await startThread(ada, group, "Awake", words);

  const guest = new Visitor(kith.base);
  const page = await guest.get(`/threads/${thread}`);
  const report = /href="(\/posts\/\d+\/report)"/.exec(page.body)[1];
  await guest.get(report);
  const sent = await guest.post(report, { reason: "danger", words: "" });
  assert.equal(sent.status, 303, sent.body);

  await waitFor("the first call", 60, () => calls.length > 0);
  await kith.stop("SIGKILL");
  hangs = false;
  await kith.start();
  await waitFor("the next round after the crash", 60, () => calls.some(({ body }) => JSON.parse(body).round > 0));

  for (const { body, signature } of calls) {
    const [, time, code] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature);
    assert.equal(code, crypto.createHmac("sha256", secret).update(`${time}.${body}`).digest("hex"));
    assert.ok(Math.abs(Date.now() - Number(time)) < 120_000);
    assert.deepEqual(Object.keys(JSON.parse(body)), ["event", "case", "round", "waits_since", "address"]);
    for (const private_words of [words, "Awake", "Night", "Ada", "danger"]) assert.ok(!body.includes(private_words), body);
  }

  // The host signs in again and sees it; taking it on ends the calls.
  host = new Visitor(kith.base);
  await host.get("/sign-in");
  await host.post("/sign-in", { name: "Oz", password: "a long made-up password" });
  const list = await host.get("/cases");
  assert.match(list.body, /somebody may be in danger/i);
  const one = /href="(\/cases\/\d+)"/.exec(list.body)[1];
  const shown = await host.get(one);
  assert.match(shown.body, /Nobody had taken it on yet/);
  const taken = await host.post(`${one}/claim`, {});
  assert.equal(taken.status, 303, taken.body);
  const so_far = calls.length;
  await new Promise((resolve) => setTimeout(resolve, 25_000));
  assert.equal(calls.length, so_far, "nobody is woken for what somebody has taken on");
  console.log(`paging: ${calls.length} calls, also after a crash, while the mail server hangs`);
} finally {
  await kith.stop("SIGKILL").catch(() => {});
  mail_server.close();
  ringer.closeAllConnections();
  ringer.close();
}
