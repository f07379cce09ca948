// The results: a list in the order of measuring, a table for people, a file for machines.
import { writeFileSync } from "node:fs";

export const median = (values) => {
    const sorted = [...values].sort((a, b) => a - b);
    const half = sorted.length >> 1;
    return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

const rounded = (value) => Number(value.toPrecision(value >= 1000 ? 5 : 3));

export class Results {
    rows = [];

    // The ratio is the value divided by nginx's value; none where nginx has no such thing.
    add(name, value, unit, nginx_value) {
        const nginx_ratio = nginx_value ? Number((value / nginx_value).toFixed(3)) : null;
        this.rows.push({ name, value: rounded(value), unit, nginx_ratio });
        console.error(`  ${name}: ${this.#words(this.rows.at(-1)).slice(1).join(" ")}`);
    }

    #words({ name, value, unit, nginx_ratio }) {
        return [name, value.toLocaleString("en"), unit,
            nginx_ratio === null ? "" : `${(nginx_ratio * 100).toFixed(0)} % of nginx`];
    }

    table() {
        const lines = [["name", "value", "unit", "ratio"], ...this.rows.map((row) => this.#words(row))];
        const width = (column) => Math.max(...lines.map((line) => line[column].length));
        const widths = [0, 1, 2].map(width);
        return lines.map(([name, value, unit, ratio]) =>
            `${name.padEnd(widths[0])}  ${value.padStart(widths[1])}  ${unit.padEnd(widths[2])}  ${ratio}`.trimEnd())
            .join("\n");
    }

    save(file) {
        writeFileSync(file, JSON.stringify(this.rows, null, 1) + "\n");
    }
}
