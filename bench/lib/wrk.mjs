// Load from wrk, which shares the cores with what it measures.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./processes.mjs";

const here = import.meta.dirname ?? new URL(".", import.meta.url).pathname;
const in_ms = { us: 0.001, ms: 1, s: 1000, m: 60_000 };

let runs = 0;

function wrk(script, file, port, connections, seconds, word) {
    const threads = Math.min(2, connections);
    return run("wrk", ["-t", String(threads), "-c", String(connections), "-d", `${seconds}s`, "--latency",
        "-H", `Host: localhost:${port}`, "-s", join(here, script), `http://127.0.0.1:${port}/`, "--", file, word]);
}

// A file of lines for one of the Lua scripts.
export function write_list(file, rows) {
    writeFileSync(file, rows.map((row) => row.join("\t") + "\n").join(""));
    return file;
}

// Requests a second and the 99th percentile of GETs taken from `file` at random.
export async function get_load(file, port, connections, seconds) {
    const text = await wrk("get.lua", file, port, connections, seconds, String(++runs));
    const wrong = text.match(/Non-2xx or 3xx responses: (\d+)/) ?? text.match(/Socket errors: .*/);
    if (wrong) throw new Error(`wrk saw errors with ${file}: ${wrong[0]}`);
    const [, p99, unit] = text.match(/^\s+99%\s+([\d.]+)(us|ms|s|m)$/m);
    return {
        per_second: Number(text.match(/^Requests\/sec:\s+([\d.]+)$/m)[1]),
        requests: Number(text.match(/^\s+(\d+) requests in /m)[1]),
        p99_ms: Number(p99) * in_ms[unit],
    };
}

// Posts that were acknowledged.
export async function post_load(file, port, connections, seconds, word) {
    const text = await wrk("post.lua", file, port, connections, seconds, word);
    const [, saved, other, took] = text.match(/posts saved (\d+) other (\d+) seconds ([\d.]+)/).map(Number);
    if (other > 0) throw new Error(`${other} of ${saved + other} posts were not answered with 303`);
    return { saved, per_second: saved / took };
}
