/** Draws DOT as SVG that stands in a page: coloured by classes, with a title and a description, without foreign parts. */
import { Html, escapeText } from "./html";
import { COLORS } from "./palette";

/** What is written into the SVG for readers who do not see it. */
export interface DiagramText {
    title: string;
    description: string;
}

/** Size of a drawing in CSS pixels, and the drawing. */
export interface Diagram {
    width: number;
    height: number;
    svg: Html;
}

/** CSS pixels for each unit of the drawing: small print comes out at 13 pixels. */
const SCALE = 1.2;

/** Draws a graph. Graphviz runs in this process, as WebAssembly that comes with its package. */
export async function draw(dot: string, { title, description }: DiagramText): Promise<Diagram> {
    const { Graphviz } = await import("@hpcc-js/wasm-graphviz");
    const graphviz = await Graphviz.load();
    const drawn = graphviz.dot(dot, "svg");
    const [, left = "0", top = "0", width = "0", height = "0"] = /viewBox="([\d.-]+) ([\d.-]+) ([\d.-]+) ([\d.-]+)"/.exec(drawn) ?? [];
    const size = { width: Math.round(Number(width) * SCALE), height: Math.round(Number(height) * SCALE) };
    const body = drawn.slice(drawn.indexOf("<g id="), drawn.lastIndexOf("</svg>"));
    const head = `<svg class="diagram" role="img" aria-labelledby="diagram-title diagram-description" viewBox="${left} ${top} ${width} ${height}" width="${size.width}" height="${size.height}" xmlns="http://www.w3.org/2000/svg">`;
    const texts = `<title id="diagram-title">${escapeText(title)}</title><desc id="diagram-description">${escapeText(description)}</desc>`;
    return { ...size, svg: new Html(`${head}${texts}${cleaned(body)}</svg>`) };
}

/** Takes out what Graphviz writes for its own use, and turns placeholders into classes. */
function cleaned(body: string): string {
    return body
        .replace(/<!--[\s\S]*?-->/g, "")
        .replace(/<title>[^<]*<\/title>/g, "")
        .replace(/ (?:xml:space|font-family|id)="[^"]*"/g, "")
        .replace(/<(?:path|polygon|polyline|ellipse|text)\b[^>]*>/g, colored)
        .replace(/\n+/g, "\n");
}

function colored(tag: string): string {
    const classes: string[] = [];
    const plain = tag.replace(/ (fill|stroke)="([^"]*)"/g, (attribute, name: string, value: string) => {
        const color = COLORS[/^#fe00[\da-f]{2}$/.test(value) ? parseInt(value.slice(5), 16) : -1];
        if (color === undefined) {
            return value === "none" || value === "transparent" ? ` ${name}="none"` : attribute;
        }
        classes.push(`${name[0]}-${color}`);
        return "";
    });
    return classes.length === 0 ? plain : plain.replace(/^<\w+/, (start) => `${start} class="${classes.join(" ")}"`);
}

/** Rules for the classes of a drawing. */
export function diagramStyle(): string {
    return COLORS.flatMap((name) => [`.f-${name}{fill:var(--${name})}`, `.s-${name}{stroke:var(--${name})}`]).join("");
}
