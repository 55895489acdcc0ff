/**
 * MIME multipart documents, as cloud-init reads them
 * (https://cloudinit.readthedocs.io/en/latest/explanation/format.html#mime-multi-part-archive).
 */
import { createHash } from "node:crypto";

/** One part of a multipart document. */
export interface MimePart {
    /** Content type, such as `text/x-shellscript`. */
    contentType: string;
    /** The part's text. */
    body: string;
}

/** Puts parts together. The boundary follows from the content, so that equal parts make equal documents. */
export function mimeDocument(parts: readonly MimePart[]): string {
    const digest = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
    const boundary = `part-${digest.slice(0, 32)}`;
    const sections = parts.map(
        (part) => `--${boundary}\nContent-Type: ${header(part.contentType)}\n\n${part.body.replace(/\n?$/, "\n")}\n`,
    );
    return `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="${boundary}"\n\n${sections.join("")}--${boundary}--\n`;
}

/** Text names its encoding; other types stand alone, as their readers document them. */
function header(contentType: string): string {
    return contentType.startsWith("text/") ? `${contentType}; charset="utf-8"` : contentType;
}
