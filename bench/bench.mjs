// The load benchmark: fills a database, starts Kith and nginx on the same cores and prints one table.
//
//   node bench/bench.mjs [--posts 1000000] [--seconds 4] [--only NAME,...] [--json FILE] [--data DIR]
//
// --only takes names of the table or their beginnings. See README.md for how to read the numbers.
import { constants, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Kith } from "./lib/kith.mjs";
import { measure_any_reader, measure_page, measure_search, page_cases, uncached_cases } from "./lib/pages.mjs";
import { memory_of, run, stop_all } from "./lib/processes.mjs";
import { median, Results } from "./lib/results.mjs";
import { fetch_bytes } from "./lib/web.mjs";
import { check_promises, measure_import, measure_posts, measure_streams } from "./lib/writing.mjs";
import { Nginx } from "./lib/yardstick.mjs";

const root = resolve(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "..");
const megabyte = 1024 * 1024;
const starts = 5;

function read_options() {
    const { values } = parseArgs({
        options: {
            posts: { type: "string", default: "1000000" },
            seed: { type: "string", default: "1" },
            seconds: { type: "string", default: "4" },
            only: { type: "string", default: "" },
            json: { type: "string" },
            data: { type: "string", default: join(tmpdir(), "kith-bench") },
            build: { type: "string", default: join(root, "build/release") },
            archive: { type: "string", default: join(root, "../shared/data/mailing-lists/twisted-python.mbox.xz") },
        },
    });
    const only = values.only.split(",").filter(Boolean);
    const wants = (...names) => only.length === 0 ||
        names.some((name) => only.some((word) => name.startsWith(word) || word.startsWith(`${name}_`)));
    return { ...values, seconds: Number(values.seconds), wants };
}

// Posts that are promised to last say nothing of a disk in memory.
function refuse_memory(folder) {
    const kind = execFileSync("stat", ["--file-system", "--format=%T", folder], { encoding: "utf8" }).trim();
    if (kind === "tmpfs" || kind === "ramfs") throw new Error(`${folder} is in memory: choose another with --data`);
}

// A filled folder is kept for the next run; the server works on a copy, so that each run begins the same.
async function prepare(options, tools) {
    const filled = join(options.data, `posts-${options.posts}`), data = join(options.data, "run");
    await run(tools.fill, ["--data", filled, "--posts", options.posts, "--seed", options.seed]);
    rmSync(data, { recursive: true, force: true });
    mkdirSync(data, { recursive: true });
    copyFileSync(join(filled, "kith.db"), join(data, "kith.db"), constants.COPYFILE_FICLONE);
    execFileSync("sync", ["-f", data]);
    return { data, world: JSON.parse(readFileSync(join(filled, "bench.json"), "utf8")) };
}

// The cookie has another name where the site has no TLS and is not localhost: whichever one signs in.
async function name_cookies(kith, world) {
    for (const name of ["__Host-kith", "kith"]) {
        const cookie = `${name}=${world.cookies[0]}`;
        const page = await fetch_bytes(kith.port, "/", { headers: { cookie } });
        if (!page.body.includes(world.form_tokens[0])) continue;
        world.cookie_headers = world.cookies.map((value) => `${name}=${value}`);
        world.stream_cookie_headers = world.stream_cookies.map((value) => `${name}=${value}`);
        return;
    }
    throw new Error("Kith knows none of the sessions");
}

async function measure_start(kith, path, results) {
    const times = [];
    for (let i = 0; i < starts; ++i) {
        await kith.start(path);
        times.push(kith.cold_start_ms);
        await sleep(500);
        if (i === starts - 1) results.add("rss_idle_mb", memory_of(kith.pid).all / megabyte, "MB");
        await kith.stop();
    }
    results.add("cold_start_ms", median(times), "ms");
}

async function measure_cached(bench) {
    const { kith, results, world, options } = bench;
    // First: memory that other work has freed would hide what a stream takes.
    if (options.wants("stream_bytes", "stream_fanout_ms")) await measure_streams(bench);
    for (const page_case of page_cases(world))
        if (options.wants(page_case.name)) await measure_page(page_case, bench);
    if (options.wants("thread_any_reader")) await measure_any_reader(bench);
    if (options.wants("search_common")) await measure_search("search_common", world.common_words, bench);
    const beginnings = world.common_words.map((word) => word.slice(0, 3));
    if (options.wants("search_beginning")) await measure_search("search_beginning", beginnings, bench);
    if (options.wants("search_rare")) await measure_search("search_rare", world.rare_words, bench);
    for (const connections of [1, 16, 64])
        if (options.wants(`post_${connections}`)) await measure_posts(connections, bench);
    if (options.wants("rss_loaded")) {
        results.add("rss_loaded_mb", memory_of(kith.pid).all / megabyte, "MB");
        results.add("rss_loaded_own_mb", memory_of(kith.pid).own / megabyte, "MB");
    }
}

async function measure(bench) {
    const { kith, nginx, options, results, world, data } = bench;
    const first_page = `/threads/${world.threads[0]}`;
    await nginx.start();
    if (options.wants("cold_start_ms", "rss_idle_mb")) await measure_start(kith, first_page, results);
    await kith.start(first_page);
    await name_cookies(kith, world);
    await measure_cached(bench);
    await kith.stop("SIGKILL");
    check_promises(join(data, "kith.db"), bench.promised);
    const uncached = uncached_cases(world).filter(({ name }) => options.wants(name));
    if (uncached.length > 0) {
        await kith.start(first_page, "", kith.flag("cache-mb", 0));
        for (const page_case of uncached) await measure_page(page_case, bench);
        await kith.stop();
    }
    await nginx.stop();
    if (options.wants("import_messages_per_s")) await measure_import(bench);
}

const options = read_options();
const tools = {
    kith: join(options.build, "kith"),
    fill: join(options.build, "kith_bench_fill"),
    streams: join(options.build, "kith_bench_streams"),
};
mkdirSync(options.data, { recursive: true });
refuse_memory(options.data);
const folder = mkdtempSync(join(tmpdir(), "kith-bench-run-"));
const results = new Results();
try {
    const { data, world } = await prepare(options, tools);
    const kith = new Kith(tools.kith, data, join(options.data, "kith.log"));
    await measure({
        kith, nginx: new Nginx(folder), results, world, options, tools, data, folder,
        seconds: options.seconds, archive: options.archive, promised: [],
    });
} finally {
    await stop_all();
    rmSync(folder, { recursive: true, force: true });
    console.log(results.table());
    if (options.json) results.save(options.json);
}
console.log("\nwrk runs on the same cores as the server it measures: compare the ratios, not the absolute numbers, " +
    "with other machines.");
process.exit();
