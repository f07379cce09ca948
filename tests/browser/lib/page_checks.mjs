// What must hold on every page. Each check returns its complaints: what is wrong, and an example from the page.
import assert from "node:assert/strict";
import axe from "axe-core";

const every_rule = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
export const desktop = { width: 1280, height: 900 };
export const phone = { width: 320, height: 640 };
export const zoomed = { width: 320, height: 256 }; // 1280 x 1024 at 400 %

// What most journeys ask of each page that they come to.
export async function isFine({ page }) {
  assert.deepEqual([...(await checkWidth(page)), ...(await runAxe(page))], [], page.url());
}

// `rules`: those of axe, by tags or ids.
export async function runAxe(page, rules = every_rule) {
  await page.evaluate(axe.source);
  const { violations, passes } = await page.evaluate((only) => window.axe.run(document, { runOnly: only }), rules);
  assert.ok(passes.length > 0, `axe looked at nothing at ${page.url()}`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html, any, all }) => {
      const why = [...any, ...all].map(({ message }) => message).join("; ");
      return { what: `axe ${id}: ${why.slice(0, 160)}`, example: `${target.join(" ")} ${html.slice(0, 120)}` };
    }),
  );
}

export async function checkFrame(page) {
  const { headings, title, language, help } = await page.evaluate(() => ({
    headings: document.querySelectorAll("h1").length,
    title: document.title.trim(),
    language: document.documentElement.lang,
    help: document.querySelectorAll("a.help-now").length,
  }));
  const complaints = [];
  if (headings !== 1) complaints.push({ what: `${headings} headings of the first level` });
  if (!title) complaints.push({ what: "no title" });
  if (!language) complaints.push({ what: "no language" });
  if (help !== 1) complaints.push({ what: `${help} links to urgent help` });
  return complaints;
}

export async function placeOfHelp(page) {
  await page.evaluate(() => scrollTo(0, 0));
  const { x, y } = await page.locator("a.help-now").boundingBox();
  return `${Math.round(x)},${Math.round(y)}`;
}

export async function checkWidth(page) {
  return page.evaluate(() => {
    const wide = document.documentElement.scrollWidth;
    if (wide <= innerWidth) return [];
    const culprits = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1);
    const names = culprits.slice(-2).map((e) => e.outerHTML.slice(0, 100));
    return [{ what: "scrolls sideways", example: `${wide} px of content in ${innerWidth} px: ${names.join(" and ")}` }];
  });
}

// Where the device chooses the colours, backgrounds are gone: what can be pressed or typed into has an edge, and so has what
// is in focus.
export async function checkEdges(page) {
  const complaints = await page.evaluate(() => {
    if (!matchMedia("(forced-colors: active)").matches) return [{ what: "the colours are not those of the device" }];
    const has_edge = (e) => {
      const { borderTopWidth, borderBottomWidth, outlineStyle } = getComputedStyle(e);
      return parseFloat(borderTopWidth) + parseFloat(borderBottomWidth) > 0 || outlineStyle !== "none";
    };
    return [...document.querySelectorAll("button, .button, select, textarea, input:not([type=hidden])")]
      .filter((e) => e.checkVisibility() && e.getClientRects().length && !has_edge(e) && !e.closest(".choice, .check"))
      .map((e) => ({ what: "no edge in forced colours", example: e.outerHTML.slice(0, 120) }));
  });
  await page.keyboard.press("Tab");
  const { outline, html } = await page.evaluate(() => {
    const focus = document.activeElement;
    return { outline: getComputedStyle(focus).outlineStyle, html: focus.outerHTML.slice(0, 120) };
  });
  if (outline === "none") complaints.push({ what: "no edge around what is in focus", example: html });
  return complaints;
}

// Words that a box cuts off.
export async function checkClipping(page) {
  return page.evaluate(() =>
    [...document.body.querySelectorAll("*")]
      .filter((e) => !e.matches("textarea, input, select, .visually-hidden") && e.textContent.trim() && e.checkVisibility())
      .filter((e) => getComputedStyle(e).overflow !== "visible")
      .filter((e) => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)
      .map((e) => ({ what: `cut off: ${[e.localName, ...e.classList].join(".")}`, example: e.outerHTML.slice(0, 100) })),
  );
}

// Links within a sentence are as large as its letters (WCAG 2.5.8); everything else has 24 px both ways.
export async function checkTargets(page) {
  return page.evaluate(() => {
    const least = 24;
    const isInSentence = (e) => {
      if (getComputedStyle(e).display !== "inline") return false;
      return [...e.parentNode.childNodes].some((n) => n !== e && n.nodeType === Node.TEXT_NODE && n.data.trim());
    };
    const targetOf = (e) => (/^(checkbox|radio)$/.test(e.type) && e.labels?.[0]) || e;
    const called = (e) => [e.localName, ...e.classList].join(".");
    return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
      .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest(".skips") && !isInSentence(e))
      .map((e) => ({ e, box: targetOf(e).getBoundingClientRect() }))
      .filter(({ box }) => box.width < least || box.height < least)
      .map(({ e, box }) => ({
        what: `small target: ${called(e.parentElement.parentElement)} > ${called(e.parentElement)} > ${called(e)}`,
        example: `${Math.round(box.width)} x ${Math.round(box.height)}: ${e.outerHTML.slice(0, 120)}`,
      }));
  });
}
