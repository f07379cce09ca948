// Somebody asks a person they trust to keep a code. Once it is typed where they are still signed in, and they stop it. Then
// all is lost: without scripts, on a phone, they wait, and come back with a new password.
import assert from "node:assert/strict";
import { password } from "../../process/client.mjs";
import { makeCommunity } from "../lib/community.mjs";
import { checkWidth, phone, runAxe } from "../lib/page_checks.mjs";
import { comeIn } from "../lib/steps.mjs";

export const name = "helper";

const days = 24 * 60 * 60 * 1000;
const scriptless = { viewport: phone, javaScriptEnabled: false };
const new_password = "another made-up password";

export async function run(t) {
  const kith = await t.startKith();
  const { group } = await makeCommunity(t.base, { posts: 2 });
  const maple = await t.person("Maple", { viewport: phone });
  await comeIn(maple, group);
  const taken = await askHelper(maple, "My brother");
  const kept = await askHelper(maple, "My sister");

  const stranger = await t.person("Stranger", { viewport: phone });
  await typeCode(stranger, "Maple", "k7m2-p9xq-4hd3-w8nz-t5ga");
  await stranger.page.getByText("That name and code do not go together").first().waitFor();
  await typeCode(stranger, "Maple", taken);
  await stranger.page.getByText("The time to wait has begun.").waitFor();
  await stops(maple);
  await typeCode(stranger, "Maple", taken);
  await stranger.page.getByText("That name and code do not go together").first().waitFor();

  const lost = await t.person("Lost", scriptless);
  await typeCode(lost, "Maple", kept);
  await lost.page.getByText("The time to wait has begun.").waitFor();
  await looksWell(lost, { with_axe: false });
  await letDaysPass(t, kith, 3);

  const back = await t.person("Back", scriptless);
  await typeCode(back, "Maple", kept);
  await looksWell(back, { with_axe: false });
  await back.type("New password", new_password);
  await back.press("Save my new password");
  await back.reads("Welcome back");
  assert.equal(await back.page.locator(".codes li").count(), 10);
  await back.follow("I have kept them safe, sign in");
  await back.signIn("Maple", new_password);
  await back.visit("/notices");
  await back.page.getByText("Your password is new").waitFor();
}

async function askHelper(maple, who) {
  await maple.visit("/me/security");
  await maple.follow("Look at this way back");
  await maple.type("Who is it?", who);
  const current = maple.field("Present password");
  if (await current.count()) await current.fill(password);
  await looksWell(maple);
  await maple.press("Make a code");
  await maple.reads("A code for your helper");
  const code = await maple.page.locator(".codes code").innerText();
  await printsNothingElse(maple);
  await maple.follow("I have kept it");
  await maple.page.locator(".card").getByText(who, { exact: true }).waitFor();
  return code;
}

// The paper tells neither where it comes from nor whose it is.
async function printsNothingElse(maple) {
  await maple.page.emulateMedia({ media: "print" });
  const words = await maple.page.locator("body").innerText();
  await maple.page.emulateMedia({ media: "screen" });
  assert.match(words, /Please keep this for me/);
  for (const secret of ["Harbour", "Maple", "sister", "brother", "helper", "Oz"]) assert.ok(!words.includes(secret), secret);
}

async function typeCode(person, member, code) {
  await person.visit("/sign-in");
  await person.follow("I cannot get in");
  await person.follow("Somebody I trust keeps a code for me");
  await person.type("Your name here", member);
  await person.type("The code of your helper", code);
  await looksWell(person, { with_axe: person.name === "Stranger" });
  await person.press("Go on");
}

async function stops(maple) {
  await maple.visit("/");
  await maple.page.getByText("Is it not you? Then stop it").waitFor();
  await looksWell(maple);
  await maple.press("It is not me, stop it");
  await maple.isAt("/me/helpers");
  assert.equal(await maple.page.getByText("My brother", { exact: true }).count(), 0);
  await maple.page.getByText("My sister", { exact: true }).waitFor();
}

async function looksWell(person, { with_axe = true } = {}) {
  assert.deepEqual([...(await checkWidth(person.page)), ...(with_axe ? await runAxe(person.page) : [])], []);
}

async function letDaysPass(t, kith, count) {
  await kith.stop();
  kith.sql("update helper set begun_at_ms = begun_at_ms - ?", count * days);
  await kith.start();
  t.base = kith.base;
}
