// No page says an error on its console, breaks its own content policy or asks another host; a long thread weighs
// less than 60 kB. (That nothing is said or asked elsewhere is checked of every journey when it ends.)
import assert from "node:assert/strict";
import { signUp } from "../../process/client.mjs";
import { makeCommunity } from "../lib/community.mjs";
import { openPage, pagesByRole, signInAs } from "../lib/pages.mjs";

export const name = "csp";

const most_bytes = 60_000;

export async function run(t) {
  await weighThread(t);
  await t.startKith({ demo: true });
  const pages = await pagesByRole(t);
  await Promise.all(Object.keys(pages).map((role) => visitAll(t, role, pages[role])));
}

async function visitAll(t, role, pages) {
  const person = await t.person(role);
  await signInAs(t, person, role);
  for (const entry of pages) {
    await openPage(person.page, entry).catch((error) => person.seen.errors.push(error.message));
    await checkPolicy(person);
  }
}

async function checkPolicy({ page, seen }) {
  const inline = await page.evaluate(() => {
    const styled = document.querySelectorAll("[style], style:not([nonce]), script:not([src])").length;
    const handlers = [...document.querySelectorAll("*")].filter((e) => e.getAttributeNames().some((n) => n.startsWith("on")));
    return styled + handlers.length;
  });
  if (inline > 0) seen.errors.push(`${page.url()}: ${inline} inline styles or scripts`);
}

// As a member sees it on the first visit.
async function weighThread(t) {
  await t.startKith();
  const { thread } = await makeCommunity(t.base, { posts: 20 });
  await signUp(t.base, "Maple");
  const cookies = await sessionOf(t, "Maple");

  const maple = await t.person("Maple");
  await maple.context.addCookies(cookies);
  const weights = [];
  maple.page.on("requestfinished", (request) => weights.push(weigh(request)));
  const answer = await maple.visit(`/threads/${thread}`);
  assert.match(answer.headers()["content-security-policy"], /default-src 'none'/);
  await maple.page.evaluate(() => document.fonts.ready);
  assert.equal(await maple.page.locator("article.post").count(), 20);
  const kinds = await Promise.all(weights);
  const of = (...types) => kinds.filter(({ type }) => types.includes(type)).reduce((sum, { bytes }) => sum + bytes, 0);
  const page = of("document", "stylesheet", "script");
  console.log(
    `      a thread of 20 posts: ${kb(of("document"))} page, ${kb(of("stylesheet"))} styles, ` +
      `${kb(of("script"))} scripts = ${kb(page)}; fonts ${kb(of("font"))}`,
  );
  assert.ok(page < most_bytes, `${page} bytes`);
}

async function sessionOf(t, name) {
  const person = await t.person(`${name}, signing in`);
  await person.signIn(name);
  return person.context.cookies();
}

async function weigh(request) {
  const { responseBodySize, responseHeadersSize } = await request.sizes();
  return { type: request.resourceType(), bytes: responseBodySize + responseHeadersSize };
}

function kb(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
