// node tests/process/mail.mjs BINARY: mails go to a real Postfix, over TLS, and arrive; they tell nothing; they wait while
// it is away; what it does not take or sends back later pauses the address; one click ends them.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { freshFolder, join, Kith, makeGroup, password, setUp, signUp, startThread } from "./client.mjs";
import { Postfix, secret, user } from "./postfix.mjs";

const binary = process.argv[2];
const folder = freshFolder();

async function eventually(what, look, seconds = 30) {
  for (let i = 0; i < seconds * 5; ++i) {
    const seen = await look();
    if (seen) return seen;
    await new Promise((r) => setTimeout(r, 200));
  }
  throw new Error(`not within ${seconds} s: ${what}`);
}

function kithWith(name, url, options = []) {
  const data = path.join(folder, name);
  fs.writeFileSync(path.join(folder, "password"), `${secret}\n`);
  if (url.startsWith("smtps")) options = [...options, "--smtp-user", user, "--smtp-password-file", path.join(folder, "password")];
  return new Kith(binary, data, ["--smtp-url", url, "--mail-from", "harbour@kith.test", ...options]);
}

async function give(visitor, email) {
  const saved = await visitor.post("/me", { email, current: password });
  assert.equal(saved.status, 303, saved.body);
}

function linkIn(mail, place) {
  return new RegExp(`/mail/${place}/[A-Za-z0-9_-]+`).exec(mail.body)[0];
}

async function confirm(visitor, mail) {
  const confirmed = await visitor.post(linkIn(mail, "confirming"), {});
  assert.equal(confirmed.status, 200, confirmed.body);
}

async function wishAtOnce(visitor) {
  const saved = await visitor.post("/me/notices", { way: "at_once", quiet_from: "0", quiet_until: "0", hour: "9" });
  assert.equal(saved.status, 303, saved.body);
}

const secrets = /migraine|headache|circle|zebra|walrus|\bBo\b|\bLena\b/i;

async function jobs(host, kind) {
  const response = await host.request("/admin/jobs", { headers: { accept: "application/json" } });
  return (await response.json()).jobs.filter((job) => job.kind === kind);
}

// ---- the whole way ---------------------------------------------------------------------------------------

async function wholeWay(postfix) {
  const bounces = postfix.maildir("harbour");
  const kith = kithWith("whole", `smtps://localhost:${postfix.tls_port}`, ["--smtp-ca", postfix.certificate, "--mail-bounces", bounces]);
  await kith.start();
  try {
    const host = await setUp(kith.base);
    const group = await makeGroup(host, "Migraine circle");
    const people = {};
    for (const name of ["Quiet Ada", "Quiet Bo", "Quiet Lena", "Quiet Nil"]) {
      people[name] = await signUp(kith.base, name);
      await join(people[name], group);
    }
    const [ada, bo, lena, nil] = Object.values(people);

    await give(ada, "ada@kith.test");
    const asked = await eventually("a mail to confirm the address", () => postfix.mails("ada")[0]);
    assert.doesNotMatch(asked.text + asked.body, secrets);
    assert.match(asked.headers, /with ESMTPSA/, "over TLS, signed in");
    await confirm(ada, asked);
    await wishAtOnce(ada);

    await give(nil, "nil@kith.test");
    await eventually("an address that is none is paused", async () => (await nil.get("/me")).body.includes("came back"));
    console.log("signed in at the mail server over TLS; one address confirmed by its link, one refused and paused");

    // Her address was right once, and is not any more when the first notice goes there.
    await give(lena, "later@kith.test");
    await confirm(lena, await eventually("another link", () => postfix.mails("later")[0]));
    await wishAtOnce(lena);
    postfix.leave();

    const threads = {};
    threads.ada = await startThread(ada, group, "Zebra nights");
    threads.lena = await startThread(lena, group, "Zebra days");
    postfix.stop();
    for (const thread of Object.values(threads)) {
      const sent = await bo.post(`/threads/${thread}/posts`, { text: "A walrus.", reply_to: "1", form_key: thread });
      assert.equal(sent.status, 303, sent.body);
    }
    const failed = await eventually("a try without a server", async () => (await jobs(host, "mail")).find((job) => job.tries > 0), 90);
    assert.doesNotMatch(JSON.stringify(failed), /kith\.test/);
    assert.equal(postfix.mails("ada").length, 1);
    postfix.start();
    const mail = await eventually("the mail after the server came back", () => postfix.mails("ada")[1], 60);
    console.log("server away: the mail waited, and came when it was back");

    assert.equal(mail.subject, "Something new for you");
    assert.equal(mail.header("From"), "harbour@kith.test");
    assert.equal(mail.header("To"), "ada@kith.test");
    assert.equal(mail.header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    assert.doesNotMatch(mail.text + mail.body, secrets);
    assert.match(mail.body, /1 new thing for you/);
    console.log("what arrived names no group, no person and no illness");

    const one_click = new URL(/<([^>]+)>/.exec(mail.header("List-Unsubscribe"))[1]).pathname;
    const clicked = await fetch(kith.base + one_click, { method: "POST", body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }) });
    assert.equal(clicked.status, 200);
    const wish = await ada.request("/me/notices", { headers: { accept: "application/json" } });
    assert.equal((await wish.json()).way, "site");
    console.log("one click without signing in ended the mails");

    await eventually("a report that came back pauses the address", async () => (await lena.get("/me")).body.includes("came back"), 120);
    assert.match((await lena.get("/notices")).body, /Mail to your address came back/);
    console.log("sent back later: the address is paused, and its owner told");
    assert.doesNotMatch(kith.output, /kith\.test|walrus|zebra|circle/i, "nothing of it is in the log");
  } finally {
    await kith.stop();
  }
}

