/** HTML that is escaped by construction: whatever is put into a template is text unless it is `Html` itself. */

/** A piece of finished HTML. */
export class Html {
    constructor(readonly text: string) {}

    toString(): string {
        return this.text;
    }
}

/** What a template takes. `undefined`, `null` and `false` print nothing. */
export type Content = Html | string | number | false | null | undefined | readonly Content[];

/** Nothing. */
export const EMPTY = new Html("");

/** Template tag: literal parts are HTML, values are escaped. */
export function html(literals: TemplateStringsArray, ...values: Content[]): Html {
    return new Html(literals.map((literal, index) => literal + show(values[index])).join(""));
}

/** Text safe between tags and inside quoted attributes. Characters that are not allowed in a document become U+FFFD. */
export function escapeText(text: string): string {
    return printable(text).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Replaces characters that neither XML nor HTML may hold: controls, lone surrogates, non-characters. */
export function printable(text: string): string {
    return text.replace(/\r\n?/g, "\n").replace(/(?![\t\n])\p{Cc}|\p{Surrogate}|[\ufffe\uffff]/gu, "\ufffd");
}

function show(value: Content): string {
    if (value === undefined || value === null || value === false) {
        return "";
    }
    if (value instanceof Html) {
        return value.text;
    }
    return typeof value === "object" ? value.map(show).join("") : escapeText(String(value));
}
