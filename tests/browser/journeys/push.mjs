// Somebody turns signals on for a device and is told there when somebody answers, without a word in the signal. No maker's
// push service can be asked from a test: a server of ours stands for it, and checks the token as one would; what arrives is
// handed to the real worker by the browser.
import assert from "node:assert/strict";
import crypto from "node:crypto";
import http from "node:http";
import { password } from "../../process/client.mjs";
import { makeCommunity } from "../lib/community.mjs";
import { eventually } from "../lib/eventually.mjs";

export const name = "push";

export async function run(t) {
  const signals = [];
  const service = http.createServer((request, response) => {
    let body = "";
    request.on("data", (piece) => (body += piece));
    request.on("end", () => {
      signals.push({ method: request.method, url: request.url, headers: request.headers, body });
      response.writeHead(201).end();
    });
  });
  await new Promise((resolve) => service.listen(0, "localhost", resolve));
  const home = `http://localhost:${service.address().port}`;
  try {
    await t.startKith({ flags: ["--push-services", "localhost"] });
    const { otter, thread } = await makeCommunity(t.base, { posts: 2 });
    const person = await t.person("Otter");
    await person.context.grantPermissions(["notifications"], { origin: t.base });
    await person.signIn("Otter", password);
    await person.visit("/me/push");
    await person.page.getByRole("button", { name: "Tell me on this device" }).waitFor();
    const key = await person.page.locator("#push-here").getAttribute("data-key");
    // The browser under test has no push service of its own, so the address is sent as its script would.
    const added = await otter.post("/me/push", { endpoint: `${home}/for-otter` });
    assert.equal(added.status, 303);
    await person.visit("/me/push");
    await person.page.getByText("Devices that tell me").waitFor();

    const writer = await t.person("Maple");
    await writer.visit("/sign-up");
    await writer.signUp();
    await writer.visit("/groups/1/membership");
    await writer.press("I agree to the rules. Join this group");
    await writer.visit(`/threads/${thread}`);
    await writer.reply("I am with you.");
    await eventually("the signal has come", async () => signals.length > 0);
    assertSignal(signals[0], home, key);
    await isShown(t, person);
  } finally {
    service.close();
  }
}

function assertSignal({ method, url, headers, body }, home, key) {
  assert.deepEqual([method, url, body], ["POST", "/for-otter", ""], "it holds nothing");
  assert.ok(Number(headers.ttl) > 0);
  const [, token, sent_key] = /^vapid t=([^,]+), k=(.+)$/.exec(headers.authorization);
  assert.equal(sent_key, key);
  const [header, claims, signature] = token.split(".");
  const { aud, exp } = JSON.parse(Buffer.from(claims, "base64url"));
  assert.equal(aud, home);
  assert.ok(exp > Date.now() / 1000 && exp < Date.now() / 1000 + 24 * 3600);
  const point = Buffer.from(key, "base64url");
  const jwk = { kty: "EC", crv: "P-256", x: point.subarray(1, 33).toString("base64url"), y: point.subarray(33).toString("base64url") };
  const public_key = crypto.createPublicKey({ key: jwk, format: "jwk" });
  const is_ours = crypto.verify("sha256", `${header}.${claims}`, { key: public_key, dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"));
  assert.ok(is_ours, "signed by this site");
}

// The browser hands the signal to the worker, as its maker's service would make it.
async function isShown(t, person) {
  const client = await person.context.newCDPSession(person.page);
  const registration = new Promise((resolve) =>
    client.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => registrations[0] && resolve(registrations[0].registrationId)));
  await client.send("ServiceWorker.enable");
  await client.send("ServiceWorker.deliverPushMessage", { origin: t.base, registrationId: await registration, data: "" });
  const shown = () => person.page.evaluate(async () => {
    const here = await navigator.serviceWorker.ready;
    return (await here.getNotifications()).map(({ title, body }) => title + body);
  });
  await eventually("the worker shows it", async () => (await shown()).length > 0);
  assert.deepEqual(await shown(), ["Something new for you"], "and nothing else");
}
