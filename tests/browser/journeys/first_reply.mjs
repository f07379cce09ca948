// From the landing page to a first anonymous reply, on a phone, by somebody who has never been here: each touch is counted,
// and printed with the time the machine took.
import assert from "node:assert/strict";
import { password } from "../../process/client.mjs";
import { evening, long_thread, makeCommunity } from "../lib/community.mjs";

export const name = "first-reply";

const most_taps = 11;
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

export async function run(t) {
  await t.startKith();
  const { group } = await makeCommunity(t.base, { posts: 3 });
  const newcomer = await t.person("Newcomer", phone);
  const { page } = newcomer;
  let taps = 0;
  const tap = async (locator) => {
    await locator.tap();
    ++taps;
  };

  const began = Date.now();
  await newcomer.visit("/");
  await tap(newcomer.link(evening));
  await tap(newcomer.link("Choose a name"));
  await tap(newcomer.field("Name"));
  await page.keyboard.type("Quiet Newcomer");
  await tap(newcomer.field("Password"));
  await page.keyboard.type(password);
  await tap(newcomer.button("Sign up"));
  await tap(newcomer.link("I have kept them safe"));
  await tap(newcomer.button("I agree to the rules. Join this group"));
  await newcomer.isAt(`/groups/${group}`);
  await tap(newcomer.link(long_thread));
  await tap(newcomer.field("Your words"));
  await page.keyboard.type("I know these evenings. Thank you for asking.");
  await tap(page.getByLabel("Anonymous in this thread"));
  await tap(newcomer.button("Send my reply"));
  const post = await newcomer.post("I know these evenings.");
  assert.match(await post.locator("h2").innerText(), /Anonymous/);
  assert.ok(taps <= most_taps, `${taps} taps`);
  console.log(`      ${taps} taps; the machine took ${((Date.now() - began) / 1000).toFixed(1)} s of it`);
}
