// A break with the keyboard and without scripts: hidden and silent, and one press brings back; an account that was closed
// opens again.
import { password } from "../../process/client.mjs";
import { makeCommunity } from "../lib/community.mjs";
import { isFine, phone } from "../lib/page_checks.mjs";
import { comeIn } from "../lib/steps.mjs";

export const name = "break";

export async function run(t) {
  await t.startKith();
  const { group, thread } = await makeCommunity(t.base, { posts: 3 });
  const maple = await t.person("Maple", { viewport: phone });
  await comeIn(maple, group);
  await rests(maple, thread);
  await comesBack(maple, thread);
  const rowan = await t.person("Rowan", { javaScriptEnabled: false, viewport: phone });
  await comeIn(rowan, group);
  await closesAndOpensAgain(rowan, thread);
}

async function rests(maple, thread) {
  await maple.visit("/me");
  await maple.follow("Take a break");
  await isFine(maple);
  await maple.page.getByLabel("A week").check();
  await maple.press("Begin my break");
  await maple.reads("You are on a break");
  await isFine(maple);

  await maple.page.goto(`/threads/${thread}`);
  await maple.reads("You are on a break");
  await maple.follow("Need help now?");
  await maple.reads("Urgent help");
}

async function comesBack(maple, thread) {
  await maple.page.goto("/");
  await maple.press("I am back");
  await maple.reads("Welcome, Maple");
  await maple.visit(`/threads/${thread}`);
}

async function closesAndOpensAgain(rowan, thread) {
  await rowan.visit("/me");
  await rowan.follow("Close my account");
  await rowan.page.getByText("For 21 days you can take it back").waitFor();
  await rowan.tick("Yes, I want to close my account.");
  if (await rowan.field("Present password").count()) await rowan.type("Present password", password);
  await rowan.press("Close my account");
  await rowan.isAt("/");
  await rowan.link("Sign in").waitFor();
  await rowan.signIn();
  await rowan.visit(`/threads/${thread}`);
}
