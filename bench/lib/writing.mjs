// Posts, event streams, and bringing in an archive.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, openSync, closeSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { lines_of, memory_of, run_measured, start, stop } from "./processes.mjs";
import { median } from "./results.mjs";
import { fetch_bytes } from "./web.mjs";
import { post_load, write_list } from "./wrk.mjs";

// ---- posts -------------------------------------------------------------------------------------------------

const writers = 64;

export async function measure_posts(connections, { kith, results, seconds, folder, world, promised }) {
    const { writing_threads: threads, form_tokens } = world;
    const rows = Array.from({ length: writers }, (_, i) =>
        [`/threads/${threads[i % threads.length]}/posts`, world.cookie_headers[i], form_tokens[i]]);
    const file = write_list(join(folder, "writers"), rows);
    const load = await post_load(file, kith.port, connections, seconds, `bench${connections}`);
    promised.push({ word: `bench${connections}`, saved: load.saved });
    results.add(`post_${connections}`, load.per_second, "posts/s");
}

// Every post that was answered with 303 must be in the database. The server has been killed.
export function check_promises(database, promised) {
    for (const { word, saved } of promised) {
        const count = `select count(*) from sent_form s join post p on p.id = s.post_id where form_key glob '${word}-*'`;
        const rows = Number(execFileSync("sqlite3", [database, count], { encoding: "utf8" }));
        if (rows < saved) throw new Error(`${saved} posts were acknowledged, ${rows} are in the database`);
        console.error(`  ${word}: ${saved} posts acknowledged, ${rows} in the database`);
    }
}

// ---- event streams -----------------------------------------------------------------------------------------

const streams = 10_000;
const fanouts = 7;

// Milliseconds from sending a post until its author has the answer and until every stream has its event. Not from
// the answer: the events are on their way before it.
async function fanout(kith, world, thread, line, turn) {
    const body = new URLSearchParams(
        { form_token: world.form_tokens[0], form_key: `fanout-${turn}`, text: "Good morning, everybody." });
    const sent = process.hrtime.bigint();
    const answer = await fetch_bytes(kith.port, `/threads/${thread}/posts`, {
        method: "POST", body: body.toString(),
        headers: { cookie: world.cookie_headers[0], "content-type": "application/x-www-form-urlencoded" },
    });
    const answered = process.hrtime.bigint();
    if (answer.status !== 303) throw new Error(`a post was answered with ${answer.status}`);
    const arrived = BigInt(await line("all"));
    return { author: Number(answered - sent) / 1e6, all: Number(arrived - sent) / 1e6 };
}

export async function measure_streams({ kith, results, folder, world, tools }) {
    const thread = world.writing_threads.at(-1);
    const cookies = write_list(join(folder, "stream_cookies"), world.stream_cookie_headers.map((cookie) => [cookie]));
    const before = memory_of(kith.pid).own;
    const client = start(tools.streams, ["--port", String(kith.port), "--path", `/threads/${thread}/events`,
        "--cookies", cookies, "--streams", String(streams)], { input: "pipe", output: "pipe" });
    try {
        const line = lines_of(client);
        await line("open");
        await sleep(1000);
        results.add("stream_bytes", (memory_of(kith.pid).own - before) / streams, "bytes/stream");
        const times = [];
        for (let turn = 0; turn < fanouts; ++turn) {
            times.push(await fanout(kith, world, thread, line, turn));
            await sleep(300);
        }
        results.add("stream_fanout_ms", median(times.map((time) => time.all)), "ms");
        results.add("stream_fanout_author_ms", median(times.map((time) => time.author)), "ms");
    } finally {
        await stop(client);
    }
}

// ---- import ------------------------------------------------------------------------------------------------

// Letters of our own where the real archive is not there.
function write_letters(file, count) {
    const letter = (i) => `From member${i % 97} at example.org  Mon Jan  5 10:00:00 2004\n` +
        `From: member${i % 97} at example.org (Member ${i % 97})\nDate: Mon, 05 Jan 2004 10:${pad(i / 60)}:${pad(i)} +0000\n` +
        `Subject: Question ${i % 2000}\nMessage-ID: <${i}@example.org>\n` +
        (i >= 2000 ? `In-Reply-To: <${i - 2000}@example.org>\n` : "") +
        `\n${"It helped me to write things down before I went to sleep. ".repeat(8)}\n\n`;
    const pad = (value) => String(Math.floor(value) % 60).padStart(2, "0");
    writeFileSync(file, Array.from({ length: count }, (_, i) => letter(i)).join(""));
}

function unpack_archive(archive, mbox) {
    if (!existsSync(archive)) {
        console.error(`import: there is no ${archive}, so letters of our own are taken`);
        return write_letters(mbox, 60_000);
    }
    const out = openSync(mbox, "w");
    execFileSync("xz", ["--decompress", "--stdout", archive], { stdio: ["ignore", out, "inherit"] });
    closeSync(out);
}

export async function measure_import({ results, folder, tools, archive }) {
    const mbox = join(folder, "archive.mbox"), data = join(folder, "import");
    rmSync(data, { recursive: true, force: true });
    mkdirSync(data, { recursive: true });
    unpack_archive(archive, mbox);
    const { text, peak_bytes } = await run_measured(tools.kith,
        ["import", "mbox", mbox, "--group", "Archive", "--data", data, "--json"]);
    const { messages, imported, seconds } = JSON.parse(text);
    results.add("import_messages_per_s", messages / seconds, "messages/s");
    results.add("import_posts_per_s", imported / seconds, "posts/s");
    results.add("import_peak_mb", peak_bytes / 1024 / 1024, "MB");
    rmSync(data, { recursive: true, force: true });
    rmSync(mbox);
}
