// Pages under load: Kith and nginx in turn, with the very bytes of the same pages.
import { join } from "node:path";
import { cpu_of } from "./processes.mjs";
import { median } from "./results.mjs";
import { fetch_bytes } from "./web.mjs";
import { get_load, write_list } from "./wrk.mjs";

export const connection_counts = [1, 16, 64];
const rounds = 2;

const is_signed_in = ({ cookie }) => cookie !== "";

// What is asked for in each case: a list of { path, cookie }.
export function page_cases(world) {
    const { threads, groups } = world;
    const reader = (i) => world.cookie_headers[i % world.cookie_headers.length];
    const paths = {
        thread: threads.map((id) => `/threads/${id}`),
        group: Array.from({ length: threads.length }, (_, i) => `/groups/${groups[i % groups.length]}`),
        home: world.cookie_headers.map(() => "/"),
    };
    const signed_in = (list) => list.map((path, i) => ({ path, cookie: reader(i) }));
    const signed_out = (list) => list.map((path) => ({ path, cookie: "" }));
    return [
        { name: "thread_signed_in", targets: signed_in(paths.thread) },
        { name: "thread_signed_in_gzip", targets: signed_in(paths.thread), encoding: "gzip" },
        { name: "thread_signed_out", targets: signed_out(paths.thread) },
        { name: "group", targets: signed_in(paths.group) },
        { name: "group_signed_out", targets: signed_out(paths.group) },
        { name: "home", targets: signed_in(paths.home) },
    ];
}

export const uncached_case = (world) => ({ ...page_cases(world)[0], name: "thread_uncached" });

async function fetch_page(port, { path, cookie }, encoding) {
    const headers = { ...(cookie && { cookie }), ...(encoding && { "accept-encoding": encoding }) };
    const page = await fetch_bytes(port, path, { headers });
    const packed = page.headers["content-encoding"] ?? "";
    if (page.status !== 200 || packed !== (encoding ?? ""))
        throw new Error(`${path}: status ${page.status}, content-encoding "${packed}"`);
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

// With two readers at a time: how long one search takes, not how many a second.
export async function measure_search(name, words, { kith, results, seconds, folder, world }) {
    const rows = world.cookie_headers.map((cookie, i) => [`/search?q=${words[i % words.length]}`, cookie, ""]);
    await fetch_page(kith.port, { path: rows[0][0], cookie: rows[0][1] });
    const load = await get_load(write_list(join(folder, name), rows), kith.port, 2, seconds);
    results.add(`${name}_p99_ms`, load.p99_ms, "ms");
    results.add(`${name}_per_second`, load.per_second, "searches/s");
}
