// The first visit leads to the set-up page; the host sets the community up and is signed in.
import assert from "node:assert/strict";
import { password } from "../../process/client.mjs";

export const name = "setup";

export async function run(t) {
  await t.startKith();
  const host = await t.person("Oz");
  await host.visit("/");
  await host.isAt("/setup");

  await host.type("Name of the community", "Harbour");
  await host.type("Who can help at once?", "Emergency | 112 | day and night");
  await host.type("Name", "Oz");
  await host.type("Password", "short");
  await host.press("Open my community");
  await host.isFocused(host.page.getByRole("alert"), "what is wrong");
  assert.equal(await host.field("Name of the community").inputValue(), "Harbour", "what was typed stays");

  await host.type("Password", password);
  await host.press("Open my community");
  await host.reads("Welcome");
  assert.equal(await host.page.locator(".codes li").count(), 10);
  await host.follow("I have kept them safe");
  await host.reads("How I sign in");
  await host.visit("/");
  await host.reads("Welcome, Oz");

  await host.visit("/help-now");
  await host.page.locator("main").getByText("112").first().waitFor();
  await host.visit("/setup");
  await host.isAt("/");
}
