// Signing in as people can: a passkey made and used in a device that Chromium pretends to be, an app with codes and a
// recovery code in its place, and a host who needs one of them before anything else.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { password, setUp, signUp } from "../../process/client.mjs";
import { eventually } from "../lib/eventually.mjs";

export const name = "key";

export async function run(t) {
  await t.startKith();
  await setUp(t.base);
  for (const who of ["Heron", "Otter", "Maple"]) await signUp(t.base, who);
  await signInByPasskey(t);
  await signInByCode(t);
  await withoutScripts(t);
  await startAsHost(t);
}

// A phone that recognises its owner, and keeps passkeys.
async function withDevice(person) {
  const client = await person.context.newCDPSession(person.page);
  await client.send("WebAuthn.enable");
  const { authenticatorId } = await client.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    credentials: async () => (await client.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
    recognises: (isUserVerified) => client.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
  };
}

async function signInByPasskey(t) {
  const heron = await t.person("Heron");
  const device = await withDevice(heron);
  await heron.signIn();
  await addPasskey(heron, "My blue phone");
  assert.equal((await device.credentials()).length, 1);
  await heron.page.getByRole("heading", { name: "My blue phone" }).waitFor();

  await signOut(heron);
  await heron.visit("/sign-in?next=/groups");
  await heron.press("Sign in with a passkey");
  await heron.isAt("/groups");
  await heron.visit("/me/security");
  assert.ok((await answerOf(heron, "/me/security")).second_factor);

  await signOut(heron);
  await device.recognises(false);
  await heron.visit("/sign-in");
  await heron.press("Sign in with a passkey");
  await heron.page.getByText("That did not work. Please try once more, or use your password.").waitFor();
  await device.recognises(true);
  await heron.press("Sign in with a passkey");
  await heron.isAt("/");

  await removePasskey(heron);
  await signOut(heron);
  await heron.visit("/sign-in");
  await heron.press("Sign in with a passkey");
  await heron.page.getByRole("alert").getByText("This passkey does not open an account here.").waitFor();
}

async function addPasskey(person, words) {
  await person.visit("/me/security");
  await person.follow("Add a passkey");
  await person.reads("Please show that it is you");
  await person.type("Present password", password);
  await person.press("Go on");
  await person.reads("Add a passkey");
  await person.type("A name for it", words);
  await person.press("Make the passkey");
  await person.isAt("/me/security");
}

async function removePasskey(person) {
  await person.visit("/me/security");
  await person.follow("Rename or remove My blue phone");
  await person.type("A name for it", "Old phone");
  await person.press("Save the name");
  await person.follow("Rename or remove Old phone");
  await person.press("Remove this passkey");
  await person.reads("Please show that it is you");
  await person.press("Use my passkey");
  await person.reads("Old phone");
  await person.press("Remove this passkey");
  await person.isAt("/me/security");
  assert.equal(await person.page.getByText("Old phone").count(), 0);
}

async function signInByCode(t) {
  const otter = await t.person("Otter");
  await otter.signIn();
  await otter.visit("/me/recovery-codes");
  await otter.type("Present password", password);
  await otter.press("Show me new codes");
  const codes = await otter.page.locator(".codes li").allInnerTexts();
  const secret = await setUpApp(otter);

  await signOut(otter);
  await startSigningIn(otter);
  await otter.type("Code", codeOf(secret, -3));
  await otter.press("Sign in");
  await otter.page.getByRole("alert").waitFor();
  await otter.type("Code", codeOf(secret, 1));
  await otter.press("Sign in");
  await otter.isAt("/");

  await signOut(otter);
  await startSigningIn(otter);
  await otter.type("Code", codes[0]);
  await otter.press("Sign in");
  await otter.isAt("/");
}

async function withoutScripts(t) {
  const maple = await t.person("Maple", { javaScriptEnabled: false });
  await maple.visit("/sign-in");
  assert.equal(await maple.button("Sign in with a passkey").isVisible(), false);
  await maple.signIn();
  const secret = await setUpApp(maple);
  await signOut(maple);
  await startSigningIn(maple);
  await maple.type("Code", codeOf(secret, 1));
  await maple.press("Sign in");
  await maple.isAt("/");
}

// The page of set-up asks for it, unless it is unticked.
async function startAsHost(t) {
  await t.startKith();
  const host = await t.person("Oz");
  await withDevice(host);
  await host.visit("/setup");
  await host.type("Name of the community", "Harbour");
  await host.type("Name", "Oz");
  await host.type("Password", password);
  await host.press("Open my community");
  await host.follow("I have kept them safe");
  await host.reads("How I sign in");
  await host.visit("/admin");
  await host.isAt("/me/security?next=%2Fadmin");
  await host.follow("Add a passkey");
  await host.type("Present password", password);
  await host.press("Go on");
  await host.press("Make the passkey");
  await host.isAt("/admin");
  await host.reads("Look after the site");

  // With the password alone the host is a member, until the device says who it is.
  await signOut(host);
  await host.visit("/sign-in");
  await host.type("Name", "Oz");
  await host.type("Password", password);
  await host.press("Sign in");
  await host.isAt("/me/security");
  await host.follow("Use your passkey");
  await host.press("Use my passkey");
  await host.isAt("/me/security");
  await host.visit("/admin");
  await host.reads("Look after the site");
}

// ---- what they do there --------------------------------------------------------------------------------

async function setUpApp(person) {
  await person.visit("/me/security/code-app");
  if (new URL(person.page.url()).pathname === "/me/confirm") {
    await person.type("Present password", password);
    await person.press("Go on");
  }
  await person.press("Show me the picture to scan");
  await person.page.locator("svg.qr").waitFor();
  const secret = (await person.page.locator("main code").first().innerText()).replaceAll(" ", "");
  await person.type("Code", codeOf(secret));
  await person.press("Turn it on");
  await person.isAt("/me/security");
  return secret;
}

async function startSigningIn(person) {
  await person.visit("/sign-in");
  await person.type("Name", person.name);
  await person.type("Password", password);
  await person.press("Sign in");
  await person.reads("One more step");
}

async function signOut(person) {
  await person.context.clearCookies();
  await eventually("signed out", async () => {
    await person.visit("/");
    return person.link("Sign in").isVisible();
  });
}

async function answerOf(person, address) {
  const answer = await person.context.request.get(address, { headers: { accept: "application/json" } });
  return answer.json();
}

// RFC 6238, as any app does it.
function codeOf(secret, steps = 0) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const digest = createHmac("sha1", key).update(counter).digest();
  const at = digest[19] & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
