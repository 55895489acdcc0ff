/** Building blocks of the configuration schema: each object refuses unknown keys and names the interface that documents it. */
import { z } from "zod";

/** Text that is not empty. */
export const text = z.string().min(1, "empty; give a value or leave the key out");
/** A whole number. Ranges are the components' business. */
export const whole = z.int();
/** A list of text. */
export const texts = z.array(text);
/** Text by text, for labels, tags and the like. */
export const textMap = z.record(z.string(), z.string());

/**
 * An object without unknown keys, all keys optional but those named in `shape` as required. `interfaceName` is the
 * component interface whose doc comments describe the keys in the generated schema and documentation.
 */
export function section<Shape extends z.ZodRawShape>(interfaceName: string, shape: Shape): z.ZodObject<Shape, z.core.$strict> {
    return z.strictObject(shape).meta({ interfaceName });
}
