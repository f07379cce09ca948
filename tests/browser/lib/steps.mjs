// The parts of the whole journey that are the same with a mouse, a keyboard and without scripts.
import assert from "node:assert/strict";
import { password } from "../../process/client.mjs";
import { evening, long_thread, words_of } from "./community.mjs";
import { eventually } from "./eventually.mjs";

// From the landing page into the group under a new name. Returns the recovery codes.
export async function comeIn(person, group) {
  await person.visit("/");
  await person.follow("Find a group");
  await person.isAt("/groups");
  await person.type("What is it about?", "evening");
  await person.press("Find groups");
  await person.isAt("/groups?q=evening");
  await person.follow(evening);
  await person.isAt(`/groups/${group}/membership`);
  await person.follow("Choose a name");
  await person.signUp();
  await person.reads("Your recovery codes");
  const codes = await person.page.locator(".codes li").allInnerTexts();
  assert.equal(codes.length, 10);
  await person.follow("I have kept them safe");
  await person.isAt(`/groups/${group}/membership`);
  await person.press("I agree to the rules. Join this group");
  await person.isAt(`/groups/${group}`);
  await person.reads(evening);
  return codes;
}

// Reads the long thread to its end.
export async function readThread(person, thread) {
  await person.follow(long_thread);
  await person.isAt(`/threads/${thread}`);
  await person.reads(long_thread);
  assert.equal(await person.page.locator("article.post").count(), 20);
  await person.follow("Next page");
  await person.isAt(`/threads/${thread}?page=2`);
  await person.post(words_of(22));
}

// After a while away: the start page says what is new and leads to the first unread post.
export async function returnToUnread(person, thread, number) {
  await person.visit("/groups");
  const address = `/threads/${thread}?page=2#p${number}`;
  await eventually("the start page leads to the first unread post", async () => {
    await person.visit("/");
    return (await person.link(long_thread).getAttribute("href", { timeout: 500 })) === address;
  });
  await person.follow(long_thread);
  await person.isAt(address);
  const post = person.page.locator(`#p${number}`);
  await person.sees(post, `post ${number}`);
  await post.locator(".unread-word").filter({ visible: true }).waitFor();
  assert.equal(await person.page.locator(`#p${number - 1} .unread-word`).isVisible(), false);
}

// By a host, in requests.
export async function giveTask(host, group, person) {
  const given = await host.post(`/groups/${group}/leaders`, { person, role: "moderator", do: "give", current: password });
  assert.equal(given.status, 303, given.body);
}

export async function reportPost(person, thread, number, reason) {
  await person.visit(`/threads/${thread}`);
  await person.page.locator(`#p${number}`).getByRole("link", { name: "Report" }).click();
  await person.page.getByLabel(reason).check();
  await person.press("Send the report");
  await person.reads("Your report was sent");
}

// The author of what was decided asks for another look, and another person of the house takes the decision back.
export async function askForAnotherLook(person) {
  await person.page.getByLabel("Do you see it differently?").fill("It was about myself.");
  await person.press("Ask for another look");
  await person.page.getByText("Somebody else will look at it.").waitFor();
}

export async function takeDecisionBack(t, reason) {
  const desk = await t.person("Host");
  await desk.signIn("Oz", password);
  await desk.visit("/cases");
  await desk.page.getByText("another look is asked for").waitFor();
  await desk.page.getByRole("link", { name: reason }).click();
  await desk.page.getByText("It was about myself.").waitFor();
  await desk.page.getByLabel("The decision is taken back").check();
  await desk.type("Your words to the author", "You are right, I read it wrongly.");
  await desk.press("Answer the author");
  await desk.page.getByText("This was answered:").waitFor();
}
