/** Whether to write colours: on a terminal, unless the user or `NO_COLOR` says otherwise (https://no-color.org). */
export function useColor(wanted: boolean): boolean {
    return wanted && process.stdout.isTTY === true && (process.env["NO_COLOR"] ?? "") === "";
}
