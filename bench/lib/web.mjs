// Requests of the benchmark itself: bodies as they came over the wire, nothing unpacked.
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

export function fetch_bytes(port, path, { method = "GET", headers = {}, body } = {}) {
    return new Promise((resolve, reject) => {
        const sent = request(
            { host: "127.0.0.1", port, path, method, agent, headers: { host: `localhost:${port}`, ...headers } },
            (response) => {
                const pieces = [];
                response.on("data", (piece) => pieces.push(piece));
                response.on("end", () => resolve({
                    status: response.statusCode, headers: response.headers, body: Buffer.concat(pieces),
                }));
            });
        sent.on("error", reject);
        sent.end(body);
    });
}

// One try on a connection of its own: resolves at the first bytes of an answer, or to "" if there is none.
function first_bytes(port, head) {
    return new Promise((resolve) => {
        const socket = connect(port, "127.0.0.1", () => socket.write(head));
        const give = (text) => {
            socket.destroy();
            resolve(text);
        };
        socket.once("data", (bytes) => give(bytes.toString("latin1")));
        socket.once("error", () => give(""));
        socket.once("close", () => resolve(""));
    });
}

// Asks every millisecond until the page comes with status 200.
export async function wait_for_page(port, path, cookie = "", timeout_ms = 30_000) {
    const head = `GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\n` +
        (cookie ? `Cookie: ${cookie}\r\n` : "") + "Connection: close\r\n\r\n";
    const end = performance.now() + timeout_ms;
    let last = "";
    while (performance.now() < end) {
        last = await first_bytes(port, head);
        if (last.startsWith("HTTP/1.1 200")) return;
        await sleep(1);
    }
    throw new Error(`no page ${path} on port ${port} within ${timeout_ms} ms: ${last.slice(0, 200)}`);
}
