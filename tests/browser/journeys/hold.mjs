// Somebody's account is put on hold by a decision. They sign in, read why on a phone, and ask for another look; somebody
// else takes the decision back, and they are in the house again.
import { makeCommunity } from "../lib/community.mjs";
import { isFine } from "../lib/page_checks.mjs";
import { askForAnotherLook, comeIn, giveTask, reportPost, takeDecisionBack } from "../lib/steps.mjs";

export const name = "hold";

const reason = "It is unkind or threatening";
const unkind = "You are only lazy.";

export async function run(t) {
  await t.startKith();
  const { host, group, thread } = await makeCommunity(t.base, { posts: 2 });
  const maple = await t.person("Maple", { viewport: { width: 360, height: 740 } });
  await comeIn(maple, group);
  await maple.visit(`/threads/${thread}`);
  await maple.reply(unkind);

  const moss = await t.person("Moss");
  await comeIn(moss, group);
  await giveTask(host, group, "Moss");
  const fern = await t.person("Fern");
  await comeIn(fern, group);
  await reportPost(fern, thread, 3, reason);
  await decide(moss);

  await comeBack(maple);
  await maple.reads("Your account is on hold");
  await maple.page.getByText("Please rest for a while.").waitFor();
  await maple.page.getByText("It ends by itself on").waitFor();
  await isFine(maple);
  await maple.visit(`/threads/${thread}`);
  await maple.isAt("/me/hold");
  await askForAnotherLook(maple);

  await takeDecisionBack(t, reason);
  await maple.visit(`/threads/${thread}`);
  await maple.page.locator("#p3").getByText(unkind).waitFor();
}

// Still signed in, and led to why.
async function comeBack(person) {
  await person.visit("/");
  await person.isAt("/me/hold");
}

async function decide(person) {
  await person.visit("/cases");
  await person.follow(reason);
  await person.page.getByLabel("put its author's account on hold").check();
  await person.type("Your words to the author", "Please rest for a while.");
  await person.press("Decide this");
  await person.page.getByText("Moss decided on").waitFor();
}
