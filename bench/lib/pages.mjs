// Pages under load: Kith and nginx in turn, with the very bytes of the same pages.
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { cpu_of } from "./processes.mjs";
import { median } from "./results.mjs";
import { fetch_bytes } from "./web.mjs";
import { get_load, write_list } from "./wrk.mjs";

export const connection_counts = [1, 16, 64];
const rounds = 2;

const is_signed_in = ({ cookie }) => cookie !== "";

// What is asked for in each case: a list of { path, cookie }.
export function page_cases(world) {
    const { threads, full_threads, groups } = world;
    const address = (id) => `/threads/${id}`;
    const paths = {
        thread: threads.map(address),
        full_thread: full_threads.map(address),
        group: Array.from({ length: threads.length }, (_, i) => `/groups/${groups[i % groups.length]}`),
        home: world.cookie_headers.map(() => "/"),
    };
    const signed_in = (list) => list.map((path, i) => {
        const who = i % world.cookie_headers.length;
        return { path, cookie: world.cookie_headers[who], form_token: world.form_tokens[who] };
    });
    const signed_out = (list) => list.map((path) => ({ path, cookie: "" }));
    return [
        { name: "thread_signed_in", targets: signed_in(paths.thread) },
        { name: "thread_signed_in_gzip", targets: signed_in(paths.thread), encoding: "gzip" },
        { name: "thread_signed_out", targets: signed_out(paths.thread) },
        { name: "thread_signed_out_gzip", targets: signed_out(paths.thread), encoding: "gzip" },
        { name: "full_thread_signed_in", targets: signed_in(paths.full_thread) },
        { name: "full_thread_signed_in_gzip", targets: signed_in(paths.full_thread), encoding: "gzip" },
        { name: "group", targets: signed_in(paths.group) },
        { name: "group_signed_out", targets: signed_out(paths.group) },
        { name: "home", targets: signed_in(paths.home) },
    ];
}

// For a Kith that was started without a cache.
export function uncached_cases(world) {
    const names = {
        thread_signed_in: "thread_uncached", thread_signed_out: "thread_signed_out_uncached",
        group: "group_uncached", group_signed_out: "group_signed_out_uncached",
    };
    return page_cases(world).filter(({ name }) => names[name])
        .map((page_case) => ({ ...page_case, name: names[page_case.name] }));
}

// A page, packed as asked for, that is really that of a signed-in reader where there is one.
async function fetch_page(port, { path, cookie, form_token }, encoding) {
    const headers = { ...(cookie && { cookie }), ...(encoding && { "accept-encoding": encoding }) };
    const page = await fetch_bytes(port, path, { headers });
    const packed = page.headers["content-encoding"] ?? "";
    if (page.status !== 200 || packed !== (encoding ?? ""))
        throw new Error(`${path}: status ${page.status}, content-encoding "${packed}"`);
    const plain = packed ? gunzipSync(page.body) : page.body;
    if (form_token && !plain.includes(form_token)) throw new Error(`${path}: its reader is not signed in`);
    return page.body;
}

// Takes each page once and gives it to nginx. A first look changes what is unread: the second one is taken.
async function copy_pages(kith, nginx, { name, targets, encoding }) {
    let bytes = 0;
    const names = [];
    for (const [i, target] of targets.entries()) {
        await fetch_page(kith.port, target, encoding);
        const page = await fetch_page(kith.port, target, encoding);
        const file = `${name}/t/${i}.html`;
        names.push(nginx.put(file, encoding ? "" : page));
        if (encoding) nginx.put(`${file}.gz`, page);
        bytes += page.length;
    }
    return { names, mean_bytes: bytes / targets.length };
}

async function measured(server, file, connections, seconds) {
    const before = cpu_of(server.pid);
    const load = await get_load(file, server.port, connections, seconds);
    return { ...load, cpu_us: ((cpu_of(server.pid) - before) / load.requests) * 1e6 };
}

const medians = (runs) =>
    Object.fromEntries(Object.keys(runs[0]).map((key) => [key, median(runs.map((run) => run[key]))]));

async function side_by_side(kith, nginx, lists, connections, seconds) {
    const runs = { kith: [], nginx: [] };
    for (let round = 0; round < rounds; ++round) {
        runs.kith.push(await measured(kith, lists.kith, connections, seconds));
        runs.nginx.push(await measured(nginx, lists.nginx, connections, seconds));
    }
    return { kith: medians(runs.kith), nginx: medians(runs.nginx) };
}

export async function measure_page(page_case, { kith, nginx, results, seconds, folder }) {
    const { name, targets, encoding = "" } = page_case;
    const { names, mean_bytes } = await copy_pages(kith, nginx, page_case);
    const lists = {
        kith: write_list(join(folder, `${name}.kith`),
            targets.map(({ path, cookie }) => [path, cookie, encoding])),
        nginx: write_list(join(folder, `${name}.nginx`),
            targets.map(({ cookie }, i) => [names[i], cookie, encoding])),
    };
    const people = targets.every(is_signed_in) ? "signed in" : "signed out";
    console.error(`${name}: ${targets.length} pages, ${people}, ${Math.round(mean_bytes)} bytes on average`);
    for (const connections of connection_counts) {
        const { kith: ours, nginx: theirs } = await side_by_side(kith, nginx, lists, connections, seconds);
        results.add(`${name}_${connections}`, ours.per_second, "pages/s", theirs.per_second);
        if (connections !== connection_counts.at(-1)) continue;
        results.add(name, ours.per_second, "pages/s", theirs.per_second);
        results.add(`${name}_cpu_us`, ours.cpu_us, "us/page", theirs.cpu_us);
        results.add(`${name}_p99_ms`, ours.p99_ms, "ms", theirs.p99_ms);
    }
    results.add(`${name}_bytes`, mean_bytes, "bytes/page");
}

// Any of 128 people at any thread: most views find the page in memory, but not what this reader may see and has done.
export async function measure_any_reader({ kith, results, seconds, folder, world }) {
    const { threads, cookie_headers } = world;
    const rows = threads.flatMap((id) => cookie_headers.map((cookie) => [`/threads/${id}`, cookie, ""]));
    const load = await get_load(write_list(join(folder, "any_reader"), rows), kith.port, 64, seconds);
    results.add("thread_any_reader", load.per_second, "pages/s");
    results.add("thread_any_reader_p99_ms", load.p99_ms, "ms");
}

// With two readers at a time: how long one search takes, not how many a second.
export async function measure_search(name, words, { kith, results, seconds, folder, world }) {
    const rows = world.cookie_headers.map((cookie, i) => [`/search?q=${words[i % words.length]}`, cookie, ""]);
    // Searches that the last measurement left behind run to their end, and take the turns of others until then.
    await setTimeout(2000);
    await fetch_page(kith.port, { path: rows[0][0], cookie: rows[0][1] });
    const load = await get_load(write_list(join(folder, name), rows), kith.port, 2, seconds);
    results.add(`${name}_p99_ms`, load.p99_ms, "ms");
    results.add(`${name}_per_second`, load.per_second, "searches/s");
}
