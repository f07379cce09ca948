// Somebody new finds the right group by a few answers, or skips them; a guest leaves no trace.
import assert from "node:assert/strict";

export const name = "people";

export async function run(t) {
  await t.startKith({ demo: true });
  for (const javaScriptEnabled of [true, false]) {
    const guest = await t.person("Guest", { javaScriptEnabled });
    await guest.visit("/groups");
    await guest.follow("Find people like me");
    await guest.tick("Low mood");
    await guest.press("Show me what fits");
    await guest.page.getByText("It is about Low mood.").waitFor();
    await guest.visit("/people-like-me");
    assert.equal(await guest.field("Low mood").isChecked(), false, "nothing is kept of a guest");
    await findsAGroup(await t.person(javaScriptEnabled ? "Teasel" : "Bramble", { javaScriptEnabled }));
  }
  await skips(t);
}

async function findsAGroup(person) {
  await person.visit("/sign-up");
  await person.signUp();
  await person.visit("/");
  await person.follow("Find people like you: a few questions, or skip them");
  await person.tick("Chronic pain");
  await person.tick("Company");
  await person.tick("One to five years");
  await person.press("Show me what fits");
  const card = person.page.locator("li.card").filter({ hasText: "Living with pain" });
  await card.getByText("It is about Chronic pain.").waitFor();
  await card.getByText("People wrote there today.").waitFor();
  assert.equal(await person.field("One to five years").isChecked(), true);
  await person.page.getByText("because you said: Chronic pain").first().waitFor();
  await person.follow("Living with pain");
  await person.press("I agree to the rules. Join this group");
  await person.reads("Living with pain");
}

async function skips(t) {
  const member = await t.person("Maple");
  await member.signIn(t.signIns.member.name, t.signIns.member.password);
  await member.visit("/");
  await member.follow("Find people like you: a few questions, or skip them");
  await member.press("Skip this");
  await member.visit("/");
  assert.equal(await member.page.getByText("Find people like you").count(), 0, "it is asked once");
}
