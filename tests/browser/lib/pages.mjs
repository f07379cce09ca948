// Every page of the site in the demo community, by who looks at it.
import { Visitor } from "../../process/client.mjs";

export async function signInAs(t, person, role) {
  if (role === "guest") return;
  const { name, password } = t.signIns[role];
  await person.signIn(name, password);
}

export async function pagesByRole(t) {
  const demo = await lookAround(t);
  return {
    guest: guestPages(demo),
    member: memberPages(demo),
    moderator: moderatorPages(demo),
    facilitator: facilitatorPages(demo),
    host: hostPages(demo),
  };
}

// What the pages need to know: the ids behind names.
async function lookAround({ base, signIns }) {
  const member = await signedIn(base, signIns.member);
  const host = await signedIn(base, signIns.host);
  const groups = [];
  for (const visitor of [member, host]) groups.push(...(await read(visitor, "/groups")).groups);
  const called = (start) => groups.find(({ name }) => name.startsWith(start)).id;
  const demo = { pain: called("Living"), low: called("Low"), four: called("Four"), sleep: called("Sleep") };

  demo.threads = [];
  for (const group of [demo.pain, demo.low, demo.four])
    for (const { id } of (await read(member, `/groups/${group}`)).threads)
      demo.threads.push({ ...(await read(member, `/threads/${id}`)), group });
  demo.posts = demo.threads.flatMap((thread) => thread.posts.map((post) => ({ ...post, thread })));
  demo.public_thread = demo.threads.find((thread) => thread.group === demo.pain && !thread.closed).id;
  demo.own_post = demo.posts.find((post) => post.author === signIns.member.name && !post.removed);
  const isModerated = (post) => post.thread.group === demo.pain && post.author !== signIns.moderator.name;
  demo.moderated_post = demo.posts.find((post) => isModerated(post) && !post.removed);
  demo.veiled_post = demo.posts.find((post) => post.author.startsWith("Anonymous "));
  demo.known_member = (await read(host, "/admin/members")).members[0].persona;
  const moderator = await signedIn(base, signIns.moderator);
  const { cases } = await read(moderator, "/cases");
  demo.open_case = cases.find((one) => !one.waits_for_second && !one.has_appeal).id;
  demo.crisis = cases.find((one) => one.urgency === "crisis").id;
  demo.cases = cases.map((one) => one.id);
  demo.member_password = signIns.member.password;
  return demo;
}

async function signedIn(base, { name, password }) {
  const visitor = new Visitor(base);
  await visitor.get("/sign-in");
  const answer = await visitor.post("/sign-in", { name, password });
  if (answer.status !== 303) throw new Error(`signing in as ${name}: ${answer.status}`);
  return visitor;
}

