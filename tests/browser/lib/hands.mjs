// Two ways to use a page. Both wait until what they use is there.
import assert from "node:assert/strict";

const most_stops = 400;

export class Mouse {
  async press(locator) {
    await locator.click();
  }

  async type(locator, words) {
    await locator.fill(words);
  }

  async tick(locator) {
    await locator.check();
  }
}

// Tab, Enter, Space and letters only. Wherever the keyboard stops on its way, it must show where it is.
export class Keyboard {
  constructor(page) {
    this.page = page;
  }

  async press(locator) {
    await this.goTo(locator);
    await this.page.keyboard.press("Enter");
  }

  async type(locator, words) {
    await this.goTo(locator);
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.type(words);
  }

  async tick(locator) {
    await this.goTo(locator);
    await this.page.keyboard.press("Space");
    assert.ok(await locator.isChecked());
  }

  async goTo(locator) {
    await locator.waitFor();
    const target = await locator.elementHandle();
    for (let stops = 0; stops < most_stops; ++stops) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press("Tab");
      const problem = await this.page.evaluate(problemOfFocus);
      assert.equal(problem, "", `focus at ${this.page.url()}`);
    }
    assert.fail(`Tab never reaches ${locator} at ${this.page.url()}`);
  }
}

// In the page. Empty if whoever uses the keyboard can see where it is.
function problemOfFocus() {
  const element = document.activeElement;
  if (!element || element === document.body) return "";
  const name = element.outerHTML.slice(0, 160);
  const style = getComputedStyle(element);
  const is_outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  if (!is_outlined && style.boxShadow === "none") return `not to be seen: ${name}`;

  const boxes = [...element.getClientRects()];
  const shows = boxes.some((box) => {
    const points = [0.1, 0.5, 0.9].flatMap((x) => [0.2, 0.5, 0.8].map((y) => [x, y]));
    return points.some(([x, y]) => {
      const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
      return top && (element.contains(top) || top.contains(element) || top.closest("label")?.control === element);
    });
  });
  return shows ? "" : `behind something or out of view: ${name}`;
}
