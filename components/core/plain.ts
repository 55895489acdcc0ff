/** What a component shows the engine as its inputs. */

/** A shallow copy without undefined values, resources' own objects left as they are. */
export function withoutUndefined(args: object): Record<string, unknown> {
    return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
}
