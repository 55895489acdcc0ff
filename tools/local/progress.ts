/** Shows what the bench is doing: one line a step with its seconds, kept up to date on a terminal. */
import pc from "picocolors";

/** Where progress lines go. */
export interface Progress {
    /** Runs one step and shows its name, how long it takes and whether it worked. */
    step<T>(title: string, work: () => Promise<T>): Promise<T>;
    /** One line of information. */
    note(text: string): void;
    /** One line that should be noticed. */
    warn(text: string): void;
}

/** Progress on a stream (standard error by default, so that standard output stays for results). */
export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
    const live = stream.isTTY === true;
    return {
        note: (text) => void stream.write(`${text}\n`),
        warn: (text) => void stream.write(`${pc.yellow("warning:")} ${text}\n`),
        async step(title, work) {
            const started = Date.now();
            const seconds = (): string => `${((Date.now() - started) / 1000).toFixed(0)} s`;
            const timer = setInterval(
                () => stream.write(live ? `\r\x1b[K… ${title} ${pc.dim(seconds())}` : `… ${title} ${seconds()}\n`),
                live ? 1000 : 30_000,
            );
            if (live) stream.write(`… ${title}`);
            const end = (mark: string): void => {
                clearInterval(timer);
                stream.write(`${live ? "\r\x1b[K" : ""}${mark} ${title} ${pc.dim(`(${seconds()})`)}\n`);
            };
            try {
                const result = await work();
                end(pc.green("✔"));
                return result;
            } catch (error) {
                end(pc.red("✖"));
                throw error;
            }
        },
    };
}

/** Progress that is not shown, for tests. */
export const silentProgress: Progress = {
    note: () => undefined,
    warn: () => undefined,
    step: (_title, work) => work(),
};
