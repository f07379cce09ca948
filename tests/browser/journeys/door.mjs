// When it is busy at the door a slow telephone computes for a moment, and somebody without scripts takes a minute. Three
// new accounts post the same advert: the host removes all of it at once, and takes that back.
import assert from "node:assert/strict";
import { password, signUp, startThread, join, Visitor } from "../../process/client.mjs";
import { makeCommunity } from "../lib/community.mjs";
import { checkWidth, isFine } from "../lib/page_checks.mjs";

export const name = "door";

const advert = "This tea helps against everything, and I sell it to all of you who have been ill for such a long time.";
const phone = { viewport: { width: 360, height: 740 } };

export async function run(t) {
  await t.startKith();
  const { host, group } = await makeCommunity(t.base, { posts: 2 });
  const sellers = [];
  for (const seller of ["Copper Kettle", "Tin Teapot", "Brass Samovar"]) {
    sellers.push(await signUp(t.base, seller));
    await join(sellers.at(-1), group);
  }
  await set(host, { asking: "always", new_days: "3" });

  const newt = await t.person("Newt", phone);
  const devtools = await newt.context.newCDPSession(newt.page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 6 });
  await newt.visit("/sign-up");
  await newt.signUp();
  await newt.reads("Your recovery codes");

  const vole = await t.person("Vole", { ...phone, javaScriptEnabled: false });
  await vole.visit("/sign-up");
  await vole.page.getByText("please take a minute over this form").waitFor();
  assert.deepEqual(await checkWidth(vole.page), []);
  await vole.signUp();
  await vole.page.getByText(/please wait \d+ seconds, then send this once more/).first().waitFor();
  assert.equal(await vole.field("Name").inputValue(), "Vole");

  const threads = [];
  for (const seller of sellers) threads.push(await startThread(seller, group, "Tea", advert));
  const desk = await t.person("Host", phone);
  await desk.signIn("Oz", password);
  await desk.visit("/notices");
  await desk.page.getByText("Something at the door of the site needs a look.").click();
  await desk.reads("Who is at the door");
  await isFine(desk);
  await desk.follow("The same words in 3 posts");
  await isFine(desk);
  await desk.press("Remove all of it");
  await desk.page.getByText("It was stopped.").first().waitFor();
  await state(t, threads[0], 404);
  await desk.press("Undo all of it");
  await desk.page.getByText("Somebody said that nothing is wrong with it.").waitFor();
  await state(t, threads[0], 200);
}

async function set(host, numbers) {
  const saved = await host.post("/admin/door", numbers);
  assert.equal(saved.status, 303, saved.body);
}

// What a guest finds at the first post, once the job has done it.
async function state(t, thread, status) {
  const guest = new Visitor(t.base);
  for (let i = 0; i < 150; i++) {
    const page = await guest.get(`/threads/${thread}`);
    if (page.body.includes(advert) === (status === 200)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  assert.fail(`/threads/${thread} is not as it should be`);
}
