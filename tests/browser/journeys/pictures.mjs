// A picture comes into a post by the file field, by pasting and without scripts; it is small, says nothing of where it was
// taken, and stays blurred until somebody taps it.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import url from "node:url";
import { password } from "../../process/client.mjs";
import { makeCommunity } from "../lib/community.mjs";
import { eventually } from "../lib/eventually.mjs";
import { comeIn } from "../lib/steps.mjs";

export const name = "pictures";

const folder = path.join(path.dirname(url.fileURLToPath(import.meta.url)), "../../pictures");
const wide = path.join(folder, "wide.png");
const turned = path.join(folder, "turned.jpg");

export async function run(t) {
  await t.startKith();
  const { group, thread } = await makeCommunity(t.base, { posts: 3 });
  const maple = await t.person("Maple");
  await comeIn(maple, group);
  await maple.visit(`/threads/${thread}`);
  maple.seen.expected.push(/status of 422/); // what is refused is said beside the field
  await choosesAFile(maple);
  await pastesOne(maple);
  const rowan = await t.person("Rowan", { javaScriptEnabled: false });
  await comeIn(rowan, group);
  await addsItWithoutScripts(rowan, thread);
  const otter = await t.person("Otter");
  await otter.signIn("Otter", password);
  await otter.visit(`/threads/${thread}`);
  await looks(otter);
}

async function choosesAFile(person) {
  await person.type("Your words", "My garden today.");
  await person.page.getByText("Add a picture").click();
  await person.press("Add the picture");
  await person.page.getByText("Please choose a picture first.").waitFor();
  await person.page.locator("#picture").setInputFiles({ name: "a.png", mimeType: "image/png", buffer: Buffer.from("<svg/>") });
  await person.type("What can be seen on it, for people who cannot see it", "A [green] field");
  await person.press("Add the picture");
  await person.page.getByText("We cannot read this picture.").waitFor();
  await person.page.locator("#picture").setInputFiles(wide);
  await person.press("Add the picture");
  await eventually("the picture stands in the words", async () =>
    /My garden today\.\n\n!\[A \\\[green\\\] field\]\(picture:/.test(await person.field("Your words").inputValue()));
  await person.press("Send my reply");
  const picture = (await person.post("My garden today.")).getByRole("img", { name: "A [green] field" });
  await isThere(picture, 1600, 400);
}

async function pastesOne(person) {
  const bytes = [...fs.readFileSync(turned)];
  await person.page.locator("#text").evaluate((text, numbers) => {
    const files = new DataTransfer();
    files.items.add(new File([new Uint8Array(numbers)], "photo.jpg", { type: "image/jpeg" }));
    text.dispatchEvent(new ClipboardEvent("paste", { clipboardData: files, bubbles: true, cancelable: true }));
  }, bytes);
  await person.isFocused(person.page.locator("#picture_words"), "what can be seen is asked for");
  await person.page.keyboard.type("Two colours");
  await person.tick("Blur it until somebody taps it");
  await person.press("Add the picture");
  await eventually("the picture stands in the words", async () =>
    (await person.field("Your words").inputValue()).includes('"blur")'));
  await person.press("Send my reply");
  await isThere(person.page.locator("#p5").getByRole("img", { name: "Two colours" }), 16, 24);
}

async function addsItWithoutScripts(person, thread) {
  await person.visit(`/threads/${thread}`);
  await person.type("Your words", "Without scripts.");
  await person.page.getByText("Add a picture").click();
  await person.page.locator("#picture").setInputFiles(turned);
  await person.type("What can be seen on it, for people who cannot see it", "Red and green");
  await person.press("Add the picture");
  assert.match(await person.field("Your words").inputValue(), /Without scripts\.\n\n!\[Red and green\]\(picture:/);
  await person.press("Send my reply");
  await isThere((await person.post("Without scripts.")).getByRole("img", { name: "Red and green" }), 16, 24);
}

async function looks(person) {
  const blurred = person.page.locator("#p5 .picture");
  await blurred.scrollIntoViewIfNeeded();
  const filter = () => blurred.locator("img").evaluate((image) => getComputedStyle(image).filter);
  assert.match(await filter(), /blur/);
  await blurred.focus();
  assert.equal(await filter(), "none");
  await person.page.locator("#p4 .picture img").scrollIntoViewIfNeeded();
  const bytes = await person.page.locator("#p5 img").evaluate(async (image) => {
    const buffer = await (await fetch(image.src)).arrayBuffer();
    return [...new Uint8Array(buffer)];
  });
  assert.doesNotMatch(Buffer.from(bytes).toString("latin1"), /Anna|52\.52|EXIF/i, "nothing says where it was taken");
}

async function isThere(picture, width, height) {
  await picture.scrollIntoViewIfNeeded();
  await eventually("the picture has come", () => picture.evaluate((image) => image.complete && image.naturalWidth > 0));
  assert.deepEqual(await picture.evaluate((image) => [image.naturalWidth, image.naturalHeight]), [width, height]);
}