async function read(visitor, address) {
  const answer = await visitor.request(address, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

const real_name = { name: "Anna Schmidt", password: "a made-up password" };
const about_the_site = ["/help-now", "/offline", "/offline/unsent", "/safety", "/rules", "/privacy", "/goodbye?words=take", "/policies", "/policies/1", "/policies/1/history", "/policies/1/versions/1",
  "/policies/1/versions/2/changes", "/transparency", "/transparency/1", "/accessibility", "/about", "/comfort"];

// A page is an address, or one with what somebody does there first, or one that is not 200.
function guestPages(demo) {
  return [
    "/",
    ...about_the_site,
    "/sign-up",
    mistake("/sign-up", sendForm({ name: "Maple", password: "short" })),
    { address: "/sign-up", state: "real-name", act: sendForm(real_name), status: 422 },
    "/sign-in",
    mistake("/sign-in", sendForm({ name: "Maple", password: "not my password" })),
    "/sign-in/code",
    "/recovery",
    "/recovery/helper",
    mistake("/recovery/helper", sendForm({ name: "Maple", code: "k7m2-p9xq-4hd3-w8nz-t5ga" })),
    "/claim",
    mistake("/claim", sendForm({ code: "k7m2-p9xq-4hd3", password: "a made-up password" })),
    "/groups",
    "/groups?q=zebra",
    "/people-like-me",
    `/groups/${demo.pain}`,
    `/groups/${demo.pain}/membership`,
    `/groups/${demo.low}/membership`,
    `/threads/${demo.public_thread}`,
    `/groups/${demo.pain}/report`,
    "/search",
    "/search?q=day",
    "/search?q=zebra",
    { address: "/no-such-page", status: 404 },
    { address: "/threads/999999", status: 404 },
    "/mail/confirming/no-such-link",
    "/mail/stopping/no-such-link",
    "/invited",
    mistake("/invited", sendForm({ code: "k7m2-p9xq-4hd3-w8nz" })),
    { address: "/invited/no-such-code", status: 404 },
  ];
}

function memberPages(demo) {
  const own = demo.own_post;
  const withNote = demo.posts.find((post) => post.note);
  const withNotes = demo.posts.find((post) => post.notes.length);
  const closed = demo.threads.find((thread) => thread.closed);
  const removed = demo.posts.find((post) => post.removed);
  return [
    "/",
    "/groups",
    `/groups/${demo.pain}`,
    `/groups/${demo.four}`,
    "/people-like-me",
    { address: "/people-like-me", state: "said", act: press("Show me what fits") },
    `/groups/${demo.pain}/fit`,
    `/groups/${demo.pain}/membership`,
    `/groups/${demo.sleep}/membership`,
    `/groups/${demo.pain}/threads/new`,
    mistake(`/groups/${demo.pain}/threads/new`, press("Send my thread")),
    { address: `/groups/${demo.pain}/threads/new`, state: "noted", act: openAll },
    `/threads/${demo.public_thread}`,
    `/threads/${own.thread.id}`,
    withNote && `/threads/${withNote.thread.id}`,
    withNote && { address: `/threads/${withNote.thread.id}`, state: "opened", act: openAll },
    withNotes && `/threads/${withNotes.thread.id}`,
    closed && `/threads/${closed.id}`,
    removed && `/threads/${removed.thread.id}`,
    `/threads/${own.thread.id}/posts/new?to=1`,
    { address: `/threads/${own.thread.id}/posts/new`, state: "kept", act: writeTwice },
    { address: `/threads/${own.thread.id}`, state: "begun" },
    "/me/drafts",
    `/posts/${own.id}/editing`,
    `/posts/${own.id}/history`,
    `/posts/${own.id}/options`,
    `/posts/${own.id}/care`,
    "/me/anonymous",
    "/me",
    "/me/name",
    "/me/password",
    mistake("/me/confirm", sendForm({ current: "not my password" })),
    mistake("/me/password", sendForm({ current: "not my password", password: "short" })),
    "/me/recovery-codes",
    { address: "/me/recovery-codes", state: "shown", act: sendForm({ current: demo.member_password }) },
    "/me/security",
    "/me/confirm?next=/me/security",
    "/me/security/passkeys/new",
    "/me/security/code-app",
    { address: "/me/security/code-app", state: "pending", act: showPicture },
    "/me/notices",
    mistake("/me/notices", choose("way", "daily", press("Save"))),
    "/me/push",
    "/me/helpers",
    { address: "/me/helpers", state: "made", act: makeHelper(demo.member_password), status: 201 },
    "/me/helpers/1",
    "/me/feed",
    { address: "/me/feed", state: "made", act: makeFeed(demo.member_password), status: 201 },
    "/me/data",
    "/me/access-log",
    "/me/agreements",
    "/me/emergency-contact",
    "/agreement",
    "/me/erasure",
    "/me/sessions",
    "/me/tokens",
    { address: "/me/tokens", state: "shown", act: sendForm({ name: "calendar", current: demo.member_password }) },
    "/me/break",
    "/me/closure",
    mistake("/me/closure", press("Close my account")),
    "/me/muted",
    "/me/content-notes",
    "/me/waiting",
    `/posts/${own.id}/report`,
    mistake(`/posts/${own.id}/report`, press("Send the report")),
    "/reported",
    "/me/reports",
    "/me/decisions",
    "/me/hold", // leads home while nothing is held; journeys/hold.mjs sees it
    "/notices",
    "/search?q=day",
    "/comfort",
    "/help-now",
    { address: "/admin", status: 404 },
  ].filter(Boolean);
}

function moderatorPages(demo) {
  const post = demo.moderated_post;
  return [
    "/",
    `/groups/${demo.pain}`,
    `/groups/${demo.pain}/unanswered`,
    `/threads/${post.thread.id}`,
    { address: `/threads/${post.thread.id}`, state: "opened", act: openAll },
    `/posts/${post.id}/content-notes`,
    `/posts/${post.id}/removal`,
    `/posts/${post.id}/history`,
    `/posts/${post.id}/options`,
    `/posts/${demo.veiled_post.id}/unmasking`,
    `/threads/${post.thread.id}/title`,
    `/threads/${post.thread.id}/pace`,
    `/groups/${demo.pain}/pace`,
    `/groups/${demo.pain}/pace/memorial`,
    mistake(`/groups/${demo.pain}/pace/memorial`, sendForm({ look_at: "2020-01-01" })),
    `/groups/${demo.pain}/waiting`,
    mistake(`/groups/${demo.pain}/waiting`, sendBackNothing),
    "/cases",
    ...demo.cases.slice(0, 5).map((id) => `/cases/${id}`),
    mistake(`/cases/${demo.open_case}`, press("Decide this")),
    `/cases/${demo.crisis}/timeline`,
    mistake(`/cases/${demo.crisis}/timeline`, press("Write it down")),
    `/cases/${demo.crisis}/contact`,
    `/cases/${demo.crisis}/escalations`,
    mistake(`/cases/${demo.crisis}/escalations`, press("Write it down")),
    "/me/debriefs",
    "/cases/4/escalations",
    mistake("/cases/4/escalations", press("Write it down")),
    "/learning",
    { address: "/learning", state: "opened", act: openAll },
    `/posts/${post.id}/label`,
    "/me/debriefs/1",
  ];
}

function facilitatorPages(demo) {
  const invite = sendForm({ label: "A friend of the group" });
  return [
    `/groups/${demo.four}`,
    `/groups/${demo.four}/settings`,
    mistake(`/groups/${demo.four}/settings`, sendForm({ name: "" })),
    `/groups/${demo.four}/invitations`,
    { address: `/groups/${demo.four}/invitations`, state: "made", act: invite, status: 201 },
    `/groups/${demo.four}/requests`,
    `/groups/${demo.four}/members`,
    `/groups/${demo.four}/unanswered`,
    mistake(`/groups/${demo.four}/members`, sendForm({ name: "Nobody", reason: "Rule 1." })),
    `/groups/${demo.sleep}`,
    `/groups/${demo.sleep}/requests`,
  ];
}

function hostPages(demo) {
  return [
    "/",
    "/groups",
    "/groups/new",
    mistake("/groups/new", sendForm({ name: "" })),
    "/topics",
    mistake("/topics", press("Add this topic")),
    `/groups/${demo.pain}/settings`,
    "/admin",
    "/admin/site",
    mistake("/admin/site", sendForm({ name: "" })),
    "/admin/members",
    `/admin/members/${demo.known_member}`,
    "/admin/look-ups",
    "/admin/unmaskings",
    "/admin/triage",
    "/admin/services",
    "/admin/replies",
    mistake("/admin/replies", press("Save")),
    "/debriefs",
    mistake("/admin/services", press("Save")),
    "/admin/rota",
    "/admin/training",
    "/admin/training/new",
    mistake("/admin/training/new", press("Save")),
    "/admin/training/1",
    "/training",
    "/training/1",
    mistake("/training/1", press("I have read it")),
    "/rota",
    "/rota/ahead",
    "/rota/shifts/new",
    mistake("/rota/shifts/new", press("Plan this shift")),
    "/rota/shifts/1",
    "/rota/handovers",
    mistake("/rota/handovers", press("Hand over")),
    "/admin/door",
    mistake("/admin/door", sendForm({ per_hour: "1" })),
    "/admin/door/floods/1",
    "/admin/door/invitations/1",
    "/admin/newcomers",
    mistake("/admin/newcomers", sendForm({ posts: "99" })),
    "/admin/learning",
    mistake("/admin/learning", sendForm({ audit_percent: "90" })),
    "/admin/learning/report",
    "/admin/policies",
    "/admin/policies/new",
    mistake("/admin/policies/new", press("Publish it")),
    "/admin/policies/1",
    "/admin/transparency",
    "/admin/risks",
    "/admin/risks/new",
    mistake("/admin/risks/new", press("Write it down")),
    "/admin/risks/1",
    "/admin/risks/1/change",
    "/cases",
    `/cases/${demo.crisis}`,
    `/cases/${demo.crisis}/export`,
    mistake(`/cases/${demo.crisis}/export`, sendForm({ requester: "", current: "not my password" })),
    "/admin/content-notes",
    mistake("/admin/content-notes", press("Add it to the list")),
    "/admin/jobs",
    "/admin/audit",
    "/design",
  ];
}

function mistake(address, act) {
  return { address, state: "mistake", act, status: 422 };
}

// Fills fields by their ids and sends their form.
function sendForm(fields) {
  return async (page) => {
    const first = page.locator(`#${Object.keys(fields)[0]}`);
    const form = page.locator("main form[method=post]").filter({ has: first });
    for (const [id, words] of Object.entries(fields)) {
      const field = form.locator(`#${id}`);
      // Who has shown lately that it is them is not asked again.
      if (id === "current" && (await field.count()) === 0) continue;
      await field.fill(words);
    }
    return loads(page, () => form.locator("button.button").first().click());
  };
}

// Who has shown lately that it is them is not asked again.
function makeFeed(secret) {
  return async (page) => {
    const field = page.locator("main #current");
    if ((await field.count()) > 0) await field.fill(secret);
    return loads(page, () => page.locator("main form button.button").first().click());
  };
}

// There is room for three.
function makeHelper(secret) {
  const confirm = async (page) => {
    const field = page.locator("main #current");
    if ((await field.count()) > 0) await field.fill(secret);
  };
  return async (page) => {
    if ((await page.locator("main #name").count()) === 0) {
      await loads(page, () => page.locator("main .card a").last().click());
      await confirm(page);
      await loads(page, () => page.locator("main button.danger").click());
    }
    await page.locator("main #name").fill("My sister");
    await confirm(page);
    return loads(page, () => page.locator("main form button.button").last().click());
  };
}

function choose(field, value, act) {
  return async (page) => {
    await page.locator(`input[name=${field}][value=${value}]`).check();
    return act(page);
  };
}

async function sendBackNothing(page) {
  await page.locator("main details summary").first().click();
  return loads(page, () => page.locator("main").getByRole("button", { name: "Send it back", exact: true }).first().click());
}

function press(words) {
  return (page) => loads(page, () => page.locator("main").getByRole("button", { name: words, exact: true }).click());
}

// In this window and in another, so that both texts stand there.
async function writeTwice(page) {
  await page.locator("#text").fill("I wanted to say that the mornings");
  await page.locator(".draft-status p.meta").waitFor();
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.locator("#text").fill("I wanted to say that the evenings are better now.");
  await other.locator(".draft-status p.meta").waitFor();
  await other.close();
  await page.locator("#text").fill("I wanted to say that the mornings are hard.");
  await page.locator(".draft-status blockquote").waitFor();
}

// It stays there for half an hour.
async function showPicture(page) {
  const button = page.getByRole("button", { name: "Show me the picture to scan" });
  if (await button.isVisible()) await loads(page, () => button.click());
  await page.locator("svg.qr").waitFor();
}

async function loads(page, act) {
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().isNavigationRequest() && response.status() !== 303),
    act(),
  ]);
  await page.waitForLoadState();
  return answer;
}

async function openAll(page) {
  await page.locator("main details").evaluateAll((all) => all.forEach((details) => (details.open = true)));
}

export function addressOf(entry) {
  return entry.address ?? entry;
}

export function titleOf(entry) {
  return entry.state ? `${entry.address} (${entry.state})` : addressOf(entry);
}

export async function openPage(page, entry) {
  let answer = await page.goto(addressOf(entry));
  if (entry.act) answer = (await entry.act(page)) ?? answer;
  const { status = 200 } = entry;
  if (answer.status() !== status) throw new Error(`${titleOf(entry)}: ${answer.status()} instead of ${status}`);
}