// ---- TLS ---------------------------------------------------------------------------------------------------

async function startTls(postfix) {
  const kith = kithWith("starttls", `smtp://127.0.0.2:${postfix.port}`, ["--smtp-ca", postfix.certificate]);
  await kith.start();
  try {
    const before = postfix.mails("ada").length;
    await give(await setUp(kith.base), "ada@kith.test");
    await eventually("a mail over STARTTLS", () => postfix.mails("ada").length > before);
    assert.match(postfix.mails("ada").at(-1).headers, /with ESMTPS /);
    console.log("STARTTLS: used where the server is elsewhere");
  } finally {
    await kith.stop();
  }
}

async function strangeCertificate(postfix) {
  const kith = kithWith("strange", `smtps://localhost:${postfix.tls_port}`);
  await kith.start();
  try {
    const before = postfix.mails("ada").length;
    const host = await setUp(kith.base);
    await give(host, "ada@kith.test");
    const job = await eventually("a try that fails", async () => (await jobs(host, "mail_confirmation")).find((one) => one.tries > 0));
    assert.match(JSON.stringify(job), /certificate|SSL/i);
    assert.equal(postfix.mails("ada").length, before);
    console.log("a certificate that nobody vouches for: nothing is sent");
  } finally {
    await kith.stop();
  }
}

// ---- answers -----------------------------------------------------------------------------------------------

async function answering(postfix) {
  const folder_of_harbour = postfix.maildir("harbour");
  const options = ["--smtp-ca", postfix.certificate, "--mail-inbox", `imaps://localhost:${postfix.imap_port}/INBOX`];
  const kith = kithWith("answers", `smtps://localhost:${postfix.tls_port}`, options);
  await kith.start();
  try {
    const host = await setUp(kith.base);
    const group = await makeGroup(host, "Migraine circle");
    const ada = await signUp(kith.base, "Quiet Ada");
    const bo = await signUp(kith.base, "Quiet Bo");
    for (const one of [ada, bo]) await join(one, group);
    const before = postfix.mails("ada").length;
    await give(ada, "ada@kith.test");
    await confirm(ada, await eventually("a link", () => postfix.mails("ada")[before]));
    const saved = await ada.post("/me/notices", { way: "at_once", quiet_from: "0", quiet_until: "0", hour: "9", answers: "on" });
    assert.equal(saved.status, 303, saved.body);
    const thread = await startThread(ada, group, "Zebra nights");
    await bo.post(`/threads/${thread}/posts`, { text: "A walrus for you.", reply_to: "1", form_key: "one" });
    const mail = await eventually("the mail with words", () => postfix.mails("ada")[before + 1], 90);
    assert.match(mail.body, /A walrus for you\./);
    assert.doesNotMatch(mail.subject + mail.body.replace(/http\S+/g, ""), /migraine|circle|zebra|\bBo\b/i);
    const to = mail.header("Reply-To");
    assert.match(to, /^harbour\+[0-9a-f]{32}@kith\.test$/);

    const quoted = mail.body.split("\n").map((line) => `> ${line}`).join("\n");
    const head = (from, id) => `From: ${from}\nTo: ${to}\nSubject: Re: ${mail.subject}\nMessage-ID: <${id}@kith.test>\n`;
    postfix.deliver("mallory@kith.test", to, `${head("mallory@kith.test", "forged")}\nForged.\n`);
    postfix.deliver("ada@kith.test", to, `${head("ada@kith.test", "away")}Auto-Submitted: auto-replied\n\nI am away.\n`);
    postfix.deliver("somebody@kith.test", "harbour@kith.test", "From: somebody@kith.test\nTo: harbour@kith.test\nSubject: Hello\n\nTo a person.\n");
    const words = `${head("ada@kith.test", "one")}\nThank you, I sleep badly.\n\nOn Monday at 10:00 <${to}> wrote:\n${quoted}\n`;
    postfix.deliver("ada@kith.test", to, words);
    postfix.deliver("ada@kith.test", to, words);
    const page = `/threads/${thread}`;
    await eventually("the answer on the page", async () => (await bo.get(page)).body.includes("Thank you, I sleep badly."), 120);
    const posts = async () => (await (await bo.request(page, { headers: { accept: "application/json" } })).json()).posts.length;
    const files = () => ["new", "cur"].flatMap((part) => fs.readdirSync(path.join(folder_of_harbour, part)));
    await eventually("the mailbox holds nothing but what is for people", () => files().filter((name) => !name.endsWith(",")).length === 1, 120);
    assert.equal(await posts(), 3, "no forger and no program writes, and nothing comes twice");
    const left = files().find((name) => name.includes("F"));
    assert.match(fs.readFileSync(path.join(folder_of_harbour, "cur", left), "utf8"), /To a person/);
    assert.doesNotMatch(kith.output, /kith\.test|walrus|zebra|circle|sleep|mallory/i, "nothing of it is in the log");
    console.log("answered by mail: posted once, a forger and an absence note dropped, a letter to people left for them");
  } finally {
    await kith.stop();
  }
}

if (!Postfix.mayRun()) {
  assert.ok(!process.env.CI, "Postfix runs as root alone");
  console.log("mail: not tried, only root may run Postfix");
  process.exit(0);
}
const postfix = await new Postfix().prepare();
try {
  postfix.start();
  await wholeWay(postfix);
  await startTls(postfix);
  await strangeCertificate(postfix);
  await answering(postfix);
  console.log("mail: all well");
} catch (problem) {
  console.error(problem);
  console.error(postfix.log().split("\n").slice(-30).join("\n"));
  process.exitCode = 1;
} finally {
  postfix.remove();
  fs.rmSync(folder, { recursive: true, force: true });
}
