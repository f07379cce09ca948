// The server under test.
import { execFileSync } from "node:child_process";
import { free_port, start, stop } from "./processes.mjs";
import { wait_for_page } from "./web.mjs";

export class Kith {
    constructor(binary, data, log) {
        this.binary = binary;
        this.data = data;
        this.log = log;
        this.help = execFileSync(binary, ["--help"], { encoding: "utf8" });
    }

    flag(name, value) {
        if (!this.help.includes(`--${name}`)) throw new Error(`kith has no flag --${name}`);
        return [`--${name}`, String(value)];
    }

    // Starts and waits for the page; this.cold_start_ms is the time from one to the other.
    async start(path, cookie, flags = []) {
        this.port = await free_port();
        const args = ["serve", "--data", this.data, "--port", String(this.port), "--address", "127.0.0.1",
            "--public-url", `http://localhost:${this.port}`, ...this.flag("log-level", "warn"),
            ...this.flag("posts-per-minute", 0), ...flags];
        const began = performance.now();
        this.child = start(this.binary, args, { log: this.log, output: "log" });
        const ended = this.child.ended.then(() => {
            throw new Error(`kith ended at once; see ${this.log}`);
        });
        await Promise.race([wait_for_page(this.port, path, cookie), ended]);
        ended.catch(() => {});
        this.cold_start_ms = performance.now() - began;
    }

    get pid() {
        return this.child.pid;
    }

    stop(signal) {
        return stop(this.child, signal);
    }
}
