// Programs that the benchmark starts. Each is ended by its own number, whatever happens.
import { spawn } from "node:child_process";
import { openSync, closeSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

const running = new Set();

for (const signal of ["SIGINT", "SIGTERM"])
    process.on(signal, () => stop_all().then(() => process.exit(130)));
// Each child leads a group of its own, so that its children end with it.
process.on("exit", () => running.forEach((child) => process.kill(-child.pid, "SIGKILL")));

// As many open files as the system allows, up to 65,535.
const many_files = 'ulimit -n 65535 2>/dev/null || ulimit -n "$(ulimit -Hn)"; exec "$0" "$@"';

// A program that runs until stop(). What it says on standard error goes to `log`, or to the terminal.
export function start(program, args, { log, output = "ignore", input = "ignore" } = {}) {
    const file = log ? openSync(log, "a") : null;
    const child = spawn("sh", ["-c", many_files, program, ...args],
        { stdio: [input, output === "log" ? file : output, file ?? "inherit"], detached: true });
    if (file) closeSync(file);
    running.add(child);
    child.ended = new Promise((resolve) => {
        child.once("exit", (code, signal) => {
            running.delete(child);
            resolve({ code, signal });
        });
    });
    return child;
}

// Asks the program to end, and after ten seconds makes it.
export async function stop(child, signal = "SIGTERM") {
    if (!running.has(child)) return child.ended;
    child.kill(signal);
    const in_time = await Promise.race([child.ended, sleep(10_000, "late", { ref: false })]);
    if (in_time === "late") child.kill("SIGKILL");
    return child.ended;
}

export async function stop_all() {
    await Promise.all([...running].map((child) => stop(child)));
}

// Runs a program quietly to its end; also says how much memory it had at most.
export async function run_measured(program, args) {
    let peak_bytes = 0;
    const text = await run(program, args, { quiet: true, watch: (child) => {
        const look = () => {
            const size = /^VmHWM:\s+(\d+)/m.exec(status_of(child.pid));
            if (size) peak_bytes = Math.max(peak_bytes, Number(size[1]) * 1024);
        };
        const timer = setInterval(look, 20);
        child.ended.finally(() => clearInterval(timer));
    } });
    return { text, peak_bytes };
}

function status_of(pid) {
    try {
        return readFileSync(`/proc/${pid}/status`, "utf8");
    } catch {
        return "";
    }
}

// Runs a program to its end and returns what it printed.
export async function run(program, args, { quiet = false, watch = () => {} } = {}) {
    const child = start(program, args, { output: "pipe", log: quiet ? "/dev/null" : undefined });
    watch(child);
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (piece) => (text += piece));
    const closed = new Promise((resolve) => child.stdout.once("close", resolve));
    const { code, signal } = await child.ended;
    await closed;
    if (code !== 0) throw new Error(`${program} ended with ${signal ?? code}\n${text}`);
    return text;
}

// The lines of a program's output, one promise at a time.
export function lines_of(child) {
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return async (word, timeout_ms = 60_000) => {
        const late = AbortSignal.timeout(timeout_ms);
        const lateness = new Promise((_, reject) => {
            late.addEventListener("abort", () => reject(new Error(`no line "${word}" in ${timeout_ms} ms`)));
        });
        for (;;) {
            const { value, done } = await Promise.race([lines.next(), lateness]);
            if (done) throw new Error(`the program ended before its line "${word}"`);
            if (value.startsWith(word + " ")) return value.slice(word.length + 1);
            console.error(`  ${value}`);
        }
    };
}

export async function free_port() {
    const server = createServer();
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address();
    await new Promise((resolve) => server.close(resolve));
    return port;
}

// Resident memory in bytes: `all` as top shows it, `own` without pages of files.
export function memory_of(pid) {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const kilobytes = (name) => Number(status.match(new RegExp(`^${name}:\\s+(\\d+)`, "m"))[1]);
    return { all: kilobytes("VmRSS") * 1024, own: kilobytes("RssAnon") * 1024 };
}

// Processor time a process and its children that still run have used, in seconds.
export function cpu_of(pid) {
    const ticks_per_second = 100;
    const ticks = (id) => {
        const fields = readFileSync(`/proc/${id}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");
        return Number(fields[11]) + Number(fields[12]);
    };
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    return [pid, ...(children ? children.split(" ") : [])].reduce((sum, id) => sum + ticks(id), 0) /
        ticks_per_second;
}
