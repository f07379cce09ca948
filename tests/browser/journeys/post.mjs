// My own data and my notices, without scripts and with the keyboard alone: a copy to keep, erasure that can be taken
// back, mails that need an address first.
import assert from "node:assert/strict";
import fs from "node:fs";
import { password } from "../../process/client.mjs";
import { checkWidth, phone } from "../lib/page_checks.mjs";
import { makeCommunity } from "../lib/community.mjs";

export const name = "post";

export async function run(t) {
  await t.startKith();
  const { thread } = await makeCommunity(t.base, { posts: 3 });
  const otter = await t.person("Otter", { javaScriptEnabled: false, viewport: phone });
  await otter.signIn();
  await choosesMails(otter);
  await isToldOnceThatItIsSaved(otter);
  await takesACopy(otter);
  await goesAndComesBack(t, otter, thread);
}

async function choosesMails(otter) {
  await otter.visit("/me");
  await otter.follow("How I hear of news");
  await otter.page.getByLabel("By e-mail, once a day").check();
  await otter.page.getByLabel("Hour of the daily or weekly mail").selectOption("07:00");
  await otter.page.getByLabel("Whose clock? Choose a big place near you.").selectOption("Europe/Madrid");
  await otter.press("Save");
  await otter.page.getByText("Please give us an e-mail address first").first().waitFor();
  assert.equal(await otter.page.getByLabel("By e-mail, once a day").isChecked(), true, "what was chosen stays");
  assert.equal(await otter.field("Whose clock? Choose a big place near you.").inputValue(), "Europe/Madrid");
  assert.deepEqual(await checkWidth(otter.page), []);
}

async function isToldOnceThatItIsSaved(otter) {
  await otter.visit("/me/content-notes");
  await otter.press("Save");
  await otter.page.getByRole("status").getByText("Saved.", { exact: true }).waitFor();
  assert.match(await otter.page.title(), /^Saved: /);
  assert.deepEqual(await checkWidth(otter.page), []);
  await otter.page.reload();
  assert.equal(await otter.page.getByText("Saved.", { exact: true }).count(), 0);
}

async function takesACopy(otter) {
  await otter.visit("/me");
  await otter.follow("My data");
  await otter.type("Present password", password);
  const [download] = await Promise.all([otter.page.waitForEvent("download"), otter.press("Take a copy")]);
  assert.equal(download.suggestedFilename(), "my-data.zip");
  const bytes = fs.readFileSync(await download.path());
  assert.equal(bytes.subarray(0, 2).toString(), "PK");
}

async function goesAndComesBack(t, otter, thread) {
  await otter.visit("/me/data");
  await otter.follow("How that goes");
  await otter.page.getByLabel("Take my words away too").check();
  assert.equal(await otter.page.getByLabel("Present password").count(), 0, "the copy just asked for it");
  await otter.press("Erase all about me");
  await otter.isAt("/goodbye?words=take");
  await otter.page.getByText("The words and pictures of your posts, and quotes of them.").waitFor();
  await checkWidth(otter.page);
  await otter.link("Sign in").waitFor();
  const maple = await t.person("Otter", { keyboard: true });
  await maple.signIn();
  await maple.visit(`/threads/${thread}`);
  await maple.visit("/me/notices");
}
