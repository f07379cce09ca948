// Two people who look after a group share a week on their phones: one plans a shift, cannot come, and the other takes it; a
// note is handed over and read; visitors read when somebody is there; and a short training is done before deciding.
import assert from "node:assert/strict";
import { password } from "../../process/client.mjs";
import { makeCommunity } from "../lib/community.mjs";
import { isFine } from "../lib/page_checks.mjs";
import { comeIn, giveTask } from "../lib/steps.mjs";

export const name = "rota";

export async function run(t) {
  await t.startKith();
  const { host, group } = await makeCommunity(t.base, { posts: 2 });
  const moss = await moderator(t, host, group, "Moss");
  const fern = await moderator(t, host, group, "Fern");

  await planTomorrow(moss);
  await isFine(moss);
  await moss.page.getByRole("link", { name: "20:00 to midnight" }).click();
  await moss.press("I cannot come");
  await moss.page.getByText("Somebody is wanted").waitFor();

  await fern.visit("/rota/ahead");
  await fern.page.getByText(/tomorrow, 20:00 to midnight, .*: nobody/).waitFor();
  await isFine(fern);
  await takeIt(fern);
  await fern.visit("/");
  await fern.page.getByText("You are on tomorrow from 20:00.").waitFor();

  await handOver(moss, fern);
  await readHours(t, group);
  await learn(host, fern);
  await setUpRota(t);
}

// The host's pages: nobody alone, and a place's clock.
async function setUpRota(t) {
  const desk = await t.person("Desk", { viewport: { width: 360, height: 740 } });
  await desk.signIn("Oz", password);
  await desk.visit("/admin/training/1");
  await isFine(desk);
  await desk.visit("/admin/rota");
  await isFine(desk);
  await desk.page.getByLabel("The clock of the community").selectOption("Europe/Madrid");
  await desk.page.getByLabel("Evening talk").check();
  await desk.press("Save");
  await desk.visit("/rota/ahead");
  await desk.page.getByText("Fern would be alone").waitFor();
}

async function moderator(t, host, group, name) {
  const person = await t.person(name, { viewport: { width: 360, height: 740 } });
  await comeIn(person, group);
  await giveTask(host, group, name);
  return person;
}

function tomorrow() {
  return new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

async function planTomorrow(person) {
  await person.visit("/");
  await person.follow("See the rota");
  await person.isAt("/rota");
  await person.follow("Plan a shift");
  await person.page.getByLabel("Which group?").selectOption({ label: "Evening talk" });
  await person.page.getByLabel("Day", { exact: true }).fill(tomorrow());
  await person.page.getByLabel("From", { exact: true }).fill("20:00");
  await person.page.getByLabel("Until", { exact: true }).fill("00:00");
  await isFine(person);
  await person.press("Plan this shift");
  await person.isAt(`/rota?week=${tomorrow()}`);
}

async function takeIt(person) {
  await person.visit(`/rota?week=${tomorrow()}`);
  await person.page.getByRole("link", { name: "20:00 to midnight" }).click();
  await person.press("I take this shift");
  await person.page.getByText("I cannot come").waitFor();
  await isFine(person);
}

async function handOver(from, to) {
  await from.visit("/rota/handovers");
  await from.page.getByLabel("Which group?").selectOption({ label: "Evening talk" });
  await from.type("What should the next ones know?", "A quiet evening. Somebody new said hello.");
  await from.press("Hand over");
  await from.page.getByText("A quiet evening.").waitFor();
  await to.visit("/");
  await to.follow("There is a handover note for you to read.");
  await to.page.getByText("A quiet evening.").waitFor();
  await isFine(to);
  await to.press("I have read them");
  assert.equal(await to.page.getByRole("button", { name: "I have read them" }).count(), 0);
}

async function readHours(t, group) {
  const guest = await t.person("Guest");
  await guest.visit(`/groups/${group}`);
  await guest.page.getByText("Somebody is back tomorrow, 20:00.").waitFor();
  await guest.page.getByText("by the clock in UTC", { exact: false }).first().waitFor();
}

async function learn(host, person) {
  const added = await host.post("/admin/training/new", {
    title: "Our role",
    words: "We listen. We do not cure.",
    questions: "What do we do? | Listen | Cure",
    statement: "I look after myself.",
    months: "12",
    "role-moderator": "yes",
  });
  assert.equal(added.status, 303, added.body);
  await person.visit("/training");
  await person.follow("Our role");
  await person.page.getByLabel("Cure").check();
  await person.page.getByLabel("I look after myself.").check();
  await person.press("I have read it");
  await person.page.getByText("Please read that part again").first().waitFor();
  await isFine(person);
  await person.page.getByLabel("Listen").check();
  await person.press("I have read it");
  await person.isAt("/training");
  await person.page.getByText("It holds until").waitFor();
}
