import assert from "node:assert/strict";
import { password } from "../../process/client.mjs";
import { eventually } from "./eventually.mjs";
import { Keyboard, Mouse } from "./hands.mjs";
import { watch } from "./watch.mjs";

// Somebody in front of a browser. Links, buttons and fields are found by their words, as people find them.
export class Person {
  // `settings` as of a Playwright context, such as `javaScriptEnabled`; `keyboard`: without a mouse.
  static async arrive(browser, base, name, { keyboard = false, ...settings }) {
    const context = await browser.newContext({
      baseURL: base,
      viewport: { width: 1280, height: 900 },
      locale: "en-GB",
      reducedMotion: "reduce",
      ...settings,
    });
    context.setDefaultTimeout(40_000);
    const page = await context.newPage();
    const hand = keyboard ? new Keyboard(page) : new Mouse();
    return Object.assign(new Person(), { name, base, context, page, hand, seen: watch(context, base) });
  }

  async visit(address, status = 200) {
    const answer = await this.page.goto(address);
    assert.equal(answer.status(), status, `${this.name} at ${address}`);
    return answer;
  }

  link(words) {
    return this.page.getByRole("link", { name: words, exact: true }).first();
  }

  button(words) {
    return this.page.getByRole("button", { name: words, exact: true }).first();
  }

  field(label) {
    return this.page.getByLabel(label, { exact: true }).first();
  }

  async follow(words) {
    await this.hand.press(this.link(words));
  }

  async press(words) {
    await this.hand.press(this.button(words));
  }

  async type(label, words) {
    await this.hand.type(this.field(label), words);
  }

  async tick(label) {
    await this.hand.tick(this.field(label));
  }

  async isAt(address) {
    const wanted = address instanceof RegExp ? address : exactly(address);
    await this.page.waitForURL((url) => wanted.test(url.pathname + url.search + url.hash));
  }

  async reads(heading) {
    await this.page.getByRole("heading", { level: 1, name: heading, exact: true }).waitFor();
  }

  async signUp() {
    await this.type("Name", this.name);
    await this.type("Password", password);
    await this.press("Sign up");
  }

  async signIn(name = this.name, secret = password) {
    await this.visit("/sign-in");
    await this.type("Name", name);
    await this.type("Password", secret);
    await this.press("Sign in");
    await this.isAt("/");
  }

  async reply(words) {
    await this.type("Your words", words);
    await this.press("Send my reply");
    return this.post(words);
  }

  // The post with these words, once it is on the page.
  async post(words) {
    const post = this.page.locator("article.post").filter({ hasText: words }).last();
    await post.waitFor();
    return post;
  }

  async isFocused(locator, what) {
    await eventually(`focus on ${what}`, () => locator.evaluate((element) => element === document.activeElement));
  }

  async sees(locator, what) {
    await locator.waitFor();
    await eventually(`${what} in view`, () =>
      locator.evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return bottom > 0 && top < innerHeight;
      }),
    );
  }

  // Leaves a mark that does not outlive this page.
  async markPage() {
    await this.page.evaluate(() => (window.stayed = true));
  }

  async assertSamePage() {
    assert.equal(await this.page.evaluate(() => window.stayed), true, "the page was loaded again");
  }
}

function exactly(address) {
  return new RegExp(`^${address.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
}
