// A community for the journeys, made by requests: an evening group that anybody may read, a quiet group for its
// members, and a thread that needs two pages.
import { join, makeGroup, setUp, signUp, startThread } from "../../process/client.mjs";

export const evening = "Evening talk";
export const quiet = "Quiet room";
export const long_thread = "What got you through today";
export const words_of = (number) =>
  `Words of post ${number}. I sat down before I had to, and then I hung out the rest of the washing. ` +
  "Nothing else happened, and that was a good day. How was yours? Tell me about the small things.";

export async function makeCommunity(base, { posts = 22 } = {}) {
  const host = await setUp(base);
  const group = await makeGroup(host, evening);
  const otter = await signUp(base, "Otter");
  await join(otter, group);
  const thread = await startThread(otter, group, long_thread, words_of(1));
  for (let number = 2; number <= posts; ++number) await write(otter, thread, words_of(number));
  return { host, otter, group, thread };
}

// A group nobody but its members can read, with a thread and with these people.
export async function makeQuietGroup(host, people) {
  const made = await host.post("/groups/new", {
    name: quiet,
    purpose: "To talk among ourselves.",
    rules: "What is said here stays here.",
    admission: "request",
    leadership: "peer",
  });
  const group = /\/groups\/(\d+)/.exec(made.location)[1];
  const code = await invite(host, group, people.length);
  for (const person of people)
    expectDone(await person.post(`/groups/${group}/membership`, { rules_agreed: "yes", invitation_code: code }));
  const thread = await startThread(people[0], group, "Between us", "Words for the members alone.");
  return { group, thread };
}

async function invite(host, group, uses) {
  const made = await host.post(`/groups/${group}/invitations`, { label: "friends", days: "7", uses: String(uses) });
  return /<code>([^<]+)<\/code>/.exec(made.body)[1];
}

export async function write(visitor, thread, text) {
  expectDone(await visitor.post(`/threads/${thread}/posts`, { text, form_key: text }));
}

function expectDone(answer) {
  if (answer.status !== 303) throw new Error(`${answer.status} ${answer.body}`);
}
